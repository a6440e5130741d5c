"""What stands in a paragraph of an OpenDocument text: words, fields, notes, comments, frames and form fields."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from retrieval.loaders.markup.elements import local_name
from retrieval.loaders.word.flow import LINE_BREAK, LineContent
from retrieval.loaders.word.odt_names import DRAW, FORM, LOEXT, OFFICE, SVG, TEXT, XLINK, XML_ID
from retrieval.loaders.word.odt_styles import OdtStyle, OdtStyles

if TYPE_CHECKING:
    from lxml import etree

NOTE, COMMENT = f"{TEXT}note", f"{OFFICE}annotation"
SPACES = frozenset((f"{TEXT}s", f"{TEXT}tab"))
# Small print beside ideographs, hidden words, prompts, and what a program runs.
LEFT_OUT = frozenset((
    f"{TEXT}ruby-text", f"{TEXT}hidden-text", f"{TEXT}placeholder", f"{TEXT}script", f"{TEXT}tracked-changes",
    f"{TEXT}sequence-decls", f"{TEXT}variable-decls", f"{TEXT}user-field-decls", f"{TEXT}number", f"{OFFICE}forms",
))  # fmt: skip
DRAWN = frozenset(
    DRAW + name for name in ("frame", "g", "custom-shape", "rect", "ellipse", "circle", "line", "polygon", "connector")
)
WRITTEN = (f"{TEXT}p", f"{TEXT}h", f"{TEXT}list")
FORMULA = "math"
STATES = ("checked", "true")


@dataclass(slots=True)
class Beside:
    """What belongs to a text and stands beside it, in its order: notes and comments."""

    notes: list[etree._Element] = field(default_factory=list)
    comments: list[etree._Element] = field(default_factory=list)


class OdtInlines:
    """Reads paragraphs.

    Args:
        root: The part with them, whose form fields are known by their ids.
        styles: The styles.
        beside: Takes up notes and comments.
        object_root: Gives the part of an embedded object by its name; None where there is none.
    """

    def __init__(
        self,
        root: etree._Element,
        styles: OdtStyles,
        beside: Beside,
        object_root: Callable[[str], etree._Element | None],
    ) -> None:
        self._styles, self._beside, self._object_root = styles, beside, object_root
        self._controls = {
            one.get(f"{FORM}id") or one.get(XML_ID, ""): one
            for form in root.iter(f"{OFFICE}forms")
            for one in form.iter()
        }
        self._line = LineContent()
        self._boxes: list[etree._Element] = []

    def read(self, paragraph: etree._Element, style: OdtStyle, line: LineContent) -> list[etree._Element]:
        """Write what stands in a paragraph, or in a frame that stands for one.

        Args:
            paragraph: The element.
            style: Of the paragraph.
            line: What it is written to.

        Returns:
            The frames with text that hang on it.
        """
        self._line, self._boxes = line, []
        if paragraph.tag in DRAWN:
            self._drawn(paragraph)
        else:
            self._read(paragraph, style)
        return self._boxes

    def _read(self, element: etree._Element, style: OdtStyle) -> None:
        self._write(element.text, style)
        for child in element:
            self._child(child, style)
            self._write(child.tail, style)

    def _write(self, words: str | None, style: OdtStyle) -> None:
        if words and not style.hidden:
            self._line.write(words.replace("\n", " "), bold=bool(style.bold), shift=style.shift or "")

    def _child(self, child: etree._Element, style: OdtStyle) -> None:
        tag = child.tag
        if not isinstance(tag, str) or tag in LEFT_OUT or is_hidden(child):
            return
        if tag in SPACES:
            self._write(" ", style)
        elif tag == f"{TEXT}line-break":
            self._line.write(LINE_BREAK)
        elif tag == NOTE:
            self._beside.notes.append(child)
        elif tag == COMMENT:
            self._beside.comments.append(child)
        elif tag == f"{DRAW}control":
            self._control(self._controls.get(child.get(f"{DRAW}control", "")))
        elif tag == f"{LOEXT}content-control":
            self._content_control(child, style)
        elif tag in DRAWN:
            self._drawn(child)
        else:
            self._read(child, self._within(child, style))

    def _within(self, span: etree._Element, style: OdtStyle) -> OdtStyle:
        if span.tag != f"{TEXT}span":
            return style
        return self._styles.named("text", span.get(f"{TEXT}style-name", "")).within(style)

    def _content_control(self, control: etree._Element, style: OdtStyle) -> None:
        if control.get(f"{LOEXT}checkbox") == "true":
            self._line.write_box(checked=control.get(f"{LOEXT}checked") == "true")
        elif control.get(f"{LOEXT}showing-place-holder") != "true":
            self._read(control, style)

    def _control(self, control: etree._Element | None) -> None:
        """A form field: a box with its label, or the words that are in it."""
        if control is None:
            return
        label = control.get(f"{FORM}label", "")
        if control.tag in (f"{FORM}checkbox", f"{FORM}radio"):
            told = (control.get(FORM + name) for name in ("current-state", "current-selected", "state", "selected"))
            self._line.write_box(checked=next(filter(None, told), "") in STATES)
            self._line.write(f"{label} ")
        elif control.tag == f"{FORM}fixed-text":
            self._line.write(f" {label} ")
        elif control.tag in (f"{FORM}text", f"{FORM}textarea", f"{FORM}combobox"):
            self._line.write(f" {control.get(f'{FORM}current-value') or control.get(f'{FORM}value', '')} ")

    def _drawn(self, drawn: etree._Element) -> None:
        """A frame or a shape: a formula, a picture's description, or a text of its own."""
        formulas = map(self._formula, drawn.iterchildren(f"{DRAW}object"))
        formula = next((one for one in formulas if one is not None), None)
        if formula is not None:
            self._line.add_formula(formula)
        elif drawn.tag == f"{DRAW}g":
            for child in drawn.iterchildren(*DRAWN):
                self._drawn(child)
        elif drawn.find(f"{DRAW}object") is None and next(drawn.iter(*WRITTEN), None) is not None:
            self._boxes.append(drawn)
        else:
            described = drawn.findtext(f"{SVG}desc") or drawn.findtext(f"{SVG}title") or ""
            self._line.add_picture(described)

    def _formula(self, embedded: etree._Element) -> etree._Element | None:
        name = embedded.get(f"{XLINK}href", "")
        root = self._object_root(name) if name else next(embedded.iterchildren(), None)
        if root is None or local_name(root) != FORMULA:
            return None
        formula = deepcopy(root)
        formula.tail = None
        return formula


def is_hidden(element: etree._Element) -> bool:
    """Whether a section, paragraph or field says that it is not shown."""
    return bool(element.get(f"{TEXT}display") == "none" or element.get(f"{TEXT}is-hidden") == "true")
