"""What a sheet says of its cells besides their values: how far they reach, which are hidden, merged, not calculated."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.load_errors import too_much
from retrieval.loaders.office.parts import elements
from retrieval.loaders.tables.csv import MAX_COLUMNS, TOO_WIDE
from retrieval.loaders.tables.rows import MAX_ROWS, TOO_MANY_ROWS

if TYPE_CHECKING:
    from lxml import etree

MAX_MERGED = 100_000
# As many rows as a sheet may have at all.
LAST_ROW = 1_048_576
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TRUE = ("1", "true")


class MergedCells(NamedTuple):
    """The corners of cells that were merged into one."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class SheetLayout:
    """What is known of a sheet's cells, all counted from 1.

    Attributes:
        rows: The last row with a value.
        columns: The last column with one.
        filled: How many rows have any.
        hidden_rows: Their numbers.
        hidden_columns: Their numbers.
        merged: Cells that are one, by their top row.
        never_calculated: How many formulas have no stored result.
    """

    rows: int = 0
    columns: int = 0
    filled: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: dict[int, list[MergedCells]] = field(default_factory=dict)
    never_calculated: int = 0

    @classmethod
    def of(cls, part: bytes, kind: str) -> SheetLayout:
        """Read a sheet's part, a row at a time.

        Raises:
            SourceError: If it is damaged, or larger than a sheet may be.
        """
        layout = cls()
        spans: list[tuple[int, int]] = []
        merged = number = 0
        for element in elements(part, kind, f"{MAIN}row", f"{MAIN}col", f"{MAIN}mergeCell"):
            if element.tag == f"{MAIN}row":
                number = int(element.get("r", number + 1))
                layout._add_row(element, number)
            elif element.tag == f"{MAIN}col":
                if element.get("hidden") in TRUE:
                    spans.append((int(element.get("min", 0)), int(element.get("max", 0))))
            else:
                merged += 1
                if merged > MAX_MERGED:
                    raise too_much()
                layout._add_merged(element.get("ref", ""))
        columns = range(1, layout.columns + 1)
        layout.hidden_columns = {column for column in columns if any(low <= column <= high for low, high in spans)}
        return layout

    def _add_row(self, row: etree._Element, number: int) -> None:
        last = 0
        column = 0
        for cell in row:
            column = column_of(cell.get("r", "")) or column + 1
            has_value = any(part.tag != f"{MAIN}f" and (part.text or len(part)) for part in cell)
            if has_value:
                last = max(last, column)
            elif any(part.tag == f"{MAIN}f" for part in cell):
                # An empty text is a result, too.
                self.never_calculated += cell.get("t") != "str"
        if not last:
            return
        if last > MAX_COLUMNS:
            raise SourceError(TOO_WIDE, SourceProblem.TOO_COMPLEX)
        self.filled += 1
        if self.filled > MAX_ROWS or number > LAST_ROW:
            raise SourceError(TOO_MANY_ROWS, SourceProblem.TOO_LARGE)
        self.rows, self.columns = max(self.rows, number), max(self.columns, last)
        if row.get("hidden") in TRUE:
            self.hidden_rows.add(number)

    def _add_merged(self, reference: str) -> None:
        first, _, last = reference.replace("$", "").partition(":")
        top, left, bottom, right = row_of(first), column_of(first), row_of(last), column_of(last)
        if 0 < top <= bottom <= LAST_ROW and 0 < left <= right:
            self.merged.setdefault(top, []).append(MergedCells(top, left, bottom, right))


def column_of(reference: str) -> int:
    """The number of a cell's column: 28 for AB12; 0 where there is none."""
    number = 0
    for character in reference[:4]:
        if not "A" <= character <= "Z":
            break
        number = number * 26 + ord(character) - 64
    return number


def row_of(reference: str) -> int:
    """The number of a cell's row: 12 for AB12; 0 where there is none."""
    digits = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isdecimal() and len(digits) < 9 else 0
