"""Texts that try to break out of where they stand."""

from __future__ import annotations

import string

from hypothesis import strategies as st

PIECES = [
    *string.punctuation,
    *" \t\n",
    *"ab19é漢",
    "\r\n",
    "\n\n",
    "**",
    "__",
    "~~",
    "||",
    "```",
    "````",
    "\n```\n",
    "\n```py\nx = 1\n```\n",
    "\n````\n```\n````\n",
    "@everyone",
    "@here",
    "<@1>",
    "<@&2>",
    "<#3>",
    "<t:4:R>",
    "<:smile:5>",
    ":smile:",
    "https://example.org/a_b",
    "discord.gg/abc",
    "[here](https://example.org)",
    "\n# ",
    "\n-# ",
    "\n> ",
    "\n>>> ",
    "\n- ",
    "\n1. ",
    "\n  2) ",
    "“",
    "”",
    "“a” [1]",
    "\n-# a, line 1",
    "…",
    "\u202e",
    "\x07",
    "\x1b",
    "e\u0301",
    "👩‍👩‍👧‍👦",
    "👍🏽",
    "❤️",
    "𝔘",
    " word" * 30,
    "a" * 100,
    "*" * 40,
]
nasty = st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=4), max_size=25
).map("".join)
# Long enough not to fit anywhere, too.
nasty_long = st.tuples(nasty, st.sampled_from([1, 1, 3, 20, 60])).map(lambda pair: pair[0] * pair[1])
