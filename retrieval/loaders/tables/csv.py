"""CSV and its relatives: each row a paragraph, its values under the names of their columns."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import count, islice, zip_longest

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.plain import decode
from retrieval.loaders.tables.header import header_row
from retrieval.loaders.tables.rows import Cell, rows_extracted

# A comma last, since it also stands within numbers and texts.
DELIMITERS = "\t;|,"
EVEN = 0.9
# So many rows show what separates columns and whether the first row names them.
SAMPLE_ROWS = 100
SAMPLE_CHARACTERS = 200_000
MAX_COLUMNS = 2_000

# Spreadsheets that read this line take it for an order, not for a row.
ORDER = re.compile(r"sep=(.)\s*(?:\r\n|\r|\n)", re.IGNORECASE)

LONG_CELL = (
    "{name} has a cell of more than %s characters in row %s, perhaps after a quotation mark that is never closed; "
    "correct that row and index the file again."
)
TOO_WIDE = f"{{name}} has more than {MAX_COLUMNS:,} columns; split it into smaller files."


def extract(data: bytes) -> Extracted:
    """The rows under their header, counted as spreadsheets do: the header is row 1.

    Raises:
        SourceError: If it is no text, or no table of sensible size.
    """
    text, encoding = decode(data)
    order = ORDER.match(text)
    first_number = 2 if order else 1
    text = text[order.end() :] if order else text
    delimiter = order[1] if order else _delimiter(text)
    sample = list(islice(_rows(text, delimiter, first_number), SAMPLE_ROWS))
    header = header_row(sample)
    names = next((row for number, row in sample if number == header), [])
    rows = _rows(text, delimiter, first_number)
    return rows_extracted(
        ((number, _cells(names if number > header else [], row)) for number, row in rows if number != header), encoding
    )


def _rows(text: str, delimiter: str, first_number: int) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers; blank ones count, too."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for number in count(first_number):
        try:
            row = next(reader, None)
        except csv.Error:
            sentence = LONG_CELL % (f"{csv.field_size_limit():,}", number)
            raise SourceError(sentence, SourceProblem.TOO_COMPLEX) from None
        if row is None:
            return
        if len(row) > MAX_COLUMNS:
            raise SourceError(TOO_WIDE, SourceProblem.TOO_COMPLEX)
        yield number, row


def _cells(names: Sequence[str], row: Sequence[str]) -> list[Cell]:
    return list(zip_longest(names[: len(row)], row, fillvalue=""))


def _delimiter(text: str) -> str:
    """What cuts most rows into equally many columns.

    The standard library's sniffer takes apostrophes for quotation marks, and letters for delimiters.
    """
    shares = {delimiter: _share(text[:SAMPLE_CHARACTERS], delimiter) for delimiter in DELIMITERS}
    return next((one for one in DELIMITERS if shares[one] >= EVEN), max(DELIMITERS, key=lambda one: shares[one]))


def _share(sample: str, delimiter: str) -> float:
    """The share of rows that have as many columns as most, where that is more than one."""
    widths: Counter[int] = Counter()
    with suppress(csv.Error):
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths.update(len(row) for row in islice(reader, SAMPLE_ROWS) if row)
    (width, rows) = max(widths.items(), key=lambda item: item[1], default=(0, 0))
    return rows / widths.total() if width > 1 else 0.0
