"""Discord shows exactly the words, nothing in them acts, and what is shortened is never cut in the wrong place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.formatting.discord_markdown import escape, shorten, shorten_start, unescape, units
from bot.safe_text import visible
from retrieval.loaders.article import load_article
from tests.bot.discord.formatting.nasty import nasty, nasty_long
from tests.discord.discord_markdown import active, words
from tests.retrieval.strategies import PROPERTY

ACTS = [
    "*a*",
    "**a**",
    "_a_",
    "__a__",
    "~~a~~",
    "||a||",
    "`a`",
    "```a```",
    "<@1>",
    "<@!1>",
    "<@&1>",
    "<#1>",
    "<t:1:R>",
    "<:a:1>",
    "</ask:1>",
    "<https://example.org>",
    "@everyone",
    "@here",
    "https://example.org",
    "HTTP://example.org",
    "[a](https://example.org)",
    "[a\\](https://example.org)",
    ":smile:",
    "discord.gg/abc",
    "# a",
    "### a",
    "  # a",
    "-# a",
    "> a",
    ">>> a",
    "- a",
    "* a",
    "1. a",
    "b\n  12. a",
]


@PROPERTY
@given(st.text() | nasty)
def test_the_words_that_are_shown_are_the_visible_ones(text: str) -> None:
    assert words(escape(text)) == unescape(escape(text)) == visible(text)


@PROPERTY
@given(nasty)
def test_nothing_in_an_escaped_text_acts(text: str) -> None:
    assert active(escape(text)) == []


@pytest.mark.parametrize("text", ACTS)
def test_what_acts_is_made_plain(text: str) -> None:
    assert active(text) != []
    assert active(escape(text)) == []
    assert words(escape(text)) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("https://example.org", r"https\://example.org"),
        ("@everyone, @here and @ada", r"\@everyone, \@here and @ada"),
        ("[a](b)", r"[a]\(b)"),
        ("a [1] (b)", "a [1] (b)"),
        ("- a\n  1) b\nc - d 2. e", "\\- a\n  1\\) b\nc - d 2. e"),
        ("snake_case", r"snake\_case"),
        (":a: b:c", r"\:a: b:c"),
        ("\u202ea\x07", r"\\u202ea\\x07"),
        ("¯\\_(ツ)_/¯", r"¯\\\_(ツ)\_/¯"),
        ("It costs €5 (or $6); why? #1, 50% & more - e.g. “this”!", None),
        ("See www.example.org or discord.py at 12:30.", None),
    ],
)
def test_as_little_as_possible_is_escaped(text: str, escaped: str | None) -> None:
    assert escape(text) == (text if escaped is None else escaped)


def test_a_newspaper_article_stands_as_it_is() -> None:
    text = load_article().text
    assert escape(text) == text


@PROPERTY
@given(st.text())
def test_units_are_utf_16_code_units(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@PROPERTY
@given(nasty_long, st.integers(0, 300))
def test_a_shortened_text_fits_and_is_the_beginning_of_the_whole(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert units(short) <= limit
    if units(escape(text)) <= limit:
        assert short == escape(text)
    elif limit > 0:
        assert short.endswith("…")
        assert visible(text).startswith(unescape(short[:-1]))
        assert escape(text).startswith(short[:-1])
        assert active(short) == []


@PROPERTY
@given(nasty_long, st.integers(0, 300))
def test_a_text_shortened_at_its_start_fits_and_is_the_end_of_the_whole(text: str, limit: int) -> None:
    short = shorten_start(escape(text), limit)
    assert units(short) <= limit
    if units(escape(text)) <= limit:
        assert short == escape(text)
    elif limit > 1:
        assert short.startswith("…")
        assert visible(text).endswith(unescape(short[1:]))


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("one two three four", 18, "one two three four"),
        ("one two three four", 17, "one two three…"),
        ("one two three four", 14, "one two three…"),
        ("one two three four", 13, "one two thre…"),
        ("one twothree", 11, "one twothr…"),  # white space only far from the end
        ("aaaa**", 7, r"aaaa\*…"),
        ("aaaa**", 6, "aaaa…"),  # not between a backslash and its star
        ("😀😀", 4, "😀😀"),
        ("😀😀", 3, "😀…"),
        ("😀😀", 2, "…"),
        ("aae\u0301x", 4, "aa…"),  # the accent stays with its letter or goes with it
        ("aa👩‍👩‍👧‍👦", 8, "aa…"),
        ("aa👍🏽", 5, "aa…"),
        ("e" + "\u0301" * 100, 50, "e" + "\u0301" * 48 + "…"),  # no sign that anyone could read
        ("anything", 1, "…"),
        ("anything", 0, ""),
        ("   ", 2, "…"),
    ],
)
def test_where_a_text_is_cut(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


@pytest.mark.parametrize(
    ("escaped", "limit", "short"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "…two three"),
        ("onetwo three", 10, "…two three"),
        (r"\*\*aaaa", 7, r"…\*aaaa"),
        (r"\*\*aaaa", 6, "…aaaa"),
        ("anything", 1, ""),
    ],
)
def test_where_the_start_of_a_text_is_cut(escaped: str, limit: int, short: str) -> None:
    assert shorten_start(escaped, limit) == short
