"""What every change to the library shares: the lock, the clean start, the vectors and the keyword index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

from filelock import FileLock, Timeout

from retrieval.errors import DamagedLibraryError, LibraryBusyError
from retrieval.files import (
    ASIDE_NAME,
    INDEX_NAME,
    LOCK,
    TEXT_NAME,
    keep_folders,
    our_paths,
    remove_leftovers,
    storage_errors,
)
from retrieval.keyword import KeywordIndex
from retrieval.languages import ENGLISH
from retrieval.types import Chunk, Source

if TYPE_CHECKING:
    from retrieval.library import Library
    from retrieval.manifest import Manifest, SourceRecord

# Vectors are computed and stored in steps of this many chunks: one progress report each, bounded memory.
STEP = 128

# Called with how many chunks are done and how many there are.
Progress = Callable[[int, int], None]


@contextmanager
def library_lock(library: Library, *, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the library's one write lock; the operating system frees it when the process ends, however it ends.

    Raises:
        LibraryBusyError: If another process holds it for longer than ``wait_seconds``.
        StorageError: If the data folder cannot be written.
    """
    home = library.settings.home
    lock = FileLock(home / LOCK, timeout=wait_seconds)
    with storage_errors(home):
        home.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire()
        except Timeout:
            raise LibraryBusyError("Another pullquote is changing the library; try again when it is done.") from None
    try:
        yield
    finally:
        lock.release()


def new_name() -> str:
    """A fresh name for an index folder."""
    return uuid4().hex[:12]


def is_tidy(library: Library, manifest: Manifest) -> bool:
    """Whether no interrupted run has left files behind; a look at names only."""
    home, keyword_folder = library.settings.home, library.keyword_folder(manifest.index)
    named = {manifest.index, *(record.keyword for record in manifest.collections.values())}
    named |= {f"{sha256}.txt" for sha256 in manifest.texts()}
    found = [
        *our_paths(home, ASIDE_NAME),
        *our_paths(home / "index", INDEX_NAME),
        *our_paths(keyword_folder, ASIDE_NAME),
        *our_paths(keyword_folder, INDEX_NAME),
        *our_paths(library.texts.folder, ASIDE_NAME),
        *our_paths(library.texts.folder, TEXT_NAME),
    ]
    return all(path.name in named for path in found)


def clean_up(library: Library, manifest: Manifest) -> None:
    """Delete what interrupted runs left: half-written files, chunks and indexes that ``manifest`` does not name.

    Raises:
        DamagedLibraryError: If chunks that it does name are missing.
        StorageError: If the data folder cannot be written.
    """
    home = library.settings.home
    with storage_errors(home):
        remove_leftovers(home)
        keep_folders(home / "index", {manifest.index})
        named_indexes = {record.keyword for record in manifest.collections.values()}
        keep_folders(library.keyword_folder(manifest.index), named_indexes)
        remove_leftovers(library.keyword_folder(manifest.index))
    store = library.store(manifest)
    store.keep_collections(manifest.collections)
    for name, record in manifest.collections.items():
        named = set(library.keyword(manifest, name).rows) if record.keyword else set()
        held = store.ids(name)
        if named - held:
            raise DamagedLibraryError("The index is incomplete; run `pullquote reindex` to rebuild it.")
        store.delete(name, sorted(held - named))
    library.texts.keep_only(manifest.texts())


def add_vectors(
    library: Library,
    manifest: Manifest,
    collection: str,
    chunked: Sequence[tuple[Source, Sequence[Chunk]]],
    known: Set[str],
    report: Callable[[int], None],
) -> None:
    """Embed the words of chunks and put the vectors into the dense side of the index that ``manifest`` names.

    Args:
        library: Gives the model and the store.
        manifest: Names the index; nothing in it changes here.
        collection: Where the chunks belong.
        chunked: Sources with their chunks.
        known: Ids of vectors that are there already and need no work.
        report: Called after each step with the number of chunks it added.
    """
    flat = [(chunk.vector_id, source.slice(chunk.span)) for source, chunks in chunked for chunk in chunks]
    store = library.store(manifest)
    for first in range(0, len(flat), STEP):
        step = flat[first : first + STEP]
        words = {vector_id: text for vector_id, text in step if vector_id not in known}
        if words:
            store.add(collection, list(words), library.embeddings.embed_documents(list(words.values())))
        report(len(step))


def save_keyword_index(
    library: Library, manifest: Manifest, words: Mapping[Chunk, str], sources: Mapping[str, SourceRecord]
) -> str:
    """Build and save a keyword index beside the one in force; returns its name, empty when there are no chunks.

    Args:
        library: Says where.
        manifest: Names the index; nothing in it changes here.
        words: The words of each chunk.
        sources: The sources that the chunks belong to, by id.
    """
    if not words:
        return ""
    name = new_name()
    languages = [sources[chunk.source_id].language or ENGLISH for chunk in words]
    index = KeywordIndex.build(list(words), words.values(), languages)
    index.save(library.keyword_folder(manifest.index) / name)
    return name


class StepCounter:
    """Adds up steps into progress reports.

    Args:
        progress: Told the sum after each step, beginning with 0; may be None.
        total: What the sum will be.
    """

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0
        self.add(0)

    def add(self, count: int) -> None:
        """Count ``count`` more chunks as done."""
        self._done += count
        if self._progress:
            self._progress(self._done, self._total)
