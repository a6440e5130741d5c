"""The blocks of an OpenDocument text: paragraphs, headings, lists with their numbers, tables, frames."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from retrieval.loaders.word.docx_numbering import BOXES
from retrieval.loaders.word.flow import HEADINGS, Flow, LineContent
from retrieval.loaders.word.odt_inlines import COMMENT, DRAWN, LEFT_OUT, Beside, OdtInlines, is_hidden
from retrieval.loaders.word.odt_names import TEXT, XML_ID
from retrieval.loaders.word.odt_numbering import Counter, levels_of
from retrieval.loaders.word.odt_styles import OdtStyles
from retrieval.loaders.word.odt_tables import TABLE_ELEMENT, write_odt_table

if TYPE_CHECKING:
    from lxml import etree

# Each leads to the text and is none.
INDEXES = frozenset(
    TEXT + name
    for name in (
        "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index",
    )
)  # fmt: skip
PARAGRAPH, HEADING, LIST, NUMBERED = (TEXT + name for name in ("p", "h", "list", "numbered-paragraph"))
MAX_DEPTH = 10


class OdtBody:
    """Reads the text of a file.

    Args:
        root: The part with the text.
        styles: The styles.
        object_root: Gives the part of an embedded object by its name.
    """

    def __init__(
        self, root: etree._Element, styles: OdtStyles, object_root: Callable[[str], etree._Element | None]
    ) -> None:
        self.beside = Beside()
        self.titles: list[str] = []
        self._styles = styles
        self._inlines = OdtInlines(root, styles, self.beside, object_root)
        self._outline = Counter(levels_of(styles.outline, BOXES))
        self._by_id: dict[str | None, Counter] = {}
        self._by_style: dict[str, Counter] = {}

    def write(self, parent: etree._Element, flow: Flow) -> None:
        """Write what stands below an element: the text, a cell, a note, a frame."""
        for block in parent:
            tag = block.tag
            if tag in INDEXES or tag in LEFT_OUT or not isinstance(tag, str):
                continue
            if tag in (PARAGRAPH, HEADING):
                self._paragraph(block, flow)
            elif tag == LIST:
                self._list(block, flow, "", 1, None)
            elif tag == NUMBERED:
                self._numbered(block, flow)
            elif tag == TABLE_ELEMENT:
                write_odt_table(block, flow, self.write)
            elif tag == COMMENT:
                self.beside.comments.append(block)
            elif tag in DRAWN:
                self._paragraph(block, flow)
            elif not is_hidden(block):
                self.write(block, flow)

    def _paragraph(
        self, paragraph: etree._Element, flow: Flow, label: str | None = None, place: etree._Element | None = None
    ) -> None:
        """A paragraph, heading or lone frame.

        Args:
            paragraph: The element.
            flow: Where it belongs.
            label: Its number in a list; None where it is not the first of an item.
            place: The element of the item that it is written to; it needs none outside of a list.
        """
        if any(is_hidden(one) for one in paragraph.iter(f"{TEXT}hidden-paragraph")):
            return
        style = self._styles.named("paragraph", paragraph.get(f"{TEXT}style-name", ""))
        line = LineContent()
        boxes = self._inlines.read(paragraph, style, line)
        level = int(paragraph.get(f"{TEXT}outline-level", "1")) if paragraph.tag == HEADING else 0
        if level and label is None:
            label = self._heading_number(paragraph, level)
        if line.has_words:
            if "Title" in style.names:
                self.titles.append(line.words)
            if level:
                place = flow.block(f"h{min(max(level, 1), HEADINGS)}")
            elif place is None:
                place = flow.block("p")
            line.fill(place, label or "")
        for box in boxes:
            self._box(box, flow)

    def _box(self, box: etree._Element, flow: Flow) -> None:
        """The text in a frame; a table is as often in one."""
        self.write(box, flow)

    def _heading_number(self, heading: etree._Element, level: int) -> str:
        if heading.get(f"{TEXT}is-list-header") == "true":
            return ""
        start = heading.get(f"{TEXT}start-value")
        if heading.get(f"{TEXT}restart-numbering") == "true" and not start:
            self._outline.restart(level)
        return self._outline.next(level, start)

    def _list(self, element: etree._Element, flow: Flow, style: str, depth: int, counter: Counter | None) -> None:
        """A list, or one within an item of another, whose numbers it shares."""
        style = element.get(f"{TEXT}style-name", style)
        if counter is None:
            counter = self._counter(element, style)
        elif element.get(f"{TEXT}style-name"):
            counter.levels = levels_of(self._styles.lists.get(style), BOXES)
        if element.get(XML_ID):
            self._by_id[element.get(XML_ID)] = counter
        for item in element:
            if item.tag in (f"{TEXT}list-item", f"{TEXT}list-header"):
                self._item(item, flow, style, min(depth, MAX_DEPTH), counter)

    def _item(self, item: etree._Element, flow: Flow, style: str, depth: int, counter: Counter) -> None:
        is_first = True
        own_levels = counter.levels
        for block in item:
            if block.tag in (PARAGRAPH, HEADING):
                label = None
                if is_first and item.tag == f"{TEXT}list-item":
                    label = counter.next(depth, item.get(f"{TEXT}start-value"))
                is_heading = block.tag == HEADING
                place = None if is_heading else (flow.item(depth) if is_first else flow.continuation())
                self._paragraph(block, flow, label or ("" if is_heading else None), place)
            elif block.tag == LIST:
                self._list(block, flow, style, depth + 1, counter)
                counter.levels = own_levels
            else:
                self.write([block], flow)
            is_first = is_first and block.tag in LEFT_OUT

    def _numbered(self, element: etree._Element, flow: Flow) -> None:
        """A paragraph that says itself at which place of which list it stands."""
        style, key = element.get(f"{TEXT}style-name", ""), element.get(f"{TEXT}list-id", "")
        counter = self._by_id.setdefault(f"numbered {key}", Counter(levels_of(self._styles.lists.get(style), BOXES)))
        level = min(max(int(element.get(f"{TEXT}level", "1")), 1), MAX_DEPTH)
        label = counter.next(level, element.get(f"{TEXT}start-value"))
        for block in element.iterchildren(PARAGRAPH, HEADING):
            self._paragraph(block, flow, label, flow.item(level) if block.tag == PARAGRAPH else None)

    def _counter(self, element: etree._Element, style: str) -> Counter:
        """The numbers of a list: those of an earlier one that it says it goes on with, or new ones."""
        earlier = self._by_id.get(element.get(f"{TEXT}continue-list"))
        if earlier is None and element.get(f"{TEXT}continue-numbering") == "true":
            earlier = self._by_style.get(style)
        levels = levels_of(self._styles.lists.get(style), BOXES)
        counter = Counter(levels) if earlier is None else earlier
        counter.levels = levels
        self._by_style[style] = counter
        return counter
