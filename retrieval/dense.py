"""The dense side of a published index: asked of Chroma where there are many vectors, computed where there are few."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

# Up to so many, comparing all of them takes less time than asking Chroma, and no more than 3 MB.
FEW = 2_000


class AskedVectors(Protocol):
    """Vectors by id that are asked for by nearness: those of a folder, or of a server."""

    def nearest(self, vector: Sequence[float], k: int) -> dict[str, float]:
        """The ids of about ``k`` vectors nearest to ``vector``, with their cosine."""

    def cosines(self, ids: Sequence[str], vector: Sequence[float]) -> dict[str, float]:
        """The cosine of ``vector`` with each of ``ids`` that is there."""

    def vectors(self, ids: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of ``ids``, in that order; (ids, dimension)."""


class DenseSide:
    """Which chunks of one index are near to a question; safe to share between threads.

    The index never changes, so that its vectors, where they are few, are read once and kept: the search is exact then,
    and every chunk is compared.

    Args:
        vectors: The index's vectors.
        ids: The ids of all of them.
    """

    def __init__(self, vectors: AskedVectors, ids: Sequence[str]) -> None:
        self._vectors = vectors
        self._ids = ids
        self._reading = threading.Lock()

    def nearest(self, vector: Sequence[float], k: int) -> dict[str, float]:
        """The ids of about ``k`` vectors nearest to ``vector``, with their cosine in [-1, 1].

        Raises:
            DamagedLibraryError: If a vector is missing, or Chroma cannot use what is there.
            StorageError: If the place cannot be read.
        """
        if len(self._ids) > FEW:
            return self._vectors.nearest(vector, k)
        cosines = self._all @ _unit(vector)
        best = np.argsort(-cosines, kind="stable")[:k]
        return dict(zip((self._ids[row] for row in best), cosines[best].tolist(), strict=True))

    def cosines(self, ids: Sequence[str], vector: Sequence[float]) -> dict[str, float]:
        """The cosine of ``vector`` with each of ``ids`` that is there. Raises as ``nearest`` does."""
        if len(self._ids) > FEW:
            return self._vectors.cosines(ids, vector)
        held = [vector_id for vector_id in ids if vector_id in self._rows]
        found: list[float] = (self._all[[self._rows[vector_id] for vector_id in held]] @ _unit(vector)).tolist()
        return dict(zip(held, found, strict=True))

    @property
    def _all(self) -> NDArray[np.float32]:
        """All vectors, of unit length; (ids, dimension)."""
        with self._reading:
            return self._read

    @cached_property
    def _read(self) -> NDArray[np.float32]:
        read = self._vectors.vectors(self._ids)
        unit: NDArray[np.float32] = read / np.linalg.norm(read, axis=1, keepdims=True)
        return unit

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        return {vector_id: row for row, vector_id in enumerate(self._ids)}


def _unit(vector: Sequence[float]) -> NDArray[np.float32]:
    found = np.asarray(vector, dtype=np.float32)
    unit: NDArray[np.float32] = found / np.linalg.norm(found)
    return unit
