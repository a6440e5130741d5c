"""What stands in a paragraph of a Word document: runs of words, fields, controls, formulas, marks of notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from retrieval.loaders.word.docx_diagrams import REFERENCE, RELATION, diagram_text
from retrieval.loaders.word.docx_fields import FIELD_MARK, Fields, is_contents, is_placeholder, shows
from retrieval.loaders.word.docx_names import W14, W, is_on, switch, value
from retrieval.loaders.word.docx_parts import TEXT_BOX
from retrieval.loaders.word.docx_styles import Styles, TextStyle, own_shift
from retrieval.loaders.word.flow import LINE_BREAK, LineContent
from retrieval.loaders.word.omml import FORMULA, to_mathml
from retrieval.loaders.word.symbol_fonts import in_font, sign

if TYPE_CHECKING:
    from lxml import etree

# Deleted and moved-away words, small print beside ideographs, and elements that say how things look.
LEFT_OUT = frozenset(
    W + name for name in ("del", "moveFrom", "rt", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "trPr", "tcPr")
)
DRAWN = frozenset(W + name for name in ("drawing", "pict", "object"))
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
# Breaks of a page or column may stand between two words.
SPACES = frozenset(W + name for name in ("tab", "ptab"))
FIXED = {f"{W}noBreakHyphen": "-", f"{W}cr": LINE_BREAK}
NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


@dataclass(slots=True)
class References:
    """What a text leads to, in order: notes by kind and id, and the ids of comments."""

    notes: dict[tuple[str, str], None] = field(default_factory=dict)
    comments: dict[str, None] = field(default_factory=dict)


class Inlines:
    """Reads the paragraphs of one part, in order.

    Args:
        root: The part.
        styles: The styles of the document.
        references: Takes up the notes and comments.
        diagram: Gives the data of a diagram by the id of the relation to it; None where there is none.
    """

    def __init__(
        self,
        root: etree._Element,
        styles: Styles,
        references: References,
        diagram: Callable[[str], etree._Element | None],
    ) -> None:
        self._diagram = diagram
        self._fields = Fields(root)
        self._styles = styles
        self._references = references
        self._style = TextStyle()
        self._line = LineContent()
        self._boxes: list[etree._Element] = []

    def read(self, paragraph: etree._Element, style: TextStyle, line: LineContent) -> list[etree._Element]:
        """Write what stands in a paragraph.

        Args:
            paragraph: The element.
            style: Of the paragraph.
            line: What it is written to.

        Returns:
            The text boxes that hang on the paragraph.
        """
        self._style, self._line, self._boxes = style, line, []
        if paragraph.tag == FORMULA:
            self._read(paragraph)
        else:
            self._read_all(paragraph)
        return self._boxes

    def _read_all(self, parent: etree._Element) -> None:
        for child in parent:
            self._read(child)

    def _read(self, child: etree._Element) -> None:
        tag = child.tag
        if tag in LEFT_OUT or not isinstance(tag, str):
            return
        if tag == f"{W}r":
            self._run(child)
        elif tag == f"{W}sdt":
            self._control(child)
        elif tag == f"{W}fldSimple":
            if shows(child.get(f"{W}instr", "")):
                self._read_all(child)
        elif tag == FORMULA:
            if self._fields.shown:
                self._line.add_formula(to_mathml(child))
        elif tag in DRAWN:
            self._drawn(child)
        else:
            if tag == f"{W}p":
                self._line.write(" ")  # some programs put a paragraph into another one
            self._read_all(child)

    def _control(self, control: etree._Element) -> None:
        box = control.find(f"{W}sdtPr/{W14}checkbox")
        if is_contents(control) or is_placeholder(control):
            return
        if box is None:
            self._read_all(control)
        elif self._fields.shown:
            checked = box.find(f"{W14}checked")
            self._line.write_box(checked=checked is not None and is_on(checked.get(f"{W14}val")))

    def _run(self, run: etree._Element) -> None:
        properties = run.find(f"{W}rPr")
        own = self._styles.named(value(properties, "rStyle"))
        bold, hidden = switch(properties, "b"), switch(properties, "vanish")
        hidden = (own.hidden or self._style.hidden) if hidden is None else hidden
        bold = own.bold != self._style.bold if bold is None else bold
        shift = own_shift(properties) if value(properties, "vertAlign") else own.shift
        font = value(properties, "rFonts", "ascii") or value(properties, "rFonts", "hAnsi")
        has_own_mark = any(is_on(mark.get(f"{W}customMarkFollows", "0")) for mark in run.iterchildren(*NOTES))
        for child in run:
            words = "" if has_own_mark and child.tag == f"{W}t" else self._words(child, font)
            if words and not hidden and self._fields.shown:
                is_break = words == LINE_BREAK
                self._line.write(words, bold=bold and not is_break, shift="" if is_break else shift)

    def _words(self, child: etree._Element, font: str) -> str:
        """The words of a part of a run; other parts of it are read on the way."""
        tag = child.tag
        if tag == f"{W}t":
            return in_font((child.text or "").replace("\n", " "), font)
        if tag in SPACES:
            return " "
        if tag == f"{W}br":
            return LINE_BREAK if child.get(f"{W}type", "textWrapping") == "textWrapping" else " "
        if tag == f"{W}sym":
            return _sign(child)
        if tag == FIELD_MARK:
            self._fields.read(child, self._line)
        elif tag == f"{W}instrText":
            self._fields.instruct(child.text or "")
        elif tag in NOTES:
            self._references.notes.setdefault((NOTES[tag], child.get(f"{W}id", "")))
        elif tag == f"{W}commentReference":
            self._references.comments.setdefault(child.get(f"{W}id", ""))
        elif tag not in FIXED:
            self._read(child)
        return FIXED.get(tag, "")

    def _drawn(self, drawn: etree._Element) -> None:
        if not self._fields.shown:
            return
        data = (self._diagram(one.get(RELATION, "")) for one in drawn.iter(REFERENCE))
        boxes = [*_text_boxes(drawn), *(diagram_text(one) for one in data if one is not None)]
        self._boxes += boxes
        for picture in drawn.iterchildren(f"{DRAWING}inline") if not boxes else ():
            described = picture.find(f"{DRAWING}docPr")
            self._line.add_picture(described.get("descr", "") if described is not None else "")


def _text_boxes(drawn: etree._Element) -> Iterator[etree._Element]:
    """The text boxes in a drawing, without those within them."""
    for box in drawn.iter(TEXT_BOX):
        if next((one for one in box.iterancestors(TEXT_BOX) if drawn in one.iterancestors()), None) is None:
            yield box


def _sign(element: etree._Element) -> str:
    code, font = element.get(f"{W}char", ""), element.get(f"{W}font", "")
    try:
        return sign(int(code, 16), font)
    except ValueError:
        return ""
