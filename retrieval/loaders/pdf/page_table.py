"""The tables of a PDF's page, as cells in rows."""

from __future__ import annotations

from dataclasses import dataclass, field

FILLED = 0.4


@dataclass(slots=True)
class Cell:
    """A cell between ``x0`` and ``x1``, with how many columns and rows it takes."""

    x0: float
    bottom: float
    x1: float
    top: float
    column: int
    columns: int = 1
    rows: int = 1
    text: str = ""
    is_bold: bool = False

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is in it."""
        return self.x0 <= x < self.x1 and self.bottom <= y < self.top


@dataclass(slots=True, eq=False)
class PageTable:
    """The rows of a table from top to bottom, each with the cells that begin in it."""

    rows: list[list[Cell]] = field(default_factory=list)

    @property
    def is_filled(self) -> bool:
        """Whether it has words in enough cells, and in more than one of at least two rows."""
        cells = [cell for row in self.rows for cell in row]
        filled = sum(bool(cell.text) for cell in cells)
        full_rows = sum(sum(bool(cell.text) for cell in row) > 1 for row in self.rows)
        return filled >= FILLED * len(cells) and full_rows > 1
