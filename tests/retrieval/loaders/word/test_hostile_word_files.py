"""Word and OpenDocument files that are made to break who reads them: refused, or read, in bounded time and memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.retrieval.loaders.bounded import read_bounded
from tests.retrieval.loaders.word.odt_archives import items, list_style, numbered, odt, p
from tests.retrieval.loaders.word.word_archives import field, level, numbering, paragraph, run, table, word

SECONDS = 60
STYLE = '<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="S"/><w:basedOn w:val="{base}"/></w:style>'
CELL = '<w:tc><w:tcPr><w:gridSpan w:val="9999"/><w:vMerge/></w:tcPr><w:p/></w:tc>'

READ: dict[str, tuple[str, Callable[[], bytes]]] = {
    "styles in a circle": (
        "docx",
        lambda: word(
            paragraph("Some words.", style="a"), styles=STYLE.format(id="a", base="b") + STYLE.format(id="b", base="a")
        ),
    ),
    "a chain of styles": (
        "docx",
        lambda: word(
            paragraph("Some words.", style="s0"),
            styles="".join(STYLE.format(id=f"s{n}", base=f"s{n + 1}") for n in range(20_000)),
        ),
    ),
    "many numberings of many levels": (
        "docx",
        lambda: word(
            paragraph("Some words.") + "".join(paragraph("x", list_id=n, level=8) for n in range(1, 20_000)),
            numbering=numbering(
                *(level(n, "%1.%2.%3.%4.%5.%6.%7.%8.%9", "upperRoman", start=4888) for n in range(9)),
                numberings="".join(
                    f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/></w:num>' for n in range(2, 20_000)
                ),
            ),
        ),
    ),
    "fields within fields": (
        "docx",
        lambda: word(
            paragraph("Some words.")
            + paragraph("<w:r><w:fldChar w:fldCharType='begin'/></w:r>" * 50_000 + field("PAGE", run("1")))
        ),
    ),
    "cells over everything": (
        "docx",
        lambda: word(paragraph("Some words.") + table(*[CELL * 20] * 500)),
    ),
    "one comment and one note many times": (
        "docx",
        lambda: word(
            paragraph(
                run("Some words.") + '<w:r><w:commentReference w:id="1"/><w:footnoteReference w:id="1"/></w:r>' * 20_000
            ),
            comments=f'<w:comment w:id="1">{paragraph("long " * 10_000)}</w:comment>',
            footnotes=f'<w:footnote w:id="1">{paragraph("long " * 10_000)}</w:footnote>',
        ),
    ),
    "paragraphs that have all lost their ends": (
        "docx",
        lambda: word(
            paragraph("Some words.")
            + paragraph("x", properties='<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>') * 20_000
        ),
    ),
    "lists within lists": (
        "odt",
        lambda: odt(
            p("Some words.") + "<text:list><text:list-item>" * 100 + p("x") + "</text:list-item></text:list>" * 100
        ),
    ),
    "numbers without end": (
        "odt",
        lambda: odt(
            p("Some words.") + items(*["x"] * 20_000, style="L"),
            automatic=list_style("L", numbered(1, "a", "", 'text:start-value="999999999" text:display-levels="999"')),
        ),
    ),
    "rows and cells that repeat without end": (
        "odt",
        lambda: odt(
            p("Some words.") + '<table:table><table:table-row table:number-rows-repeated="99999999">'
            '<table:table-cell table:number-columns-repeated="99999999" table:number-columns-spanned="99999999">'
            "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
        ),
    ),
    "an object within itself": (
        "odt",
        lambda: odt(
            p('Some words.<draw:frame><draw:object xlink:href="./"/></draw:frame>')
            + p('<draw:frame><draw:object xlink:href="../../etc/passwd"/></draw:frame>')
        ),
    ),
}
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a part that unfolds": (
        "odt",
        lambda: odt(p("x"), parts={"META-INF/manifest.xml": b"<x>" + b" " * 60_000_000}),
        "unfolds",
    ),
    "deep": ("odt", lambda: odt("<text:section>" * 100_000 + "</text:section>" * 100_000), "damaged"),
}


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("case", READ)
def test_what_goes_on_without_end_is_read(case: str, tmp_path: Path) -> None:
    kind, make = READ[case]
    outcome = read_bounded(kind, make(), tmp_path)
    assert outcome.text.startswith("Some words."), outcome
    assert outcome.seconds < SECONDS


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("case", REFUSED)
def test_what_unfolds_is_refused(case: str, tmp_path: Path) -> None:
    kind, make, said = REFUSED[case]
    outcome = read_bounded(kind, make(), tmp_path)
    assert said in outcome.refusal, outcome
    assert outcome.seconds < SECONDS
