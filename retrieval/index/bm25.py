"""The keyword side of the index: BM25 over the terms of chunks, and over pairs of neighbouring terms."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, repeat
from pathlib import Path
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import DamagedLibraryError
from retrieval.files import ASIDE, make_folder, set_modes, sha256_of, storage_errors
from retrieval.index.postings import Postings
from retrieval.text.terms import extract_terms, fold_words, is_spelled
from retrieval.types import ENGLISH, Chunk, Source, Span

CHUNKS = "chunks.json"
WORDS = "words.json"
CHECKSUMS = "checksums.json"
# Terms that stand side by side in question and text count in addition to the terms themselves. These three were chosen
# on the tuning documents of docs/measurements.md.
PAIR_WEIGHT = 0.35
K1, B = 0.5, 0.5


class KeywordIndex:
    """BM25 scores over the chunks of one collection, for terms and for pairs of neighbours; immutable once built.

    ``words`` are the words that the chunks hold, as they are written there, with the number of chunks that hold each:
    what a misspelt word may have been meant to be.
    """

    def __init__(self, postings: Postings, chunks: Sequence[Chunk], words: Mapping[str, int]) -> None:
        self.chunks = tuple(chunks)
        self.words = words
        # Chunks with the same words score the same; the first stands for all of them.
        self.rows = {chunk.vector_id: row for row, chunk in reversed(list(enumerate(self.chunks)))}
        self._distinct = np.sort(np.fromiter(self.rows.values(), dtype=np.int64, count=len(self.rows)))
        self._postings = postings

    @classmethod
    def build(
        cls, chunks: Sequence[Chunk], texts: Iterable[str], languages: Iterable[str] | None = None
    ) -> KeywordIndex:
        """Index ``texts``, the words of ``chunks`` in the same order.

        Args:
            chunks: What is indexed.
            texts: The words of each.
            languages: The language of each; English when not given.
        """
        words: Counter[str] = Counter()

        def terms() -> Iterator[list[str]]:
            for text, language in zip(texts, languages or repeat(ENGLISH)):  # noqa: B905 (the repetition is endless)
                words.update(_words(text))
                stems = extract_terms(text, language)
                yield [*stems, *_pairs(stems)]

        return cls(Postings.of(terms()), chunks, words)

    def changed(self, removed: Mapping[Chunk, str], new: KeywordIndex) -> KeywordIndex:
        """An index without the chunks ``removed``, given with their words, and with those of ``new``."""
        words = Counter(self.words)
        for text in removed.values():
            words.subtract(_words(text))
        words.update(new.words)
        kept = np.fromiter((chunk not in removed for chunk in self.chunks), dtype=np.bool_, count=len(self.chunks))
        chunks = [chunk for chunk in self.chunks if chunk not in removed]
        return KeywordIndex(self._postings.changed(kept, new._postings), [*chunks, *new.chunks], +words)

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """The BM25 score of every chunk, by row; all 0 when no term is known; (chunks,).

        Args:
            terms: The question's terms, in its order.
        """
        scores = self._postings.scores(terms, K1, B)
        scores += np.float32(PAIR_WEIGHT) * self._postings.scores(_pairs(terms), K1, B)
        return scores

    def best(self, scores: NDArray[np.float32], k: int, among: NDArray[np.int64] | None = None) -> list[int]:
        """The rows of at most ``k`` distinct chunks with the highest scores above 0, highest first.

        Args:
            scores: One a row, as ``scores`` gives them.
            k: How many, at most.
            among: The rows that are looked at, each with other words; those of all distinct chunks when not given.
        """
        looked_at = self._distinct if among is None else among
        distinct = scores[looked_at]
        held = np.flatnonzero(distinct > 0)
        if len(held) > k:  # sorting them all would cost more than finding them
            held = held[distinct[held] >= np.partition(distinct[held], len(held) - k)[len(held) - k]]
        order = held[np.argsort(-distinct[held], kind="stable")][:k]
        rows: list[int] = looked_at[order].tolist()
        return rows

    def document_frequency(self, term: str) -> int:
        """In how many chunks ``term`` occurs."""
        return self._postings.document_frequency(term)

    def save(self, folder: Path) -> None:
        """Write the index to ``folder``, which must not exist; aside first, so that it is there whole or not at all.

        Raises:
            StorageError: If the data folder cannot be written.
        """
        aside = folder.with_name(f"{folder.name}.{uuid4().hex[:8]}{ASIDE}")
        with storage_errors(folder.parent):
            try:
                make_folder(aside)
                self._postings.save(aside)
                rows = [
                    [chunk.source_id, chunk.sha256, chunk.span.start, chunk.span.end, chunk.vector_id]
                    for chunk in self.chunks
                ]
                (aside / CHUNKS).write_text(json.dumps(rows), encoding="ascii")
                (aside / WORDS).write_text(json.dumps(self.words), encoding="ascii")
                (aside / CHECKSUMS).write_text(json.dumps(_checksums(aside)), encoding="ascii")
                set_modes(aside)
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
            return cls(Postings.load(folder), chunks, json.loads((folder / WORDS).read_bytes()))
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise DamagedLibraryError("The keyword index is damaged; run `pullquote reindex` to rebuild it.") from error


def keyword_index(chunked: Sequence[tuple[Source, Sequence[Chunk]]]) -> KeywordIndex:
    """The keyword side of the chunks of some sources."""
    flat = [(chunk, source) for source, chunks in chunked for chunk in chunks]
    return KeywordIndex.build(
        [chunk for chunk, _ in flat],
        (source.slice(chunk.span) for chunk, source in flat),
        (source.language or ENGLISH for _, source in flat),
    )


def _pairs(terms: Sequence[str]) -> list[str]:
    """Neighbouring terms, as terms of their own; no single term holds a blank."""
    return [f"{one} {two}" for one, two in pairwise(terms)]


def _words(text: str) -> set[str]:
    return {word for word in fold_words(text) if is_spelled(word)}


def _checksums(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of an index except the list of them."""
    return {
        path.name: sha256_of(path) for path in sorted(folder.iterdir()) if path.name != CHECKSUMS and path.is_file()
    }
