"""Fields of a Word document: what they compute is text, how they compute it is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.loaders.word.docx_names import W, is_on, number, switch, value

if TYPE_CHECKING:
    from lxml import etree

    from retrieval.loaders.word.flow import LineContent

FIELD_MARK = f"{W}fldChar"
TYPE = f"{W}fldCharType"
# What these show only leads to the text, or stands for what is to be written.
NOT_TEXT = frozenset(("TOC", "INDEX", "TOA", "RD", "TC", "XE", "TA", "MACROBUTTON", "ADVANCE"))
# These have no result of their own: the form says what is chosen.
CHOICES = frozenset(("FORMCHECKBOX", "FORMDROPDOWN"))
MAX_DEPTH = 100


@dataclass(slots=True)
class _Field:
    """A field that has begun: its mark, and its instruction as far as it has been read."""

    mark: etree._Element
    instruction: str = ""
    in_result: bool = False

    @property
    def name(self) -> str:
        return _name(self.instruction)

    @property
    def shows(self) -> bool:
        return self.in_result and self.name not in NOT_TEXT | CHOICES


class Fields:
    """The fields that are open at one place of a part. One that has no end is none: it would swallow the rest.

    Args:
        root: The part.
    """

    def __init__(self, root: etree._Element) -> None:
        self._open: list[_Field] = []
        self._whole: set[etree._Element] = set()
        begun: list[etree._Element] = []
        for mark in root.iter(FIELD_MARK):
            kind = mark.get(TYPE)
            if kind == "begin":
                begun.append(mark)
            elif kind == "end" and begun:
                self._whole.add(begun.pop())

    @property
    def shown(self) -> bool:
        """Whether what stands here is text."""
        return all(one.shows for one in self._open)

    def instruct(self, words: str) -> None:
        """These words belong to an instruction."""
        if self._open and not self._open[-1].in_result:
            self._open[-1].instruction += words

    def read(self, mark: etree._Element, line: LineContent) -> None:
        """A field begins, comes to its result, or ends; a form's field then has its choice written."""
        kind = mark.get(TYPE)
        if kind == "begin" and mark in self._whole and len(self._open) < MAX_DEPTH:
            self._open.append(_Field(mark))
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif kind == "end" and self._open:
            field = self._open.pop()
            if self.shown:
                _write_choice(field, line)


def shows(instruction: str) -> bool:
    """Whether the result of a field with that instruction is text."""
    return _name(instruction) not in NOT_TEXT


def _name(instruction: str) -> str:
    return (instruction.split() or [""])[0].upper()


def _write_choice(field: _Field, line: LineContent) -> None:
    form = field.mark.find(f"{W}ffData")
    if form is None:
        return
    if field.name == "FORMCHECKBOX":
        box = form.find(f"{W}checkBox")
        told = switch(box, "checked")
        line.write_box(checked=bool(switch(box, "default") if told is None else told))
    elif field.name == "FORMDROPDOWN":
        chosen = value(form, "ddList/result") or value(form, "ddList/default")
        entries = [entry.get(f"{W}val", "") for entry in form.iter(f"{W}listEntry")]
        place = number(chosen)
        line.write(entries[place] if place < len(entries) else "")


def is_contents(control: etree._Element) -> bool:
    """Whether a content control holds a table of contents."""
    gallery = value(control.find(f"{W}sdtPr"), "docPartObj/docPartGallery")
    return gallery.lower() in ("table of contents", "table of figures", "indexes")


def is_placeholder(control: etree._Element) -> bool:
    """Whether what a content control shows is only what somebody is asked to write."""
    properties = control.find(f"{W}sdtPr")
    found = None if properties is None else properties.find(f"{W}showingPlcHdr")
    return found is not None and is_on(found.get(f"{W}val"))
