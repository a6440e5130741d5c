"""reStructuredText: the words that its readers see, in blocks, with headings and lines; no other file is opened.

The text is what docutils reads, not the file as it stands: a role, a reference or a substitution inside of a quote
would hide the words that it is made of, and the cells of a grid table have no lines of their own.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from retrieval.loaders.composer import Composer, sensible_title
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.load_errors import refusing_damage, too_much
from retrieval.loaders.plain import decode
from retrieval.loaders.publication_date import iso_day
from retrieval.loaders.rst.blocks import Blocks
from retrieval.types import LINE_END

if TYPE_CHECKING:
    from docutils import nodes

KIND = "reStructuredText"
# A longer line is no text; docutils' patterns take their time on one.
MAX_LINE_CHARACTERS = 20_000
SETTINGS = {
    "_disable_config": True,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 5,
    "halt_level": 5,
    "warning_stream": False,
    "doctitle_xform": False,
    "docinfo_xform": False,
    "smart_quotes": False,
    "line_length_limit": MAX_LINE_CHARACTERS,
    "input_encoding": "unicode",
}
# What stands before the text of a PEP, as in an e-mail; three of them are no coincidence.
HEADER = re.compile(r"([A-Za-z][\w-]*):(?:[ \t]+(.*)|[ \t]*)\Z")
FEWEST_HEADERS = 3
DATE_NAMES = ("date", "created", "published", "updated", "lastmodified", "lastupdated")
ISO_WITHIN = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
WRITTEN_DAYS = ("%d-%b-%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%Y/%m/%d")


def extract(data: bytes) -> Extracted:
    """The text; its title and its day are those that its fields give, else the title is its first heading."""
    text, encoding = decode(data)
    lines = LINE_END.split(text)
    if max(map(len, lines)) > MAX_LINE_CHARACTERS:
        raise too_much()
    headers = _headers(lines)
    with refusing_damage(KIND):
        document = _parse("\n".join([""] * len(headers) + lines[len(headers) :]))
        fields = {name.lower(): value for name, value in headers if name} | _fields(document)
        composer = Composer()
        blocks = Blocks(lines)
        for block in blocks.of(document):
            composer.add(block)
        title = sensible_title(fields.get("title", "")) or sensible_title(blocks.title)
        return composer.extracted(title, encoding, date=_day(fields), words_in=len(text.split()))


def _parse(text: str) -> nodes.document:
    from docutils.core import publish_doctree

    from retrieval.loaders.rst.directives import register_names

    register_names(text)
    return publish_doctree(text, settings_overrides=SETTINGS)


def _headers(lines: list[str]) -> list[tuple[str, str]]:
    """The headers that stand before the text as before that of an e-mail; a line that goes on has no name."""
    found: list[tuple[str, str]] = []
    for line in lines:
        header = HEADER.match(line)
        if header:
            found.append((header[1], (header[2] or "").strip()))
        elif not line.strip() or not (found and line[0] in " \t"):
            break
        else:
            found.append(("", line))
    named = [name for name, _ in found if name]
    return found if len(named) >= FEWEST_HEADERS and (len(found) == len(lines) or not lines[len(found)].strip()) else []


def _fields(document: nodes.document) -> dict[str, str]:
    """The fields that stand before the text, or right below its first heading: they are taken out of it."""
    from docutils import nodes

    found: dict[str, str] = {}
    sections = [node for node in document.children if isinstance(node, nodes.section)][:1]
    for parent in (document, *sections):
        for node in list(parent.children):
            if isinstance(node, nodes.field_list):
                for field in node.children:
                    name, body = field.children[0], field.children[-1]
                    found.setdefault(name.astext().lower(), " ".join(body.astext().split()))
                parent.remove(node)
            if not isinstance(node, nodes.Invisible | nodes.title):
                break
    return found


def _day(fields: dict[str, str]) -> str:
    values = [fields[name] for name in DATE_NAMES if name in fields]
    for value in values:
        iso = ISO_WITHIN.search(value)
        if iso and (day := iso_day(iso[0])):
            return day
        for written in WRITTEN_DAYS:
            try:
                return datetime.strptime(value, written).date().isoformat()  # noqa: DTZ007 (a day has no hour)
            except ValueError:
                continue
    return ""
