"""Which term occurs how often in which row: arrays that are read from disk as they are, and changed without the texts.

A term is known by a 64-bit hash of it, so that no vocabulary has to be read; that two of a million terms share one is
as likely as one in forty million. Libraries for BM25 compute every score beforehand and begin anew with each change;
for one more document among twenty thousand chunks that takes ten seconds. Here scores are computed when asked for.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MOST = np.iinfo(np.uint16).max


@dataclass(frozen=True)
class Postings:
    """The occurrences of terms, sorted by term and row.

    Attributes:
        terms: The hashes of all terms, ascending; (terms,) uint64.
        starts: Where the occurrences of each term begin, and where the last ones end; (terms + 1,) int64.
        rows: The row of each occurrence; (occurrences,) uint32.
        counts: How often the term stands there; (occurrences,) uint16.
        lengths: How many terms each row has; (rows,) uint32.
    """

    terms: NDArray[np.uint64]
    starts: NDArray[np.int64]
    rows: NDArray[np.uint32]
    counts: NDArray[np.uint16]
    lengths: NDArray[np.uint32]

    @classmethod
    def of(cls, documents: Iterable[Sequence[str]]) -> Postings:
        """Of the terms of each row."""
        known: dict[str, int] = {}
        flat: list[int] = []
        lengths: list[int] = []
        for terms in documents:
            lengths.append(len(terms))
            for term in terms:
                if term not in known:
                    known[term] = _hash(term)
                flat.append(known[term])
        sizes = np.asarray(lengths, dtype=np.uint32)
        rows = np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes)
        return _sorted(np.asarray(flat, dtype=np.uint64), rows, np.ones(len(flat), dtype=np.uint32), sizes)

    def changed(self, kept: NDArray[np.bool_], new: Postings) -> Postings:
        """Of the rows that are kept, in their order, and those of ``new`` after them.

        Args:
            kept: Which rows stay; (rows,).
            new: More rows.
        """
        numbers = (np.cumsum(kept) - 1).astype(np.uint32)
        stays = kept[self.rows]
        first = np.uint32(kept.sum())
        return _sorted(
            np.concatenate([self._flat_terms()[stays], new._flat_terms()]),
            np.concatenate([numbers[self.rows[stays]], new.rows + first]),
            np.concatenate([self.counts[stays], new.counts]),
            np.concatenate([self.lengths[kept], new.lengths]),
        )

    def document_frequency(self, term: str) -> int:
        """In how many rows ``term`` occurs."""
        found = self._slice(term)
        return int(found.stop - found.start)

    def scores(self, terms: Sequence[str], k1: float, b: float) -> NDArray[np.float32]:
        """The BM25 score of every row, in its Lucene form; (rows,).

        Source of the method: Robertson et al.; Kamphuis et al., "Which BM25 do you mean?" (2020), for the form.
        """
        scores = np.zeros(len(self.lengths), dtype=np.float32)
        fixed, lengths = np.float32(k1 * (1 - b)), np.float32(k1 * b) * self._lengths_to_mean
        for term in terms:
            found = self._slice(term)
            held = found.stop - found.start
            if held:
                rows, counts = self.rows[found], self.counts[found].astype(np.float32)
                rarity = np.float32(math.log(1 + (len(self.lengths) - held + 0.5) / (held + 0.5)))
                scores[rows] += rarity * counts / (counts + fixed + lengths[rows])
        return scores

    def save(self, folder: Path) -> None:
        """Write each array to a file of its own."""
        for field in fields(self):
            np.save(folder / f"{field.name}.npy", getattr(self, field.name))

    @classmethod
    def load(cls, folder: Path) -> Postings:
        """Map the files; they are read as far as they are needed.

        Raises:
            OSError: If one is missing.
            ValueError: If one is not such a file, or they do not belong together.
        """
        arrays = {field.name: np.load(folder / f"{field.name}.npy", mmap_mode="r") for field in fields(cls)}
        postings = cls(**arrays)
        if len(postings.starts) != len(postings.terms) + 1 or len(postings.rows) != len(postings.counts):
            raise ValueError("the arrays do not belong together")
        return postings

    @cached_property
    def _lengths_to_mean(self) -> NDArray[np.float32]:
        """How long each row is, measured by the mean; (rows,)."""
        return (self.lengths / (float(self.lengths.mean()) or 1.0)).astype(np.float32)

    def _slice(self, term: str) -> slice:
        wanted = np.uint64(_hash(term))
        place = int(np.searchsorted(self.terms, wanted))
        if place == len(self.terms) or self.terms[place] != wanted:
            return slice(0, 0)
        return slice(int(self.starts[place]), int(self.starts[place + 1]))

    def _flat_terms(self) -> NDArray[np.uint64]:
        return np.repeat(self.terms, np.diff(self.starts))


def _sorted(
    terms: NDArray[np.uint64],
    rows: NDArray[np.uint32],
    counts: NDArray[np.unsignedinteger],
    lengths: NDArray[np.uint32],
) -> Postings:
    """Postings of occurrences in any order; the same term in the same row counts together."""
    order = np.lexsort((rows, terms))
    terms, rows = terms[order], rows[order]
    begins = np.ones(len(terms), dtype=np.bool_)
    begins[1:] = (terms[1:] != terms[:-1]) | (rows[1:] != rows[:-1])
    places = np.flatnonzero(begins)
    sums = np.add.reduceat(counts[order].astype(np.uint32), places) if len(places) else np.zeros(0, dtype=np.uint32)
    terms, rows = terms[places], rows[places]
    distinct, starts = np.unique(terms, return_index=True)
    return Postings(
        distinct,
        np.append(starts, len(terms)).astype(np.int64),
        rows,
        np.minimum(sums, MOST).astype(np.uint16),
        lengths,
    )


def _hash(term: str) -> int:
    return int.from_bytes(hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
