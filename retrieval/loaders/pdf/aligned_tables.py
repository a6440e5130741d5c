"""Tables without ruling lines: rows of short cells that stand below each other.

With two columns, one of them has to hold figures, dates and the like; else two columns of names or a list with its
marks would be tables. What the file draws column by column is read so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from retrieval.loaders.composer import clean
from retrieval.loaders.pdf.page_table import Cell, PageTable
from retrieval.loaders.pdf.runs import Run
from retrieval.loaders.pdf.spacing import spaced
from retrieval.loaders.tables.header import DATA

MIN_ROWS = 3
# A row of a table has cells of few words, and is not far below the one above.
MAX_WORDS = 3.5
MAX_ROW_GAP = 2.6
MIN_COLUMN_GAP = 0.5
MARK = re.compile(r"\(?\w{1,3}[.)]|[^\w\s]")


def with_tables(rows: Sequence[list[Run]], min_columns: int) -> list[list[Run]]:
    """The rows, with those that make a table as one row of one run."""
    found: list[list[Run]] = []
    for group in _groups(rows):
        table = _table(group, min_columns) if len(group) >= MIN_ROWS else None
        if table is None:
            found += group
        else:
            runs = [run for row in group for run in row]
            words = [word for run in runs for word in run.words]
            x0, x1 = min(run.x0 for run in runs), max(run.x1 for run in runs)
            found.append([Run(words, x0, x1, runs[0].y, runs[0].size, table)])
    return found


def _groups(rows: Sequence[list[Run]]) -> Iterator[list[list[Run]]]:
    """The rows one by one, but those that may be of one table together."""
    group: list[list[Run]] = []
    for row in rows:
        if group and _is_tabular(row) and group[-1][0].y - row[0].y <= MAX_ROW_GAP * row[0].size:
            group.append(row)
            continue
        yield from [group] if len(group) >= MIN_ROWS else [[one] for one in group]
        group = [row] if _is_tabular(row) else []
        if not group:
            yield [row]
    yield from [group] if len(group) >= MIN_ROWS else [[one] for one in group]


def _is_tabular(row: list[Run]) -> bool:
    return len(row) > 1 and median(len(run.words) for run in row) <= MAX_WORDS


def _table(rows: Sequence[list[Run]], min_columns: int) -> PageTable | None:
    columns = _joined(_columns([run for row in rows for run in row], MIN_COLUMN_GAP * rows[0][0].size), rows)
    if len(columns) < min_columns:
        return None
    numbers = {id(run): number for number, run in _in_columns(rows, columns)}
    drawn = sorted((run for row in rows for run in row), key=lambda run: run.order)
    if sum(numbers[id(one)] != numbers[id(other)] for one, other in pairwise(drawn)) <= len(columns):
        return None
    table = PageTable()
    for row in rows:
        cells = [Cell(x0, row[0].y, x1, row[0].y, column) for column, (x0, x1) in enumerate(columns)]
        for run in row:
            cell = cells[numbers[id(run)]]
            cell.text = clean(f"{cell.text} {spaced(run.words)}")
            cell.is_bold = all(word.bold for word in run.words)
        table.rows.append(cells)
    if not table.is_filled or (len(columns) == 2 and not _has_figures(table)):
        return None
    return table


def _columns(runs: Sequence[Run], gap: float) -> list[tuple[float, float]]:
    columns: list[tuple[float, float]] = []
    for run in sorted(runs, key=lambda run: run.x0):
        if columns and run.x0 - columns[-1][1] < gap:
            columns[-1] = columns[-1][0], max(columns[-1][1], run.x1)
        else:
            columns.append((run.x0, run.x1))
    return columns


def _joined(columns: list[tuple[float, float]], rows: Sequence[list[Run]]) -> list[tuple[float, float]]:
    """The columns, with two neighbours as one of which no row has both: a name to the left of its figures."""
    joined: list[tuple[float, float]] = []
    for x0, x1 in columns:
        if joined:
            left, right = joined[-1]
            both = any(
                any(left <= run.x0 <= right for run in row) and any(x0 <= run.x0 <= x1 for run in row) for row in rows
            )
            if not both:
                joined[-1] = left, x1
                continue
        joined.append((x0, x1))
    return joined


def _in_columns(rows: Sequence[list[Run]], columns: Sequence[tuple[float, float]]) -> Iterator[tuple[int, Run]]:
    for row in rows:
        for run in row:
            yield next(number for number, (x0, x1) in enumerate(columns) if x0 <= run.x0 <= x1), run


def _has_figures(table: PageTable) -> bool:
    """Whether the second of two columns holds mostly figures, below what may be its name, and the first no marks."""
    values = [row[1].text for row in table.rows]
    marks = sum(bool(MARK.fullmatch(row[0].text)) for row in table.rows)
    return 2 * sum(bool(DATA.fullmatch(value)) for value in values) > len(values) - 1 and 2 * marks < len(values)
