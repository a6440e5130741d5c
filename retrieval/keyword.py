"""The BM25 side of the index; the only file that imports its library."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, repeat
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import numpy as np

from retrieval.errors import DamagedLibraryError
from retrieval.files import ASIDE, storage_errors
from retrieval.languages import ENGLISH
from retrieval.terms import extract_terms, fold_words, is_spelled
from retrieval.types import Chunk, Span

if TYPE_CHECKING:
    from bm25s import BM25

CHUNKS = "chunks.json"
WORDS = "words.json"
CHECKSUMS = "checksums.json"
# Terms that stand side by side in question and text count in addition to the terms themselves. These three were chosen
# on the tuning documents of docs/measurements.md.
PAIR_WEIGHT = 0.35
K1, B = 0.5, 0.5
NO_TERM = ""  # stands in a chunk without any term, because the library cannot index an empty document


class KeywordIndex:
    """BM25 scores over the chunks of one collection, for terms and for pairs of neighbours; immutable once built.

    ``words`` are the words that the chunks hold, as they are written there, with the number of chunks that hold each:
    what a misspelt word may have been meant to be.

    Source of the method: Robertson et al., BM25 in its Lucene form, as computed by ``bm25s``.
    """

    def __init__(self, bm25: BM25, chunks: Sequence[Chunk], words: Mapping[str, int]) -> None:
        self.chunks = tuple(chunks)
        self.words = words
        # Chunks with the same words score the same; the first stands for all of them.
        self.rows = {chunk.vector_id: row for row, chunk in reversed(list(enumerate(self.chunks)))}
        self._bm25 = bm25

    @classmethod
    def build(
        cls, chunks: Sequence[Chunk], texts: Iterable[str], languages: Iterable[str] | None = None
    ) -> KeywordIndex:
        """Index ``texts``, the words of ``chunks`` in the same order; there must be at least one.

        Args:
            chunks: What is indexed.
            texts: The words of each.
            languages: The language of each; English when not given.
        """
        from bm25s import BM25

        bm25 = BM25(k1=K1, b=B)
        terms: list[list[str]] = []
        words: Counter[str] = Counter()
        for text, language in zip(texts, languages or repeat(ENGLISH)):  # noqa: B905 (the repetition is endless)
            stems = extract_terms(text, language)
            terms.append([*stems, *_pairs(stems)] or [NO_TERM])
            words.update({word for word in fold_words(text) if is_spelled(word)})
        bm25.index(terms, show_progress=False)
        return cls(bm25, chunks, words)

    def scores(self, terms: Sequence[str]) -> list[float]:
        """The BM25 score of every chunk, by row; all 0 when no term is known.

        Args:
            terms: The question's terms, in its order.
        """
        scores = np.zeros(len(self.chunks), dtype=np.float32)
        for weight, wanted in ((1.0, terms), (PAIR_WEIGHT, _pairs(terms))):
            known = [term for term in wanted if term in self._bm25.vocab_dict]
            if known:
                scores += weight * self._bm25.get_scores(known)
        found: list[float] = scores.tolist()
        return found

    def document_frequency(self, term: str) -> int:
        """In how many chunks ``term`` occurs."""
        column = self._bm25.vocab_dict.get(term)
        if column is None:
            return 0
        starts = self._bm25.scores["indptr"]
        return int(starts[column + 1] - starts[column])

    def save(self, folder: Path) -> None:
        """Write the index to ``folder``, which must not exist; aside first, so that it is there whole or not at all.

        Raises:
            StorageError: If the data folder cannot be written.
        """
        aside = folder.with_name(f"{folder.name}.{uuid4().hex[:8]}{ASIDE}")
        with storage_errors(folder.parent):
            try:
                aside.mkdir(parents=True)
                self._bm25.save(str(aside), show_progress=False)
                rows = [
                    [chunk.source_id, chunk.sha256, chunk.span.start, chunk.span.end, chunk.vector_id]
                    for chunk in self.chunks
                ]
                (aside / CHUNKS).write_text(json.dumps(rows), encoding="ascii")
                (aside / WORDS).write_text(json.dumps(self.words), encoding="ascii")
                (aside / CHECKSUMS).write_text(json.dumps(_checksums(aside)), encoding="ascii")
                aside.rename(folder)
            except BaseException:
                shutil.rmtree(aside, ignore_errors=True)
                raise

    @classmethod
    def load(cls, folder: Path) -> KeywordIndex:
        """Read an index back; every file is checked against its recorded hash before it is used.

        Raises:
            DamagedLibraryError: If a file is missing or altered.
        """
        from bm25s import BM25

        try:
            recorded = json.loads((folder / CHECKSUMS).read_bytes())
            found = _checksums(folder)
            # Files that somebody else put there (a file manager, say) do no harm.
            if any(found.get(name) != checksum for name, checksum in recorded.items()) or CHUNKS not in recorded:
                raise ValueError("a checksum differs")
            rows = json.loads((folder / CHUNKS).read_bytes())
            chunks = [
                Chunk(source_id, sha256, Span(start, end), vector_id)
                for source_id, sha256, start, end, vector_id in rows
            ]
            # An index that an older version made has no words; nothing is corrected by it.
            words = json.loads((folder / WORDS).read_bytes()) if WORDS in recorded else {}
            return cls(BM25.load(str(folder), show_progress=False), chunks, words)
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise DamagedLibraryError("The keyword index is damaged; run `pullquote reindex` to rebuild it.") from error


def _pairs(terms: Sequence[str]) -> list[str]:
    """Neighbouring terms, as terms of their own; no single term holds a blank."""
    return [f"{one} {two}" for one, two in pairwise(terms)]


def _checksums(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of an index except the list of them."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.name != CHECKSUMS and path.is_file()
    }
