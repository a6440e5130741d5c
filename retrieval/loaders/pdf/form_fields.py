"""What is filled in in the fields of a PDF's forms. Source of the method: ISO 32000-1, 12.7."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.composer import clean

if TYPE_CHECKING:
    from pypdf import PdfReader

Box = tuple[float, float, float, float]

CHECKED, UNCHECKED = "☒", "☐"
LINE_ENDS = ("\r\n", "\r", "\u2028")
# Fields inherit from those above them; a real form has three or four levels.
MAX_LEVELS = 32
MAX_OPTIONS = 10_000
MAX_CHOSEN = 1_000
# A longer name is a whole instruction, which the page gives as well.
MAX_NAME_CHARACTERS = 200
# Bits of a field's flags (tables 226 and 228).
PASSWORD, PUSH_BUTTON = 1 << 13, 1 << 16


XFA = (
    "{name} is an Adobe form whose words are not in its pages (XFA); print it to a new PDF in Adobe Reader and index "
    "that."
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a box (left, bottom, right, top) over a page, line by line.

    ``name`` is what the field is called where the page does not say it. ``is_mark`` tells a box to be checked, whose
    label stands after it and not before.
    """

    lines: tuple[str, ...]
    box: Box
    name: str = ""
    is_mark: bool = False

    @property
    def is_empty_mark(self) -> bool:
        """Whether it is a box that is not checked."""
        return self.is_mark and self.lines == (UNCHECKED,)


def check_form(reader: PdfReader) -> None:
    """Make sure that a form is more than a page that asks to wait for the form itself.

    Raises:
        SourceError: If it is not.
    """
    catalogue = _resolved(reader.trailer.get("/Root"))
    form = _resolved(catalogue.get("/AcroForm")) if isinstance(catalogue, dict) else None
    if isinstance(form, dict) and "/XFA" in form and bool(_resolved(catalogue.get("/NeedsRendering"))):
        raise SourceError(XFA, SourceProblem.FORMAT)


def form_entry(widget: Mapping[str, Any], box: Box) -> Entry | None:
    """What is filled in in one field; None where nothing is, or where it is a secret, a button or a signature."""
    kind = _inherited(widget, "/FT")
    flags = _inherited(widget, "/Ff")
    flags = flags if isinstance(flags, int) else 0
    name = clean(text_of(_inherited(widget, "/TU")))[:MAX_NAME_CHARACTERS]
    if kind == "/Btn" and not flags & PUSH_BUTTON:
        return Entry((CHECKED if _is_checked(widget) else UNCHECKED,), box, name, is_mark=True)
    if kind == "/Tx" and not flags & PASSWORD:
        lines = lines_of(text_of(_inherited(widget, "/V")))
    elif kind == "/Ch":
        lines = _chosen(widget)
    else:
        return None
    return Entry(lines, box, name) if lines else None


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of what somebody has typed; empty ones are left out."""
    for end in LINE_ENDS:
        text = text.replace(end, "\n")
    return tuple(line for line in map(clean, text.split("\n")) if line)


def text_of(value: Any) -> str:
    """A text, which a file may hold as a stream as well; nothing where the value is none."""
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if isinstance(value, str):
        return "" if value.startswith("/") and not value.strip("/") else str(value)
    return _stream_text(value) if hasattr(value, "get_data") else ""


def _stream_text(value: Any) -> str:
    data = value.get_data()
    if data.startswith((b"\xfe\xff", b"\xff\xfe")):
        return str(data.decode("utf-16", "replace"))
    return str(data.decode("utf-8", "replace").removeprefix("\ufeff"))


def _chosen(widget: Mapping[str, Any]) -> tuple[str, ...]:
    """What is chosen from a list, as people see it: a file may keep another word for each option."""
    value = _inherited(widget, "/V")
    values = value[:MAX_CHOSEN] if isinstance(value, list) else [value]
    shown = dict(_options(_inherited(widget, "/Opt")))
    texts = [text_of(_resolved(one)) for one in values]
    words = ", ".join(line for text in texts for line in lines_of(shown.get(text, text)))
    return (words,) if words else ()


def _options(options: Any) -> Iterator[tuple[str, str]]:
    for option in map(_resolved, options[:MAX_OPTIONS] if isinstance(options, list) else ()):
        if isinstance(option, list) and len(option) == 2:
            kept, shown = (text_of(_resolved(one)) for one in option)
            yield kept, shown or kept


def _is_checked(widget: Mapping[str, Any]) -> bool:
    state = _resolved(widget.get("/AS"))
    if state is not None:
        return bool(state != "/Off")
    value = _inherited(widget, "/V")
    looks = _resolved(widget.get("/AP"))
    states = _resolved(looks.get("/N")) if isinstance(looks, dict) else None
    return isinstance(states, dict) and isinstance(value, str) and value != "/Off" and value in states


def _inherited(field: Mapping[str, Any], key: str) -> Any:
    """The entry of a field, or of the nearest one above it that has such an entry."""
    here: Any = field
    for _ in range(MAX_LEVELS):
        if not isinstance(here, dict):
            return None
        value = _resolved(here.get(key))
        if value is not None:
            return value
        here = _resolved(here.get("/Parent"))
    return None


def _resolved(value: Any) -> Any:
    """The object that a reference leads to; None where it leads nowhere."""
    found = value.get_object() if hasattr(value, "get_object") else value
    return None if type(found).__name__ == "NullObject" else found
