"""What would be stored of a document, in figures."""

from __future__ import annotations

from collections import Counter
from io import BytesIO

import pytest
from openpyxl import Workbook
from pptx import Presentation

from retrieval import LabelKind, Original, SourceError, Span, inspect_document, rows_within
from tests.retrieval.loaders.pdf.pdf_files import typeset

ROWS = (("Who", "Fee"), ("adults", "40"), ("pupils", "20"))
TABLE = "| who | fee |\n|---|---|\n| adults | 40 |\n| pupils | 20 |\n"
RULES = f"---\ndate: 2024-05-01\n---\n# Rules\n\nBe kind.\ue000\ue000\n\n## Fees\n\n{TABLE}\nAnd next year:\n\n{TABLE}"


def original(name: str, data: bytes) -> Original:
    return Original(name, f"test:{name}", data)


def test_headings_tables_words_and_odd_characters_are_counted() -> None:
    found = inspect_document(original("rules.md", RULES.encode()))
    assert (found.source.title, found.source.date, found.source.language) == ("Rules", "2024-05-01", "en")
    assert found.headings == ("Rules", "Rules › Fees")
    assert (found.tables, found.rows) == (2, 4)
    assert found.odd == Counter({"\ue000": 2})
    assert found.odd_share == 2 / len(found.source.text)
    assert found.words_out == len(found.source.text.split())
    assert (found.pages, found.page_labels) == (0, None)
    assert found.chunks >= 1


@pytest.mark.usefixtures("programs")
def test_pages_are_counted() -> None:
    found = inspect_document(
        original("rules.pdf", typeset([["Be kind to everybody here."], ["Go in peace, all of you."]]))
    )
    assert (found.pages, found.page_labels, found.tables) == (2, None, 0)


@pytest.mark.usefixtures("programs")
def test_a_file_of_records_is_one_table_without_headings() -> None:
    found = inspect_document(original("fees.csv", b"who,fee\nadults,40\npupils,20\n"))
    assert (found.tables, found.rows, found.headings) == (1, 2, ())


def workbook() -> bytes:
    made, book = BytesIO(), Workbook()
    for row in ROWS:
        book["Sheet"].append(row)
    book.save(made)
    return made.getvalue()


def slides() -> bytes:
    made, deck = BytesIO(), Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    table = slide.shapes.add_table(len(ROWS), 2, 0, 0, 5_000_000, 2_000_000).table
    for number, row in enumerate(ROWS):
        for column, words in enumerate(row):
            table.cell(number, column).text = words
    deck.save(made)
    return made.getvalue()


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(("name", "data"), [("fees.xlsx", workbook()), ("fees.pptx", slides())])
def test_rows_of_workbooks_and_slides_are_units_named_by_their_first_cell(name: str, data: bytes) -> None:
    found = inspect_document(original(name, data))
    assert (found.tables, found.rows) == (1, 2)
    source = found.source
    rows = [source.slice(row) for row in rows_within(source, Span(0, len(source.text)))]
    assert rows == ["Who: adults; Fee: 40", "Who: pupils; Fee: 20"]
    named = [(source.slice(one.words), source.slice(one.span)) for one in source.labels if one.kind is LabelKind.ROW]
    assert named == [("Who: adults", "Fee: 40"), ("Who: pupils", "Fee: 20")]


@pytest.mark.parametrize("odd", ["\ufffd", "\ue123", "\x85", "\U000e0fff"])
def test_what_nobody_types_is_odd(odd: str) -> None:
    found = inspect_document(original("a.md", f"It is{odd} 5\u00a0°C,\ttoday – “fine” 👩‍🚀.".encode()))
    assert found.odd == Counter([odd])


@pytest.mark.usefixtures("programs")
def test_what_cannot_be_read_is_refused_as_when_it_is_indexed() -> None:
    with pytest.raises(SourceError, match=r"a\.pdf is damaged"):
        inspect_document(original("a.pdf", b"%PDF-1.7 nothing"))
