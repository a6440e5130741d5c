"""The dense side of an index in a folder: Chroma, run within this process."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from retrieval.errors import DamagedLibraryError, RetrievalError, StorageError
from retrieval.files import LITTLE_ROOM_BYTES, is_writable, storage_error, storage_errors
from retrieval.fork_safety import ForkedLock, never_end, renewed_in_fork
from retrieval.index.chroma.collection import CONFIGURATION, ChromaVectors
from retrieval.index.chroma.native import DATABASE, CoreCollection, CoreFirst, ReadableCollection, open_core
from retrieval.index.chroma.python_client import import_chroma
from retrieval.index.chroma.scrubbing import scrub_unused, vector_segments
from retrieval.index.chroma.sqlite_database import check_database, check_sqlite, copy_database
from retrieval.index.integrity import DAMAGED, HASHES, check_hashes, record_hashes, recorded_files

if TYPE_CHECKING:
    from chromadb import Collection as ChromaCollection
    from chromadb.api.client import Client

    from retrieval.index.vector_store import VectorStore

# What SQLite, under Chroma, says when the disk is the problem and not the data.
READ_ONLY_SIGNS = ("readonly", "read-only", "unable to open database file", "permission denied")
FULL_SIGNS = ("database or disk is full", "disk i/o error", "no space left", "file too large")
# One thread at a time opens, asks or closes Chroma: it shares half-open clients between threads, and one must not be
# closed while another thread is asking it. A call takes a few milliseconds.
CHROMA = ForkedLock()
NAME = "chunks"
# Chroma loads the vector files of a segment only when this one is there; before that it rewrites them as it likes.
PERSISTED = "index_metadata.pickle"
# The processes that opened Chroma: this one, or one that it was forked from. Chroma's core has threads for the whole
# process; a fork does not take them along, nothing starts them again, and whoever asked would wait for ever.
_opened_by: set[int] = set()
FORKED = (
    "Chroma was used before this process was forked, and cannot be used in it; start processes with the method "
    "“spawn”, or fork before the library is changed."
)


def open_store(folder: Path) -> VectorStore:
    """See ``StoreModule``."""
    return ChromaStore(folder)


def machine_checks() -> Mapping[str, Callable[[], str]]:
    """See ``StoreModule``."""
    return {"SQLite": check_sqlite}


class ChromaStore(ChromaVectors):
    """The vectors of one index, in a Chroma folder of their own; what the methods do is told at ``VectorStore``.

    Args:
        folder: Chroma's folder; made when first written to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        renewed_in_fork(self, ChromaStore._forget)

    def add(self, ids: Sequence[str], vectors: Sequence[Sequence[float]]) -> None:
        """See ``ChromaVectors``; makes the folder."""
        with storage_errors(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
        super().add(ids, vectors)

    def finish(self, *, frozen: bool = False) -> None:
        """See ``VectorStore``; of a store that is asked, the vector files stay as they are."""
        if frozen:
            self.close()
        with storage_errors(self.folder):
            for segment in vector_segments(self.folder):
                scrub_unused(segment)
            persisted = sorted(path.parent for path in self.folder.glob(f"*/{PERSISTED}"))
            folders = [self.folder, *vector_segments(self.folder)] if frozen else persisted
            files = [path for folder in folders for path in folder.iterdir() if path.is_file()]
        record_hashes(self.folder, files)

    def is_frozen(self) -> bool:
        """See ``VectorStore``."""
        return self.folder / DATABASE in recorded_files(self.folder)

    def prove(self) -> None:
        """See ``VectorStore``."""
        check_hashes(self.folder)
        if not self.is_frozen():
            check_database(self.folder, every_page=True)

    def copy_to(self, folder: Path) -> None:
        """See ``VectorStore``."""
        with storage_errors(folder):
            folder.mkdir(parents=True)
            files = recorded_files(self.folder)
            if self.folder / DATABASE not in files:
                # Chroma's core keeps Python's lock while it opens a database, and so could wait for the end of a look
                # at it that waits for Python's lock; with another process that writes in between, that would take
                # 1000 s.
                with CHROMA:
                    copy_database(self.folder, folder)
            # What copytree raises does not tell a full disk from a broken one.
            for path in files:
                copy = folder / path.relative_to(self.folder)
                copy.parent.mkdir(exist_ok=True)
                shutil.copyfile(path, copy)
            # What was copied is proven, not what lies there now.
            shutil.copyfile(self.folder / HASHES, folder / HASHES)
            check_hashes(folder)
            (folder / HASHES).unlink()

    def for_reading(self) -> ChromaStore:
        """See ``VectorStore``; Chroma writes when it is only to read."""
        return self if is_writable(self.folder) else StoreCopy(self)

    def close(self) -> None:
        """Let go of Chroma's files."""
        with CHROMA:
            self.__dict__.pop("_core", None)
            if "_client" in self.__dict__:
                self._client.close()
                del self.__dict__["_client"]

    def _forget(self) -> None:
        """Leave to the parent, in a forked process, what it has opened."""
        for name in ("_core", "_client"):
            never_end(self.__dict__.pop(name, None))

    def _check(self) -> None:
        """See whether Chroma may be opened here, and look at the files before it does."""
        if _opened_by - {os.getpid()}:
            raise StorageError(FORKED)
        _opened_by.add(os.getpid())
        if not self.folder.is_dir():  # Chroma would make an empty one and answer nothing from it
            raise FileNotFoundError(self.folder)
        if any(self.folder.iterdir()):
            check_hashes(self.folder)
            check_database(self.folder)

    @cached_property
    def _core(self) -> CoreCollection | None:
        self._check()
        return open_core(self.folder, NAME)

    @cached_property
    def _client(self) -> Client:
        self._check()
        self.__dict__.pop("_core", None)  # it would go on answering from what it has read
        import_chroma()
        from chromadb import PersistentClient
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.config import Settings

        path = str(self.folder)
        try:
            client = PersistentClient(path=path, settings=Settings(anonymized_telemetry=False))
        except BaseException:
            # Chroma keeps a half-started system in a cache by path and would hand it out again after a repair.
            SharedSystemClient._identifier_to_system.pop(path, None)
            raise
        return cast("Client", client)  # declared as the interface, which lacks close()

    @property
    def _held(self) -> ReadableCollection:
        if "_client" not in self.__dict__ and self._core is not None:
            return CoreFirst(self._core, self._from_client)
        return self._from_client()

    def _from_client(self) -> ChromaCollection:
        """The collection as the client has it, which is asked from now on."""
        return self._client.get_collection(NAME, embedding_function=None)

    def _made(self) -> ChromaCollection:
        return self._client.get_or_create_collection(NAME, configuration=CONFIGURATION, embedding_function=None)

    def _step(self) -> int:
        if "_client" not in self.__dict__ and self._core is not None:
            return self._core.max_batch_size
        return self._client.get_max_batch_size()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn whatever Chroma raises into one of our errors; its Rust core panics with a bare BaseException."""
        try:
            with CHROMA:
                before = vector_segments(self.folder)
                try:
                    yield
                finally:  # asking writes as well: with few vectors, files are made anew whenever they are opened
                    for segment, written in vector_segments(self.folder).items():
                        if before.get(segment) != written:
                            scrub_unused(segment)
        except (KeyboardInterrupt, SystemExit, GeneratorExit, RetrievalError):
            raise
        except BaseException as error:
            words = str(error).lower()
            # On a full disk Chroma may give no reason at all.
            no_room = self.folder.is_dir() and shutil.disk_usage(self.folder).free < LITTLE_ROOM_BYTES
            full = no_room or any(sign in words for sign in FULL_SIGNS)
            locked_away = self.folder.is_dir() and not os.access(self.folder, os.W_OK)
            # A frozen index that is gone (another process has built a new one) cannot be opened either.
            there = (self.folder / DATABASE).exists()
            read_only = locked_away or (there and any(sign in words for sign in READ_ONLY_SIGNS))
            if full or read_only:
                raise storage_error(self.folder, full=full, read_only=read_only) from error
            raise DamagedLibraryError(DAMAGED) from error


class StoreCopy(ChromaStore):
    """A copy of a published store in the system's folder for temporary files, to be asked in its place.

    Args:
        store: What is copied; where it lies, nothing is written.

    Raises:
        DamagedLibraryError: If the files are not those that were recorded.
        StorageError: If there is no room for a copy.
    """

    def __init__(self, store: ChromaStore) -> None:
        self._temporary = TemporaryDirectory(prefix="pullquote-")
        super().__init__(Path(self._temporary.name) / store.folder.name)
        store.copy_to(self.folder)

    def close(self) -> None:
        """Let go of Chroma's files, and delete them."""
        super().close()
        self._temporary.cleanup()
