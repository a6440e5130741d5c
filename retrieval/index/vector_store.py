"""What a store of vectors does for an index in a folder, and the table of the stores that there are.

Another store is a folder beside ``retrieval/index/chroma/``, with a module that has what ``StoreModule`` lists, and a
line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DEFAULT_STORE = "chroma"
# The module of each store, by its name. Its folder inside an index has the same name, so that an index says which store
# wrote it, whatever the settings say today; ``vectors`` and ``keyword`` are taken.
VECTOR_STORES = {DEFAULT_STORE: "retrieval.index.chroma.store"}


class DenseSide(Protocol):
    """Which chunks of one index are near to a question; safe to share between threads."""

    def nearest(self, vector: Sequence[float], k: int) -> dict[str, float]:
        """The ids of about ``k`` vectors nearest to ``vector``, best first, with their cosine in [-1, 1].

        Raises:
            DamagedLibraryError: If a vector is missing, or what is there cannot be used.
            StorageError: If the place cannot be read.
        """

    def cosines(self, ids: Sequence[str], vector: Sequence[float]) -> dict[str, float]:
        """The cosine of ``vector`` with each of ``ids`` that is there. Raises as ``nearest`` does."""


class Vectors(DenseSide, Protocol):
    """All vectors of one published index, by id."""

    def ids(self) -> set[str]:
        """The ids of all vectors. Raises as ``nearest`` does."""

    def vectors(self, ids: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of ``ids``, in that order; (ids, dimension), and an empty array for no ids.

        Raises as ``nearest``, also when one is missing.
        """


class VectorStore(Vectors, Protocol):
    """The vectors of one index, in a folder of their own.

    An index is written once: a store begins empty or as a copy of another, is changed, and is finished. From then on it
    is copied and, unless it is frozen, asked; never changed. So a store needs no locks against other processes.
    """

    def add(self, ids: Sequence[str], vectors: Sequence[Sequence[float]]) -> None:
        """Add vectors by id, replacing those of the same id; makes the folder.

        Raises:
            StorageError: If the folder cannot be written.
            DamagedLibraryError: If what is there cannot be used.
        """

    def delete(self, ids: Sequence[str]) -> None:
        """Delete vectors by id; unknown ids are ignored. Raises as ``add`` does."""

    def finish(self, *, frozen: bool = False) -> None:
        """Mark the end of writing, and record with ``record_hashes`` the files that stay as they are from now on.

        Args:
            frozen: Whether nobody will ask this store either, so that all of its files stay as they are: questions are
                answered from vectors that lie beside it.

        Raises:
            StorageError: If the folder cannot be written.
        """

    def is_frozen(self) -> bool:
        """Whether it was finished as one that nobody asks; told without opening it. Raises as ``prove`` does."""

    def prove(self) -> None:
        """Look at all that is stored, as far as it can be proven, without opening it.

        Raises:
            DamagedLibraryError: If a file is missing or altered.
        """

    def copy_to(self, folder: Path) -> None:
        """Make ``folder`` a copy of this one, to be written to; others may go on asking this one meanwhile.

        Raises:
            DamagedLibraryError: If the files are not those that were recorded.
            StorageError: If the other folder cannot be written.
        """

    def for_reading(self) -> VectorStore:
        """What is asked in this one's place: itself or, where asking would write and must not, a copy elsewhere.

        Raises:
            DamagedLibraryError: If the files are not those that were recorded.
            StorageError: If there is no room for a copy.
        """

    def close(self) -> None:
        """Let go of the files; what is asked afterwards is opened again."""


class StoreModule(Protocol):
    """What the module of a store has. Importing it must cost little: every question does it."""

    def open_store(self, folder: Path) -> VectorStore:
        """The store in ``folder``; nothing is opened or made before it is needed."""

    def machine_checks(self) -> Mapping[str, Callable[[], str]]:
        """What the store needs of the machine: checks by name, each of which gives a few words.

        They raise ``RetrievalError``, one sentence with the remedy, where it is missing.
        """


def store_module(name: str) -> StoreModule:
    """The module of a store in the table."""
    return cast("StoreModule", import_module(VECTOR_STORES[name]))


def open_vector_store(name: str, folder: Path) -> VectorStore:
    """The store of that name in ``folder``; nothing is opened or made before it is needed."""
    return store_module(name).open_store(folder)
