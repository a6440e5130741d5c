"""Building the whole index anew from the stored texts: after damage, or for another model or chunker."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from retrieval.errors import CollectionError, DamagedLibraryError, SourceError
from retrieval.index.bm25 import keyword_index
from retrieval.ingest.new_vectors import add_vectors, reuse_vectors
from retrieval.ingest.progress import Progress, StepCounter
from retrieval.library import Library
from retrieval.loaders.article import ARTICLE_URI, load_article
from retrieval.loaders.composer import MAX_TITLE_CHARACTERS
from retrieval.loaders.formats import FORMATS
from retrieval.loaders.source_loader import load_bytes
from retrieval.loaders.zipped_documents import is_zip, zipped_content
from retrieval.models.embedder import runtime_of
from retrieval.storage.manifest import LAYOUT, CollectionRecord, Manifest
from retrieval.storage.source_record import SourceRecord
from retrieval.text.chunking import CHUNKER, chunk_source
from retrieval.text.languages import detect_language
from retrieval.types import Chunk, Source

MOST_BYTES = max(one.max_bytes for one in FORMATS)
# Where texts go of which nobody knows any more what they were called: a collection of its own, since they may have been
# in one that not everybody may ask.
RECOVERED = "recovered"


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild did.

    Attributes:
        rebuilt: The sources it kept.
        lost: Those whose text could not be had any more.
        unnamed: Those whose text is all that was left; they are in the collection ``recovered`` now.
    """

    rebuilt: list[SourceRecord] = field(default_factory=list)
    lost: list[SourceRecord] = field(default_factory=list)
    unnamed: list[SourceRecord] = field(default_factory=list)


def rebuild_index(library: Library, *, progress: Progress | None = None) -> RebuildReport:
    """Index every source again, beside the old index, with the model and chunker of today; then switch to it.

    A source whose stored text or structure is damaged is read from its original file, if that is still the one that was
    indexed. Else it loses its pages and headings or, with its text, leaves the library.

    Where the manifest and all its backups are lost, the texts alone come back: under their first words, without pages,
    headings and addresses, in one collection.

    Args:
        library: The library to rebuild; questions go on being answered from the old index meanwhile.
        progress: Called with the number of chunks done and of chunks in all.

    Raises:
        CollectionError: If there is no library yet.
        ModelError: If the embedding model is missing or altered.
        StorageError: If the data folder cannot be written.
        LibraryBusyError: If another process is writing.
    """
    storage = library.storage
    with suppress(DamagedLibraryError):
        if storage.recover_manifest() is None:
            raise CollectionError(
                "There is no library to rebuild yet; the first question or `pullquote index` makes it."
            )
    dimension = len(library.embeddings.embed_query(""))
    with storage.lock(), ExitStack() as building:
        report = RebuildReport()
        old = _recovered_manifest(library)
        if old is None:
            held = _unnamed_sources(library)
        else:
            storage.let_go_of_old(old)  # a disk may be full of what an interrupted run left
            held = {name: _recover(library, record, report) for name, record in old.collections.items()}
        model = library.settings.embedding_model
        manifest = Manifest(layout=LAYOUT, model=model, runtime=runtime_of(model), dimension=dimension, chunker=CHUNKER)
        manifest = _index_all(library, manifest, held, building, progress)
        if old is None:
            report.unnamed.extend(source for each in manifest.collections.values() for source in each.sources.values())
        storage.publish(manifest)
        library.manifest(fresh=True)  # lets go of the old indexes
        storage.clean_up(manifest)
        return report


def _index_all(
    library: Library,
    manifest: Manifest,
    held: Mapping[str, list[Source]],
    building: ExitStack,
    progress: Progress | None,
) -> Manifest:
    """Index every source of every collection anew; returns the full manifest. ``building`` keeps the new indexes."""
    chunked = {name: [(source, chunk_source(source)) for source in sources] for name, sources in held.items()}
    total = sum(len(chunks) for pairs in chunked.values() for _, chunks in pairs)
    counter = StepCounter(progress, total)
    for name, pairs in chunked.items():
        record = index_anew(library, pairs, building, counter.add)
        manifest = manifest.with_collection(name, record)
    return manifest


def index_anew(
    library: Library,
    chunked: Sequence[tuple[Source, list[Chunk]]],
    building: ExitStack,
    report: Callable[[int], None],
    reuse: str = "",
) -> CollectionRecord:
    """Build the index of a whole collection.

    Args:
        library: Gives the model, and the place.
        chunked: All sources of the collection, with their chunks.
        building: Keeps the new index, until it is published.
        report: Called after each step with the number of chunks it added.
        reuse: The name of an index, made with the same model, whose vectors need not be made again; none when empty.
    """
    for source, _ in chunked:
        library.texts.write(source)
    records = {source.id: SourceRecord.of(source, len(chunks)) for source, chunks in chunked}
    if not chunked:
        return CollectionRecord(sources=records)
    index = building.enter_context(library.storage.new_index())
    known: set[str] = set()
    if reuse:
        wanted = {chunk.vector_id for _, chunks in chunked for chunk in chunks}
        dimension = len(library.embeddings.embed_query(""))
        # Where they are damaged, all are made anew.
        with suppress(DamagedLibraryError), library.storage.open_vectors(reuse) as old:
            known = reuse_vectors(index, old, wanted, dimension)
    add_vectors(library.embeddings, index, chunked, known, report)
    record = CollectionRecord(index=index.name, sources=records)
    index.finish(keyword_index(chunked), record)
    return record


def _recovered_manifest(library: Library) -> Manifest | None:
    """What the library held, by its manifest or one of its backups; None where all are lost."""
    try:
        return library.storage.recover_manifest()
    except DamagedLibraryError:
        return None


def _unnamed_sources(library: Library) -> dict[str, list[Source]]:
    """Every stored text that is sound, as a source called by its first words; not the article, which comes anyway.

    Nobody indexes such a source again: what its uri and its file were is lost.
    """
    sources = []
    for sha256 in sorted(library.texts.hashes() - {load_article().sha256}):
        with suppress(DamagedLibraryError):
            text = library.texts.read(sha256)
            title = next((line.strip() for line in text.splitlines() if line.strip()), sha256)[:MAX_TITLE_CHARACTERS]
            uri = f"pullquote:{RECOVERED}/{sha256}"
            language = detect_language(text)
            sources.append(Source.from_bytes(uri=uri, title=title, data=text.encode("utf-8"), language=language))
    return {RECOVERED: sources} if sources else {}


def _recover(library: Library, record: CollectionRecord, report: RebuildReport) -> list[Source]:
    sources = []
    for source in record.sources.values():
        whole = recovered_source(library, source)
        if whole is None:
            report.lost.append(source)
        else:
            report.rebuilt.append(source)
            sources.append(whole if source.language else replace(whole, language=detect_language(whole.text)))
    return sources


def recovered_source(library: Library, record: SourceRecord) -> Source | None:
    """The source as it was indexed, from the store or from where it came; None when neither has its text any more."""
    try:
        text = library.texts.read(record.sha256)
        return record.with_text(text, library.texts.read_structure(record.places_sha256))
    except DamagedLibraryError:
        again = _read_again(record)
    if again is not None:
        return replace(again, title=record.title, language=record.language or again.language)
    try:
        # Without a loader, so that the next indexing of its file reads it again.
        return replace(record.with_text(library.texts.read(record.sha256)), loader="")
    except DamagedLibraryError:
        return None


def _read_again(record: SourceRecord) -> Source | None:
    """The source made anew of its original file, if that is still there and the same."""
    data = original_bytes(record)
    if data is None or hashlib.sha256(data).hexdigest() != record.file_sha256:
        return None
    try:
        address = urlsplit(record.uri)
        return load_bytes(data, name=unquote(address.fragment or address.path), uri=record.uri)
    except SourceError:
        return None


def original_bytes(record: SourceRecord) -> bytes | None:
    """The bytes that now stand where the source came from; None when there is nothing there.

    Of a file that has grown larger than any that is indexed, no more is read than it takes to tell.
    """
    if record.uri == ARTICLE_URI:
        return load_article().text.encode("utf-8")
    path = original_path(record.uri)
    try:
        if path is None or not path.is_file():
            return None
        if is_zip(path):
            return zipped_content(path, urlsplit(record.uri).fragment)
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError, SourceError):
        return None


def original_path(uri: str) -> Path | None:
    """The path that a source's uri names; None where it names none."""
    address = urlsplit(uri)
    return Path(os.fsdecode(unquote_to_bytes(address.path))) if address.scheme == "file" else None
