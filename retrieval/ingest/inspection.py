"""What would be stored of a document, in figures, without storing it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from retrieval.loaders.source_loader import Original
from retrieval.text.chunking import chunk_source
from retrieval.text.sentences import RECORDS, rows_within
from retrieval.types import Source, Span

# Unicode's categories of characters that no writer types: controls, private use, halves of pairs, and unassigned ones.
ODD_CATEGORIES = frozenset({"Cc", "Co", "Cs", "Cn"})
ORDINARY_CONTROLS = frozenset("\t\n\r\f")
REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a document would be in the library.

    Args:
        source: The document as it would be stored.
        words_in: How many words the file holds, before any are left out; None where nobody has counted them.
        words_out: How many words the text has.
        chunks: How many chunks it would be indexed as.
        pages: How many pages it has; 0 where the format has none.
        page_labels: What the document prints as the numbers of its first and last page, where it does.
        headings: The paths of headings, in order, each once; a file of records has none but the numbers of its rows.
        tables: How many tables it has; a file of records is one.
        rows: How many rows these have together.
        odd: The characters that no writer types, and those that stand for what could not be read, with their number.
    """

    source: Source
    words_in: int | None
    words_out: int
    chunks: int
    pages: int
    page_labels: tuple[str, str] | None
    headings: tuple[str, ...]
    tables: int
    rows: int
    odd: Counter[str]

    @property
    def odd_share(self) -> float:
        """The share of odd characters in the text."""
        return self.odd.total() / len(self.source.text)


def inspect_document(original: Original) -> Inspection:
    """Read a document as for indexing, and count what would be stored.

    Raises:
        SourceError: If it cannot be a source.
    """
    extracted = original.extract()
    source = original.source_of(extracted)
    pages = [place for place in source.places if place.page is not None]
    first, last = (pages[0].page_label, pages[-1].page_label) if pages else (None, None)
    headings = tuple(dict.fromkeys(place.heading for place in source.places if place.heading))
    rows = rows_within(source, Span(0, len(source.text)))
    return Inspection(
        source=source,
        words_in=extracted.words_in,
        words_out=len(source.text.split()),
        chunks=len(chunk_source(source)),
        pages=max((place.page or 0 for place in pages), default=0),
        page_labels=(first, last) if first and last else None,
        headings=() if source.format in RECORDS else headings,
        tables=_count_tables(source, rows),
        rows=len(rows),
        odd=Counter(character for character in source.text if is_odd(character)),
    )


def is_odd(character: str) -> bool:
    """Whether nobody types this character: it is a control, has no meaning, or stands for what could not be read."""
    if character == REPLACEMENT:
        return True
    return unicodedata.category(character) in ODD_CATEGORIES and character not in ORDINARY_CONTROLS


def _count_tables(source: Source, rows: list[Span]) -> int:
    """Rows with nothing between them but line ends belong to one table; records are one in any case."""
    if source.format in RECORDS or not rows:
        return min(len(rows), 1)
    return 1 + sum(bool(source.text[row.end : below.start].strip()) for row, below in pairwise(rows))
