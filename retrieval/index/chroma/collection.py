"""Vectors in a Chroma collection, wherever Chroma runs: added, deleted, and asked for by nearness."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import DamagedLibraryError
from retrieval.index.chroma.native import ReadableCollection
from retrieval.index.integrity import INCOMPLETE

if TYPE_CHECKING:
    from chromadb import Collection as ChromaCollection
    from chromadb.api.collection_configuration import CreateCollectionConfiguration

# A wider search than Chroma's default (100): it costs little beside embedding the question, and misses less.
CONFIGURATION: CreateCollectionConfiguration = {"hnsw": {"space": "cosine", "ef_search": 200}}


class ChromaVectors(ABC):
    """The vectors of one collection in Chroma.

    Chroma holds ids and vectors, never text or places: those come from the keyword index and the stored source.
    """

    def add(self, ids: Sequence[str], vectors: Sequence[Sequence[float]]) -> None:
        """Add vectors by id, replacing those of the same id.

        Raises:
            StorageError: If the place cannot be written.
            DamagedLibraryError: If Chroma cannot use what is there.
        """
        with self._errors():
            held = self._made()
            for some in self._steps(len(ids)):
                held.upsert(ids=list(ids[some]), embeddings=np.asarray(vectors[some], dtype=np.float32))

    def delete(self, ids: Sequence[str]) -> None:
        """Delete vectors by id; unknown ids are ignored. Raises as ``add`` does."""
        if not ids:
            return
        with self._errors():
            held = self._made()
            for some in self._steps(len(ids)):
                held.delete(ids=list(ids[some]))

    def ids(self) -> set[str]:
        """The ids of all vectors. Raises as ``add`` does."""
        with self._errors():
            return {
                vector_id
                for some in self._steps(self._held.count())
                for vector_id in self._held.get(include=[], offset=some.start, limit=some.stop - some.start)["ids"]
            }

    def count(self) -> int:
        """How many vectors Chroma holds. Raises as ``add`` does."""
        with self._errors():
            return self._held.count()

    def nearest(self, vector: Sequence[float], k: int) -> dict[str, float]:
        """The ids of about ``k`` vectors nearest to ``vector``, with their cosine in [-1, 1]. Raises as ``add`` does.

        The search is approximate (HNSW): it may miss one, and may give fewer than ``k``.
        """
        with self._errors():
            found = self._held.query(
                query_embeddings=np.asarray([vector], dtype=np.float32), n_results=max(1, k), include=["distances"]
            )
            if found["distances"] is None:
                raise ValueError("the answer lacks what was asked for")
            return {
                vector_id: 1.0 - distance
                for vector_id, distance in zip(found["ids"][0], found["distances"][0], strict=True)
            }

    def cosines(self, ids: Sequence[str], vector: Sequence[float]) -> dict[str, float]:
        """The cosine of ``vector`` with each of ``ids`` that is there. Raises as ``add`` does."""
        held = self._stored(ids)
        if not held:
            return {}
        stored = np.asarray(list(held.values()))
        cosines = stored @ np.asarray(vector) / (np.linalg.norm(stored, axis=1) * np.linalg.norm(vector))
        return dict(zip(held, cosines.tolist(), strict=True))

    def vectors(self, ids: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of ``ids``, in that order; (ids, dimension). Raises as ``add``, also when one is not there."""
        held = self._stored(ids)
        if not held.keys() >= set(ids):
            raise DamagedLibraryError(INCOMPLETE)
        return np.asarray([held[vector_id] for vector_id in ids], dtype=np.float32)

    def _stored(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        held: dict[str, NDArray[np.float32]] = {}
        if ids:
            with self._errors():
                for some in self._steps(len(ids)):
                    found = self._held.get(ids=list(ids[some]), include=["embeddings"])
                    held |= zip(found["ids"], np.asarray(found["embeddings"], dtype=np.float32), strict=True)
        return held

    def _steps(self, count: int) -> Iterator[slice]:
        """Cut ``count`` records into as many as Chroma takes, or gives, at once."""
        step = self._step()
        return (slice(first, min(first + step, count)) for first in range(0, count, step))

    @property
    @abstractmethod
    def _held(self) -> ReadableCollection:
        """The collection that holds the vectors, which must be there, for reading."""

    @abstractmethod
    def _made(self) -> ChromaCollection:
        """The collection that holds the vectors, for writing; made if it is not there."""

    @abstractmethod
    def _step(self) -> int:
        """How many records may be written or read at once."""

    @abstractmethod
    def _errors(self) -> AbstractContextManager[None]:
        """Turn whatever Chroma raises into one of our errors."""
