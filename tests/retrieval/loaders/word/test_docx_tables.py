"""Tables of Word: rows that name the columns, and cells that are merged."""

from __future__ import annotations

import pytest

from retrieval.loaders.word.docx import extract
from tests.retrieval.loaders.documents import labels_of
from tests.retrieval.loaders.word.word_archives import cell, control, paragraph, run, table, word

HEADER = "<w:trPr><w:tblHeader/></w:trPr>"
DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def across(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def columns_of(words: str, *rows: str, properties: str = "", styles: str = "") -> list[str]:
    """The names of the columns that a cell with these words stands in."""
    extracted = extract(word(table(*rows, properties=properties), styles=styles))
    return [name for kind, name, told in labels_of(extracted) if (kind, told) == ("column", words)]


def test_rows_that_every_page_repeats_name_the_columns() -> None:
    rows = (
        HEADER + cell("Boat") + cell("Hire", across(2)),
        HEADER + cell("") + cell("Day") + cell("Week"),
        cell("Red one") + cell("ten") + cell("sixty"),
    )
    assert columns_of("sixty", *rows) == ["Hire", "Week"]
    assert columns_of("Red one", *rows) == ["Boat"]


@pytest.mark.parametrize("look", ['w:val="04A0"', 'w:val="0000" w:firstRow="1"'])
def test_a_style_with_a_bold_first_row_names_the_columns(look: str) -> None:
    styles = (
        '<w:style w:type="table" w:styleId="G"><w:name w:val="Grid"/><w:tblStylePr w:type="firstRow"><w:rPr><w:b/>'
        "</w:rPr></w:tblStylePr></w:style>"
    )
    rows = (cell("Boat") + cell("Owner"), cell("Red one") + cell("Anna"))
    used = f'<w:tblStyle w:val="G"/><w:tblLook {look}/>'
    assert columns_of("Anna", *rows, properties=used, styles=styles) == ["Owner"]
    for other in ('<w:tblStyle w:val="G"/><w:tblLook w:val="0000"/>', '<w:tblLook w:val="04A0"/>', ""):
        assert columns_of("Anna", *rows, properties=other, styles=styles) == []


def test_a_first_row_in_bold_names_the_columns() -> None:
    def bold(words: str) -> str:
        return f"<w:tc>{paragraph(run(words, '<w:b/>'))}</w:tc>"

    assert columns_of("Anna", bold("Boat") + bold("Owner"), cell("Red one") + cell("Anna")) == ["Owner"]


def test_a_cell_over_several_rows_names_each_of_them_and_moves_none() -> None:
    rows = (
        HEADER + cell("Day") + cell("From") + cell("To"),
        cell("Monday", DOWN) + cell("nine") + cell("noon"),
        cell("", ON) + cell("two") + cell("six"),
        cell("Tuesday") + cell("ten") + cell("four"),
    )
    extracted = extract(word(table(*rows)))
    assert extracted.text == "Day | From | To\n\nMonday | nine | noon\n\ntwo | six\n\nTuesday | ten | four"
    assert ("row", "Monday", "two | six") in labels_of(extracted)
    assert columns_of("six", *rows) == ["To"]
    assert columns_of("two", *rows) == ["From"]


def test_cells_that_go_on_from_the_left_or_begin_late() -> None:
    left = cell("Hire", '<w:hMerge w:val="restart"/>') + cell("", "<w:hMerge/>")
    late = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    rows = (HEADER + cell("Boat") + left, cell("Red one") + cell("ten") + cell("sixty"), late + cell("a") + cell("b"))
    assert columns_of("sixty", *rows) == ["Hire"]
    assert columns_of("b", *rows) == ["Hire"]
    assert columns_of("a", HEADER + cell("Boat") + cell("Day"), late + cell("a")) == ["Day"]


def test_rows_and_cells_may_be_wrapped_and_deleted_rows_are_gone() -> None:
    gone = '<w:trPr><w:del w:id="1" w:author="A"/></w:trPr>'
    rows = (
        HEADER + cell("Boat") + cell("Owner"),
        gone + cell("Old one") + cell("Bo"),
        cell("Red one") + control(cell("Anna")),
    )
    extracted = extract(word(table(*rows)))
    assert extracted.text == "Boat | Owner\n\nRed one | Anna"
    assert columns_of("Anna", *rows) == ["Owner"]


def test_a_table_within_a_table_and_one_for_the_layout() -> None:
    inner = table(cell("For") + cell("Against"), cell("12") + cell("3"))
    outer = table(cell("Votes") + f"<w:tc>{inner}<w:p/></w:tc>")
    assert extract(word(outer)).text == "Votes\n\nFor | Against\n\n12 | 3"
    assert extract(word(table(cell("One."), cell("Two.")))).text == "One.\n\nTwo."


def test_absurd_spans_are_read_in_bounds() -> None:
    rows = (cell("a", across(999_999_999)) + cell("b", across(0)), cell("c", ON) + cell("d", '<w:gridSpan w:val="x"/>'))
    assert extract(word(table(*rows))).text == "a | b\n\nc | d"
