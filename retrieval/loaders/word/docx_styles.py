"""The styles of a Word document, each with what it takes over from those that it is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from retrieval.loaders.word.docx_names import VAL, W, number, switch, value

if TYPE_CHECKING:
    from lxml import etree

# Word has nine levels of headings and a tenth for text.
TEXT_LEVEL = 9
Known = TypeVar("Known", bound=int)
SHIFTS = {"superscript": "sup", "subscript": "sub"}
# Word writes the names of its own styles in English, whatever language it speaks; others write them in capitals.
HEADING_NAME = re.compile(r"heading ?(\d)\Z")
CONTENTS_NAME = re.compile(r"toc (?:\d|heading)\Z|table of figures\Z|index \d\Z")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a paragraph or some words are written.

    Args:
        name: In small letters.
        level: Of a heading, counted from 1; 0 is text.
        bold: Whether it is written in bold.
        shift: ``sup`` for raised words, ``sub`` for lowered ones.
        hidden: Whether it is not shown.
        list_id: The list whose item it is, by the id of its numbering; empty where it is none.
        list_level: How deep in the list, counted from 0, where that is said.
    """

    name: str = ""
    level: int = 0
    bold: bool = False
    shift: str = ""
    hidden: bool = False
    list_id: str = ""
    list_level: int | None = None

    @property
    def is_contents(self) -> bool:
        """Whether it is an entry of a table of contents or an index."""
        return CONTENTS_NAME.match(self.name) is not None


class Styles:
    """The styles by id.

    Args:
        root: The part with them, if there is one.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._known: dict[str, TextStyle] = {}
        self._default = ""
        for style in root.iter(f"{W}style") if root is not None else ():
            name = style.get(f"{W}styleId", "")
            self._styles.setdefault(name, style)
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self._default = name

    def paragraph(self, properties: etree._Element | None) -> TextStyle:
        """The style of a paragraph with these properties."""
        return self.named(value(properties, "pStyle") or self._default)

    def named(self, style_id: str) -> TextStyle:
        """The style with that id; an unknown one says nothing but its id."""
        if style_id not in self._known:
            self._known[style_id] = self._read(style_id)
        return self._known[style_id]

    def has_bold_first_row(self, style_id: str) -> bool:
        """Whether a style of tables has the first row in bold, as the names of the columns are."""
        for style in self._chain(style_id):
            for part in style.iter(f"{W}tblStylePr"):
                if part.get(f"{W}type") == "firstRow":
                    return bool(switch(part.find(f"{W}rPr"), "b"))
        return False

    def list_of(self, style_id: str) -> str:
        """The id of the numbering that a style of lists has."""
        return self.named(style_id).list_id

    def _chain(self, style_id: str) -> Iterator[etree._Element]:
        """The style and those it is based on, the nearest first."""
        passed: set[str] = set()
        while style_id in self._styles and style_id not in passed:
            passed.add(style_id)
            yield self._styles[style_id]
            style_id = value(self._styles[style_id], "basedOn")

    def _read(self, style_id: str) -> TextStyle:
        chain = list(self._chain(style_id))
        paragraphs = [style.find(f"{W}pPr") for style in chain]
        runs = [style.find(f"{W}rPr") for style in chain]
        names = [value(style, "name").lower() for style in chain] or [style_id.lower()]
        lists = [found for one in paragraphs if one is not None and (found := one.find(f"{W}numPr")) is not None]
        levels = [value(found, "ilvl") for found in lists]
        return TextStyle(
            name=names[0],
            level=_level(paragraphs, names),
            bold=bool(_first(switch(one, "b") for one in runs)),
            shift=next(filter(None, (own_shift(one) for one in runs)), ""),
            hidden=bool(_first(switch(one, "vanish") for one in runs)),
            list_id=next(filter(None, (value(found, "numId") for found in lists)), ""),
            list_level=next((number(level) for level in levels if level), None),
        )


def own_shift(properties: etree._Element | None) -> str:
    """Whether words are raised or lowered by these properties, as ``TextStyle.shift`` says it."""
    return SHIFTS.get(value(properties, "vertAlign"), "")


def own_level(properties: etree._Element | None) -> int | None:
    """The level of the heading that a paragraph is by its own properties; 0 is text, None where they do not say."""
    found = None if properties is None else properties.find(f"{W}outlineLvl")
    if found is None:
        return None
    written = number(found.get(VAL, ""), TEXT_LEVEL)
    return written + 1 if written < TEXT_LEVEL else 0


def _level(paragraphs: list[etree._Element | None], names: list[str]) -> int:
    told = _first(own_level(one) for one in paragraphs)
    if told is not None:
        return told
    headings = [int(found[1]) for name in names if (found := HEADING_NAME.match(name))]
    return next((level for level in headings if level), 0)


def _first(values: Iterator[Known | None]) -> Known | None:
    return next((one for one in values if one is not None), None)
