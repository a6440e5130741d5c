"""The names of WordprocessingML that several modules ask for, and what its values mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

# Strict files have other namespaces for the same; they are renamed before they are parsed.
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": (
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    ),
}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VAL = f"{W}val"
MAX_DIGITS = 9


def value(parent: etree._Element | None, path: str, attribute: str = "val") -> str:
    """What the element at ``path`` below ``parent`` says; empty where it is not there or says nothing.

    Args:
        parent: An element with properties.
        path: Names of WordprocessingML, divided by slashes.
        attribute: The name of the attribute.
    """
    if parent is None or not len(parent):
        return ""
    found = parent.find("/".join(W + name for name in path.split("/")) if "/" in path else W + path)
    return (found.get(W + attribute) or "") if found is not None else ""


def number(written: str, otherwise: int = 0) -> int:
    """A whole number that is not negative, or another where there is none."""
    return int(written) if written.isascii() and written.isdigit() and len(written) <= MAX_DIGITS else otherwise


def is_on(written: str | None) -> bool:
    """What a switch says that is there: on, unless it says otherwise."""
    return written not in ("0", "false", "off", "none")


def switch(parent: etree._Element | None, name: str) -> bool | None:
    """Whether the property is on; None where nothing is said of it."""
    found = None if parent is None or not len(parent) else parent.find(W + name)
    return None if found is None else is_on(found.get(VAL))
