"""Question -> passages: dense and keyword candidates, fused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from retrieval.collection_names import check_collections
from retrieval.errors import DamagedLibraryError
from retrieval.index.spelling import Correction
from retrieval.ingest.sample_article import add_article_once
from retrieval.library import Library
from retrieval.settings import LibrarySettings
from retrieval.source_filter import ALL_SOURCES, SourceFilter
from retrieval.storage.interface import Index
from retrieval.storage.manifest import Manifest
from retrieval.text.question_rules import check_question
from retrieval.text.terms import extract_question_terms
from retrieval.types import DEFAULT_COLLECTION, ENGLISH, Chunk, Passage

# What the cosine counts in the score, and what it does where the embedding model does not know the language: with the
# bundled one, .3 finds the right passage first more often than .5 does in Arabic, Turkish and Ukrainian, and as often
# in German and French.
DENSE_SHARE, UNKNOWN_DENSE_SHARE = 0.5, 0.3
# How many candidates each side proposes from each collection before fusion, at least.
POOL = 50


class ChunkCandidate(NamedTuple):
    """A chunk that may become a passage, with its cosine and its BM25 score."""

    collection: str
    chunk: Chunk
    dense: float
    keyword: float


@dataclass(frozen=True, slots=True)
class HybridSearch:
    """Finds passages by meaning and by words, in one or more collections ranked together.

    ``HybridRetriever`` is the same for LangChain, whose import takes longer than a search.

    Attributes:
        library: Where to look.
        collections: Where in it, when a call does not say.
        k: How many passages, when a call does not say.

    Raises:
        CollectionError: If no collection is named.
    """

    library: Library
    collections: tuple[str, ...] = (DEFAULT_COLLECTION,)
    k: int = 5

    def __post_init__(self) -> None:
        check_collections(self.collections)

    @classmethod
    def from_settings(
        cls, settings: LibrarySettings | None = None, collections: tuple[str, ...] = (DEFAULT_COLLECTION,)
    ) -> HybridSearch:
        """A search of the library that the environment and ``.env`` name, or ``settings`` if given.

        The first one of all adds the article that ships with the package, where ``default`` is among ``collections``.
        Raises as ``add_article_once`` does.
        """
        settings = LibrarySettings.given(settings)
        made = cls(Library(settings), collections, settings.passages)
        if DEFAULT_COLLECTION in made.collections:
            add_article_once(made.library)
        return made

    def passages(
        self,
        question: str | Correction,
        *,
        k: int | None = None,
        collections: tuple[str, ...] | None = None,
        sources: SourceFilter = ALL_SOURCES,
    ) -> list[Passage]:
        """The best ``k`` passages, best first; fewer when the collections hold fewer. No two have the same words.

        Args:
            question: A question, or what ``correct`` made of it, which is looked for as it is.
            k: How many; as many as the object says when not given.
            collections: Where; where the object says when not given.
            sources: Which of the sources there may be answered from.

        Raises:
            QuestionError: If a question is blank, too long, or holds control characters or broken Unicode.
            CollectionError: If no collection is named, or if one is unknown or empty.
            IndexMismatchError: If the index was made another way.
            ModelError: If the embedding model is missing or altered.
            DamagedLibraryError: If the library on disk cannot be trusted.
            StorageError: If the data folder cannot be used.
            ValueError: If ``k`` is less than 1.
        """
        k = self.k if k is None else k
        if k < 1:
            raise ValueError(f"`k` is {k}; give 1 or more.")
        names = self._names(collections)
        if not isinstance(question, Correction):
            check_question(question)
            question = self.correct(question, collections=names)
        wording = question.text
        vector = self.library.embeddings.embed_query(wording)
        return self.library.read_consistently(lambda: self._passages(names, vector, wording, k, sources))

    def correct(self, question: str, *, collections: tuple[str, ...] | None = None) -> Correction:
        """The question without typos: what ``passages`` looks for. Raises as ``passages`` does, but takes any text."""
        names = self._names(collections)
        return self.library.read_consistently(lambda: self.library.correct(question, names))

    def _names(self, collections: tuple[str, ...] | None) -> tuple[str, ...]:
        """Where to look, each collection once."""
        names = self.collections if collections is None else collections
        check_collections(names)
        return tuple(dict.fromkeys(names))

    def _passages(
        self, names: tuple[str, ...], vector: list[float], wording: str, k: int, sources: SourceFilter
    ) -> list[Passage]:
        manifest = self.library.open_collections(names)
        self.library.check_dimension(manifest, vector)
        terms = extract_question_terms(wording, self.library.languages(manifest, names))
        found: list[ChunkCandidate] = []
        for name in names:
            found += self._candidates(manifest, name, vector, terms, max(POOL, k), sources)
        scores = fuse(
            [candidate.dense for candidate in found],
            [candidate.keyword for candidate in found],
            [self._dense_share(manifest, candidate) for candidate in found],
        )
        uncompared = min(scores, default=0.0) == 1  # the worst is as good as the best
        order = sorted(range(len(found)), key=lambda i: (-scores[i], found[i].chunk.source_id, found[i].chunk.span))
        # The same words may stand in two collections; as a passage they are given once.
        best: dict[str, tuple[ChunkCandidate, float]] = {}
        for i in order:
            best.setdefault(found[i].chunk.vector_id, (found[i], scores[i]))
        return [self._passage(manifest, *one, uncompared) for one in list(best.values())[:k]]

    def _candidates(
        self, manifest: Manifest, name: str, vector: list[float], terms: list[str], pool: int, sources: SourceFilter
    ) -> list[ChunkCandidate]:
        """Every chunk of one collection that either side proposes, with both of its scores."""
        index = self.library.index(manifest, name)
        held = manifest.collections[name].sources
        if all(map(sources.admits, held)):
            rows, among = index.keyword.rows, None
            dense = index.dense.nearest(vector, min(pool, len(rows)))
        else:
            rows = _admitted_rows(index, sources)
            among = np.sort(np.fromiter(rows.values(), dtype=np.int64, count=len(rows)))
            dense = _nearest_among(index, rows, vector, pool)
        keyword = index.keyword.scores(terms)
        chunks = index.keyword.chunks
        proposed = [chunks[row].vector_id for row in index.keyword.best(keyword, pool, among)]
        dense |= index.dense.cosines([vector_id for vector_id in proposed if vector_id not in dense], vector)
        if not rows.keys() >= dense.keys() >= set(proposed):
            raise DamagedLibraryError("The index is incomplete; run `pullquote reindex` to rebuild it.")
        return [
            ChunkCandidate(name, chunks[rows[vector_id]], cosine, float(keyword[rows[vector_id]]))
            for vector_id, cosine in dense.items()
        ]

    def _dense_share(self, manifest: Manifest, candidate: ChunkCandidate) -> float:
        record = manifest.collections[candidate.collection].sources[candidate.chunk.source_id]
        return DENSE_SHARE if self.library.embeds(record.language or ENGLISH) else UNKNOWN_DENSE_SHARE

    def _passage(self, manifest: Manifest, found: ChunkCandidate, score: float, uncompared: bool) -> Passage:
        source = self.library.source(manifest.collections[found.collection].sources[found.chunk.source_id])
        return Passage(source, found.chunk.span, score, found.dense, found.keyword, found.collection, uncompared)


def _admitted_rows(index: Index, sources: SourceFilter) -> dict[str, int]:
    """The first row of each distinct chunk among those of the admitted sources, by the chunk's vector."""
    chunks = index.keyword.chunks
    return {
        chunks[row].vector_id: row for row in range(len(chunks) - 1, -1, -1) if sources.admits(chunks[row].source_id)
    }


def _nearest_among(index: Index, rows: dict[str, int], vector: list[float], pool: int) -> dict[str, float]:
    """The ``pool`` vectors nearest to ``vector`` among those of ``rows``, with their cosines."""
    outside = len(index.keyword.rows) - len(rows)
    if len(rows) <= pool + outside:  # comparing them all is less than looking for them among the others
        cosines = index.dense.cosines(list(rows), vector)
    else:
        nearest = index.dense.nearest(vector, pool + outside)
        cosines = {vector_id: cosine for vector_id, cosine in nearest.items() if vector_id in rows}
    return dict(sorted(cosines.items(), key=lambda item: -item[1])[:pool])


def fuse(dense: Sequence[float], keyword: Sequence[float], dense_shares: Sequence[float]) -> list[float]:
    """The weighed mean of both score lists, each first stretched to [0, 1] over the candidates.

    It ranks the right passage first more often than either side alone or reciprocal-rank fusion does
    (docs/measurements.md has the figures). A list of equal scores says nothing and counts 0. Where both lists are such,
    as they are for the only chunk of a library, no candidate is better than another: each scores 1.

    Args:
        dense: Cosines, one a candidate.
        keyword: BM25 scores of the same candidates.
        dense_shares: What the cosine of each counts, in [0, 1]; its BM25 score counts the rest.
    """
    stretched = zip(_stretch(dense), _stretch(keyword), dense_shares, strict=True)
    scores = [share * cosine + (1 - share) * score for cosine, score, share in stretched]
    return [1.0] * len(scores) if len(set(dense)) == len(set(keyword)) == 1 else scores


def _stretch(scores: Sequence[float]) -> list[float]:
    low, high = min(scores, default=0.0), max(scores, default=0.0)
    if high <= low:
        return [0.0] * len(scores)
    return [(score - low) / (high - low) for score in scores]
