"""Other spellings of one English word: "licence" and "license", "colour" and "color", "bylaw" and "by-law"."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Each with the other. What stands around narrows those that would turn one word into another: "four" into "for",
# "filled" into "filed", "rice" into "rise", "cold" into "could", "prey" into "pray".
PAIRS = (
    ("ise", "ize"), ("isa", "iza"), ("isi", "izi"), ("yse", "yze"), ("ence", "ense"), ("(?<=act)ice", "(?<=act)ise"),
    ("tre", "ter"), ("ogue", "og"), ("ae", "e"), ("oe(?=[a-z]{2})", "e(?=[a-z]{2})"), ("amme", "am"), ("yre", "ire"),
    ("(?<=gr)ey", "(?<=gr)ay"), ("(?<=m)ould", "(?<=m)old"), ("(?<=[a-z]{3})our", "(?<=[a-z]{3})or"),
    ("(?<=[a-z]{4})ll(?=e|i)", "(?<=[a-z]{4})l(?=e|i)"),
)  # fmt: skip
# What is written before a word with a hyphen or without.
PREFIXES = ("anti", "by", "co", "e", "multi", "non", "pre", "self")
LETTERS = re.compile(r"\(\?[^)]*\)")
SPELLINGS = tuple(
    (re.compile(one), LETTERS.sub("", other)) for pair in PAIRS for one, other in (pair, tuple(reversed(pair)))
)


def other_spellings(word: str) -> Iterator[str]:
    """What the word may look like in British or American English, or with a hyphen; most of these are no words."""
    yield from (f"{prefix}-{word.removeprefix(prefix)}" for prefix in PREFIXES if word.startswith(prefix))
    for pattern, other in SPELLINGS:
        for match in pattern.finditer(word):
            yield word[: match.start()] + other + word[match.end() :]
