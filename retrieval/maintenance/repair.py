"""Repairing a collection: what is sound stays, what can be had again is restored, and what is lost is named."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field

from retrieval.errors import DamagedLibraryError
from retrieval.ingest.progress import Progress, StepCounter
from retrieval.library import Library
from retrieval.maintenance.rebuild import index_anew, recovered_source
from retrieval.maintenance.verify import verify_collection
from retrieval.storage.source_record import SourceRecord
from retrieval.text.chunking import chunk_source
from retrieval.types import Source


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What a repair did.

    Attributes:
        restored: The sources whose text or structure was damaged and could be had again.
        lost: The sources whose text could not be had again; they have left the library.
        index_rebuilt: Whether the collection's index was built anew.
        manifest_restored: Whether the manifest or its backup was written again.
    """

    restored: list[SourceRecord] = field(default_factory=list)
    lost: list[SourceRecord] = field(default_factory=list)
    index_rebuilt: bool = False
    manifest_restored: bool = False


def repair_collection(library: Library, collection: str, *, progress: Progress | None = None) -> RepairReport:
    """Repair what ``verify_collection`` finds, as far as it can be repaired; questions are answered meanwhile.

    A damaged text is read again from its original file, if that is still the one that was indexed. A damaged index is
    built anew beside the old one with the vectors that are sound, so that only those that are missing are computed.

    Args:
        library: The library to repair.
        collection: The collection to repair.
        progress: Called with the number of chunks done and of chunks in all, where the index is built anew.

    Raises:
        CollectionError: If the collection is unknown.
        DamagedLibraryError: If neither the manifest nor its backup can be trusted.
        IndexMismatchError: If the index was made another way; ``rebuild_index`` is what helps then.
        ModelError: If vectors are missing and the embedding model is, too.
        StorageError: If the place of the library cannot be written.
        LibraryBusyError: If another process is writing.
    """
    storage = library.storage
    with storage.lock(), ExitStack() as building:
        manifest = storage.recover_manifest()
        manifest_restored = manifest is not None and _is_damaged(library)
        if manifest is not None and manifest_restored:
            storage.publish(manifest)
        found = verify_collection(library, collection)
        manifest = library.usable_manifest()
        if manifest is None:
            raise DamagedLibraryError("The library vanished while it was read; try again.")
        old = manifest.collections[collection]
        sources: list[Source] = []
        restored: list[SourceRecord] = []
        lost: list[SourceRecord] = []
        for check in found.sources:
            source = recovered_source(library, check.source)
            if source is None:
                lost.append(check.source)
                continue
            if check.damaged:
                library.texts.write(source)
                restored.append(check.source)
            sources.append(source)
        records = {source.id: SourceRecord.of(source, old.sources[source.id].chunks) for source in sources}
        # On a server, an index cannot be opened while a text of its is damaged.
        rebuild = records != old.sources or bool(found.index and verify_collection(library, collection).index)
        if rebuild:
            chunked = [(source, chunk_source(source)) for source in sources]
            counter = StepCounter(progress, sum(len(chunks) for _, chunks in chunked))
            record = index_anew(library, chunked, building, counter.add, reuse=old.index)
            manifest = manifest.with_collection(collection, record)
            storage.publish(manifest)
            library.manifest(fresh=True)  # lets go of the old index
        storage.clean_up(manifest)
    return RepairReport(restored, lost, rebuild, manifest_restored)


def _is_damaged(library: Library) -> bool:
    try:
        library.storage.check_manifest()
    except DamagedLibraryError:
        return True
    return False
