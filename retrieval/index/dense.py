"""The dense side of an index: vectors mapped from a file and all compared or, where there are many, a store asked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import DamagedLibraryError
from retrieval.files import storage_errors
from retrieval.fork_safety import ForkedLock
from retrieval.index.integrity import DAMAGED, HASHES, INCOMPLETE, check_hashes, record_hashes
from retrieval.index.vector_store import DenseSide, Vectors

# Up to so many, comparing all of them takes less time than asking a store, and no more than 3 MB.
FEW = 2_000
# Up to so many lie in a file of their own: 77 MB with the default model, compared in some ten milliseconds.
MOST_MAPPED = 50_000
# How far from 1 the length of a vector is at most that is as near to 1 as 32 bits a number allow.
ROUNDING = 1e-5
VECTORS, IDS = "vectors.npy", "ids.json"


def is_mapped(count: int) -> bool:
    """Whether an index of so many vectors has them in a file of their own, so that no question opens its store."""
    return count <= MOST_MAPPED


class VectorMatrix:
    """All vectors of an index, of unit length; every one is compared, so that the search is exact.

    Args:
        ids: The id of each row.
        unit: The vectors; (ids, dimension).
    """

    def __init__(self, ids: Sequence[str], unit: NDArray[np.float32]) -> None:
        self._ids = ids
        self._unit = unit

    @classmethod
    def of(cls, ids: Sequence[str], vectors: NDArray[np.float32]) -> VectorMatrix:
        """Of vectors of any length; (ids, dimension). One without a direction stays as it is."""
        lengths: NDArray[np.float32] = np.linalg.norm(vectors, axis=1, keepdims=True)
        # What has this length already stays as it is to the last bit, so that whoever does it twice changes nothing.
        lengths[(lengths == 0) | (np.abs(lengths - 1) < ROUNDING)] = 1
        return cls(ids, vectors / lengths)

    def ids(self) -> set[str]:
        """The ids of all vectors."""
        return set(self._ids)

    def nearest(self, vector: Sequence[float], k: int) -> dict[str, float]:
        """See ``DenseSide``."""
        cosines = self._unit @ _unit(vector)
        best = _highest(cosines, k)
        return dict(zip((self._ids[row] for row in best), cosines[best].tolist(), strict=True))

    def cosines(self, ids: Sequence[str], vector: Sequence[float]) -> dict[str, float]:
        """See ``DenseSide``."""
        held = [vector_id for vector_id in ids if vector_id in self._rows]
        found: list[float] = (self._unit[[self._rows[vector_id] for vector_id in held]] @ _unit(vector)).tolist()
        return dict(zip(held, found, strict=True))

    def vectors(self, ids: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of ``ids``, in that order; (ids, dimension).

        Raises:
            DamagedLibraryError: If one is not there.
        """
        try:
            return self._unit[[self._rows[vector_id] for vector_id in ids]]
        except KeyError:
            raise DamagedLibraryError(INCOMPLETE) from None

    def save(self, folder: Path) -> None:
        """Write the vectors to ``folder``, which is made, and record their hashes.

        Raises:
            StorageError: If the data folder cannot be written.
        """
        with storage_errors(folder):
            folder.mkdir(parents=True)
            np.save(folder / VECTORS, self._unit)
            (folder / IDS).write_text(json.dumps(self._ids), encoding="utf-8")
        record_hashes(folder, [folder / VECTORS, folder / IDS])

    @classmethod
    def load(cls, folder: Path) -> VectorMatrix:
        """Prove the files by their hashes, and map the vectors; they are read as far as they are needed.

        Raises:
            DamagedLibraryError: If a file is missing or altered.
        """
        try:
            if not (folder / HASHES).exists():
                raise ValueError("the vectors were never finished")
            check_hashes(folder)
            ids = json.loads((folder / IDS).read_bytes())
            mapped = np.load(folder / VECTORS, mmap_mode="r")
        except (OSError, ValueError) as error:
            raise DamagedLibraryError(DAMAGED) from error
        return cls(ids, np.asarray(mapped))

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        return {vector_id: row for row, vector_id in enumerate(self._ids)}


class StoredSide:
    """The dense side of an index whose store is asked.

    The index never changes, so that its vectors, where they are few, are read once and kept.

    Args:
        vectors: The index's vectors.
        ids: The ids of all of them.
    """

    def __init__(self, vectors: Vectors, ids: Sequence[str]) -> None:
        self._vectors = vectors
        self._ids = ids
        self._reading = ForkedLock()

    def nearest(self, vector: Sequence[float], k: int) -> dict[str, float]:
        """See ``DenseSide``."""
        return self._asked.nearest(vector, k)

    def cosines(self, ids: Sequence[str], vector: Sequence[float]) -> dict[str, float]:
        """See ``DenseSide``."""
        return self._asked.cosines(ids, vector)

    @property
    def _asked(self) -> DenseSide:
        if len(self._ids) > FEW:
            return self._vectors
        with self._reading:
            return self._read

    @cached_property
    def _read(self) -> VectorMatrix:
        return VectorMatrix.of(self._ids, self._vectors.vectors(self._ids))


def _highest(scores: NDArray[np.float32], k: int) -> NDArray[np.intp]:
    """The rows of the ``k`` highest scores, highest first; of equals the first ones."""
    if len(scores) > k:  # sorting them all would cost more than finding them
        held = np.flatnonzero(scores >= np.partition(scores, len(scores) - k)[len(scores) - k])
    else:
        held = np.arange(len(scores))
    return held[np.argsort(-scores[held], kind="stable")][:k]


def _unit(vector: Sequence[float]) -> NDArray[np.float32]:
    found = np.asarray(vector, dtype=np.float32)
    unit: NDArray[np.float32] = found / np.linalg.norm(found)
    return unit
