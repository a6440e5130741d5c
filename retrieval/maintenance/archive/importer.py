"""One file -> library; every part is proven before any takes effect, and they take effect at one moment."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path

from retrieval.errors import CollectionError, IndexMismatchError
from retrieval.index.bm25 import keyword_index
from retrieval.ingest.progress import Progress, StepCounter
from retrieval.library import Library
from retrieval.maintenance.archive.reader import ArchiveReader
from retrieval.models.embedder import runtime_of
from retrieval.storage.interface import begin_library
from retrieval.storage.manifest import CollectionRecord, Manifest

STEP = 1000


def import_library(
    library: Library, path: Path, *, replace: bool = False, progress: Progress | None = None
) -> Manifest:
    """Take in the collections of an exported library; those of other names stay as they are.

    Args:
        library: Where they are taken in.
        path: The file.
        replace: Whether collections of the same names are replaced.
        progress: Called with the number of chunks done and of chunks in all.

    Returns:
        The manifest of what was taken in.

    Raises:
        ArchiveError: If the file is no exported library, or is damaged; nothing has changed then.
        CollectionError: If there is a collection of that name, and it is not to be replaced.
        IndexMismatchError: If the library, or the settings, are for another model than the file.
        StorageError: If the place of the library cannot be written.
        LibraryBusyError: If another process is writing.
    """
    with closing(ArchiveReader(path)) as archive:
        told = archive.manifest
        _check_model(library, told)
        storage = library.storage
        with storage.lock(), ExitStack() as building:
            manifest = library.usable_manifest() or told.model_copy(update={"collections": {}})
            if manifest.dimension != told.dimension:
                raise IndexMismatchError(
                    f"The library has vectors of {manifest.dimension} numbers and {path} of {told.dimension}; "
                    "import it into an empty PULLQUOTE_HOME."
                )
            taken = [name for name in told.collections if name in manifest.collections]
            if taken and not replace:
                raise CollectionError(
                    f"There is a collection “{taken[0]}” already; add --replace to put the imported one in its place."
                )
            storage.clean_up(manifest)
            begin_library(storage, manifest)
            counter = StepCounter(progress, sum(record.chunks for record in told.collections.values()))
            for name in told.collections:
                record = _take_in(library, archive, name, building, counter)
                manifest = manifest.with_collection(name, record)
            storage.publish(manifest)
            library.manifest(fresh=True)  # lets go of the old indexes
            storage.clean_up(manifest)
    return told


def _check_model(library: Library, told: Manifest) -> None:
    model = library.settings.embedding_model
    if told.model != model:
        raise IndexMismatchError(
            f"The file was exported from a library of the embedding model “{told.model}”, not of “{model}”; "
            "set PULLQUOTE_EMBEDDING_MODEL to that one, import, and run `pullquote reindex` for another."
        )
    if told.runtime != runtime_of(model):
        raise IndexMismatchError("The file was written by another version of Pullquote; export it again with this one.")


def _take_in(
    library: Library, archive: ArchiveReader, name: str, building: ExitStack, counter: StepCounter
) -> CollectionRecord:
    chunked, vectors = archive.collection(name)
    for source, _ in chunked:
        library.texts.write(source)
    sources = archive.manifest.collections[name].sources
    if not vectors:
        return CollectionRecord(sources=sources)
    index = building.enter_context(library.storage.new_index())
    ids = list(vectors)
    for first in range(0, len(ids), STEP):
        step = ids[first : first + STEP]
        index.add(step, [vectors[vector_id].tolist() for vector_id in step])
    record = CollectionRecord(index=index.name, sources=sources)
    index.finish(keyword_index(chunked), record)
    counter.add(record.chunks)
    return record
