"""Word documents written by hand: only the parts that a test is about, as XML."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from retrieval.loaders.word.docx_names import STRICT

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE = f"{PACKAGE}/relationships/metadata/core-properties"


def word(body: str, *, main: str = "word/document.xml", core: str = "", strict: bool = False, **parts: str) -> bytes:
    """A document with this body; each of the parts is what stands in its root.

    Args:
        body: What stands in ``w:body``.
        main: The name of the part with the body.
        core: What stands in the core properties.
        strict: Whether it is written with the namespaces of strict files.
        parts: By their kind: styles, numbering, footnotes, endnotes, comments.
    """
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("_rels/.rels", _relations({"officeDocument": main}, core=core))
        document = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>".encode()
        for uri, known in STRICT.items() if strict else ():
            document = document.replace(known, uri)
        archive.writestr(main, document)
        for kind, content in parts.items():
            archive.writestr(f"word/{kind}.xml", f"<w:{kind} {SPACES}>{content}</w:{kind}>")
        if core:
            archive.writestr("docProps/core.xml", _core(core))
    return made.getvalue()


def paragraph(content: str, *, style: str = "", properties: str = "", list_id: int = 0, level: int = 0) -> str:
    """A paragraph; words are put into a run.

    Args:
        content: Words, or the elements in the paragraph.
        style: The id of its style.
        properties: More of its properties.
        list_id: The numbering that it is an item of.
        level: How deep it is in it.
    """
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>' if list_id else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = content if content.startswith("<") or not content else run(content)
    return f"<w:p><w:pPr>{styled}{numbered}{properties}</w:pPr>{inner}</w:p>"


def run(words: str, properties: str = "") -> str:
    """A run of words with these properties."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def level(number: int, text: str, form: str = "decimal", *, start: int = 1, more: str = "") -> str:
    """A level of a numbering; ``text`` is for example "%1.%2"."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, numberings: str = "", more: str = "") -> str:
    """One abstract numbering with these levels, and the numbering 1 of it."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{more}{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{numberings}'
    )


def field(instruction: str, result: str, *, form: str = "") -> str:
    """A field with its result, in runs of its own."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def control(content: str, properties: str = "") -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def table(*rows: str, properties: str = "") -> str:
    """A table of these rows."""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(words: str, properties: str = "") -> str:
    """A cell with one paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(words)}</w:tc>"


def _relations(parts: dict[str, str], *, core: str) -> str:
    entries = [f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{name}"/>' for kind, name in parts.items()]
    if core:
        entries.append(f'<Relationship Id="core" Type="{CORE}" Target="docProps/core.xml"/>')
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(entries)}</Relationships>'


def _core(content: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:dcterms="http://purl.org/dc/terms/">{content}</cp:coreProperties>'
    )
