"""The automatic numbers of a Word document: what stands in front of an item or a heading, and what comes next.

Source of the method: ECMA-376, part 1, section 17.9 (Numbering). A list is an abstract numbering that several
numberings may share; these count on together, unless one of them starts anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from retrieval.loaders.word.docx_names import W, number, switch, value
from retrieval.loaders.word.number_formats import formatted

if TYPE_CHECKING:
    from lxml import etree

    from retrieval.loaders.word.docx_styles import Styles

LEVELS = 9
# A longer one is a paragraph in front of each paragraph.
MAX_LABEL_CHARACTERS = 100
# A bullet is none of the text, but one that says whether an item is done.
BOXES = "☐☑☒"
PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    """How the items of one level are numbered.

    ``restart`` says after which level, counted from 1, it begins anew; 0 is never, None is after every one above.
    """

    start: int = 0
    form: str = "decimal"
    text: str = ""
    apart: bool = True
    is_legal: bool = False
    is_shown: bool = True
    restart: int | None = None
    style_id: str = ""


@dataclass(slots=True)
class _NumberedList:
    """A numbering: its levels, the counters that it shares with others, and the starts that are its own."""

    levels: dict[int, _Level]
    counts: dict[int, int]
    starts: dict[int, int]
    unused: set[int] = field(default_factory=set)  # the levels whose own start has not been used yet


class Numbering:
    """The numbers of a document's items, which must be asked for in the order of the text.

    Args:
        root: The part with the numberings, if there is one.
        styles: The styles, some of which name a numbering.
    """

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, etree._Element] = {}
        self._numberings: dict[str, etree._Element] = {}
        for one in root.iter(f"{W}abstractNum") if root is not None else ():
            self._abstract.setdefault(one.get(f"{W}abstractNumId", ""), one)
        for one in root.iter(f"{W}num") if root is not None else ():
            self._numberings.setdefault(one.get(f"{W}numId", ""), one)
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._lists: dict[str, _NumberedList | None] = {}

    def level_of(self, list_id: str, style_id: str) -> int | None:
        """The level of the numbering that belongs to a style of paragraphs."""
        known = self._list(list_id)
        levels = known.levels if known else {}
        return next((level for level, one in levels.items() if style_id and one.style_id == style_id), None)

    def next(self, list_id: str, level: int) -> str | None:
        """What stands in front of the next item, with a blank behind it; empty for a bullet, None where it is no list.

        Args:
            list_id: The id of its numbering.
            level: How deep it is, counted from 0.
        """
        known = self._list(list_id)
        if known is None:
            return None
        if level not in known.levels:
            return ""
        self._count(known, level)
        return _label(known, level)

    def _count(self, known: _NumberedList, level: int) -> None:
        counts = known.counts
        if level in known.unused:
            known.unused.remove(level)
            counts.pop(level, None)
        start = known.starts.get(level, known.levels[level].start)
        counts[level] = counts[level] + 1 if level in counts else start
        for deeper in range(level + 1, LEVELS):
            restart = known.levels[deeper].restart if deeper in known.levels else None
            if restart is None or level < restart:
                counts.pop(deeper, None)

    def _list(self, list_id: str) -> _NumberedList | None:
        if list_id not in self._lists:
            self._lists[list_id] = self._read(list_id)
        return self._lists[list_id]

    def _read(self, list_id: str) -> _NumberedList | None:
        numbering = self._numberings.get(list_id)
        abstract_id = self._abstract_of(list_id)
        if numbering is None or abstract_id is None:
            return None
        levels = dict(self._levels_of(abstract_id))
        starts: dict[int, int] = {}
        for override in numbering.iter(f"{W}lvlOverride"):
            level = number(override.get(f"{W}ilvl", ""), LEVELS)
            levels |= _levels(override)
            start = value(override, "startOverride")
            if start and level < LEVELS:
                starts[level] = number(start)
        return _NumberedList(levels, self._counts.setdefault(abstract_id, {}), starts, set(starts))

    def _levels_of(self, abstract_id: str) -> dict[int, _Level]:
        if abstract_id not in self._levels:
            self._levels[abstract_id] = _levels(self._abstract[abstract_id])
        return self._levels[abstract_id]

    def _abstract_of(self, list_id: str) -> str | None:
        """The abstract numbering of a numbering; it may lead to another one by the name of a style."""
        passed: set[str] = set()
        while list_id in self._numberings and list_id not in passed:
            passed.add(list_id)
            abstract_id = value(self._numberings[list_id], "abstractNumId")
            abstract = self._abstract.get(abstract_id)
            if abstract is None:
                return None
            style_id = value(abstract, "numStyleLink")
            if not style_id:
                return abstract_id
            list_id = self._styles.list_of(style_id)
        return None


def _levels(parent: etree._Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for one in parent.iterchildren(f"{W}lvl"):
        level = number(one.get(f"{W}ilvl", ""), LEVELS)
        if level < LEVELS:
            levels[level] = _level(one)
    return levels


def _level(one: etree._Element) -> _Level:
    restart = value(one, "lvlRestart")
    form = next(one.iter(f"{W}numFmt"), None)
    is_picture = one.find(f"{W}lvlPicBulletId") is not None
    return _Level(
        start=number(value(one, "start")),
        form="bullet" if is_picture else _form(form),
        text=value(one, "lvlText"),
        apart=value(one, "suff") != "nothing",
        is_legal=bool(switch(one, "isLgl")),
        is_shown=not switch(one.find(f"{W}rPr"), "vanish"),
        restart=number(restart) if restart else None,
        style_id=value(one, "pStyle"),
    )


def _form(element: etree._Element | None) -> str:
    """The name of a format; of those that are described, the only one in use is zeros in front: "001, 002, …"."""
    name = element.get(f"{W}val", "decimal") if element is not None else "decimal"
    if name != "custom" or element is None:
        return name
    return "zeros" + str(len(element.get(f"{W}format", "").partition(",")[0].strip()))


def _label(known: _NumberedList, level: int) -> str:
    own = known.levels[level]
    if own.form == "bullet" or not own.is_shown:
        return f"{own.text} " if own.is_shown and own.text in BOXES and own.text else ""

    def written(place: re.Match[str]) -> str:
        of = int(place[1]) - 1
        there = known.levels.get(of)
        if there is None or of > level or there.form == "bullet":
            return ""
        start = known.starts.get(of, there.start)
        return _formatted(known.counts.get(of, start), "decimal" if own.is_legal else there.form)

    label = PLACE.sub(written, own.text).strip()
    if len(label) > MAX_LABEL_CHARACTERS or not any(character.isalnum() for character in label):
        return ""
    # Where nothing is to stand between, a sign at the end may well touch the first word, but no number may.
    return f"{label} " if own.apart or label[-1].isalnum() else label


def _formatted(count: int, form: str) -> str:
    if form == "none":
        return ""
    if form.startswith("zeros"):
        return str(count).zfill(min(number(form.removeprefix("zeros")), LEVELS))
    return formatted(count, form)
