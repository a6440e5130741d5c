"""Letters and signs as TeX's first fonts have them."""

from __future__ import annotations

from io import BytesIO

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from retrieval.loaders.pdf.pages import extract
from tests.retrieval.loaders.pdf import pdf_files

FONT = "Times-Roman"


def with_accents(words: str, *, late: str = "", size: float = 12) -> bytes:
    """A line in which "*" sets the sign after it over the letter after that; ``late`` goes over the first letter."""
    made = BytesIO()
    canvas = Canvas(made)
    canvas.setFont(FONT, size)
    x, start = 72.0, 72.0
    accent = ""
    for before, character in zip(" " + words, words, strict=False):
        if before == "*":
            accent = character
        elif character != "*":
            width = stringWidth(character, FONT, size)
            if accent:
                canvas.drawString(x + (width - stringWidth(accent, FONT, size)) / 2, 700, accent)
                accent = ""
            canvas.drawString(x, 700, character)
            x += width
    if late:
        shift = (stringWidth(words[0], FONT, size) - stringWidth(late, FONT, size)) / 2
        canvas.drawString(start + shift, 702.5, late)
    canvas.save()
    return made.getvalue()


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("La capacit*`a *`e pi*`u alta", "La capacità è più alta"),
        ("F*¨ur alle M*¨anner", "Für alle Männer"),
        ("gar*¸con", "garçon"),
        ("with *¯p near", "with p̄ near"),
        ("the `word` itself", "the `word` itself"),
        ("the signs ~ and ^ themselves", "the signs ~ and ^ themselves"),
    ],
)
def test_an_accent_that_is_drawn_over_a_letter_goes_into_it(drawn: str, read: str) -> None:
    assert extract(with_accents(drawn)).text == read


def test_the_accent_of_a_capital_is_found_behind_its_line() -> None:
    assert extract(with_accents("E molto tardi.", late="`")).text == "È molto tardi."


def in_font(name: str, before: str, signs: str, after: str) -> bytes:
    """Signs in a font of that name between other words."""
    content = f"BT 1 0 0 1 72 700 Tm /F1 12 Tf ({before}) Tj /F2 12 Tf ({signs}) Tj /F1 12 Tf ({after}) Tj ET".encode()
    fonts = b"/Resources << /Font << /F1 5 0 R /F2 6 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %b >>" % fonts
    return pdf_files.from_objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page,
            pdf_files.stream(content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} >>".encode(),
        ]
    )


@pytest.mark.parametrize(
    ("font", "signs", "read"),
    [
        ("ABCDEF+CMSY10", "h", "⟨"),
        ("CMSY7", "0", "′"),
        ("CMSY10", "6", "/"),
        ("CMSY10", "A", "A"),
        ("CMEX10", "X", "∑"),
        ("MSAM10", "6", "⩽"),
        ("MSBM10", "R", "R"),
        ("Helvetica", "h", "h"),
    ],
)
def test_signs_of_the_fonts_of_formulas_are_what_they_show(font: str, signs: str, read: str) -> None:
    assert extract(in_font(font, "a = b ", signs, " c")).text == f"a = b {read} c"


def test_a_stroke_goes_into_the_sign_that_it_strikes_out() -> None:
    assert extract(in_font("CMSY10", "a ", "6", "= b, with + c")).text == "a ≠ b, with + c"
