"""Tables of an evaluation, in a terminal or piped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table as Grid
from rich.text import Text

from bot.cli.terminal import MAX_WIDTH, say, screen
from bot.safe_text import visible

if TYPE_CHECKING:
    from bot.evaluation.tables import Table


def show_table(table: Table) -> None:
    """Print a table of an evaluation and an empty line."""
    grid = Grid(title=Text(table.title, style="bold"), title_justify="left", box=None, padding=(0, 2, 0, 0))
    for number, column in enumerate(table.columns):
        grid.add_column(Text(column, style="dim"), justify="right" if number and column else "left")
    for row in table.rows:
        grid.add_row(*(Text(visible(cell)) for cell in row))
    show_grid(grid)


def show_grid(grid: Grid) -> None:
    """Print rows and columns and an empty line; where nobody looks, without the spaces that fill lines up."""
    console = screen()
    if console.is_terminal:
        console.print(grid)
    else:
        console.width = MAX_WIDTH
        with console.capture() as drawn:
            console.print(grid)
        for line in drawn.get().splitlines():
            say(line.rstrip())
    say("")
