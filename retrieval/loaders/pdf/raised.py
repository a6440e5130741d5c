"""Letters that are set small above the line: powers are kept as such, marks of notes are left out.

A mark of a note is no part of the word before it: "word¹" is "word", as it is on web pages. What is raised after a
figure, a unit or a single letter is a power and becomes the character for it: "10⁶", "m²", "x²". Raised letters are
what they are: "1st".
"""

from __future__ import annotations

import re

from retrieval.loaders.markup.superscripts import RAISED

# "1", "2,3", "[4]", "*", "a,c,*".
MARK = re.compile(r"[\[(]?(?:\d{1,3}(?:[,–-]\d{1,3})*|[*∗†‡§¶#]+|[a-z](?:,(?:[a-z]|\d{1,2}|[*∗†‡§¶#]))+)[\])]?,?\Z")
POWER = re.compile(r"[-−+]?\d{1,3}\Z|[ni]\Z")
# What a power may stand after: a figure, a single letter, a unit or a bracket that closes a formula.
BASE = re.compile(r"(?:\d|(?:\A|[^\w])[^\W\d]|(?:\A|[\W\d])(?:mm|cm|dm|km|kg|ft|in|yd|mi|sec|ha)|\))\Z")

# What stands before a figure, which often has a font of its own and with it another box.
SIGN = re.compile(r"[±∓+=<>≤≥≈~$€£¥×÷/−-]\Z")


def as_written(word: str, raised: list[bool]) -> str:
    """The word with what is raised at its end as a power, or without it where it is the mark of a note."""
    start = len(word)
    while start and raised[start - 1]:
        start -= 1
    return word[:start] + raised_text(word[:start], word[start:])


def raised_text(before: str, raised: str) -> str:
    """What stands for raised letters after ``before``, on the same line and without a gap."""
    if BASE.search(before) and POWER.match(raised):
        return raised.translate(RAISED)
    if not before or SIGN.search(before) or (raised.endswith(",") and BASE.search(before)):
        return raised
    return "" if MARK.match(raised) else raised
