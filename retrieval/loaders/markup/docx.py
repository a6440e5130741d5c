"""DOCX -> text, with the path of headings. Source of the method: mammoth, which makes simple HTML of it.

mammoth and not python-docx, because it reads what people see: it leaves out deleted words and keeps inserted ones, and
knows footnotes, text boxes, content controls and nested lists, most of which python-docx passes over.

mammoth unpacks and parses without limits. So it is given an archive that was made anew: the parts with text only, each
unpacked within limits and free of entities. Pictures, macros and links to elsewhere never reach it.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.composer import Composer, sensible_title
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.load_errors import empty, refusing_damage, too_much
from retrieval.loaders.markup.safe_zip import Archive, parse_xml
from retrieval.loaders.markup.walk import markup_blocks, parse_markup

if TYPE_CHECKING:
    from lxml import etree

KIND = "DOCX"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_OR_PROTECTED = (
    "{name} is protected by a password or is an old Word document (.doc); save it as .docx without a password and "
    "index that."
)
CORE_PROPERTIES = "docProps/core.xml"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
# Parts with words or with what words look like. The rest (themes, settings, pictures) is not needed.
NEEDED = ("[Content_Types].xml", ".rels", "document.xml", "document2.xml", "styles.xml", "numbering.xml", "notes.xml")
# mammoth builds three trees of a part, which take some fifteen times its size, at a megabyte a second.
MAX_DOCUMENT_BYTES = 20_000_000

# The title of a document is above its headings; mammoth knows Word's headings by itself.
STYLES = """
p[style-name='Title'] => p.title:fresh
p[style-name='Heading 7'] => h6:fresh
p[style-name='Heading 8'] => h6:fresh
p[style-name='Heading 9'] => h6:fresh
"""


def extract(data: bytes) -> Extracted:
    """Read a Word document.

    Raises:
        SourceError: If it is damaged, protected, without text, or unfolds into too much.
    """
    if data.startswith(OLE):
        raise SourceError(OLD_OR_PROTECTED, SourceProblem.PROTECTED)
    with refusing_damage(KIND):
        import mammoth

        archive = Archive(data, KIND)
        converted = mammoth.convert_to_html(
            _text_parts(archive), style_map=STYLES, include_embedded_style_map=False, convert_image=lambda _: []
        )
        root = parse_markup(converted.value)
        if root is None:
            raise empty()
        composer = Composer()
        titles = [" ".join(title.itertext()) for title in root.xpath("//p[@class='title']")]
        notes = _cut_notes(root)
        for block in markup_blocks(root):
            composer.add(block)
        for note in notes:
            # The last heading above says nothing about a note.
            composer.begin_part()
            for block in markup_blocks(note):
                composer.add(block)
        return composer.extracted(next(filter(None, map(sensible_title, [*titles, _title(archive)])), ""))


def _text_parts(archive: Archive) -> BytesIO:
    """An archive of the parts that mammoth needs for the text, each known to be harmless."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as parts:
        for name in archive.names:
            if not name.endswith(NEEDED):
                continue
            part = archive.read(name)
            if len(part) > MAX_DOCUMENT_BYTES:
                raise too_much()
            parse_xml(part, KIND)
            parts.writestr(name, part)
    made.seek(0)
    return made


def _cut_notes(root: etree._Element) -> list[etree._Element]:
    """The footnotes and endnotes, which mammoth puts at the end, taken out of the tree."""
    notes: list[etree._Element] = root.xpath("//li[starts-with(@id, 'footnote-') or starts-with(@id, 'endnote-')]")
    for note in notes:
        note.getparent().remove(note)
    return notes


def _title(archive: Archive) -> str:
    if CORE_PROPERTIES not in archive:
        return ""
    return parse_xml(archive.read(CORE_PROPERTIES), KIND).findtext(f".//{TITLE}") or ""
