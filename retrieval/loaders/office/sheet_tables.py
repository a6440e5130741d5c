"""The rows of a sheet -> its tables: rows that stand together, and what names their columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from retrieval.loaders.tables.header import YEAR, header_row, is_data
from retrieval.loaders.tables.rows import Cell

# So many rows show whether there is a header; above it so many may stand.
SAMPLE_ROWS = 100
MAX_TITLE_ROWS = 5
COLONS = (":", "：")
# A note has a mark before it, if any; so many words may stand in place of a number ("not yet known").
MAX_NOTE_CELLS = 2
MAX_VALUE_WORDS = 4


@dataclass(slots=True)
class SheetRow:
    """A row as people see it.

    Args:
        number: As the program counts it.
        cells: What each of its columns shows.
        wide: The columns in which a cell begins that was merged with those to its right, and the last of those.
        days: The columns that hold dates, as ISO 8601 writes them.
        tall: The columns in which a cell begins that was merged with those below, and the number of the last row.
    """

    number: int
    cells: list[str]
    wide: dict[int, int] = field(default_factory=dict)
    days: dict[int, str] = field(default_factory=dict)
    tall: dict[int, int] = field(default_factory=dict)

    def between(self, start: int, end: int) -> SheetRow:
        """The part of it that stands in these columns, counted from 0."""
        wide = {first - start: min(last, end - 1) - start for first, last in self.wide.items() if start <= first < end}
        days = {place - start: day for place, day in self.days.items() if start <= place < end}
        tall = {place - start: last for place, last in self.tall.items() if start <= place < end}
        return SheetRow(self.number, self.cells[start:end], wide, days, tall)

    def without_cells(self) -> SheetRow:
        """A row of that number with nothing in it."""
        return SheetRow(self.number, [])

    @property
    def filled(self) -> int:
        """How many cells show anything."""
        return sum(1 for cell in self.cells if cell.strip())


def named_rows(rows: Iterable[SheetRow]) -> Iterator[tuple[int, list[Cell]]]:
    """The rows but the headers, each value with the name of its column.

    Blank rows part tables. One without a header goes on under that of the table above, if its columns hold the same.
    """
    above = _Table()
    waiting: list[SheetRow] = []
    for block in _blocks(rows):
        beside = _side_by_side(block)
        if beside:
            yield from _cells(waiting, above.names_of(waiting))
            waiting, above = [], _Table()
            yield from beside
            continue
        found = _find_header(block)
        if not found and waiting:
            found = _find_header([*waiting, *block])
            if found:  # a header with a blank row below
                waiting = []
        yield from _cells(waiting, above.names_of(waiting))
        waiting = []
        if found:
            headers, names = found
            yield from _cells([row for row in block if row.number < min(headers)], [])
            below = [row for row in block if row.number > max(headers)]
            above = _Table(names, _are_data(below))
            yield from _cells(below, names)
        elif len(block) == 1 and block[0].filled > 1:
            waiting = block
        else:
            yield from _cells(block, above.names_of(block))
    yield from _cells(waiting, above.names_of(waiting))


@dataclass(slots=True)
class _Table:
    """The names of a table's columns, and which of them hold data and no words; None where nobody can tell."""

    names: list[str] = field(default_factory=list)
    are_data: list[bool | None] = field(default_factory=list)

    def names_of(self, block: Sequence[SheetRow]) -> list[str]:
        """The names, if rows further below are more of the same; words under words may be anything."""
        pairs = list(zip_longest(self.are_data, _are_data(block)))
        told = [(one, other) for one, other in pairs if other is not None]
        is_more = len(told) > 1 and (True, True) in told and all(one in (None, other) for one, other in told)
        return self.names if is_more else []


def _are_data(rows: Sequence[SheetRow]) -> list[bool | None]:
    """For each column, whether most of its values are data."""
    columns = zip_longest(*(row.cells for row in rows[:SAMPLE_ROWS]), fillvalue="")
    filled = [[cell for cell in column if cell.strip()] for column in columns]
    return [2 * sum(map(is_data, column)) > len(column) if column else None for column in filled]


def _blocks(rows: Iterable[SheetRow]) -> Iterator[list[SheetRow]]:
    block: list[SheetRow] = []
    for row in rows:
        if block and (not row.filled or (row.wide and len(_tall_names(row)) > 1)):
            yield block
            block = []
        if row.filled:
            block.append(row)
    if block:
        yield block


def _side_by_side(block: Sequence[SheetRow]) -> list[tuple[int, list[Cell]]]:
    """The rows of tables that stand beside each other with a blank column between them, if each has its header."""
    width = max(len(row.cells) for row in block)
    filled = [any(row.cells[i : i + 1] not in ([], [""]) for row in block) for i in range(width)]
    starts = [i for i in range(width) if filled[i] and not (i and filled[i - 1])]
    if len(starts) < 2:
        return []
    tables = []
    for start in starts:
        end = next((i for i in range(start, width) if not filled[i]), width)
        part = [row.between(start, end) for row in block]
        found = _find_header(part)
        if not found:
            return []
        headers, names = found
        above = [row.without_cells() if row.number in headers else row for row in part if row.number <= max(headers)]
        below = [row for row in part if row.number > max(headers)]
        tables.append([*_cells(above, []), *_cells(below, names)])
    return [rows[place] for place in range(len(block)) for rows in tables]


def _find_header(block: Sequence[SheetRow]) -> tuple[set[int], list[str]] | None:
    """The numbers of the rows that name the columns, and the names."""
    merged = _merged_header(block)
    if merged:
        return merged
    sample = _plain(block[:SAMPLE_ROWS])
    for place, (above, row) in enumerate(pairwise(block[: MAX_TITLE_ROWS + 1])):
        if above.wide and above.filled > 1 and not _is_data_below(above, row):
            names = _joined(above, row)
            if header_row([(row.number, names), *sample[place + 2 :]]) == row.number:
                return {above.number, row.number}, names
    # In a form, each question stands before its answer.
    rows = [(number, cells) for number, cells in sample if not any(cell.rstrip().endswith(COLONS) for cell in cells)]
    number = header_row(rows) or _repeating_header(rows)
    return next((({number}, row.cells) for row in block if row.number == number), None)


def _merged_header(block: Sequence[SheetRow]) -> tuple[set[int], list[str]] | None:
    """As ``_find_header``, for a header whose rows are told by cells that were merged over all of them."""
    first = next((row for row in block[: MAX_TITLE_ROWS + 1] if row.filled > 1), None)
    tall = _tall_names(first) if first else {}
    if not first or len(tall) + bool(first.wide) < 2 or len(set(tall.values())) > 1:
        return None
    last = max(tall.values())
    headers = [row for row in block if first.number <= row.number <= last]
    columns = zip_longest(*(_spread(row) for row in headers), fillvalue="")
    names = [" ".join(dict.fromkeys(filter(None, column))) for column in columns]
    below = _plain([row for row in block[:SAMPLE_ROWS] if row.number > last])
    is_header = header_row([(first.number, names), *below]) == first.number
    return ({row.number for row in headers}, names) if is_header else None


def _tall_names(row: SheetRow) -> dict[int, int]:
    """The columns of its cells with words that were merged with those below, and their last rows."""
    return {place: last for place, last in row.tall.items() if row.cells[place] and not is_data(row.cells[place])}


def _is_data_below(above: SheetRow, row: SheetRow) -> bool:
    """Whether the row below one with wide cells is no second row of a header, as it has data of its own."""
    under = {place for first, last in above.wide.items() for place in range(first, last + 1)}
    beside = [place for place, cell in enumerate(row.cells) if cell and place not in under]
    if any(is_data(row.cells[place]) for place in beside):
        return True
    counted = [cell for place, cell in enumerate(row.cells) if cell and place in under]
    has_words_below_words = any(above.cells[place : place + 1] not in ([], [""]) for place in beside)
    return has_words_below_words and all(is_data(cell) and not YEAR.fullmatch(cell) for cell in counted)


def _repeating_header(sample: Sequence[tuple[int, list[str]]]) -> int:
    """The number of a row that gives several columns the same name, where the data below tells that it is a header."""
    told_apart = [(number, _told_apart(cells)) for number, cells in sample]
    number = header_row(told_apart)
    names = next((list(filter(None, cells)) for at, cells in sample if at == number), [])
    below = [SheetRow(at, cells) for at, cells in sample if at > number]
    has_data = sum(map(bool, _are_data(below))) > 1
    return number if has_data and 2 * len(set(names)) >= len(names) else 0


def _told_apart(cells: Sequence[str]) -> list[str]:
    seen: Counter[str] = Counter()
    made = []
    for cell in cells:
        seen[cell] += 1
        made.append(f"{cell} ({seen[cell]})" if cell and seen[cell] > 1 and not is_data(cell) else cell)
    return made


def _plain(block: Sequence[SheetRow]) -> list[tuple[int, list[str]]]:
    """The rows with dates as data, but for one that stands alone above other values: it names its column."""
    days = Counter(column for row in block for column in row.days)
    return [
        (row.number, [row.days[i] if days[i] > 1 and i in row.days else cell for i, cell in enumerate(row.cells)])
        for row in block
    ]


def _joined(above: SheetRow, row: SheetRow) -> list[str]:
    """The names of columns that have a name in common: "2024" over "Spring" and "Autumn"."""
    pairs = zip_longest(_spread(above), row.cells, fillvalue="")
    return [name if name == common else f"{common} {name}".strip() for common, name in pairs]


def _spread(row: SheetRow) -> list[str]:
    """Its cells, with the words of a wide one in each of its columns."""
    over = list(row.cells)
    for first, last in row.wide.items():
        over[first : last + 1] = [row.cells[first]] * len(over[first : last + 1])
    return over


def _cells(rows: Sequence[SheetRow], names: Sequence[str]) -> Iterator[tuple[int, list[Cell]]]:
    are_data = _are_data(rows)
    for row in rows:
        alone = row.filled == 1 and bool(row.wide)  # a title across the table, and no value of its first column
        here = [] if alone or _is_note(row, are_data) else names[: len(row.cells)]
        yield row.number, list(zip_longest(here, row.cells, fillvalue=""))


def _is_note(row: SheetRow, are_data: Sequence[bool | None]) -> bool:
    """Whether a row is a note below the table ("2 | Without the guests."): a sentence where the others have data."""
    return row.filled <= MAX_NOTE_CELLS and any(
        kind and len(cell.split()) > MAX_VALUE_WORDS for kind, cell in zip(are_data, row.cells, strict=False)
    )
