"""Which row of a table names its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_NAME_CHARACTERS = 100
# What is data and no name of a column: a number, an amount, a date, a time, a mail or web address.
DATA = re.compile(r"[-+(]?[€$£¥]?\s?\d[\d\s.,:/%'’()+-]*[€$£¥%]?|\S+@\S+\.\S+|https?://\S+", re.IGNORECASE)
# What counts an item of a list: "A.", "(b)", "10(a).".
ITEM_MARK = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})(?:[.)]|\([a-z]\))\.?")
YEAR = re.compile(r"(?:19|20)\d\d")


def header_row(sample: Sequence[tuple[int, list[str]]]) -> int:
    """The number of the row that names the columns; 0 where none does.

    Titles may stand above it. It has words over most columns, each only once, and no data; over the numbers of rows
    there may be nothing.
    """
    rows = [(number, [cell.strip() for cell in row]) for number, row in sample if any(map(str.strip, row))]
    widths = sorted(_filled(row) for _, row in rows)
    usual = widths[len(widths) // 2] if widths else 0
    if usual < 2:
        return 0  # of a single column, nobody can tell
    for place, (number, names) in enumerate(rows):
        numbered = not names[0] and _filled(names) == usual - 1
        if 2 * _filled(names) <= usual and not numbered:
            continue
        below = [row for _, row in rows[place + 1 :]]
        once = len(set(filter(None, names))) == _filled(names)
        columns = ([row[i] for row in below if i < len(row)] for i in range(len(names)))
        return number if below and once and all(map(_is_name, names, columns)) else 0
    return 0


def is_data(value: str) -> bool:
    """Whether this is a number, a date, an address: nothing that names a column."""
    return DATA.fullmatch(value.strip()) is not None


def _filled(row: Sequence[str]) -> int:
    return sum(map(bool, row))


def _is_name(name: str, column: Sequence[str]) -> bool:
    """Whether this is what a column is called, and none of its values."""
    if len(name) > MAX_NAME_CHARACTERS or (name and name in column):
        return False
    if YEAR.fullmatch(name):  # what was counted in that year stands below, and not another year
        return not any(YEAR.fullmatch(value) for value in column)
    return not DATA.fullmatch(name) and not ITEM_MARK.fullmatch(name)
