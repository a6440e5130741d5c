"""Tables whose cells stand between ruling lines.

Cells without a line between them are one. A grid that is none, such as the boxes of a form, is given up: lines in
order are better than a wrong table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from retrieval.loaders.composer import clean
from retrieval.loaders.pdf.characters import Word
from retrieval.loaders.pdf.page_table import Cell, PageTable
from retrieval.loaders.pdf.ruling_lines import RulingLine
from retrieval.loaders.pdf.runs import Run, rows_of, word_runs
from retrieval.loaders.pdf.spacing import spaced

# How far apart the ends of lines may be that are drawn to meet.
NEAR = 3.0
MIN_LINES = 3
MAX_CELLS = 4_000
# Where so many cells of a row have lines of so few words side by side, the lines are rows that nothing parts.
MIN_SIDE_BY_SIDE = 2
MAX_WORDS = 3
# Words nearer to each other than this, in sizes of their letters, are of one cell.
BLANK = 0.4


def ruled_tables(rules: Sequence[RulingLine], words: Sequence[Word]) -> tuple[list[Run], list[Word]]:
    """The tables as runs of their own, and the words outside of them."""
    found: list[Run] = []
    for table in _grids(rules):
        inside: dict[int, list[Word]] = {}
        places: list[tuple[Word, int]] = []
        cells = [cell for row in table.rows for cell in row]
        for word in words:
            x, y = (word.x0 + word.x1) / 2, word.y + 0.3 * word.size
            cell = next((number for number, cell in enumerate(cells) if cell.holds(x, y)), None)
            if cell is not None:
                inside.setdefault(cell, []).append(word)
                places.append((word, cell))
        if not inside or _cuts_lines(places):
            continue
        lines = {number: rows_of(word_runs(held)) for number, held in inside.items()}
        for number, rows in lines.items():
            cells[number].text = _joined(rows)
            cells[number].is_bold = all(word.bold for word in inside[number])
        numbers = {id(cell): number for number, cell in enumerate(cells)}
        table.rows = [
            part for row in table.rows for part in _parted(row, [lines.get(numbers[id(cell)], []) for cell in row])
        ]
        if table.is_filled:
            taken = {id(word) for held in inside.values() for word in held}
            held = [word for word in words if id(word) in taken]
            words = [word for word in words if id(word) not in taken]
            found.append(
                Run(held, cells[0].x0, max(cell.x1 for cell in cells), max(w.y for w in held), held[0].size, table)
            )
    return found, list(words)


def _cuts_lines(places: Sequence[tuple[Word, int]]) -> bool:
    """Whether a grid parts words of one line almost everywhere, as the lines of a drawing do that text runs across."""
    lines: set[int] = set()
    cut: set[int] = set()
    for (word, cell), (following, other) in pairwise(places):
        gap = following.x0 - word.x1
        if abs(word.y - following.y) < 0.2 * word.size and -word.size < gap < BLANK * word.size:
            lines.add(round(word.y))
            if cell != other:
                cut.add(round(word.y))
    return 2 * len(cut) > len(lines)


def _joined(rows: list[list[Run]]) -> str:
    text = ""
    for row in rows:
        line = " ".join(spaced(run.words) for run in row)
        text = text[:-1] + line if text.endswith("-") and line[:1].islower() else f"{text} {line}"
    return clean(text)


def _parted(row: list[Cell], lines: list[list[list[Run]]]) -> Iterator[list[Cell]]:
    """A row between two lines, or the rows of the table that it holds: their cells stand side by side line by line."""
    several = [at for at, own in enumerate(lines) if len(own) > 1]
    count = len(lines[several[0]]) if several else 1
    heights = {tuple(round(line[0].y) for line in lines[at]) for at in several}
    short = all(sum(len(run.words) for run in line) <= MAX_WORDS for at in several for line in lines[at])
    if len(several) < MIN_SIDE_BY_SIDE or len(heights) > 1 or not short or any(cell.rows > 1 for cell in row):
        yield row
        return
    for number in range(count):
        part = [replace(row[at], text=_joined(lines[at][number : number + 1])) for at in several]
        if number == 0:
            part += [replace(cell, rows=count) for at, cell in enumerate(row) if at not in several]
        yield sorted(part, key=lambda cell: cell.column)


def _grids(rules: Sequence[RulingLine]) -> Iterator[PageTable]:
    """The grids that ruling lines make, without words yet."""
    for group in _touching(rules):
        xs = _lines({rule.x0 for rule in group if not rule.is_level} | _ends(group))
        ys = _lines({rule.y0 for rule in group if rule.is_level})
        if len(xs) < MIN_LINES or len(ys) < MIN_LINES or (len(xs) - 1) * (len(ys) - 1) > MAX_CELLS:
            continue
        table = _grid(group, xs, ys[::-1])
        if table is not None:
            yield table


def _ends(rules: Sequence[RulingLine]) -> set[float]:
    """The two sides of a table that is open there."""
    level = [rule for rule in rules if rule.is_level]
    return {min(rule.x0 for rule in level), max(rule.x1 for rule in level)} if level else set()


def _touching(rules: Sequence[RulingLine]) -> Iterator[list[RulingLine]]:
    """The rules in groups of which each crosses or meets another one of its group."""
    left = list(rules)
    while left:
        group = [left.pop()]
        for rule in group:
            met = [other for other in left if rule.is_level != other.is_level and _meet(rule, other)]
            group += met
            left = [other for other in left if other not in met]
        if len(group) > MIN_LINES:
            yield group


def _meet(rule: RulingLine, other: RulingLine) -> bool:
    return (
        rule.x0 - NEAR <= other.x1
        and other.x0 - NEAR <= rule.x1
        and rule.y0 - NEAR <= other.y1
        and other.y0 - NEAR <= rule.y1
    )


def _lines(places: set[float]) -> list[float]:
    """The places of lines, those near each other as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > NEAR:
            found.append(place)
    return found


def _grid(rules: Sequence[RulingLine], xs: Sequence[float], ys: Sequence[float]) -> PageTable | None:
    """The cells of a grid; those without a line between them are one. None where they make no rectangle."""
    upright = [rule for rule in rules if not rule.is_level]
    level = [rule for rule in rules if rule.is_level]
    taken: set[tuple[int, int]] = set()
    table = PageTable()
    for row, (top, bottom) in enumerate(pairwise(ys)):
        cells: list[Cell] = []
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            columns = rows = 1
            middle = (top + bottom) / 2
            while column + columns < len(xs) - 1 and not _has_upright(upright, xs[column + columns], middle):
                columns += 1
            centre = (xs[column] + xs[column + 1]) / 2
            while row + rows < len(ys) - 1 and not _has_level(level, ys[row + rows], centre):
                rows += 1
            places = {(row + down, column + right) for down in range(rows) for right in range(columns)}
            if places & taken:
                return None
            taken |= places
            cells.append(Cell(xs[column], ys[row + rows], xs[column + columns], top, column, columns, rows))
        table.rows.append(cells)
    return table


def _has_upright(rules: Sequence[RulingLine], x: float, y: float) -> bool:
    return any(abs(rule.x0 - x) <= NEAR and rule.y0 <= y <= rule.y1 for rule in rules)


def _has_level(rules: Sequence[RulingLine], y: float, x: float) -> bool:
    return any(abs(rule.y0 - y) <= NEAR and rule.x0 <= x <= rule.x1 for rule in rules)
