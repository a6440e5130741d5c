"""Rows of tables and records -> text: each row can be quoted alone and stands under a heading with its number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.composer import PARAGRAPH_END, BlockLabel, TextBlock, clean
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.labels import MAX_LABELS, MAX_WORDS_CHARACTERS
from retrieval.loaders.load_errors import MAX_CHARACTERS, empty, too_much
from retrieval.loaders.tables.header import ITEM_MARK
from retrieval.types import LINE_END, Label, LabelKind, Place, Span

# Each row is kept in memory with its place.
MAX_ROWS = 200_000
TOO_MANY_ROWS = f"{{name}} has more than {MAX_ROWS:,} rows; split it into smaller files."

BLANK_LINES = re.compile(r"\n{3,}")
SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]?\Z")

# The name of a column, empty where there is none, and the value in it.
Cell = tuple[str, str]


def rows_extracted(rows: Iterable[tuple[int, Sequence[Cell]]], encoding: str) -> Extracted:
    """The rows as paragraphs, in order.

    Args:
        rows: Each with its number, as people count the rows of the file.
        encoding: What the file was read as.

    Raises:
        SourceError: If there are too many, or none with words.
    """
    parts: list[str] = []
    places: list[Place] = []
    labels: list[Label] = []
    length = 0
    for number, cells in rows:
        text = row_text(cells)
        if not text:
            continue
        if len(places) == MAX_ROWS:
            raise SourceError(TOO_MANY_ROWS, SourceProblem.TOO_LARGE)
        places.append(Place(length, heading=f"row {number}"))
        # The first paragraph names its row to those that follow, as a question does to its answer.
        first = text.partition(PARAGRAPH_END)[0]
        if len(first) < min(len(text), MAX_WORDS_CHARACTERS) and len(labels) < MAX_LABELS:
            rest = Span(length + len(first) + len(PARAGRAPH_END), length + len(text))
            labels.append(Label(LabelKind.ROW, Span(length, length + len(first)), rest))
        parts.append(text)
        length += len(text) + len(PARAGRAPH_END)
        if length > MAX_CHARACTERS:
            raise too_much()
    if not parts:
        raise empty()
    return Extracted(PARAGRAPH_END.join(parts), "", tuple(places), encoding, tuple(labels))


def row_block(cells: Sequence[Cell]) -> TextBlock:
    """One row as a paragraph of a document that is more than one table.

    Its first cell names the others; where a cell ends a paragraph, the first paragraph names those that follow.
    """
    text = row_text(cells)
    first, end, rest = text.partition(PARAGRAPH_END)
    if not end:
        first = next(filter(None, (row_text([cell]) for cell in cells)), "")
        rest = text[len(first) :].lstrip("; \n")
    if not (rest and len(first) < MAX_WORDS_CHARACTERS):
        return TextBlock(text)
    label = BlockLabel(LabelKind.ROW, Span(0, len(first)), Span(len(text) - len(rest), len(text)))
    return TextBlock(text, labels=(label,))


def row_text(cells: Sequence[Cell]) -> str:
    """One row: ``Name: value; Name: value``, without what is empty.

    A value that ends a sentence ends its paragraph too, so that the next one begins a sentence of its own, and one of
    several lines ends its line. The number of an item ("A.") stands before the item.
    """
    text, end = "", ""
    for column, raw in cells:
        value = _clean(raw)
        if not value:
            continue
        name = clean(column)
        text += end + (f"{name}: {value}" if name else value)
        end = _end(value)
    return text


def _end(value: str) -> str:
    """What stands between a value and the next."""
    if ITEM_MARK.fullmatch(value):
        return " "
    return PARAGRAPH_END if SENTENCE_END.search(value[-2:]) else "\n" if "\n" in value else "; "


def _clean(value: str) -> str:
    lines = "\n".join(clean(line) for line in LINE_END.split(value))
    return BLANK_LINES.sub(PARAGRAPH_END, lines).strip("\n")
