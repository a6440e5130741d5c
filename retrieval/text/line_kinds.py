"""Which lines of a text begin something of their own: headings, rows, items of lists, and numbered clauses.

Plain text is often hard-wrapped, so that most lines begin in the middle of a sentence. What a line looks like is not
enough: the one before it must have come to an end, or be no line of a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum

from retrieval.types import Span

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
# A line that stands alone: a heading, a row of a table, and what opens or closes a box with a note in Markdown.
ALONE = re.compile(
    r"\s*(?:#{1,6}\s|\||:::|(?:!!!|\?\?\?\+?)\s+\w|>\s*(?:\[![\w-]+\]|(?:danger|info|note|tip|warn|warning)\s*\Z))"
)
LIST_ITEM = re.compile(r"\s*(?:[-*+•–]|\d{1,3}[.)])\s")
NAMED = (
    r"(?:art(?:icle|ikel|icolo|ículo)?|section|sec|clause|rule|regel|abschnitt|chapter|kapitel|chapitre|capitolo|annex"
    r"|schedule)\.?\s+"
)
# The number of a clause, as "1.2.1.", "2.3", "§ 4", "(a)", "IV." or "Art. 5" are.
NUMBER = (
    rf"(?:\d{{1,3}}(?:\.\d{{1,3}})+\.?|§{{1,2}}\s*\d+[a-z]?\.?|\((?:[a-z]|[ivx]{{1,5}}|\d{{1,3}})\)|[IVX]{{1,5}}\."
    rf"|(?i:{NAMED})\d{{1,3}}[a-z]?[.:]?)"
)
CLAUSE = re.compile(rf"\s*({NUMBER})\s+(?=[^\W_]|[“\"'(*])")
COUNTED = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?|\([a-z]\)")
# What a library that looks for the ends of sentences takes for one, and is only the number of what follows.
MARKER = re.compile(rf"(?:[-*+•–]|\d{{1,3}}[.)]|{NUMBER})\Z")
# With these a line ends that the next one does not go on from; with the others, a part of an enumeration.
SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]*_]*\s*\Z")
PART_END = re.compile(r"(?:[.!?:;,…–—-][\"'”’»)\]*_]*|\b(?:and|or|und|oder|et|ou|e|o|y))\s*\Z")
# After such a number a sentence can go on, as in "see section 3.2 of the by-law": here a name has to follow.
OPEN_NUMBER = re.compile(r"\s*\d{1,3}(?:\.\d{1,3})+\s+(?![A-ZÀ-ÖØ-Þ“\"(*])")

MAX_HEADING_CHARACTERS = 60
MAX_HEADING_WORDS = 8
# Where the next word would have fitted into the line by so many characters, its author ended it.
SPARE_CHARACTERS = 3
NO_HEADING_END = re.compile(r"[.,;:!?…–—-][\"'”’»)\]]*\Z")
WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’-][^\W\d_]+)*")
# Words as short as this are written small in titles: "Of the Members".
SMALL_WORD_CHARACTERS = 3
OPENING = "“\"'‘«(*_"


class LineRole(Enum):
    """What a line is to the text before and after it."""

    BLANK = "blank"
    ALONE = "alone"
    BEGINNING = "beginning"
    GOING_ON = "going on"


def lines_of(text: str) -> Iterator[Span]:
    """The lines of ``text`` with their ends."""
    for match in LINE.finditer(text):
        if match.end() > match.start():
            yield Span(match.start(), match.end())


def kinds_of(text: str) -> Iterator[tuple[Span, LineRole]]:
    """The lines of ``text``, each with what it is."""
    lines = list(lines_of(text))
    before, before_kind, clause = "", LineRole.BLANK, ""
    for number, line in enumerate(lines):
        words = text[line.start : line.end]
        following = text[lines[number + 1].start : lines[number + 1].end] if number + 1 < len(lines) else ""
        within = before_kind in (LineRole.BEGINNING, LineRole.GOING_ON)
        kind = _kind(before if within else "", words, following, clause)
        yield line, kind
        begun = CLAUSE.match(words) if kind in (LineRole.BEGINNING, LineRole.ALONE) else None
        before, before_kind, clause = words, kind, begun[1] if begun else clause


def _kind(before: str, words: str, following: str, clause: str) -> LineRole:
    """What a line is.

    Args:
        before: The line before it in the same paragraph, if there is one.
        words: The line.
        following: The one after it.
        clause: The number of the last clause.
    """
    if not words.strip():
        return LineRole.BLANK
    if ALONE.match(words):
        return LineRole.ALONE
    ended = not before or SENTENCE_END.search(before) is not None
    if ended and is_heading(words, following):
        return LineRole.ALONE
    if LIST_ITEM.match(words):
        return LineRole.BEGINNING
    number = CLAUSE.match(words)
    if number and (ended or (PART_END.search(before) and not OPEN_NUMBER.match(words)) or _follows(clause, number[1])):
        return LineRole.BEGINNING
    return LineRole.GOING_ON


def _follows(before: str, number: str) -> bool:
    """Whether a clause's number is the next one after another's: "1.2.3", "1.2.2.1", "1.3" or "2.1" after "1.2.2".

    A line that begins with the number of a section that is referred to has hardly this one.
    """
    if not (COUNTED.fullmatch(before) and COUNTED.fullmatch(number)):
        return False
    one, other = _parts(before), _parts(number)
    same = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    if same == len(other):
        return False
    first = one[same] + 1 if same < len(one) else 1
    return other[same] == first and all(part == 1 for part in other[same + 1 :])


def _parts(number: str) -> list[int]:
    letters = number.strip("()")
    return [ord(letters)] if letters.isalpha() else [int(part) for part in letters.strip(".").split(".")]


def is_heading(words: str, following: str) -> bool:
    """Whether a line is a heading right above a text, by how it is written and because it ends before it had to."""
    title, next_words = words.strip(), following.strip()
    if not next_words or len(title) > MAX_HEADING_CHARACTERS or NO_HEADING_END.search(title):
        return False
    if not (next_words[0].isupper() or next_words[0].isdigit() or next_words[0] in OPENING) or LIST_ITEM.match(
        following
    ):
        return False
    first = next_words.split(maxsplit=1)[0]
    if len(title) + 1 + len(first) + SPARE_CHARACTERS > len(next_words):
        return False
    number = CLAUSE.match(words)
    return _is_title(WORD.findall(words[number.end() :] if number else words))


def _is_title(words: Sequence[str]) -> bool:
    """Whether words are written in capitals, or each with one but the small ones."""
    if not 0 < len(words) <= MAX_HEADING_WORDS or not (words[0][0].isupper() and words[-1][0].isupper()):
        return False
    return all(word[0].isupper() for word in words if len(word) > SMALL_WORD_CHARACTERS)
