"""A second vector store, for the tests: all vectors in one NumPy file, their ids in another, all compared."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import DamagedLibraryError
from retrieval.files import storage_errors
from retrieval.index.integrity import DAMAGED, INCOMPLETE, check_hashes, record_hashes, recorded_files
from retrieval.index.vector_store import VectorStore

ROWS, NAMES, FROZEN = "rows.npy", "names.json", "frozen"


class NumpyStore:
    """See ``VectorStore``. Everything is in memory until it is finished; asking writes nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._held: dict[str, NDArray[np.float32]] | None = None

    def add(self, ids: Sequence[str], vectors: Sequence[Sequence[float]]) -> None:
        self._rows().update(zip(ids, np.asarray(vectors, dtype=np.float32), strict=True))

    def delete(self, ids: Sequence[str]) -> None:
        for one in ids:
            self._rows().pop(one, None)

    def ids(self) -> set[str]:
        return set(self._rows())

    def vectors(self, ids: Sequence[str]) -> NDArray[np.float32]:
        try:
            return np.asarray([self._rows()[one] for one in ids], dtype=np.float32)
        except KeyError:
            raise DamagedLibraryError(INCOMPLETE) from None

    def nearest(self, vector: Sequence[float], k: int) -> dict[str, float]:
        found = self.cosines(list(self._rows()), vector)
        return dict(sorted(found.items(), key=lambda one: -one[1])[:k])

    def cosines(self, ids: Sequence[str], vector: Sequence[float]) -> dict[str, float]:
        asked = np.asarray(vector, dtype=np.float32)
        held = {one: self._rows()[one] for one in ids if one in self._rows()}
        return {one: float(row @ asked / (np.linalg.norm(row) * np.linalg.norm(asked))) for one, row in held.items()}

    def finish(self, *, frozen: bool = False) -> None:
        rows = self._rows()
        with storage_errors(self.folder):
            self.folder.mkdir(exist_ok=True)
            np.save(self.folder / ROWS, np.stack(list(rows.values())))
            (self.folder / NAMES).write_text(json.dumps(list(rows)), encoding="utf-8")
            if frozen:
                (self.folder / FROZEN).touch()
        record_hashes(self.folder, list(self.folder.iterdir()))

    def is_frozen(self) -> bool:
        return self.folder / FROZEN in recorded_files(self.folder)

    def prove(self) -> None:
        check_hashes(self.folder)

    def copy_to(self, folder: Path) -> None:
        self.prove()
        with storage_errors(folder):
            folder.mkdir()
            for name in (ROWS, NAMES):
                shutil.copyfile(self.folder / name, folder / name)

    def for_reading(self) -> NumpyStore:
        return self

    def close(self) -> None:
        self._held = None

    def _rows(self) -> dict[str, NDArray[np.float32]]:
        if self._held is None:
            self.prove()
            try:
                names = json.loads((self.folder / NAMES).read_bytes()) if (self.folder / NAMES).exists() else []
                self._held = dict(zip(names, np.load(self.folder / ROWS), strict=True)) if names else {}
            except (OSError, ValueError) as error:
                raise DamagedLibraryError(DAMAGED) from error
        return self._held


def open_store(folder: Path) -> VectorStore:
    """See ``StoreModule``."""
    return NumpyStore(folder)


def machine_checks() -> Mapping[str, Callable[[], str]]:
    """See ``StoreModule``."""
    return {"NumPy": lambda: np.__version__}
