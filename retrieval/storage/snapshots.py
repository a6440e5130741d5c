"""The index of a collection on disk: a folder that is built aside, published by the manifest, and never changed again.

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
from retrieval.files import ASIDE, ASIDE_NAME, INDEX_NAME, is_writable, our_paths, storage_errors
from retrieval.fork_safety import ForkedLock
from retrieval.index.bm25 import KeywordIndex
from retrieval.index.chroma.store import StoreCopy, VectorStore
from retrieval.index.dense import INCOMPLETE, ChromaSide, DenseSide, VectorMatrix, Vectors, is_mapped
from retrieval.index.integrity import SEAL
from retrieval.storage.leases import Lease
from retrieval.storage.manifest import INDEXES, CollectionRecord, named_indexes

VECTORS, MATRIX, KEYWORD = "chroma", "vectors", "keyword"
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
        self.keyword = KeywordIndex.load(folder / KEYWORD)
        store = VectorStore(folder / VECTORS)
        self.vectors: Vectors
        self.dense: DenseSide
        if store.is_whole():
            self.vectors = self.dense = VectorMatrix.load(folder / MATRIX)
        else:
            # Chroma writes when it is only to read.
            store = store if is_writable(store.folder) else StoreCopy(store)
            self.vectors, self.dense = store, ChromaSide(store, list(self.keyword.rows))
        # When a process ends, the system closes its files by itself.
        weakref.finalize(self, _let_go, store, lease).atexit = False

    def prove(self) -> None:
        """See ``Index``."""
        KeywordIndex.load(self.folder / KEYWORD)
        store = VectorStore(self.folder / VECTORS)
        store.prove()
        if store.is_whole():
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
                _check_published(folder)
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
    _check_published(folder)
    with closing(VectorStore(folder / VECTORS)) as store:
        yield VectorMatrix.load(folder / MATRIX) if store.is_whole() else store


class NewFolderIndex:
    """An index while it is built in a folder; what the methods do is told at ``NewIndex``.

    Args:
        folder: Where; what it begins with is there already.
        before: All vectors that it begins with; those that Chroma has, when not given.
    """

    def __init__(self, folder: Path, before: Vectors | None = None) -> None:
        self.name = folder.name
        self.vectors = VectorStore(folder / VECTORS)
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
        """See ``NewIndex``; seals both sides."""
        if self.vectors.ids() != keyword.rows.keys():
            raise DamagedLibraryError(INCOMPLETE)
        keyword.save(self._folder / KEYWORD)
        mapped = is_mapped(len(keyword.rows))
        if mapped:
            self._matrix(list(keyword.rows)).save(self._folder / MATRIX)
        self.vectors.seal(whole=mapped)

    def _matrix(self, ids: Sequence[str]) -> VectorMatrix:
        kept = [vector_id for vector_id in ids if vector_id not in self._added]
        held = self._added | dict(zip(kept, self._before.vectors(kept), strict=True))
        return VectorMatrix.of(ids, np.stack([held[vector_id] for vector_id in ids]))


@contextmanager
def new_index(home: Path, like: str = "") -> Iterator[NewFolderIndex]:
    """A folder for a new index, which nobody deletes meanwhile; what fails leaves it only where a manifest names it.

    Args:
        home: The data folder.
        like: The name of the index whose vectors it begins with; none when empty.

    Raises:
        DamagedLibraryError: If the vectors to begin with are damaged.
        StorageError: If the data folder cannot be written.
    """
    try:
        with storage_errors(home):
            folder, lease = _new_folder(home / INDEXES)
        with closing(lease):
            before = None
            if like:
                old = VectorStore(home / INDEXES / like / VECTORS)
                old.copy_to(folder / VECTORS)
                before = VectorMatrix.load(home / INDEXES / like / MATRIX) if old.is_whole() else None
            index = NewFolderIndex(folder, before)
            with closing(index.vectors):
                yield index
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


def _check_published(folder: Path) -> None:
    if not (folder / VECTORS / SEAL).exists():  # what is published is sealed
        raise DamagedLibraryError(GONE)


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
