"""The styles of an OpenDocument text, each with what it takes over from its parents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.loaders.word.odt_names import FO, STYLE, TEXT

if TYPE_CHECKING:
    from lxml import etree

BOLD = frozenset(("bold", "600", "700", "800", "900"))


@dataclass(frozen=True, slots=True)
class OdtStyle:
    """How a paragraph or some words are written; None is as what stands around them."""

    names: tuple[str, ...] = ()
    bold: bool | None = None
    shift: str | None = None
    hidden: bool | None = None

    def within(self, outer: OdtStyle) -> OdtStyle:
        """This style of words in a paragraph, or among other words, of that style."""
        return OdtStyle(
            outer.names,
            outer.bold if self.bold is None else self.bold,
            outer.shift if self.shift is None else self.shift,
            outer.hidden if self.hidden is None else self.hidden,
        )


class OdtStyles:
    """The styles by family and name, and the styles of lists by name.

    Args:
        roots: The parts with styles; what the first one says counts.
    """

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._known: dict[tuple[str, str], OdtStyle] = {}
        self.lists: dict[str, etree._Element] = {}
        self.outline: etree._Element | None = None
        for root in roots:
            for style in root.iter(f"{STYLE}style"):
                self._styles.setdefault((style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")), style)
            for style in root.iter(f"{TEXT}list-style"):
                self.lists.setdefault(style.get(f"{STYLE}name", ""), style)
            if self.outline is None:
                self.outline = next(root.iter(f"{TEXT}outline-style"), None)

    def named(self, family: str, name: str) -> OdtStyle:
        """The style of that family and name; an unknown one says nothing."""
        key = family, name
        if key not in self._known:
            self._known[key] = self._read(*key)
        return self._known[key]

    def _chain(self, family: str, name: str) -> Iterator[etree._Element]:
        passed: set[str] = set()
        while (family, name) in self._styles and name not in passed:
            passed.add(name)
            style = self._styles[family, name]
            yield style
            name = style.get(f"{STYLE}parent-style-name", "")

    def _read(self, family: str, name: str) -> OdtStyle:
        chain = list(self._chain(family, name))
        looks = [look for style in chain for look in style.iterchildren(f"{STYLE}text-properties")]
        weight = next(filter(None, (look.get(f"{FO}font-weight") for look in looks)), None)
        position = next(filter(None, (look.get(f"{STYLE}text-position") for look in looks)), None)
        display = next(filter(None, (look.get(f"{TEXT}display") for look in looks)), None)
        return OdtStyle(
            names=tuple(style.get(f"{STYLE}name", "") for style in chain) or (name,),
            bold=None if weight is None else weight in BOLD,
            shift=None if position is None else _shift(position),
            hidden=None if display is None else display == "none",
        )


def _shift(position: str) -> str:
    """The element that says the same of words as a position does: "super 58%", "-33% 58%"."""
    first = (position.split() or [""])[0]
    if first in ("super", "sub"):
        return first.removesuffix("er")
    number = first.rstrip("%")
    return "" if number.strip("-0") == "" else ("sub" if number.startswith("-") else "sup")
