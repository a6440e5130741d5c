"""PDF files with forms and comments, made with reportlab and pypdf."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import MarkupAnnotation
from pypdf.generic import DictionaryObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.retrieval.loaders.pdf import pdf_files

Edit = Callable[[DictionaryObject], Any]


def form(draw: Callable[[Canvas], object], edit: Edit | None = None) -> bytes:
    """A page that ``draw`` has drawn, with its fields changed by ``edit``."""
    made = BytesIO()
    canvas = Canvas(made, pagesize=A4)
    canvas.setFont("Helvetica", 11)
    draw(canvas)
    canvas.save()
    return made.getvalue() if edit is None else edited(made.getvalue(), edit)


def edited(data: bytes, edit: Edit) -> bytes:
    """The same file with each annotation changed."""
    writer = PdfWriter(PdfReader(BytesIO(data)))
    for page in writer.pages:
        for annotation in page.annotations or ():
            edit(annotation.get_object())
    return _written(writer)


def text_field(canvas: Canvas, x: float, y: float, value: str, **others: Any) -> None:
    """A field for text whose words stand on the line at ``y``."""
    settings = {"name": f"field{x}-{y}", "width": 180, "height": 16, "fontSize": 11, **others}
    canvas.acroForm.textfield(value=value, x=x, y=y - 4, **settings)


def application(name: str = "Clara Stone", fee: str = "forty euros", kind: str = "adult") -> bytes:
    """A form of a club: two fields beside their labels, radio buttons, a box to check and a list."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 780, "Membership form of the rowing club")
        for y, label, value in ((740, "Name of the member:", name), (710, "Yearly fee in euros:", fee)):
            canvas.drawString(72, y, label)
            text_field(canvas, 220, y, value)
        for x, label in ((72, "adult"), (172, "child")):
            canvas.acroForm.radio(name="kind", value=label, selected=label == kind, x=x, y=678, size=12)
            canvas.drawString(x + 18, 680, label.capitalize())
        canvas.acroForm.checkbox(name="news", checked=bool(name), x=72, y=648, size=12)
        canvas.drawString(90, 650, "Send me the newsletter")
        canvas.drawString(72, 620, "Boathouse:")
        places = [("Upper lock", "1"), ("Old harbour", "2")]
        canvas.acroForm.choice(name="house", value="2", options=places, x=220, y=616, width=180, height=16)
        canvas.drawString(72, 580, "The club keeps this form for two years.")

    return form(draw)


def commented(pages: Sequence[Sequence[str]], *comments: tuple[int, MarkupAnnotation]) -> bytes:
    """Lines as ``pdf_files.typeset`` sets them, with comments on pages counted from 1."""
    return with_comments(pdf_files.typeset(pages), *comments)


def with_comments(data: bytes, *comments: tuple[int, MarkupAnnotation]) -> bytes:
    """The same file with comments on pages counted from 1."""
    writer = PdfWriter(PdfReader(BytesIO(data)))
    for page, comment in comments:
        writer.add_annotation(page - 1, comment)
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
