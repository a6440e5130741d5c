"""The blocks of a Word document: paragraphs, headings, items with their numbers, tables and text boxes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from retrieval.loaders.word.docx_fields import is_contents, is_placeholder
from retrieval.loaders.word.docx_inlines import LEFT_OUT, Inlines, References
from retrieval.loaders.word.docx_names import W, number, switch, value
from retrieval.loaders.word.docx_numbering import Numbering
from retrieval.loaders.word.docx_styles import Styles, TextStyle, own_level
from retrieval.loaders.word.docx_tables import write_table
from retrieval.loaders.word.flow import HEADINGS, Flow, LineContent
from retrieval.loaders.word.omml import FORMULA

if TYPE_CHECKING:
    from lxml import etree

TITLE = "title"
# A paragraph of such a style stands in the item above, without a number of its own.
CONTINUED = ("list paragraph", "list continue")


@dataclass(slots=True)
class WordDocument:
    """What all parts of a document share, and what they lead to."""

    styles: Styles
    numbering: Numbering
    diagram: Callable[[str], etree._Element | None] = lambda _: None
    references: References = field(default_factory=References)
    titles: list[str] = field(default_factory=list)


class Body:
    """Reads one part of a document.

    Args:
        root: The part.
        document: What it shares with the others.
    """

    def __init__(self, root: etree._Element, document: WordDocument) -> None:
        self._document = document
        self._inlines = Inlines(root, document.styles, document.references, document.diagram)

    def write(self, parent: etree._Element, flow: Flow) -> None:
        """Write what stands below an element: the body, a cell, a note or a text box."""
        joined: list[etree._Element] = []
        for block in _blocks(parent):
            if block.tag != f"{W}tbl":
                joined.append(block)
                if _runs_on(block):
                    continue
                self._paragraph(joined, flow)
            else:
                if joined:
                    self._paragraph(joined, flow)
                write_table(block, flow, self._document.styles, self.write)
            joined = []
        if joined:
            self._paragraph(joined, flow)

    def _paragraph(self, joined: list[etree._Element], flow: Flow) -> None:
        """One paragraph; those before the last one have lost their ends and run on into it."""
        properties = joined[-1].find(f"{W}pPr") if joined[-1].tag == f"{W}p" else None
        style = self._document.styles.paragraph(properties)
        line = LineContent()
        boxes = [box for one in joined for box in self._inlines.read(one, style, line)]
        level = own_level(properties)
        level = style.level if level is None else level
        place = self._place(properties, style)
        label = self._document.numbering.next(*place) if place and not _is_hidden(properties) else None
        if line.has_words and not style.is_contents:
            if style.name == TITLE:
                self._document.titles.append(line.words)
            line.fill(_element(flow, level, style, place[1] if place and label is not None else None), label or "")
        for box in boxes:
            self.write(box, flow)

    def _place(self, properties: etree._Element | None, style: TextStyle) -> tuple[str, int] | None:
        """The numbering of a paragraph and its level in it, by its own properties or those of its style."""
        own = None if properties is None else properties.find(f"{W}numPr")
        list_id = value(own, "numId") or style.list_id
        if number(list_id) == 0:
            return None
        written = value(own, "ilvl")
        if written:
            return list_id, number(written)
        named = self._document.numbering.level_of(list_id, value(properties, "pStyle"))
        return list_id, next((level for level in (named, style.list_level) if level is not None), 0)


def _blocks(parent: etree._Element) -> list[etree._Element]:
    """The paragraphs and tables below an element, whatever is wrapped around them."""
    blocks: list[etree._Element] = []
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl", FORMULA):
            blocks.append(child)
        elif child.tag == f"{W}sdt" and (is_contents(child) or is_placeholder(child)):
            continue
        elif child.tag not in LEFT_OUT:
            blocks += _blocks(child)
    return blocks


def _runs_on(paragraph: etree._Element) -> bool:
    """Whether the paragraph has lost its end to a deletion, or is the large letter with which the next one begins."""
    properties = paragraph.find(f"{W}pPr")
    mark = None if properties is None else properties.find(f"{W}rPr")
    lost = mark is not None and any(mark.find(W + name) is not None for name in ("del", "moveFrom"))
    return lost or value(properties, "framePr", "dropCap") in ("drop", "margin")


def _is_hidden(properties: etree._Element | None) -> bool:
    return bool(switch(None if properties is None else properties.find(f"{W}rPr"), "vanish"))


def _element(flow: Flow, level: int, style: TextStyle, depth: int | None) -> etree._Element:
    """Where a paragraph is written to: a heading, an item that is so deep in a list, or text."""
    if level:
        return flow.block(f"h{min(level, HEADINGS)}")
    if depth is not None:
        return flow.item(depth)
    continued = flow.continuation() if style.name.startswith(CONTINUED) else None
    return flow.block("p") if continued is None else continued
