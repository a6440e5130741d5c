"""Office files that are made to break who reads them: each is refused in bounded time and memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.retrieval.loaders.bounded import read_bounded
from tests.retrieval.loaders.office import pptx_files, xlsx_files
from tests.retrieval.loaders.test_hostile_documents import assert_bounded, filler, laughs, lying
from tests.retrieval.loaders.word import docx_files

BURSTS = "unfolds into more than"
SHAPE = b'<p:sp><p:nvSpPr><p:cNvPr id="7" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/></p:sp>'
ONE_CELL = b'<row r="1"><c r="A1"><v>1</v></c></row>'


def workbook(part: str, content: bytes) -> bytes:
    return xlsx_files.with_parts(xlsx_files.price_list(), {f"xl/{part}.xml": content})


def sheet(rows: bytes, after: bytes = b"", before: bytes = b"") -> bytes:
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    content = b'%s<worksheet xmlns="%s"><sheetData>%s</sheetData>%s</worksheet>' % (before, main, rows, after)
    return workbook("worksheets/sheet1", content)


def slide(content: bytes) -> bytes:
    return pptx_files.with_parts(pptx_files.talk(), {"ppt/slides/slide2.xml": content})


def shapes(content: bytes) -> bytes:
    names = b'xmlns:p="%s" xmlns:a="%s"' % (pptx_files.SLIDE.encode(), pptx_files.DRAWN.encode())
    return slide(b"<p:sld %s><p:cSld><p:spTree>%s</p:spTree></p:cSld></p:sld>" % (names, content))


def large_with_entities() -> bytes:
    """Entities in a part that is too large to be read as a whole."""
    noise = Random(1).randbytes(5_500_000).hex().encode()
    return sheet(ONE_CELL, b"<!--%s-->" % noise, b"<!DOCTYPE worksheet [<!ENTITY a 'b'>]>")


ARCHIVES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "bomb": ("xlsx", lambda: sheet(filler(200)), BURSTS),
    "bomb of strings": ("xlsx", lambda: workbook("sharedStrings", b"<sst>" + filler(200)), BURSTS),
    "bomb with a lying size": ("xlsx", lambda: lying(sheet(filler(100)), b"xl/worksheets/sheet1.xml"), "damaged"),
    "entities": ("xlsx", lambda: workbook("worksheets/sheet1", laughs("worksheet")), "damaged"),
    "entities in styles": ("xlsx", lambda: workbook("styles", laughs("styleSheet")), "damaged"),
    "entities in a large part": ("xlsx", large_with_entities, "damaged"),
    "deep": ("xlsx", lambda: sheet(b"<row>" * 100_000), "damaged"),
    "far column": ("xlsx", lambda: sheet(ONE_CELL.replace(b"A1", b"XFD1")), "more than 2,000 columns"),
    "far row": ("xlsx", lambda: sheet(ONE_CELL.replace(b'"1"', b'"99999999"')), "more than 200,000 rows"),
    "merged cells": ("xlsx", lambda: sheet(ONE_CELL, b'<mergeCell ref="A1:XFD1048576"/>' * 120_000), BURSTS),
    "no strings": ("xlsx", lambda: sheet(b'<row r="1"><c r="A1" t="s"><v>77</v></c></row>'), "damaged"),
    "another format": ("xlsx", docx_files.letter, "damaged"),
    "slide bomb": ("pptx", lambda: slide(filler(200)), BURSTS),
    "slide bomb with a lying size": ("pptx", lambda: lying(slide(filler(100)), b"ppt/slides/slide2.xml"), "damaged"),
    "slide entities": ("pptx", lambda: slide(laughs("sld")), "damaged"),
    "slide deep": ("pptx", lambda: shapes(b"<p:grpSp>" * 100_000), "damaged"),
    "slide shapes": ("pptx", lambda: shapes(SHAPE * 6_000), BURSTS),
    "slide missing": ("pptx", lambda: slide(b""), "damaged"),
    "slide of another kind": ("pptx", lambda: slide(b"<x/>"), "damaged"),
    "slide of a workbook": ("pptx", xlsx_files.price_list, "damaged"),
}


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("case", ARCHIVES)
def test_hostile_archives_are_refused(case: str, tmp_path: Path) -> None:
    kind, make, said = ARCHIVES[case]
    assert_bounded(read_bounded(kind, make(), tmp_path), said)
