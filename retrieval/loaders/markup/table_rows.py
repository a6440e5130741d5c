"""A table of HTML -> its rows as text, each with what names it and its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from retrieval.loaders.tables.csv import DATA
from retrieval.types import LabelKind, Span

if TYPE_CHECKING:
    from lxml import etree

# A table with cells longer than this is there for the layout: its cells are no row. So is one with a single column.
MAX_CELL_CHARACTERS = 1_000
CELL_SEPARATOR = " | "
MAX_NAME_CHARACTERS = 60
# Over more columns or rows than this no cell reaches, whatever it says.
MAX_REACH = 1_000
BOLD = ("b", "strong")


@dataclass(frozen=True, slots=True)
class RowLabel:
    """As ``Label``, within the rows of one table: the words stand in the row of that number."""

    kind: LabelKind
    row: int
    words: Span
    span: Span


@dataclass(slots=True)
class TableRow:
    """A row as it stands in the text, or the caption."""

    text: str
    labels: list[RowLabel] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Cell:
    """A cell, the first column that it stands in, how many columns and rows it takes, and where it is in the text."""

    text: str
    column: int
    columns: int
    rows: int
    is_name: bool
    place: tuple[int, Span] | None = None


@dataclass(slots=True)
class _Line:
    """A row of cells; those that reach into it from above come after its own."""

    cells: list[_Cell]
    above: list[_Cell]
    is_head: bool
    is_row: bool = True


def table_rows(table: etree._Element, text_of: Callable[[etree._Element], str]) -> list[TableRow] | None:
    """The caption and the rows of a table, or None if it only lays out the page.

    Args:
        table: The element.
        text_of: Gives the words of a cell, on one line.
    """
    lines = list(_lines(table, text_of))
    if any(len(cell.text) > MAX_CELL_CHARACTERS for line in lines for cell in line.cells):
        return None
    if max((len(line.cells) for line in lines if line.is_row), default=0) < 2:
        return None
    if not any(line.is_head for line in lines):
        _find_head(lines)
    rows: list[TableRow] = []
    heads: list[_Cell] = []
    leads: dict[bool, tuple[int, Span]] = {}
    width = max(cell.column + cell.columns for line in lines for cell in line.cells)
    for line in lines:
        row = _row(line, len(rows))
        if not row.text:
            continue
        filled = [cell for cell in line.cells if cell.place]
        if line.is_head:
            heads += filled
        elif filled and (not line.is_row or (len(line.cells) == 1 and filled[0].columns >= width)):
            leads[line.is_row] = (len(rows), Span(0, len(row.text)))  # the caption, or a row that parts the others
        else:
            row.labels += [RowLabel(LabelKind.LEAD_IN, *lead, Span(0, len(row.text))) for lead in leads.values()]
            row.labels += _labels(line, filled, heads)
        rows.append(row)
    return rows


def _lines(table: etree._Element, text_of: Callable[[etree._Element], str]) -> Iterator[_Line]:
    reaching: list[_Cell] = []
    for element in table.iterdescendants("caption", "tr"):
        if element.tag == "caption":
            yield _Line([_Cell(text_of(element), 0, 1, 1, False)], [], False, is_row=False)
            continue
        above = reaching
        taken = {column for cell in above for column in range(cell.column, cell.column + cell.columns)}
        cells: list[_Cell] = []
        column = 0
        for part in element.iterchildren("td", "th"):
            while column in taken:
                column += 1
            columns, rows = _reach(part, "colspan"), _reach(part, "rowspan")
            is_name = part.tag == "th" or _is_bold(part)
            cells.append(_Cell(text_of(part), column, columns, rows, is_name))
            column += columns
        parent = element.getparent()
        all_names = bool(cells) and all(part.tag == "th" for part in element.iterchildren("td", "th"))
        yield _Line(cells, above, (parent is not None and parent.tag == "thead") or all_names)
        for cell in above:
            cell.rows -= 1
        reaching = [cell for cell in [*above, *cells] if cell.rows > 1]


def _reach(cell: etree._Element, attribute: str) -> int:
    written = cell.get(attribute, "").strip()
    return min(max(int(written), 1), MAX_REACH) if written.isdecimal() and len(written) < 10 else 1


def _is_bold(cell: etree._Element) -> bool:
    words = "".join(cell.itertext()).split()
    return bool(words) and words == [word for bold in cell.iter(*BOLD) for word in "".join(bold.itertext()).split()]


def _find_head(lines: Sequence[_Line]) -> None:
    """Take the first row for the names of the columns where its look or the data below it tells that it is."""
    rows = [line for line in lines if line.is_row and len(line.cells) > 1]
    first, below = rows[0], rows[1:]
    names = [cell.text for cell in first.cells]
    are_names = len(set(names)) == len(names) and all(
        0 < len(name) <= MAX_NAME_CHARACTERS and not DATA.fullmatch(name) for name in names
    )
    columns = [[line.cells[i].text for line in below if i < len(line.cells)] for i in range(len(names))]
    has_data = any(
        values and 2 * sum(bool(DATA.fullmatch(value)) for value in values) > len(values) for values in columns
    )
    first.is_head = bool(below) and are_names and (has_data or all(cell.is_name for cell in first.cells))


def _row(line: _Line, number: int) -> TableRow:
    """The text of a row, in which its cells learn where they stand."""
    joined = CELL_SEPARATOR.join(cell.text for cell in line.cells).strip(CELL_SEPARATOR)
    text = re.sub(r" {2,}", " ", joined)
    end = 0
    for cell in line.cells:
        start = text.find(cell.text, end) if cell.text else -1
        if start >= 0:
            end = start + len(cell.text)
            cell.place = number, Span(start, end)
    return TableRow(text)


def _labels(line: _Line, filled: Sequence[_Cell], heads: Sequence[_Cell]) -> Iterator[RowLabel]:
    for cell in filled:
        if not cell.place:
            continue
        for head in heads:
            if head.place and head.column < cell.column + cell.columns and cell.column < head.column + head.columns:
                yield RowLabel(LabelKind.COLUMN, *head.place, cell.place[1])
    first = next((cell for cell in [*line.cells, *line.above] if cell.column == 0), None)
    told = [cell.place[1] for cell in filled if cell is not first and cell.place]
    if first and first.place and told:
        yield RowLabel(LabelKind.ROW, *first.place, Span(told[0].start, told[-1].end))
