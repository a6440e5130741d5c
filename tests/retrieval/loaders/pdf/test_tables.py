from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from retrieval.loaders.extraction import Extracted
from retrieval.loaders.pdf.pages import extract
from tests.retrieval.loaders.documents import assert_tidy, labels_of
from tests.retrieval.loaders.pdf.page_layouts import line, page, rows

STYLE = getSampleStyleSheet()["BodyText"]
GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
PRICES = [["Ticket", "Price", "Sold"], ["Adult", "4.50", "812"], ["Child", "2.00", "97"], ["Season", "90.00", "41"]]


def ruled(cells: Sequence[Sequence[Any]], *styles: tuple[Any, ...], widths: Sequence[float] | None = None) -> Extracted:
    """A document with a paragraph, a table and a paragraph."""
    made = BytesIO()
    table = Table(cells, colWidths=widths, style=TableStyle([*styles]))
    above, below = Paragraph("The prices of this year are as follows:", STYLE), Paragraph("They may change.", STYLE)
    SimpleDocTemplate(made, pagesize=A4).build([above, Spacer(1, 12), table, Spacer(1, 12), below])
    extracted = extract(made.getvalue())
    assert_tidy(extracted)
    return extracted


def parts(extracted: Extracted) -> list[str]:
    return extracted.text.split("\n\n")


def test_the_rows_of_a_ruled_table_are_lines_with_labels() -> None:
    prices = ruled(PRICES, GRID)
    assert parts(prices) == [
        "The prices of this year are as follows:",
        "Ticket | Price | Sold",
        "Adult | 4.50 | 812",
        "Child | 2.00 | 97",
        "Season | 90.00 | 41",
        "They may change.",
    ]
    labels = labels_of(prices)
    assert ("column", "Sold", "97") in labels
    assert ("row", "Child", "2.00 | 97") in labels
    assert ("lead_in", "The prices of this year are as follows:", "Child | 2.00 | 97") in labels


def test_a_cell_of_several_lines_is_one_cell() -> None:
    words = "Whoever is late pays three euros more for every month that passes until the end of the year."
    fees = ruled([["Rule", "Fee"], [Paragraph(words, STYLE), "3.00"], ["Lost key", "15.00"]], GRID, widths=[150, 60])
    assert parts(fees)[1:4] == ["Rule | Fee", f"{words} | 3.00", "Lost key | 15.00"]


def test_a_cell_over_several_rows_names_all_of_them() -> None:
    cells = [["Team", "Year", "Place"], ["Heron", "2019", "3"], ["", "2020", "1"], ["Otter", "2020", "2"]]
    teams = ruled(cells, GRID, ("SPAN", (0, 1), (0, 2)))
    assert parts(teams)[1:5] == ["Team | Year | Place", "Heron | 2019 | 3", "2020 | 1", "Otter | 2020 | 2"]
    assert ("row", "Heron", "2020 | 1") in labels_of(teams)
    assert ("column", "Place", "1") in labels_of(teams)


def test_a_cell_over_several_columns_names_all_of_them() -> None:
    cells = [["Boat", "Places", ""], ["", "2019", "2020"], ["Heron", "3", "1"], ["Otter", "7", "2"]]
    bold = ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")
    boats = ruled(cells, GRID, bold, ("SPAN", (1, 0), (2, 0)))
    assert ("column", "Places", "1") in labels_of(boats)
    assert ("row", "Otter", "7 | 2") in labels_of(boats)


def test_a_bold_row_with_a_number_of_its_own_names_no_columns() -> None:
    cells = [["No.", "Boat", "Places"], ["1", "Small boats", ""], ["1.1", "Heron", "two"], ["1.2", "Otter", "four"]]
    boats = ruled(cells, GRID, ("FONTNAME", (0, 0), (-1, 1), "Helvetica-Bold"), ("SPAN", (1, 1), (2, 1)))
    columns = [label for label in labels_of(boats) if label[0] == "column"]
    assert ("column", "Boat", "Otter") in columns
    assert not [label for label in columns if label[1] in ("1", "Small boats")]


@pytest.mark.parametrize(
    "style",
    [("BACKGROUND", (0, 0), (-1, -1), colors.lightgrey), ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)],
    ids=["shaded", "lines below the rows"],
)
def test_a_table_without_upright_lines_is_known_by_what_stands_below_each_other(style: tuple[Any, ...]) -> None:
    assert parts(ruled(PRICES, style))[1:3] == ["Ticket | Price | Sold", "Adult | 4.50 | 812"]


def test_rows_that_only_the_frame_holds_together_are_no_single_row() -> None:
    frame = [("BOX", (0, 0), (-1, -1), 0.5, colors.black), ("LINEAFTER", (0, 0), (1, -1), 0.5, colors.black)]
    assert parts(ruled(PRICES, *frame))[1:3] == ["Ticket | Price | Sold", "Adult | 4.50 | 812"]


def test_boxes_around_paragraphs_are_no_table() -> None:
    words = "The club was founded in 1921 and has had a boathouse of its own since then. " * 15
    boxed = ruled([[Paragraph(words, STYLE), Paragraph("See the yearbook.", STYLE)], ["", ""]], GRID, widths=[300, 120])
    assert " | " not in boxed.text
    assert "The club was founded in 1921 and has had a boathouse of its own since then. The club" in boxed.text


def test_the_lines_of_a_drawing_that_text_runs_across_make_no_table() -> None:
    made = BytesIO()
    canvas = Canvas(made)
    canvas.grid([72, 130, 320], [640, 680, 720, 760])
    for at, words in enumerate(
        ("Check with the club before you", "start to row again, and ask the", "board for a key.")
    ):
        canvas.drawString(80, 740 - 40 * at, words)
    canvas.save()
    assert "|" not in extract(made.getvalue()).text


def test_two_columns_of_names_are_no_table() -> None:
    names = [["Clara Stone", "Ada Field"], ["John Reed", "Emma Wood"], ["Grace Hill", "Paul Lake"]]
    assert " | " not in extract(page(line("The crew", 60, 760) + rows(names, [60, 300], 700))).text


def test_a_list_with_its_numbers_apart_is_no_table() -> None:
    items = [["1.", "Two oars"], ["2.", "A life jacket"], ["3.", "Dry clothes"], ["4.", "12"]]
    assert parts(extract(page(rows(items, [60, 90], 700)))) == [
        "1. Two oars",
        "2. A life jacket",
        "3. Dry clothes",
        "4. 12",
    ]


def test_rows_that_no_line_parts_are_rows() -> None:
    cells = [["Boat", "Year", "Place"], ["Heron", "2019\n2020", "3\n1"], ["Otter", "2019\n2020", "7\n2"]]
    boats = ruled(cells, GRID, ("VALIGN", (0, 0), (-1, -1), "MIDDLE"))
    assert parts(boats)[1:6] == ["Boat | Year | Place", "Heron | 2019 | 3", "2020 | 1", "Otter | 2019 | 7", "2020 | 2"]
    assert ("row", "Heron", "2020 | 1") in labels_of(boats)


def test_years_and_figures_are_a_table() -> None:
    figures = [["Year", "Ducks on the pond"], ["2019", "120"], ["2020", "135"], ["2021", "150"]]
    assert parts(extract(page(rows(figures, [60, 120], 700)))) == [
        "Year | Ducks on the pond", "2019 | 120", "2020 | 135", "2021 | 150"
    ]  # fmt: skip


def test_a_name_beside_its_figures_is_of_their_column() -> None:
    names = line("Year", 60, 714) + line("Ducks on the pond", 150, 714)
    figures = rows([["2019", "120"], ["2020", "135"], ["2021", "150"]], [90, 240], 700)
    assert parts(extract(page(names + figures)))[:2] == ["Year | Ducks on the pond", "2019 | 120"]


def test_words_with_a_wide_gap_between_them_are_lines_of_their_own() -> None:
    names = [["Treasurer", "Clara Stone"], ["Chair", "Ada Field"]]
    assert parts(extract(page(rows(names, [60, 200], 700)))) == ["Treasurer Clara Stone", "Chair Ada Field"]
