"""A table of HTML -> its rows as text, each with what names it and its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from retrieval.loaders.markup.elements import HEADINGS, is_skipped
from retrieval.loaders.tables.header import DATA
from retrieval.types import LabelKind, Span

if TYPE_CHECKING:
    from lxml import etree

# A table with cells longer than this is there for the layout: its cells are no row. So is one with a single column, or
# with words in one column alone, beside a picture.
MAX_CELL_CHARACTERS = 1_000
# Unless its columns have names.
MAX_NAMED_CELL_CHARACTERS = 3_000
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
    """A cell, the first column that it stands in, how many columns and rows it takes, and where it is in the text.

    ``is_name`` tells that it looks like one, ``is_th`` that its author has said so.
    """

    text: str
    column: int
    columns: int
    rows: int
    is_name: bool
    is_th: bool
    place: tuple[int, Span] | None = None

    @property
    def end(self) -> int:
        """The first column after it."""
        return self.column + self.columns

    def shares_column(self, other: _Cell) -> bool:
        """Whether one stands above the other."""
        return self.column < other.end and other.column < self.end


@dataclass(slots=True)
class _Line:
    """A row of cells, and those that reach into it from above; or the caption."""

    cells: list[_Cell]
    above: list[_Cell]
    is_head: bool
    is_caption: bool = False

    @property
    def filled(self) -> list[_Cell]:
        """The cells with words, once the row is written."""
        return [cell for cell in self.cells if cell.place]

    def leads(self, width: int) -> bool:
        """Whether it is a name for the rows below it: one cell over all columns, or a name with nothing beside it."""
        words = [cell for cell in self.cells if cell.text]
        if self.is_caption or len(words) != 1 or self.above:
            return self.is_caption
        # A single empty cell beside a name is a value that is not known.
        alone = len(self.cells) != 2 and words[0].is_name and words[0].column == 0
        return alone or words[0].columns >= width


def table_rows(table: etree._Element, text_of: Callable[[etree._Element], str]) -> list[TableRow] | None:
    """The caption and the rows of a table, or None if it only lays out the page.

    Args:
        table: The element.
        text_of: Gives the words of a cell, on one line.
    """
    elements = _own_rows(table)
    has_names = any(element.find("th") is not None for element in elements)
    if _lays_out(table, has_names):
        return None
    lines = list(_lines(elements, text_of))
    longest = MAX_NAMED_CELL_CHARACTERS if has_names else MAX_CELL_CHARACTERS
    if any(len(cell.text) > longest for line in lines for cell in line.cells):
        return None
    beside = [sum(has_names or bool(cell.text) for cell in line.cells) for line in lines if not line.is_caption]
    if max(beside, default=0) < 2:
        return None
    if not any(line.is_head for line in lines):
        _find_head(lines)
    return _written(lines)


def _own_rows(table: etree._Element) -> list[etree._Element]:
    """The caption and the rows, but those of tables in its cells and those that nobody sees."""
    found = table.iterdescendants("caption", "tr")
    return [one for one in found if next(one.iterancestors("table")) is table and not is_skipped(one)]


def _lays_out(table: etree._Element, has_names: bool) -> bool:
    """Whether its cells hold parts of a page: headings or tables; one with names may have a small table in a cell."""
    if not has_names:
        return next(table.iterdescendants("table", *HEADINGS), None) is not None
    return any(next(inner.iterdescendants("table"), None) is not None for inner in table.iterdescendants("table"))


def _written(lines: Sequence[_Line]) -> list[TableRow]:
    """The rows with their labels."""
    rows: list[TableRow] = []
    heads: list[_Cell] = []
    leads: dict[str, tuple[int, Span]] = {}
    width = max(cell.end for line in lines for cell in line.cells)
    before: _Line | None = None
    for line in lines:
        row = _row(line, len(rows))
        if not row.text:
            continue
        if line.leads(width):
            kind = "caption" if line.is_caption else "group" if before else "title"
            leads[kind] = (len(rows), Span(0, len(row.text)))
        elif line.is_head:
            if before and not before.is_head:  # other names from here on
                heads = [head for head in heads if not any(head.shares_column(cell) for cell in line.cells)]
            heads += line.filled
            before = line
        else:
            row.labels += [RowLabel(LabelKind.LEAD_IN, *lead, Span(0, len(row.text))) for lead in leads.values()]
            row.labels += _labels(line, heads)
            before = line
        rows.append(row)
    return rows


def _lines(elements: Sequence[etree._Element], text_of: Callable[[etree._Element], str]) -> Iterator[_Line]:
    reaching: list[_Cell] = []
    group = None
    for element in elements:
        if element.tag == "caption":
            yield _Line([_Cell(text_of(element), 0, 1, 1, False, False)], [], False, is_caption=True)
            continue
        parent = element.getparent()
        above = reaching if parent is group else []  # no cell reaches out of its group of rows
        group = parent
        taken = {column for cell in above for column in range(cell.column, cell.end)}
        cells: list[_Cell] = []
        column = 0
        parts = [part for part in element.iterchildren("td", "th") if not is_skipped(part)]
        for part in parts:
            while column in taken:
                column += 1
            columns, rows, is_th = _reach(part, "colspan"), _reach(part, "rowspan"), part.tag == "th"
            cells.append(_Cell(text_of(part), column, columns, rows, is_th or _is_bold(part), is_th))
            column += columns
        in_head = parent is not None and parent.tag == "thead"
        yield _Line(cells, above, in_head or _are_names(parts, cells))
        for cell in above:
            cell.rows -= 1
        reaching = [cell for cell in [*above, *cells] if cell.rows > 1]


def _are_names(parts: Sequence[etree._Element], cells: Sequence[_Cell]) -> bool:
    """Whether a row holds the names of columns: all its cells are names, but for an empty one in the corner."""
    named = parts[1:] if cells and not cells[0].text else parts
    if not named or any(part.tag != "th" for part in named):
        return False
    return not all(part.get("scope", "").lower().startswith("row") for part in named)


def _reach(cell: etree._Element, attribute: str) -> int:
    written = cell.get(attribute, "").strip()
    return min(max(int(written), 1), MAX_REACH) if written.isdecimal() and len(written) < 10 else 1


def _is_bold(cell: etree._Element) -> bool:
    words = "".join(cell.itertext()).split()
    return bool(words) and words == [word for bold in cell.iter(*BOLD) for word in "".join(bold.itertext()).split()]


def _find_head(lines: Sequence[_Line]) -> None:
    """Take the first row for the names of the columns where its look or the data below it tells that it is.

    The corner above the names of the rows may be empty.
    """
    rows = [line for line in lines if not line.is_caption and len(line.cells) > 1]
    first, below = rows[0], rows[1:]
    cells = first.cells if first.cells[0].text else first.cells[1:]
    names = [cell.text for cell in cells]
    are_names = len(set(names)) == len(names) and all(
        0 < len(name) <= MAX_NAME_CHARACTERS and not DATA.fullmatch(name) for name in names
    )
    columns = [[one.text for line in below for one in line.cells if one.column == cell.column] for cell in cells]
    has_data = any(
        values and 2 * sum(bool(DATA.fullmatch(value)) for value in values) > len(values) for values in columns
    )
    first.is_head = bool(below) and are_names and (has_data or all(cell.is_name for cell in cells))
    second = below[0].cells if len(below) > 1 else []
    # A row with a number of its own, as "1 | Houses" in bold, begins a group.
    numbered = bool(second) and DATA.fullmatch(second[0].text) is not None
    if first.is_head and second and not numbered and all(cell.is_name or not cell.text for cell in second):
        below[0].is_head = True


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


def _labels(line: _Line, heads: Sequence[_Cell]) -> Iterator[RowLabel]:
    filled = line.filled
    for cell in filled:
        for head in heads:
            if head.place and cell.place and head.shares_column(cell):
                yield RowLabel(LabelKind.COLUMN, *head.place, cell.place[1])
    # The cells that reach in from above are told with the row, and stand first in it or before the others.
    names = [*line.above, *_row_names(line)]
    told = [cell.place[1] for cell in filled if cell not in names and cell.place]
    if told:
        for name in sorted(names, key=lambda cell: cell.column):
            if name.place:
                yield RowLabel(LabelKind.ROW, *name.place, Span(told[0].start, told[-1].end))


def _row_names(line: _Line) -> Iterator[_Cell]:
    """The cell in the first column, and those after it that are marked as names too."""
    for cell in line.cells:
        if cell.column > 0 and not cell.is_th:
            return
        yield cell
