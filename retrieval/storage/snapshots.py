"""Snapshots of a collection's index on disk: folders that are built aside, published, and never changed again.

A reader that has one open sees the same library until it opens the next; a writer that dies leaves a folder that
nothing names. Folders that the manifest does not name are deleted as soon as nobody uses them.
"""

from __future__ import annotations

import shutil
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import DamagedLibraryError, StorageError
from retrieval.files import ASIDE, ASIDE_NAME, INDEX_NAME, our_paths, storage_errors
from retrieval.fork_safety import ForkedLock
from retrieval.index.bm25 import KeywordIndex
from retrieval.index.dense import StoredSide, VectorMatrix, is_mapped
from retrieval.index.integrity import HASHES, INCOMPLETE
from retrieval.index.vector_store import (
    VECTOR_STORES,
    DenseSide,
    Vectors,
    VectorStore,
    open_vector_store,
)
from retrieval.storage.leases import Lease
from retrieval.storage.manifest import INDEXES, CollectionRecord, named_indexes

# Beside the folder of its store, which has the store's name, an index has these.
MATRIX, KEYWORD = "vectors", "keyword"
# Vectors go from one store to another in steps of this many.
STEP = 1000
GONE = "The index is missing; run `pullquote reindex` to rebuild it."


class CollectionIndex:
    """Both sides of one collection, opened; whoever holds this keeps its folder from being deleted.

    Attributes:
        vectors: All vectors, by id.
        dense: The dense side.
        keyword: The keyword side.
    """

    def __init__(self, folder: Path, lease: Lease) -> None:
        self.folder = folder
        store = open_published(folder)
        self.keyword = KeywordIndex.load(folder / KEYWORD)
        self.vectors: Vectors
        self.dense: DenseSide
        if store.is_frozen():
            self.vectors = self.dense = VectorMatrix.load(folder / MATRIX)
        else:
            store = store.for_reading()
            self.vectors, self.dense = store, StoredSide(store, list(self.keyword.rows))
        # When a process ends, the system closes its files by itself.
        weakref.finalize(self, _let_go, store, lease).atexit = False

    def prove(self) -> None:
        """See ``Index``."""
        KeywordIndex.load(self.folder / KEYWORD)
        store = open_published(self.folder)
        store.prove()
        if store.is_frozen():
            VectorMatrix.load(self.folder / MATRIX)


def open_index(home: Path, name: str) -> CollectionIndex:
    """The published index of that name; the same one for everybody in this process while somebody holds it.

    Raises:
        DamagedLibraryError: If it is missing or altered.
    """
    folder = home / INDEXES / name
    with _opening:
        index = _open.get(folder)
        if index is None:
            lease = Lease.shared(folder) if folder.is_dir() else None
            if lease is None:
                raise DamagedLibraryError(GONE)
            try:
                index = CollectionIndex(folder, lease)
            except BaseException:
                lease.close()
                raise
            _open[folder] = index
        return index


@contextmanager
def open_vectors(home: Path, name: str) -> Iterator[Vectors]:
    """The vectors alone of an index that nobody deletes meanwhile.

    Raises:
        DamagedLibraryError: If they are missing or altered.
    """
    folder = home / INDEXES / name
    with closing(open_published(folder)) as store:
        yield VectorMatrix.load(folder / MATRIX) if store.is_frozen() else store


class NewFolderIndex:
    """An index while it is built in a folder; what the methods do is told at ``NewIndex``.

    Args:
        folder: Where.
        store: Its store; the vectors that it begins with are there already.
        before: All vectors that it begins with; those of its store, when not given.
    """

    def __init__(self, folder: Path, store: VectorStore, before: Vectors | None = None) -> None:
        self.name = folder.name
        self.vectors = store
        self._folder = folder
        self._before = before or self.vectors
        self._added: dict[str, NDArray[np.float32]] = {}

    def add(self, ids: Sequence[str], vectors: Sequence[Sequence[float]]) -> None:
        """See ``NewIndex``."""
        self.vectors.add(ids, vectors)
        if is_mapped(len(self._added)):  # when there are more, there will be no file for them
            self._added |= zip(ids, np.asarray(vectors, dtype=np.float32), strict=True)

    def delete(self, ids: Sequence[str]) -> None:
        """See ``NewIndex``."""
        self.vectors.delete(ids)

    def finish(self, keyword: KeywordIndex, record: CollectionRecord) -> None:
        """See ``NewIndex``."""
        if self.vectors.ids() != keyword.rows.keys():
            raise DamagedLibraryError(INCOMPLETE)
        keyword.save(self._folder / KEYWORD)
        mapped = is_mapped(len(keyword.rows))
        if mapped:
            self._matrix(list(keyword.rows)).save(self._folder / MATRIX)
        self.vectors.finish(frozen=mapped)

    def _matrix(self, ids: Sequence[str]) -> VectorMatrix:
        kept = [vector_id for vector_id in ids if vector_id not in self._added]
        held = self._added | dict(zip(kept, self._before.vectors(kept), strict=True))
        return VectorMatrix.of(ids, np.stack([held[vector_id] for vector_id in ids]))


@contextmanager
def new_index(home: Path, like: str, store_name: str) -> Iterator[NewFolderIndex]:
    """A folder for a new index, which nobody deletes meanwhile; what fails leaves it only where a manifest names it.

    Args:
        home: The data folder.
        like: The name of the index whose vectors it begins with; none when empty.
        store_name: Which store keeps its vectors, whichever the other index has.

    Raises:
        DamagedLibraryError: If the vectors to begin with are damaged.
        StorageError: If the data folder cannot be written.
    """
    try:
        with storage_errors(home):
            folder, lease = _new_folder(home / INDEXES)
        with closing(lease), closing(open_vector_store(store_name, folder / store_name)) as store:
            before = _take_over(home, like, store, folder / store_name) if like else None
            yield NewFolderIndex(folder, store, before)
    except BaseException:
        # A disk must not stay full of what nobody will ever name; what went wrong is told, not this.
        with suppress(StorageError, DamagedLibraryError):
            sweep(home)
        raise


def sweep(home: Path) -> None:
    """Delete every index that no manifest names and nobody uses; safe for readers and writers alike.

    Raises:
        DamagedLibraryError: If the manifest cannot be trusted; nothing is deleted then.
        StorageError: If the data folder cannot be written.
    """
    with storage_errors(home):
        for aside in our_paths(home / INDEXES, ASIDE_NAME):
            shutil.rmtree(aside, ignore_errors=True)
        for folder in unnamed(home, named_indexes(home)):
            lease = Lease.exclusive(folder)
            if lease is None:
                continue
            try:
                # What was being built a moment ago may have been published since: only now nobody can do that.
                if folder.name not in named_indexes(home):
                    aside = folder.with_name(f"{folder.name}.{uuid4().hex[:8]}{ASIDE}")
                    folder.rename(aside)
                    shutil.rmtree(aside, ignore_errors=True)
            finally:
                lease.close()


def open_published(folder: Path) -> VectorStore:
    """The store of a published index.

    Raises:
        DamagedLibraryError: If it is missing, was never finished, or is of a store that this program does not know.
    """
    name = _store_name(folder)
    return open_vector_store(name, folder / name)


def stores_in(home: Path) -> set[str]:
    """The names of the stores that have written the indexes of a library, in force or not."""
    return {name for name in VECTOR_STORES if any(home.glob(f"{INDEXES}/*/{name}/{HASHES}"))}


def _store_name(folder: Path) -> str:
    for name in VECTOR_STORES:
        if (folder / name / HASHES).exists():
            return name
    raise DamagedLibraryError(GONE)


def _take_over(home: Path, like: str, store: VectorStore, store_folder: Path) -> VectorMatrix | None:
    """Begin a store with the vectors of a published index; returns those that are mapped there, for the same store."""
    old_folder = home / INDEXES / like
    if _store_name(old_folder) == store_folder.name:
        old = open_published(old_folder)
        old.copy_to(store_folder)
        return VectorMatrix.load(old_folder / MATRIX) if old.is_frozen() else None
    with open_vectors(home, like) as vectors:
        ids = sorted(vectors.ids())
        for some in (ids[first : first + STEP] for first in range(0, len(ids), STEP)):
            store.add(some, vectors.vectors(some).tolist())
    return None


def _new_folder(parent: Path) -> tuple[Path, Lease]:
    while True:
        folder = parent / uuid4().hex[:12]
        # Whoever sweeps at this very moment may take it for a leftover, before it is held.
        if lease := Lease.new(folder):
            return folder, lease


def unnamed(home: Path, named: Iterable[str]) -> list[Path]:
    """The folders of indexes that are not named."""
    names = set(named)
    return [folder for folder in our_paths(home / INDEXES, INDEX_NAME) if folder.name not in names]


def _let_go(vectors: VectorStore, lease: Lease) -> None:
    vectors.close()
    lease.close()


_opening = ForkedLock()
_open: weakref.WeakValueDictionary[Path, CollectionIndex] = weakref.WeakValueDictionary()
