"""PDF files whose labels, forms and comments are made to break who reads them."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.retrieval.loaders.bounded import read_bounded
from tests.retrieval.loaders.pdf import pdf_files

SECONDS = 60
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
WORDS = pdf_files.stream(b"BT /F 12 Tf 72 700 Td (Some words.) Tj ET")
TEXT = "Some words."
FIELD = b"<< /Subtype /Widget /FT /Tx /V (x) /Rect [300 600 400 620] >>"
NOTE = b"<< /Subtype /Text /Contents (x) /Rect [300 600 400 620] >>"


def page_with(
    annotations: bytes, *objects: bytes, catalogue: bytes = b"", words: bytes = WORDS, count: int = 1
) -> bytes:
    """A file whose pages, all the same one, have these annotations; the objects are numbered from 6."""
    return pdf_files.from_objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalogue,
            b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b"3 0 R " * count, count),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 4 0 R >> >> "
            b"/Contents 5 0 R /Annots %b >>" % annotations,
            FONT,
            words,
            *objects,
        ]
    )


def packed(content: bytes) -> bytes:
    return pdf_files.stream(zlib.compress(content), b"/Filter /FlateDecode")


READ: dict[str, Callable[[], bytes]] = {
    "labels in a circle": lambda: page_with(
        b"[]", b"<< /Limits [0 9] /Kids [6 0 R] >>", catalogue=b"/PageLabels << /Kids [6 0 R] >>"
    ),
    "labels without end": lambda: page_with(
        b"[]", catalogue=b"/PageLabels << /Nums [0 << /S /A /St 2000000000 >>] >>", count=2_000
    ),
    "long labels": lambda: page_with(
        b"[]", catalogue=b"/PageLabels << /Nums [0 << /P (%b) >>] >>" % (b"x" * 1_000_000), count=2_000
    ),
    "fields in a circle": lambda: page_with(
        b"[6 0 R]", b"<< /Subtype /Widget /Parent 7 0 R /Rect [9 9 20 20] >>", b"<< /Parent 6 0 R >>"
    ),
    "annotations that are themselves": lambda: page_with(b"6 0 R", b"6 0 R"),
    "annotations of all types": lambda: page_with(b"[1 (x) null /x [2] << >> true 3 0 R 99 0 R 6 0 R]", b"[6 0 R]"),
    "annotations that are none": lambda: page_with(b"7"),
    "boxes of all types": lambda: page_with(
        b"[6 0 R 7 0 R 8 0 R]",
        FIELD.replace(b"[300 600 400 620]", b"[1e308 -1e308 1e308 9]"),
        FIELD.replace(b"[300 600 400 620]", b"[(a) 1]"),
        FIELD.replace(b"[300 600 400 620]", b"<< /A 1 >>"),
    ),
}
REFUSED: dict[str, Callable[[], bytes]] = {
    "a million fields": lambda: page_with(b"[" + b"6 0 R " * 1_000_000 + b"]", FIELD),
    "a million comments": lambda: page_with(b"[" + b"6 0 R " * 10_000 + b"]", NOTE, count=100),
    "fields among words": lambda: page_with(
        b"[" + b"6 0 R " * 9_000 + b"]", FIELD, words=packed(b"BT /F 1 Tf 72 700 Td (%b) Tj ET" % (b"a b c d " * 3_000))
    ),
    "a value that unfolds": lambda: page_with(b"[6 0 R]", FIELD.replace(b"(x)", b"7 0 R"), packed(b" " * 200_000_000)),
}


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("case", READ)
def test_what_is_broken_costs_itself_and_not_the_text(case: str, tmp_path: Path) -> None:
    outcome = read_bounded("pdf", READ[case](), tmp_path)
    assert outcome.text.startswith(TEXT), outcome
    assert outcome.seconds < SECONDS, outcome


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("case", REFUSED)
def test_what_unfolds_is_refused(case: str, tmp_path: Path) -> None:
    outcome = read_bounded("pdf", REFUSED[case](), tmp_path)
    assert "unfolds into more than" in outcome.refusal, outcome
    assert outcome.seconds < SECONDS, outcome


@pytest.mark.usefixtures("programs")
def test_a_list_of_many_options_is_read(tmp_path: Path) -> None:
    field = b"<< /Subtype /Widget /FT /Ch /V [%b] /Opt [%b] /Rect [300 690 400 710] >>"
    data = page_with(b"[6 0 R]", field % (b"(a) " * 100_000, b"[(a) (b)] " * 100_000))
    outcome = read_bounded("pdf", data, tmp_path)
    assert outcome.text.startswith("Some words. b, b,"), outcome
    assert outcome.seconds < SECONDS, outcome


@pytest.mark.usefixtures("programs")
def test_a_line_of_a_million_letters_is_judged(tmp_path: Path) -> None:
    words = packed(b"BT /F 1 Tf 72 700 Td (%b) Tj ET" % (b"xkcd\\003" * 200_000))
    outcome = read_bounded("pdf", page_with(b"[]", words=words), tmp_path)
    assert outcome.refusal or outcome.text, outcome
    assert outcome.seconds < SECONDS, outcome
