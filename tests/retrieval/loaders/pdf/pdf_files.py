"""PDF files as people have them, made with reportlab."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table

LEFT, TOP = 72, 760
LEADING = 14
# A line with this in front is set larger, one with the other smaller and at the foot of the page.
HEADING, FOOTNOTE = "# ", "^ "


def typeset(
    pages: Sequence[Sequence[str]],
    *,
    head: str = "",
    foot: str = "",
    title: str = "",
    font: str = "Helvetica",
    bookmarks: Sequence[tuple[int, str, int]] = (),
) -> bytes:
    """Lines as a typesetter has broken them; an empty one is the gap between paragraphs.

    ``%d`` in head and foot is the page's number. Bookmarks are (level from 0, words, page).
    """
    made = BytesIO()
    canvas = Canvas(made, pagesize=A4)
    if title:
        canvas.setTitle(title)
    for number, lines in enumerate(pages, start=1):
        for level, words, page in bookmarks:
            if page == number:
                key = f"{page}-{words}"
                canvas.bookmarkPage(key)
                canvas.addOutlineEntry(words, key, level)
        y: float = TOP
        for line in lines:
            if line.startswith(HEADING):
                y -= LEADING
                _write(canvas, LEFT, y, line.removeprefix(HEADING), font, 16)
                y -= 2 * LEADING
            elif line.startswith(FOOTNOTE):
                _write(canvas, LEFT, 90, line.removeprefix(FOOTNOTE), font, 8)
            else:
                _write(canvas, LEFT + 5 * (len(line) - len(line.lstrip())), y, line.lstrip(), font, 11)
                y -= LEADING
        if head:
            _write(canvas, LEFT, 800, head.replace("%d", str(number)), font, 9)
        if foot:
            _write(canvas, 280, 40, foot.replace("%d", str(number)), font, 9)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def handbook() -> bytes:
    """Three pages with running head and page number; words broken at line ends; sentences over page ends."""
    return typeset(
        [
            [
                "# Opening hours",
                "The pool is open from seven in the morning until nine at night. On public holi-",
                "days it closes at noon, unless the committee decides otherwise and puts up a",
                "notice at the entrance.",
                "",
                "Children under eight are admitted only with an adult who stays with them at",
            ],
            [
                "all times. Groups of more than ten must be announced a week ahead to the self-",
                "employed lifeguards, who keep a list.",
                "",
                "The self-employed lifeguards are paid by the hour. Members of the Anglo-",
                "Saxon Society pay half, and for everybody both indoor-",
                "and outdoor lockers are free.",
            ],
            [
                "# Fees",
                "A day ticket costs 4.50 euros. A season ticket costs 90 euros and can be",
                "paid in two parts.",
            ],
        ],
        head="Handbook of the Swimming Club",
        foot="Page %d of 3",
        title="Handbook of the Swimming Club",
    )


def footnotes() -> bytes:
    """A sentence that runs on beyond a footnote and the end of the page."""
    return typeset(
        [
            [
                "The bridge was closed in February after inspectors had found cracks in two of",
                "its pillars. The repairs, which the council had put off for years, cost the",
                "^ 1 See the report of the inspectors, page 12.",
            ],
            ["town fourteen million euros. They took two years.", "", "Traffic returned in March."],
        ]
    )


def minutes() -> bytes:
    """Two columns, the left one read first."""
    left = (
        "The meeting was opened at seven by the chair. Nine members were there and two had sent their excuses. "
        "The minutes of the last meeting were approved without a vote. " * 3
    )
    right = "The treasurer reported a balance of 1,204 euros. The next meeting is on the first Monday of June."
    made = BytesIO()
    document = BaseDocTemplate(made, pagesize=A4, title="Minutes")
    frames = [Frame(60, 100, 220, 160, id="left"), Frame(310, 100, 220, 160, id="right")]
    document.addPageTemplates([PageTemplate(id="two", frames=frames)])
    style = getSampleStyleSheet()["BodyText"]
    document.build([Paragraph(left, style), Paragraph(right, style)])
    return made.getvalue()


def price_list() -> bytes:
    """A table with a paragraph above and one below."""
    made = BytesIO()
    document = BaseDocTemplate(made, pagesize=A4, title="untitled")
    document.addPageTemplates([PageTemplate(frames=[Frame(60, 100, 470, 600)])])
    style = getSampleStyleSheet()["BodyText"]
    rows = [["Ticket", "Price"], ["Adult, one day", "4.50"], ["Child, one day", "2.00"], ["Season", "90.00"]]
    story: list[Any] = [
        Paragraph("These prices hold from May to September of this year and include the use of the showers.", style),
        Spacer(1, 12),
        Table(rows),
        Spacer(1, 12),
        Paragraph("Reductions cannot be combined.", style),
    ]
    document.build(story)
    return made.getvalue()


def manual() -> bytes:
    """Bookmarks of two levels, one of which names words that are not on its page."""
    return typeset(
        [
            ["# 1 Getting started", "Unpack the machine and put it on a level floor. Keep the box."],
            ["Turn the key to the left. The lamp lights up.", "", "# 1.1 Cleaning", "Clean the filter once a month."],
            ["Send it to the address below if nothing helps."],
        ],
        bookmarks=[(0, "Getting started", 1), (1, "Cleaning", 2), (0, "Repairs and guarantee", 3)],
    )


def russian() -> bytes:
    """Cyrillic letters, in a font that is part of the file."""
    font = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    pdfmetrics.registerFont(TTFont("DejaVuSans", font))
    lines = ["Мост закрыли в феврале, потому что инспекторы нашли трещины в двух опо-", "рах. Ремонт длился два года."]
    return typeset([lines], font="DejaVuSans")


def chinese() -> bytes:
    """Ideographs, in a font that the reader has to have."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return typeset(
        [["大桥于二月关闭，因为检查人员在两根桥墩上", "发现了裂缝。维修工作持续了两年。"]], font="STSong-Light"
    )


def scanned(pages: int = 2) -> bytes:
    """Pictures of pages."""
    made = BytesIO()
    canvas = Canvas(made, pagesize=A4)
    for number in range(pages):
        picture = Image.new("L", (400, 560), 255)
        ImageDraw.Draw(picture).text((20, 20), f"Page {number + 1}: the words are only a picture", fill=0)
        canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def locked(data: bytes, user_password: str, algorithm: str = "RC4-128") -> bytes:
    """The same file, encrypted; with no user password everybody may open it, but not change it."""
    writer = PdfWriter(PdfReader(BytesIO(data)))
    writer.encrypt(user_password, "the owner's own", algorithm=algorithm)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def from_objects(objects: Sequence[bytes]) -> bytes:
    """A file of these objects, numbered from 1; the first is the catalogue."""
    made = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(made)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), entries, content)


def _write(canvas: Canvas, x: float, y: float, words: str, font: str, size: float) -> None:
    canvas.setFont(font, size)
    canvas.drawString(x, y, words)


def stamped(data: bytes, words: str) -> bytes:
    """The same file with a few words on its first page, as scanners put them there."""
    stamp = PdfReader(BytesIO(typeset([[words]]))).pages[0]
    writer = PdfWriter(PdfReader(BytesIO(data)))
    writer.pages[0].merge_page(stamp)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def merged(files: Sequence[bytes]) -> bytes:
    """The pages of several files as one."""
    writer = PdfWriter()
    for data in files:
        writer.append(PdfReader(BytesIO(data)))
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def labelled(data: bytes, *labels: tuple[int, int, PageLabelStyle | None, str | None, int]) -> bytes:
    """The same file with labels on its pages: their first and last page, from 1, style, prefix and first number."""
    writer = PdfWriter(PdfReader(BytesIO(data)))
    for first, last, style, prefix, start in labels:
        writer.set_page_label(first - 1, last - 1, style, prefix, start)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
