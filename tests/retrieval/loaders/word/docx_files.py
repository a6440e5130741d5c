"""Word documents as people have them, made with python-docx; what it cannot make is put in as XML."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.document import Document
from docx.oxml import parse_xml
from PIL import Image

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def handbook() -> bytes:
    """Title, headings of three levels, lists, a table."""
    document = docx.Document()
    document.core_properties.title = "Microsoft Word - handbook_final2.docx"
    document.add_paragraph("Handbook of the Swimming Club", style="Title")
    document.add_paragraph("This handbook was agreed on in March.")
    document.add_heading("Opening hours", 1)
    document.add_paragraph("The pool is open from seven in the morning until nine at night.")
    document.add_heading("Public holidays", 2)
    document.add_paragraph("On public holidays it closes at noon.")
    for words in ("New Year", "First of May"):
        document.add_paragraph(words, style="List Bullet")
    document.add_heading("Exceptions", 3)
    document.add_paragraph("The committee may decide otherwise.")
    document.add_heading("Fees", 1)
    table = document.add_table(rows=0, cols=2)
    for row in (("Ticket", "Price"), ("Adult, one day", "4.50"), ("Season", "90.00")):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    for words in ("Pay at the desk.", "Keep the receipt."):
        document.add_paragraph(words, style="List Number")
    return _saved(document)


def report() -> bytes:
    """A footnote in the middle of a sentence, and another at the end of one."""
    document = docx.Document()
    document.add_heading("Report on the bridge", 1)
    document.add_heading("Costs", 2)
    paragraph = document.add_paragraph("The repairs cost fourteen million euros")
    paragraph._p.append(_note_mark(2))
    paragraph.add_run(", twice as much as had been planned.")
    paragraph = document.add_paragraph("They took two years.")
    paragraph._p.append(_note_mark(3))
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote>'
        for number, words in ((2, "Figures of the town treasurer."), (3, "From May 2022 to March 2024."))
    )
    return with_parts(
        _saved(document),
        {"word/footnotes.xml": f"<w:footnotes {W}>{notes}</w:footnotes>".encode()},
        relationship=f'<Relationship Id="rIdN" Type="{NOTES}" Target="footnotes.xml"/>',
        content_type=f'<Override PartName="/word/footnotes.xml" ContentType="{NOTES_TYPE}"/>',
    )


def draft() -> bytes:
    """Tracked changes, a comment's range, a hyperlink, a text box's fallback, a line break and a soft hyphen."""
    document = docx.Document()
    document.core_properties.title = "Draft of the statutes"
    paragraph = document.add_paragraph("Members pay ")
    change = 'w:id="1" w:author="Ann" w:date="2024-01-01T00:00:00Z"'
    paragraph._p.append(parse_xml(f"<w:del {W} {change}><w:r><w:delText>twenty</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {W} {change}><w:r><w:t>thirty</w:t></w:r></w:ins>"))
    paragraph.add_run(" euros a year.")
    content = "<w:sdtContent><w:p><w:r><w:t>Filled in by hand.</w:t></w:r></w:p></w:sdtContent>"
    document.element.body.insert(1, parse_xml(f"<w:sdt {W}>{content}</w:sdt>"))
    paragraph = document.add_paragraph("Harbour Street 5")
    paragraph.add_run().add_break()
    paragraph.add_run("2000 Port")
    run = document.add_paragraph("The Donau").add_run()
    run._r.append(parse_xml(f"<w:softHyphen {W}/>"))
    run._r.append(parse_xml(f"<w:t {W}>dampfschiff sank.</w:t>"))
    return _saved(document)


def letter() -> bytes:
    """A picture between two paragraphs, and a language other than English."""
    document = docx.Document()
    document.add_heading("Einladung zur Mitgliederversammlung", 1)
    document.add_paragraph("Die Versammlung beginnt um 19 Uhr im großen Saal. Gäste sind willkommen.")
    picture = BytesIO()
    Image.new("RGB", (40, 40), "red").save(picture, "PNG")
    picture.seek(0)
    document.add_picture(picture)
    document.add_paragraph("Anträge sind bis zum 3. März einzureichen.")
    return _saved(document)


def nested_list() -> bytes:
    """Lists within a list and a table within a table."""
    document = docx.Document()
    document.add_heading("Minutes", 1)
    for words, style in (
        ("Money", "List Bullet"),
        ("The balance is 1,204 euros.", "List Bullet 2"),
        ("Pool", "List Bullet"),
    ):
        document.add_paragraph(words, style=style)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Votes"
    inner = table.cell(0, 1).add_table(rows=2, cols=2)
    for number, words in enumerate(("For", "Against", "12", "3")):
        inner.cell(number // 2, number % 2).text = words
    return _saved(document)


def with_parts(
    data: bytes, parts: Mapping[str, bytes], *, relationship: str = "", content_type: str = "", deflated: bool = True
) -> bytes:
    """The same archive with parts added or replaced."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            if name in parts:
                continue
            content = old.read(name)
            if name == "word/_rels/document.xml.rels":
                content = content.replace(b"</Relationships>", f"{relationship}</Relationships>".encode())
            if name == "[Content_Types].xml":
                content = content.replace(b"</Types>", f"{content_type}</Types>".encode())
            new.writestr(name, content, ZIP_DEFLATED)
        for name, content in parts.items():
            new.writestr(name, content, ZIP_DEFLATED if deflated else None)
    return made.getvalue()


def _note_mark(number: int) -> object:
    return parse_xml(f'<w:r {W}><w:footnoteReference w:id="{number}"/></w:r>')


def _saved(document: Document) -> bytes:
    made = BytesIO()
    document.save(made)
    return made.getvalue()
