"""The automatic numbers of an OpenDocument text: of items and of headings.

Source of the method: OpenDocument 1.3, part 3, sections 16.30 to 16.34 (list and outline styles) and 5.3 (lists).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from retrieval.loaders.numerals import LATIN, in_letters
from retrieval.loaders.word.docx_names import number
from retrieval.loaders.word.docx_numbering import MAX_LABEL_CHARACTERS
from retrieval.loaders.word.number_formats import formatted
from retrieval.loaders.word.odt_names import LOEXT, STYLE, TEXT

if TYPE_CHECKING:
    from lxml import etree

LEVELS = 10
PLACE = re.compile(r"%(\d{1,2})%")
# OpenDocument names a format by its first number.
FORMATS = {
    "1": "decimal", "01": "decimalZero", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "1st": "ordinal", "One": "cardinalText", "First": "ordinalText", "一": "chineseCounting",
    "甲": "ideographTraditional",
    "子": "ideographZodiac", "①": "decimalEnclosedCircle", "ア": "aiueoFullWidth", "가": "ganada", "ㄱ": "chosung",
    "א": "hebrew2", "أ": "arabicAlpha", "α": "greekLower", "Α": "greekUpper", "а": "russianLower", "А": "russianUpper",
}  # fmt: skip
LETTERS = {"a": LATIN, "A": LATIN.upper()}


@dataclass(frozen=True, slots=True)
class _NumberLevel:
    """How one level is numbered; ``shown`` is how many levels, and ``pattern`` says the same in one, if it is there."""

    form: str = ""
    before: str = ""
    after: str = ""
    start: int = 1
    shown: int = 1
    pattern: str = ""
    repeats: bool = False
    bullet: str = ""


@dataclass(slots=True)
class Counter:
    """The numbers of one list, or of all headings: by level, counted from 1."""

    levels: dict[int, _NumberLevel]
    counts: dict[int, int] = field(default_factory=dict)

    def next(self, level: int, start: str | None = None) -> str:
        """What stands in front of the next item, with a blank behind it; empty for a bullet.

        Args:
            level: How deep it is, counted from 1.
            start: The number that it says it has, if it says so.
        """
        own = self.levels.get(level, _NumberLevel())
        self.counts[level] = number(start or "", self.counts[level] + 1 if level in self.counts else own.start)
        for deeper in range(level + 1, LEVELS + 1):
            self.counts.pop(deeper, None)
        label = (own.bullet or self._label(level, own)).strip()
        if len(label) > MAX_LABEL_CHARACTERS or not (own.bullet or any(one.isalnum() for one in label)):
            return ""
        return f"{label} "

    def restart(self, level: int, start: str | None = None) -> None:
        """The next item of a level has its first number, or the one that is given."""
        self.counts.pop(level, None)
        if start:
            self.counts[level] = number(start, 1) - 1

    def _label(self, level: int, own: _NumberLevel) -> str:
        if not own.form:
            return ""
        if own.pattern:
            return PLACE.sub(lambda place: self._number(int(place[1])), own.pattern)
        first = max(level - own.shown + 1, 1)
        numbers = [self._number(one) for one in range(first, level + 1)]
        return own.before + ".".join(filter(None, numbers)) + own.after

    def _number(self, level: int) -> str:
        there = self.levels.get(level, _NumberLevel())
        count = self.counts.get(level, there.start)
        if there.form in LETTERS and not there.repeats:
            return in_letters(count, LETTERS[there.form]) or "0"
        return formatted(count, FORMATS.get(there.form.partition(",")[0].strip(), "decimal")) if there.form else ""


def levels_of(style: etree._Element | None, boxes: str) -> dict[int, _NumberLevel]:
    """The levels of a style of lists, or of the outline.

    Args:
        style: The element; None has no levels.
        boxes: Bullets that are text, because they say what is done.
    """
    levels: dict[int, _NumberLevel] = {}
    for one in style if style is not None else ():
        level = number(one.get(f"{TEXT}level", ""))
        if not 1 <= level <= LEVELS:
            continue
        bullet = one.get(f"{TEXT}bullet-char", "")
        levels[level] = _NumberLevel(
            form=one.get(f"{STYLE}num-format", ""),
            before=one.get(f"{STYLE}num-prefix", ""),
            after=one.get(f"{STYLE}num-suffix", ""),
            start=number(one.get(f"{TEXT}start-value", ""), 1),
            shown=number(one.get(f"{TEXT}display-levels", ""), 1),
            pattern=one.get(f"{LOEXT}num-list-format", ""),
            repeats=one.get(f"{STYLE}num-letter-sync") == "true",
            bullet=bullet if bullet and bullet in boxes else "",
        )
    return levels
