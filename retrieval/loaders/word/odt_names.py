"""The names of OpenDocument that several modules ask for."""

from __future__ import annotations

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE, TEXT, TABLE, STYLE, DRAW, FORM = (
    f"{{{OASIS}:{name}:1.0}}" for name in ("office", "text", "table", "style", "drawing", "form")
)
META, MANIFEST = f"{{{OASIS}:meta:1.0}}", f"{{{OASIS}:manifest:1.0}}"
FO, SVG = f"{{{OASIS}:xsl-fo-compatible:1.0}}", f"{{{OASIS}:svg-compatible:1.0}}"
# LibreOffice has its own names for what the standard lacks.
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
XLINK = "{http://www.w3.org/1999/xlink}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
