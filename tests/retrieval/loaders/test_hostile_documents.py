"""Files that are made to break who reads them: each is refused, or read, in bounded time and memory."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.retrieval.loaders.bounded import Outcome, read_bounded
from tests.retrieval.loaders.markup import epub_files
from tests.retrieval.loaders.pdf import pdf_files
from tests.retrieval.loaders.word import docx_files

SECONDS = 60
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 4 0 R >> >> /Contents 5 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
WORDS = pdf_files.stream(b"BT /F 12 Tf 72 700 Td (Some words.) Tj ET")


def assert_bounded(outcome: Outcome, said: str) -> None:
    assert said in outcome.refusal, outcome
    assert outcome.seconds < SECONDS, outcome


def document(content: bytes) -> bytes:
    return docx_files.with_parts(docx_files.letter(), {"word/document.xml": content})


def chapter(content: bytes) -> bytes:
    return epub_files.book({"one.xhtml": content})


def laughs(root: str) -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{lines}]><{root}>&l11;</{root}>'.encode()


def lying(archive: bytes, name: bytes) -> bytes:
    """The archive with a small size declared for a part, in its directory and beside the part."""
    made = bytearray(archive)
    for signature, sizes, names in ((b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)):
        start = made.find(signature)
        while start >= 0:
            if made.startswith(name, start + names):
                made[start + sizes : start + sizes + 4] = struct.pack("<I", 100)
            start = made.find(signature, start + 4)
    return bytes(made)


@cache
def filler(megabytes: int) -> bytes:
    return b" " * (megabytes * 1_000_000)


ARCHIVES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "docx bomb": ("docx", lambda: document(b"<x>" + filler(200) + b"</x>"), "unfolds into more than"),
    "docx bomb below the size limit": (
        "docx",
        lambda: document(b"<x>" + filler(18) + b"</x>"),
        "unfolds into more than",
    ),
    "docx bomb with a lying size": ("docx", lambda: lying(document(filler(100)), b"word/document.xml"), "damaged"),
    "docx of many parts": (
        "docx",
        lambda: docx_files.with_parts(docx_files.letter(), {f"x{n}": b"" for n in range(25_000)}),
        "unfolds into more than",
    ),
    "docx entities": ("docx", lambda: document(laughs("x")), "damaged"),
    "docx deep": ("docx", lambda: document(b"<x>" * 100_000 + b"</x>" * 100_000), "damaged"),
    "epub bomb": ("epub", lambda: chapter(b"<p>" + filler(200)), "unfolds into more than"),
    "epub bomb with a lying size": ("epub", lambda: lying(chapter(filler(100)), b"OEBPS/one.xhtml"), "damaged"),
    "epub container entities": (
        "epub",
        lambda: epub_files.archive({"META-INF/container.xml": laughs("container")}),
        "damaged",
    ),
    "epub deep": ("epub", lambda: chapter(b"<div>" * 500_000 + b"words"), "damaged"),
}
PDFS: dict[str, tuple[Callable[[], bytes], str]] = {
    "page loop": (
        lambda: pdf_files.from_objects(
            [CATALOGUE, b"<< /Type /Pages /Kids [3 0 R] >>", b"<< /Type /Pages /Kids [2 0 R] >>"]
        ),
        "damaged",
    ),
    "one page a million times": (
        lambda: pdf_files.from_objects(
            [CATALOGUE, b"<< /Type /Pages /Kids [" + b"3 0 R " * 99_000 + b"] >>", PAGE, FONT, WORDS]
        ),
        "unfolds into more than",
    ),
    "deep arrays": (lambda: pdf_files.from_objects([b"[" * 500_000]), "unfolds into more than"),
    "deep page tree": (
        lambda: pdf_files.from_objects(
            [CATALOGUE, *(b"<< /Type /Pages /Kids [%d 0 R] >>" % number for number in range(3, 5_000))]
        ),
        "unfolds into more than",
    ),
    "content that unfolds": (
        lambda: pdf_files.from_objects(
            [CATALOGUE, PAGES, PAGE, FONT, pdf_files.stream(zlib.compress(filler(200)), b"/Filter /FlateDecode")]
        ),
        "unfolds into more than",
    ),
}


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("case", ARCHIVES)
def test_hostile_archives_are_refused(case: str, tmp_path: Path) -> None:
    kind, make, said = ARCHIVES[case]
    assert_bounded(read_bounded(kind, make(), tmp_path), said)


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("case", PDFS)
def test_hostile_pdfs_are_refused(case: str, tmp_path: Path) -> None:
    make, said = PDFS[case]
    assert_bounded(read_bounded("pdf", make(), tmp_path), said)


@pytest.mark.usefixtures("programs")
def test_many_objects_are_passed_over(tmp_path: Path) -> None:
    many = pdf_files.from_objects([CATALOGUE, PAGES, PAGE, FONT, WORDS, *([b"<< /A 1 >>"] * 300_000)])
    outcome = read_bounded("pdf", many, tmp_path)
    assert outcome.text == "Some words."
    assert outcome.seconds < SECONDS


@pytest.mark.usefixtures("programs")
def test_endless_operators_are_passed_over(tmp_path: Path) -> None:
    content = b"q Q " * 1_000_000 + b"BT /F 12 Tf 72 700 Td (Some words.) Tj ET"
    stream = pdf_files.stream(zlib.compress(content), b"/Filter /FlateDecode")
    outcome = read_bounded("pdf", pdf_files.from_objects([CATALOGUE, PAGES, PAGE, FONT, stream]), tmp_path)
    assert outcome.text == "Some words."
    assert outcome.seconds < SECONDS


@pytest.mark.usefixtures("programs")
def test_forms_that_draw_each_other_twice_are_refused(tmp_path: Path) -> None:
    page = PAGE.replace(b"/Font", b"/XObject << /X 6 0 R >> /Font")
    forms = [
        pdf_files.stream(
            b"/X Do /X Do",
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % (number + 1),
        )
        for number in range(6, 46)
    ]
    content = pdf_files.stream(b"BT /F 12 Tf 72 700 Td (Some words.) Tj ET /X Do")
    twice = pdf_files.from_objects([CATALOGUE, PAGES, page, FONT, content, *forms])
    assert_bounded(read_bounded("pdf", twice, tmp_path), "unfolds into more than")


@pytest.mark.usefixtures("programs")
def test_bookmarks_in_a_circle_cost_the_bookmarks_and_not_the_text(tmp_path: Path) -> None:
    catalogue = CATALOGUE.replace(b"/Pages", b"/Outlines 6 0 R /Pages")
    outline = b"<< /First 7 0 R /Last 7 0 R >>"
    entry = b"<< /Title (Round) /Dest [3 0 R /Fit] /First 7 0 R /Next 7 0 R /Parent 6 0 R >>"
    outcome = read_bounded(
        "pdf", pdf_files.from_objects([catalogue, PAGES, PAGE, FONT, WORDS, outline, entry]), tmp_path
    )
    assert outcome.text == "Some words."
    assert outcome.seconds < SECONDS


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    "page",
    [
        b"<div>" * 1_000_000,
        b"<table><tr><td>" * 100_000,
        b"<p>words" + b"<b><i><a href=x>" * 50_000 + b"</p>words",
    ],
    ids=["div", "table", "unclosed"],
)
def test_markup_that_is_nested_without_end_is_refused(page: bytes, tmp_path: Path) -> None:
    assert_bounded(read_bounded("html", page, tmp_path), "damaged")


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    "page",
    [
        b"<p>Some words.</p>" + b"<p " + b" ".join(b"a%d=1" % number for number in range(20_000)) + b">More words.",
        b"<p>Some words.</p>" + b"<!" * 500_000,
        b"<p>Some words.</p>" + b"<p>Word</p>" * 50_000,
        b"<!DOCTYPE x [" + b"<!ENTITY a 'b'>" * 100_000 + b"<p>Some words.",
        b"<table>" + b"<tr><td>Some words.<td>x" * 20_000,
        b"<p>Some words." + b"<br>" * 100_000,
        b"<p>Some words.</p><math>" + b"<mo>-</mo><mi>x</mi>" * 60_000 + b"</math>",
        b"<p>Some words. And <img class=tex alt='" + b"{" * 100_000 + b"}" * 100_000 + b"'>",
        b"<p>Some words.</p><ol reversed>" + b"<li>x" * 20_000,
        b"<p>Some words.</p><table><tr><th>a<th>b" + b"<tr><td>x<td><table><tr><td>1<td>2</table>" * 2_000,
    ],
    ids=[
        *("attributes", "declarations", "paragraphs", "document type", "rows", "line breaks"),
        *("formula", "braces", "list", "tables in a table"),
    ],
)
def test_markup_that_goes_on_without_end_is_read(page: bytes, tmp_path: Path) -> None:
    outcome = read_bounded("html", page, tmp_path)
    assert "Some words." in outcome.text
    assert outcome.seconds < SECONDS


@pytest.mark.usefixtures("programs")
def test_entities_in_a_chapter_are_inert(tmp_path: Path) -> None:
    outcome = read_bounded("epub", chapter(laughs("p")), tmp_path)
    assert outcome.text == "&l11;"
    assert outcome.seconds < SECONDS
