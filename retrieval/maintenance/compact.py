"""Giving space back: indexes are written anew without what they have lost, and leftovers are deleted."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass

from retrieval.errors import CollectionError
from retrieval.ingest.progress import Progress, StepCounter
from retrieval.library import Library
from retrieval.maintenance.rebuild import index_anew
from retrieval.text.chunking import chunk_source


@dataclass(frozen=True, slots=True)
class CompactReport:
    """The room that a library took before and after, in bytes; None where it lies on a server.

    ``note`` is then a sentence that says who gives the room back there.
    """

    before: int | None
    after: int | None
    note: str = ""


def compact_library(library: Library, *, progress: Progress | None = None) -> CompactReport:
    """Write every index anew with the vectors that it has, and delete what nothing names; nothing is computed again.

    A store of vectors may keep the room of those that were deleted.

    Args:
        library: The library; questions are answered meanwhile.
        progress: Called with the number of chunks done and of chunks in all.

    Raises:
        CollectionError: If there is no library yet.
        IndexMismatchError: If the index was made another way.
        DamagedLibraryError: If a text or the manifest cannot be trusted.
        StorageError: If the place of the library cannot be written.
        LibraryBusyError: If another process is writing.
    """
    storage = library.storage
    with storage.lock(), ExitStack() as building:
        manifest = library.usable_manifest()
        if manifest is None:
            raise CollectionError("There is no library yet; the first question or `pullquote index` makes it.")
        before = storage.size_bytes()
        counter = StepCounter(progress, sum(record.chunks for record in manifest.collections.values()))
        for name, record in manifest.collections.items():
            sources = [library.source(source) for source in record.sources.values()]
            chunked = [(source, chunk_source(source)) for source in sources]
            manifest = manifest.with_collection(
                name, index_anew(library, chunked, building, counter.add, reuse=record.index)
            )
        storage.publish(manifest)
        library.manifest(fresh=True)  # lets go of the old indexes
        storage.clean_up(manifest)
        return CompactReport(before, storage.size_bytes(), storage.room_note)
