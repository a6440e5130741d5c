"""The numbers that browsers put before the items of a list: "3. ", "c. ", "iv. ".

Source of the method: the rules of HTML for ``<ol>``; the attributes ``start``, ``reversed``, ``type`` and ``value``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.loaders.markup.elements import is_skipped, local_name
from retrieval.loaders.numerals import in_letters, roman

if TYPE_CHECKING:
    from lxml import etree

INTEGER = re.compile(r"\s*([-+]?\d{1,9})(?!\d)")
STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]+)", re.IGNORECASE)
TYPES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}
# As style sheets name them, and as docutils and others name the classes of their lists.
STYLES = {
    "decimal": "decimal", "decimal-leading-zero": "decimal", "arabic": "decimal",
    "lower-alpha": "lower-alpha", "lower-latin": "lower-alpha", "loweralpha": "lower-alpha",
    "upper-alpha": "upper-alpha", "upper-latin": "upper-alpha", "upperalpha": "upper-alpha",
    "lower-roman": "lower-roman", "lowerroman": "lower-roman",
    "upper-roman": "upper-roman", "upperroman": "upper-roman",
}  # fmt: skip
WITHOUT = frozenset(("none", "disc", "circle", "square"))
CLASSES_WITHOUT = frozenset(("list-unstyled", "list-none", "no-bullet", "unstyled", "list-inline", "breadcrumb"))
MAX_ROMAN = 3999
# An item whose text begins like this has a number already.
OWN_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxlIVXL]{1,5})[.)]\)?\s|§|\d+\.\d+\s")


@dataclass(slots=True)
class _Numbering:
    """An open list: the number of its next item, the step to the one after that, and how they are written."""

    number: int
    step: int
    style: str


class ListNumbers:
    """The numbers of the lists of one page, as it is walked through."""

    def __init__(self) -> None:
        self._lists: list[_Numbering | None] = []

    def enter(self, element: etree._Element) -> str:
        """An element begins; the number that it has, if it is an item of a list with numbers."""
        name = local_name(element)
        if name == "ol":
            self._lists.append(_opened(element))
        elif name in ("ul", "menu", "dir"):
            self._lists.append(None)
        elif name == "li" and self._lists and (around := self._lists[-1]):
            return _number(element, around)
        return ""

    def leave(self, name: str) -> None:
        """An element of that name ends."""
        if name in ("ol", "ul", "menu", "dir"):
            self._lists.pop()


def _opened(element: etree._Element) -> _Numbering:
    backward = "reversed" in element.attrib
    start = _integer(element.get("start"))
    if start is None:
        start = sum(not is_skipped(item) for item in element.iterchildren("li")) if backward else 1
    return _Numbering(start, -1 if backward else 1, _style(element) or "decimal")


def _number(item: etree._Element, around: _Numbering) -> str:
    value = _integer(item.get("value"))
    number = around.number if value is None else value
    around.number = number + around.step
    style = _style(item) or around.style
    return "" if style in WITHOUT else f"{_written(number, style)}. "


def _style(element: etree._Element) -> str:
    """How an element says that its numbers are written; nothing where it does not say so."""
    declared = STYLE.search(element.get("style", ""))
    for word in declared[1].lower().split() if declared else ():
        if word in WITHOUT or word in STYLES:
            return STYLES.get(word, word)
    classes = element.get("class", "").split()
    if CLASSES_WITHOUT.intersection(classes):
        return "none"
    named = next((STYLES[word] for word in classes if word in STYLES), "")
    return TYPES.get(element.get("type", ""), named)


def _integer(written: str | None) -> int | None:
    found = INTEGER.match(written or "")
    return int(found[1]) if found else None


def _written(number: int, style: str) -> str:
    if style.endswith("alpha") and number > 0:
        letters = in_letters(number)
    elif style.endswith("roman") and 0 < number <= MAX_ROMAN:
        letters = roman(number)
    else:
        return str(number)
    return letters.upper() if style.startswith("upper") else letters
