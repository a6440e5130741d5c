"""Workbooks: each row can be quoted alone as people see it, and a citation names its sheet and row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotes import cite
from retrieval import SourceError, Span, load_bytes
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.office.xlsx import extract
from tests.retrieval.loaders.documents import assert_in_order, assert_tidy, assert_whole, place_of
from tests.retrieval.loaders.office import xlsx_files
from tests.retrieval.strategies import SLOW_PROPERTY

FILES = {
    "price list": xlsx_files.price_list(),
    "two sheets": xlsx_files.two_sheets(),
    "grouped header": xlsx_files.grouped_header(),
    "merged header": xlsx_files.merged_header(),
    "form": xlsx_files.form(),
    "timesheet": xlsx_files.timesheet(),
    "formulas": xlsx_files.formulas(),
    "replies": xlsx_files.replies(),
}


def read(name: str) -> Extracted:
    return extract(FILES[name])


@pytest.mark.parametrize("name", FILES)
def test_every_text_is_tidy(name: str) -> None:
    extracted = read(name)
    extracted.check()
    assert_tidy(extracted)


@pytest.mark.parametrize(
    ("name", "heading", "words"),
    [
        ("price list", "Prices › row 1", "Fees from May on"),
        ("price list", "Prices › row 3", "Name: Single; Fee: 12.50 €; Since: 04.03.2026; Rebate: 12.5%; Insured: TRUE"),
        (
            "price list",
            "Prices › row 4",
            "Name: Family; Fee: 1,250.00 €; Since: 30.11.2025; Rebate: 50%; Insured: FALSE",
        ),
        ("price list", "Prices › row 4", "Note on B4: Ask the treasurer first."),
        ("price list", "Prices › row 7", "Room: Boathouse; Opens: 07:30"),
        ("price list", "Prices › row 8", "Room: Gym; Opens: #N/A"),
        ("price list", "Prices › row 10", "Prices include the tax."),
        ("two sheets", "Members › row 2", "Name: Ada; Town: Alta"),
        ("two sheets", "Members › row 4", "Name: Eve; Town: Cole"),
        ("two sheets", "Accounts › row 2", "Item: Rent; Amount: 900"),
        (
            "merged header",
            "Tickets › row 5",
            "Boat: Heron; Seats: 2; Days 1 Price in €: 12; Days 2 Price in €: 21",
        ),
        ("merged header", "Tickets › row 6", "1; Without the deposit for the boat and its oars."),
        ("merged header", "Tickets › row 9", "Place: Pier; Open: TRUE; Visitors Adults: 310; Visitors Children: 120"),
        ("merged header", "Beside › row 1", "new"),
        ("merged header", "Beside › row 4", "Key: Shed; Shelf: 5"),
        ("form", "Questions › row 9", "The lake has 12 km² of water, H2O."),
        ("form", "Questions › row 3", "C. the guest is older than twelve years."),
        ("form", "Questions › row 6", "Boat: Otter; Price: 20; 35"),
        (
            "grouped header",
            "Visitors › row 3",
            "Region: North; Town: Alta; 2024 Spring: 1; 2024 Autumn: 2; 2025 Spring: 3; 2025 Autumn: 4",
        ),
        (
            "grouped header",
            "Visitors › row 4",
            "Region: North; Town: Borg; 2024 Spring: 5; 2024 Autumn: 6; 2025 Spring: 7; 2025 Autumn: 8",
        ),
        ("timesheet", "Hours › row 2", "Who: Ada; Jan 26: 30:15; Feb 26: 8:00; Last seen: 3 Feb 2026 18:05"),
        ("formulas", "Sums › row 4", "Item: Sum; Amount: 960"),
        ("replies", "Plan › row 2", "Note on A2: Which colour?"),
        ("replies", "Plan › row 2", "Note on A2: Green."),
        ("replies", "Plan", "Bring gloves."),
    ],
)
def test_a_row_has_its_words_and_its_place(name: str, heading: str, words: str) -> None:
    extracted = read(name)
    assert place_of(extracted, words).heading == heading
    assert words in extracted.text.split("\n\n")
    assert_whole(extracted, words)


def test_the_sheets_stand_in_their_order() -> None:
    assert_in_order(read("two sheets"), "Members", "Name: Ada", "Accounts", "Item: Rent")


def test_what_is_hidden_is_left_out_and_told() -> None:
    extracted = read("two sheets")
    for words in ("030", "Bob", "Chair", "4000"):
        assert words not in extracted.text
    sheets, cells = extracted.warnings
    assert "hidden sheets, which are left out (Salaries, Lists); unhide them" in sheets
    assert "hidden rows or columns, which are left out (sheet Members); unhide them" in cells


def test_a_formula_without_a_result_is_told() -> None:
    (warning,) = read("formulas").warnings
    assert "formulas without a stored result" in warning
    assert "(sheet Sums)" in warning
    assert read("price list").warnings == ()


def test_a_copy_of_a_comment_is_no_second_one() -> None:
    assert read("replies").text.count("Which colour?") == 1


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("name", ["prices.xlsx", "Prices.XLSM"])
def test_a_citation_names_sheet_and_row(name: str) -> None:
    source = load_bytes(FILES["price list"], name=name, uri="test:prices")
    assert (source.format, source.title) == ("xlsx", "Prices of the rowing club")
    start = source.text.index("Fee: 1,250.00 €")
    citation = cite(source, Span(start, start + 15), 1)
    assert (citation.quote.text, citation.heading) == ("Fee: 1,250.00 €", "Prices › row 4")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        # A blank row amid a table, and one below its header.
        ([["Name", "Fee"], ["Ada", 1], [], ["Bob", 2]], ["Name: Ada; Fee: 1", "Name: Bob; Fee: 2"]),
        ([["Name", "Fee"], [], ["Ada", 1], ["Bob", 2]], ["Name: Ada; Fee: 1", "Name: Bob; Fee: 2"]),
        # Words under a table of numbers are none of its rows.
        ([["Name", "Fee"], ["Ada", 1], [], ["Contact", "Eve"]], ["Name: Ada; Fee: 1", "Contact; Eve"]),
        ([["Ada", 1], ["Bob", 2]], ["Ada; 1", "Bob; 2"]),
        ([["Rules"], ["Be kind."]], ["Rules", "Be kind."]),
        ([[None, None, "Name", "Fee"], [None, None, "Ada", 1]], ["Name: Ada; Fee: 1"]),
        # Tables beside each other.
        (
            [["Name", "Fee", None, "Room", "Seats"], ["Ada", 1, None, "Hall", 90], ["Bob", 2]],
            ["Name: Ada; Fee: 1", "Room: Hall; Seats: 90", "Name: Bob; Fee: 2"],
        ),
        # A form, whose questions name no columns.
        ([["Name:", "Ada"], ["Town:", "Alta"]], ["Name:; Ada", "Town:; Alta"]),
        (
            [["Made by:", "Eve"], ["Name", "Fee", "Town"], ["Ada", 1, "Alta"]],
            ["Made by:; Eve", "Name: Ada; Fee: 1; Town: Alta"],
        ),
        # A title right above the header; columns of one name.
        ([["Fees"], ["Name", "Fee"], ["Ada", 1], ["Bob", 2]], ["Fees", "Name: Ada; Fee: 1", "Name: Bob; Fee: 2"]),
        (
            [["Name", "Bail", "Day", "Bail"], ["Ada", 1, "a", 2], ["Bob", 3, "b", 4]],
            ["Name: Ada; Bail: 1; Day: a; Bail: 2", "Name: Bob; Bail: 3; Day: b; Bail: 4"],
        ),
        ([["Fee_x000D_\nin euros", "_x263A_"]], ["Fee\nin euros\n☺"]),
        # What ends a sentence ends its paragraph.
        (
            [["Question", "Answer"], ["Who pays?", "All."], ["When?", "In May."]],
            ["Question: Who pays?", "Answer: All."],
        ),
    ],
)
def test_a_header_names_the_rows_that_are_its_own(rows: list[list[object]], told: list[str]) -> None:
    paragraphs = extract(xlsx_files.table(*rows)).text.split("\n\n")
    assert paragraphs[0] == "Sheet1"
    assert paragraphs[1 : len(told) + 1] == told


@pytest.mark.parametrize("name", ["chart_sheet", "other_spellings", "odd_styles"])
def test_what_other_programs_write_is_read(name: str) -> None:
    extracted = extract(getattr(xlsx_files, name)())
    assert "Item: Rent; Amount: 900" in extracted.text.split("\n\n")
    assert extracted.warnings == ()


@pytest.mark.usefixtures("programs")
def test_a_workbook_that_is_protected_or_strict_is_refused_with_a_remedy() -> None:
    with pytest.raises(
        SourceError, match=r"^a\.xlsx is protected by a password or is an old Excel file; save it as \.xlsx"
    ):
        load_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), name="a.xlsx", uri="test:a")
    strict = b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheets/></workbook>'
    with pytest.raises(SourceError, match=r"^a\.xlsx is saved as Strict Open XML; save it as a plain"):
        load_bytes(xlsx_files.with_parts(FILES["formulas"], {"xl/workbook.xml": strict}), name="a.xlsx", uri="test:a")


@pytest.mark.usefixtures("programs")
def test_a_workbook_without_words_is_empty() -> None:
    with pytest.raises(SourceError, match=r"^a\.xlsx is empty; there is nothing to index\."):
        load_bytes(xlsx_files.table(), name="a.xlsx", uri="test:a")


def test_a_sheet_that_is_too_wide_is_refused() -> None:
    with pytest.raises(SourceError, match=r"has more than 2,000 columns; split it"):
        extract(xlsx_files.table(["x"] * 2_001))


WORDS = st.text(st.sampled_from("abc ÄÖ\"';|.€1"), min_size=1, max_size=12)


@SLOW_PROPERTY
@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_every_value_stands_in_its_row(rows: list[list[str]]) -> None:
    extracted = extract(xlsx_files.table(["alpha", "beta", "gamma"], *rows))
    ends = [place.start for place in extracted.places[1:]] + [len(extracted.text)]
    found = {
        place.heading: extracted.text[place.start : end] for place, end in zip(extracted.places, ends, strict=True)
    }
    for number, row in enumerate(rows, start=2):
        for value in row:
            assert " ".join(value.split()) in found.get(f"Sheet1 › row {number}", "")
