"""Workbooks as people have them, made with openpyxl; what it cannot make is put in as XML."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

EUROS = '#,##0.00\\ "€"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def price_list() -> bytes:
    """Amounts, days, shares and yes or no under a title; a note on a cell; a second table below."""
    book, sheet = _book("Prices")
    book.properties.title = "Prices of the rowing club"
    sheet["A1"] = "Fees from May on"
    sheet.merge_cells("A1:E1")
    _add(sheet, ["Name", "Fee", "Since", "Rebate", "Insured"])
    _add(sheet, ["Single", 12.5, date(2026, 3, 4), 0.125, True], EUROS, "dd.mm.yyyy", "0.0%")
    _add(sheet, ["Family", 1250, date(2025, 11, 30), 0.5, False], EUROS, "dd.mm.yyyy", "0%")
    sheet["B4"].comment = Comment("Ask the treasurer first.", "Eve")
    _add(sheet, [])
    _add(sheet, ["Room", "Opens"])
    _add(sheet, ["Boathouse", time(7, 30)], "hh:mm")
    _add(sheet, ["Gym", "#N/A"])
    _add(sheet, [])
    _add(sheet, ["Prices include the tax."])
    return saved(book)


def merged_header() -> bytes:
    """A header of three rows, merged where a column has one name, with notes and a second table right below."""
    book, sheet = _book("Tickets")
    for row in (
        ["Boat", "Seats", "Days"],
        [None, None, 1, 2],
        [None, None, "Price in €"],
        ["Otter", 4, 20, 35],
        ["Heron", 2, 12, 21],
        [1, "Without the deposit for the boat and its oars."],
        ["Place", "Open", "Visitors"],
        [None, None, "Adults", "Children"],
        ["Pier", True, 310, 120],
    ):
        _add(sheet, row)
    for cells in ("A1:A3", "B1:B3", "C1:D1", "C3:D3", "A7:A8", "B7:B8", "C7:D7"):
        sheet.merge_cells(cells)
    beside = book.create_sheet("Beside")
    for row in (
        ["Boat", "Seats", "Price", None, "new"],
        [None, None, "Summer", None, "Key", "Shelf"],
        ["Otter", 4, 20, None, "Gate", 3],
        ["Heron", 2, 12, None, "Shed", 5],
    ):
        _add(beside, row)
    for cells in ("A1:A2", "B1:B2"):
        beside.merge_cells(cells)
    return saved(book)


def form() -> bytes:
    """Items with letters before them, and a wide cell above what is data."""
    book, sheet = _book("Questions")
    for row in (
        ["A.", "The guest pays the fee before the tour;"],
        ["B.", "the guest can swim; and"],
        ["C.", "the guest is older than twelve years."],
        [],
        ["Boat", "Price"],
        ["Otter", 20, 35],
        ["Heron", 12, 21],
    ):
        _add(sheet, row)
    sheet.merge_cells("B5:C5")
    raised, lowered = InlineFont(vertAlign="superscript"), InlineFont(vertAlign="subscript")
    sheet["A9"] = CellRichText(
        "The lake has 12 km", TextBlock(raised, "2"), " of water, H", TextBlock(lowered, "2"), "O."
    )
    return saved(book)


def two_sheets() -> bytes:
    """Hidden rows, columns and sheets; a sheet of its own for the members."""
    book, sheet = _book("Members")
    for row in (
        ["Name", "Phone", "Town"],
        ["Ada", "030 1", "Alta"],
        ["Bob", "030 2", "Borg"],
        ["Eve", "030 3", "Cole"],
    ):
        _add(sheet, row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    accounts = book.create_sheet("Accounts")
    _add(accounts, ["Item", "Amount"])
    _add(accounts, ["Rent", 900])
    secret = book.create_sheet("Salaries")
    _add(secret, ["Chair", 4000])
    secret.sheet_state = "hidden"
    very = book.create_sheet("Lists")
    very.sheet_state = "veryHidden"
    return saved(book)


def grouped_header() -> bytes:
    """Names of columns that have a name in common; a group's name beside several rows."""
    book, sheet = _book("Visitors")
    for row in (
        ["Region", "Town", "2024", None, "2025", None],
        [None, None, "Spring", "Autumn", "Spring", "Autumn"],
        ["North", "Alta", 1, 2, 3, 4],
        [None, "Borg", 5, 6, 7, 8],
        ["South", "Cole", 9, 10, 11, 12],
    ):
        _add(sheet, row)
    for cells in ("A1:A2", "B1:B2", "C1:D1", "E1:F1", "A3:A4"):
        sheet.merge_cells(cells)
    return saved(book)


def timesheet() -> bytes:
    """Durations beyond a day, a moment, and a month over each column."""
    book, sheet = _book("Hours")
    _add(sheet, ["Who", date(2026, 1, 1), date(2026, 2, 1), "Last seen"], "mmm yy", "mmm yy")
    seen = datetime.fromisoformat("2026-02-03 18:05")
    _add(
        sheet, ["Ada", timedelta(hours=30, minutes=15), timedelta(hours=8), seen], "[h]:mm", "[h]:mm", "d mmm yyyy h:mm"
    )
    _add(sheet, ["Bob", timedelta(minutes=45), timedelta(hours=9), seen], "[h]:mm", "[h]:mm", "d mmm yyyy h:mm")
    return saved(book)


def formulas() -> bytes:
    """A formula whose result is stored, and one whose result is not."""
    book, sheet = _book("Sums")
    for row in (["Item", "Amount"], ["Rent", 900], ["Water", 60], ["Sum", "=B2+B3"], ["Half", "=B4/2"]):
        _add(sheet, row)
    data = saved(book)
    with ZipFile(BytesIO(data)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml")
    return with_parts(
        data, {"xl/worksheets/sheet1.xml": part.replace(b"<f>B2+B3</f><v></v>", b"<f>B2+B3</f><v>960</v>")}
    )


def replies() -> bytes:
    """A comment with a reply, beside the copy of it that older programs are shown; a text box."""
    book, sheet = _book("Plan")
    for row in (["Task", "Day"], ["Paint", 3], ["Clean", 4]):
        _add(sheet, row)
    sheet["A2"].comment = Comment("[Threaded comment]\n\nYour version shows this.\nComment:\n  Which colour?", "Ann")
    data = saved(book)
    threads = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    comments = "".join(
        f'<threadedComment ref="A2" id="{{{n}}}"><text>{words}</text></threadedComment>'
        for n, words in enumerate(("Which colour?", "Green."))
    )
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    box = (
        '<a:p xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:r><a:t>Bring gloves.</a:t></a:r></a:p>'
    )
    relations = (
        f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="c" Type="{RELATIONS}/comments" Target="/xl/comments/comment1.xml"/>'
        '<Relationship Id="t" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"'
        ' Target="../threadedComments/one.xml"/>'
        f'<Relationship Id="d" Type="{RELATIONS}/drawing" Target="../drawings/one.xml"/></Relationships>'
    )
    return with_parts(
        data,
        {
            "xl/threadedComments/one.xml": f'<Threads xmlns="{threads}">{comments}</Threads>'.encode(),
            "xl/drawings/one.xml": f'<d:wsDr xmlns:d="{drawing}"><d:sp>{box}</d:sp></d:wsDr>'.encode(),
            "xl/worksheets/_rels/sheet1.xml.rels": relations.encode(),
        },
    )


def chart_sheet() -> bytes:
    """A sheet that is nothing but a chart before one of cells, and a name for some of these."""
    book, sheet = _book("Accounts")
    for row in (["Item", "Amount"], ["Rent", 900], ["Water", 60]):
        _add(sheet, row)
    chart = BarChart()
    chart.add_data(Reference(sheet, 2, 1, 2, 3))
    book.create_chartsheet("Chart", 0).add_chart(chart)
    book.defined_names["Costs"] = DefinedName("Costs", attr_text="Accounts!$B$2:$B$3")
    book.active = 1
    return saved(book)


def other_spellings() -> bytes:
    """Parts under names with other letters and other signs between folders, and the workbook in a folder of its own."""
    made = BytesIO()
    with ZipFile(BytesIO(table(["Item", "Amount"], ["Rent", 900]))) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(b"xl/workbook.xml", b"book/workbook.xml").replace(b"/xl/", b"/book/")
            changed = name.replace("xl/", "book/").replace("styles", "Styles").replace("/", "\\")
            changed = changed.replace("Content_Types", "content_types")
            new.writestr(changed, content)
    return made.getvalue()


def odd_styles() -> bytes:
    """Cells with styles that are none."""
    data = table(["Item", "Amount"], ["Rent", 900])
    with ZipFile(BytesIO(data)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml")
    part = part.replace(b'<c r="A2"', b'<c s="" r="A2"').replace(b'<c r="B2"', b'<c s="77" r="B2"')
    return with_parts(data, {"xl/worksheets/sheet1.xml": part})


def table(*rows: list[Any]) -> bytes:
    """A sheet of these rows."""
    book, sheet = _book("Sheet1")
    for row in rows:
        _add(sheet, row)
    return saved(book)


def with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The same archive with parts added or replaced."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


def saved(book: Workbook) -> bytes:
    """The workbook as a file."""
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _book(name: str) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    return book, sheet


def _add(sheet: Worksheet, row: list[Any], *formats: str) -> None:
    """Append a row; the formats are those of its cells from the second on."""
    number = (sheet.max_row if sheet._cells else 0) + 1
    number = max(number, getattr(sheet, "_current_row", 0) + 1)
    sheet.append(row)
    for column, number_format in enumerate(formats, start=2):
        sheet.cell(number, column).number_format = number_format
