"""Adding, replacing and removing sources: one writer, and a crash at any point leaves the old library or the new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from retrieval.collection_names import check_collection_name
from retrieval.errors import SourceError, SourceProblem
from retrieval.index.bm25 import keyword_index
from retrieval.ingest.indexed_sources import IndexReport, check_ids, check_sources
from retrieval.ingest.new_vectors import add_vectors, reuse_vectors
from retrieval.ingest.progress import Progress, StepCounter
from retrieval.library import Library
from retrieval.loaders.article import load_article
from retrieval.models.embedder import runtime_of
from retrieval.settings import LibrarySettings
from retrieval.storage.interface import begin_library
from retrieval.storage.manifest import LAYOUT, CollectionRecord, Manifest
from retrieval.storage.source_record import SourceRecord
from retrieval.structure import structure_sha256
from retrieval.text.chunking import CHUNKER, chunk_source
from retrieval.types import DEFAULT_COLLECTION, Chunk, Source, Validators

CHUNKS_PER_COMMIT = 4000  # a long run takes effect in parts, so that an interruption loses one part at most


class Indexer:
    """Changes one library.

    A change takes effect at one moment, when the manifest is replaced: a new index and new texts are written before,
    and what it no longer names is deleted after it.
    """

    def __init__(self, library: Library) -> None:
        self.library = library

    @classmethod
    def from_settings(cls, settings: LibrarySettings | None = None) -> Indexer:
        """An indexer of the library that the environment and ``.env`` name, or ``settings`` if given."""
        return cls(Library(LibrarySettings.given(settings)))

    def add(
        self,
        sources: Iterable[Source],
        collection: str = DEFAULT_COLLECTION,
        *,
        progress: Progress | None = None,
        wait_seconds: float = 0,
        on_error: Callable[[Source, SourceError], None] | None = None,
    ) -> IndexReport:
        """Add sources, replacing those with the same uri; unchanged ones cost nothing.

        When this makes the collection ``default``, the article that ships with the package is added first.

        Args:
            sources: What to add; of two with one uri the last counts.
            collection: Where; made if it is not there and there is something to add.
            progress: Called with the number of chunks done and of chunks in all.
            wait_seconds: How long to wait for another process that is writing.
            on_error: Called with each source that has no words; without it, one is enough to change nothing.

        Raises:
            SourceError: If a source has no words, and nobody is to be called.
            CollectionError: If the collection's name is not printable.
            ModelError: If the embedding model is missing or altered; nothing has changed then.
            IndexMismatchError: If the index was made another way.
            DamagedLibraryError: If the library cannot be trusted.
            StorageError: If the data folder cannot be written.
            LibraryBusyError: If another process is writing.
        """
        check_collection_name(collection)
        given = check_sources(sources)
        manifest = self.library.usable_manifest()
        wanted, report = self._compare(given, manifest, collection)
        if not wanted:
            if manifest is not None and not self.library.storage.is_tidy(manifest):
                with self.library.storage.lock(wait_seconds=wait_seconds):
                    self.library.storage.clean_up(self.library.usable_manifest() or manifest)
            return report
        # The model comes first: when it is missing or altered, nothing on disk has changed yet.
        vector = self.library.embeddings.embed_query("")
        with self.library.storage.lock(wait_seconds=wait_seconds):
            manifest = self.library.usable_manifest() or Manifest(
                layout=LAYOUT,
                model=self.library.settings.embedding_model,
                runtime=runtime_of(self.library.settings.embedding_model),
                dimension=len(vector),
                chunker=CHUNKER,
            )
            self.library.check_dimension(manifest, vector)
            self.library.storage.clean_up(manifest)
            # Somebody else may have written while this waited for the lock.
            wanted, report = self._compare(given, manifest, collection)
            chunked = [(source, chunk_source(source)) for source in wanted]
            for empty in [source for source, chunks in chunked if not chunks]:
                error = SourceError(f"“{empty.title}” is empty; there is nothing to index.", SourceProblem.EMPTY)
                if on_error is None:
                    raise error
                on_error(empty, error)
                report.forget(empty)
            chunked = [(source, chunks) for source, chunks in chunked if chunks]
            if not chunked:
                return report
            counter = StepCounter(progress, sum(len(chunks) for _, chunks in chunked))
            begin_library(self.library.storage, manifest)
            for part in _parts(chunked):
                manifest = self._add_part(manifest, collection, part, counter)
            return report

    def renew_validators(self, validators: Mapping[str, Validators], collection: str = DEFAULT_COLLECTION) -> None:
        """Note what servers call the versions of these sources now, by their ids; nothing is indexed.

        Raises:
            DamagedLibraryError: If the library cannot be trusted.
            StorageError: If the data folder cannot be written.
            LibraryBusyError: If another process is writing.
        """
        with self.library.storage.lock():
            manifest = self.library.usable_manifest()
            held = manifest.collections.get(collection) if manifest else None
            if manifest is None or held is None:
                return
            renewed = {
                source_id: record.model_copy(update={"validators": validators[source_id]})
                for source_id, record in held.sources.items()
                if source_id in validators and record.validators != validators[source_id]
            }
            if renewed:
                sources = held.model_copy(update={"sources": held.sources | renewed})
                self._publish(manifest.with_collection(collection, sources))

    def remove(
        self, source_ids: Sequence[str], collection: str = DEFAULT_COLLECTION, *, wait_seconds: float = 0
    ) -> list[SourceRecord]:
        """Remove sources by id, waiting as ``add`` does; the shipped article, once removed, stays removed.

        Raises:
            UnknownSourceError: If an id is not in the collection; nothing has changed then.
            DamagedLibraryError: If the library cannot be trusted.
            StorageError: If the data folder cannot be written.
            LibraryBusyError: If another process is writing.
        """
        check_ids(source_ids)
        removed = [self.library.find(source_id, collection) for source_id in dict.fromkeys(source_ids)]
        with self.library.storage.lock(wait_seconds=wait_seconds):
            if (manifest := self.library.usable_manifest()) is not None:
                self.library.storage.clean_up(manifest)
                self._commit(manifest, collection, {record.id: None for record in removed}, [])
        return removed

    def move(self, source_ids: Sequence[str], collection: str, to: str, *, wait_seconds: float = 0) -> None:
        """Move sources to another collection, with their vectors, at one moment: they are never in both or in neither.

        Raises:
            UnknownSourceError, DamagedLibraryError, StorageError, LibraryBusyError: As ``remove``.
        """
        check_ids(source_ids)
        moved = {source_id: self.library.find(source_id, collection) for source_id in source_ids}
        with self.library.storage.lock(wait_seconds=wait_seconds):
            manifest = self.library.usable_manifest()
            if manifest is not None and to != collection:
                self.library.storage.clean_up(manifest)
                new = [(source, chunk_source(source)) for source in map(self.library.source, moved.values())]
                with (
                    self._change(manifest, to, moved, new, vectors_of=collection) as added,
                    self._change(added, collection, dict.fromkeys(moved), []) as both,
                ):
                    self._publish(both)

    def remove_all(self, collection: str, *, wait_seconds: float = 0) -> int:
        """Remove a collection with everything in it, waiting as ``add`` does, and say how many sources that were.

        The collection ``default`` stays, empty; without it the shipped article would come back.

        Raises:
            CollectionError: If there is no such collection.
            DamagedLibraryError: If the library cannot be trusted.
            StorageError: If the data folder cannot be written.
            LibraryBusyError: If another process is writing.
        """
        with self.library.storage.lock(wait_seconds=wait_seconds):
            records = self.library.records(collection)
            if (manifest := self.library.usable_manifest()) is not None:
                held = {name: record for name, record in manifest.collections.items() if name != collection}
                if collection == DEFAULT_COLLECTION:
                    held[collection] = CollectionRecord()
                self._publish(manifest.model_copy(update={"collections": held}))
        return len(records)

    def _compare(
        self, given: Mapping[str, Source], manifest: Manifest | None, collection: str
    ) -> tuple[list[Source], IndexReport]:
        """Which of the given sources need work, and the report that will be true when it is done."""
        held = manifest.collections.get(collection) if manifest else None
        known = held.sources if held else {}
        report = IndexReport()
        wanted: list[Source] = []
        if held is None and collection == DEFAULT_COLLECTION:
            article = load_article()
            if article.id not in given:
                wanted.append(article)
        for source in given.values():
            record = known.get(source.id)
            if record and (record.sha256, record.file_sha256) == (source.sha256, source.file_sha256):
                report.unchanged.append(source)
                # A newer loader may tell more of the same text, for example its headings.
                if (record.loader, record.places_sha256) != (source.loader, structure_sha256(source.structure)):
                    wanted.append(source)
                continue
            (report.replaced if record else report.added).append(source)
            wanted.append(source)
        return wanted, report

    def _add_part(
        self,
        manifest: Manifest,
        collection: str,
        part: Sequence[tuple[Source, list[Chunk]]],
        counter: StepCounter,
    ) -> Manifest:
        for source, _ in part:
            self.library.texts.write(source)
        records: dict[str, SourceRecord | None] = {
            source.id: SourceRecord.of(source, len(chunks)) for source, chunks in part
        }
        return self._commit(manifest, collection, records, part, counter.add)

    def _commit(
        self,
        manifest: Manifest,
        collection: str,
        changed: Mapping[str, SourceRecord | None],
        new: Sequence[tuple[Source, list[Chunk]]],
        report: Callable[[int], None] = lambda added: None,
    ) -> Manifest:
        with self._change(manifest, collection, changed, new, report) as after:
            return self._publish(after)

    @contextmanager
    def _change(
        self,
        manifest: Manifest,
        collection: str,
        changed: Mapping[str, SourceRecord | None],
        new: Sequence[tuple[Source, list[Chunk]]],
        report: Callable[[int], None] = lambda added: None,
        *,
        vectors_of: str = "",
    ) -> Iterator[Manifest]:
        """Prepare a change as ``_commit`` takes it, to be published in the block.

        ``vectors_of`` is the collection that the new sources come from, whose vectors are taken over.
        """
        old = manifest.collections.get(collection, CollectionRecord())
        held = self.library.index(manifest, collection).keyword if old.index else None
        removed = {
            chunk: self.library.source(old.sources[chunk.source_id]).slice(chunk.span)
            for chunk in (held.chunks if held else ())
            if chunk.source_id in changed
        }
        keyword = keyword_index(new)
        if held:
            keyword = held.changed(removed, keyword)
        kept = {source_id: record for source_id, record in old.sources.items() if source_id not in changed}
        sources = kept | {source_id: record for source_id, record in changed.items() if record is not None}
        if not keyword.chunks:
            yield manifest.with_collection(collection, CollectionRecord(sources=sources))
            return
        known = set(held.rows) if held else set()
        with self.library.storage.new_index(old.index) as index:
            if vectors_of:
                vectors = self.library.index(manifest, vectors_of).vectors
                known |= reuse_vectors(index, vectors, keyword.rows.keys() - known, manifest.dimension)
            add_vectors(self.library.embeddings, index, new, known, report)
            index.delete(sorted(known - keyword.rows.keys()))
            record = CollectionRecord(index=index.name, sources=sources)
            index.finish(keyword, record)
            yield manifest.with_collection(collection, record)

    def _publish(self, after: Manifest) -> Manifest:
        """Make the new library the one that everybody sees from now on, and delete what it does not name."""
        self.library.storage.publish(after)
        self.library.manifest(fresh=True)  # lets go of the old index
        self.library.storage.clean_up(after)
        return after


def _parts(chunked: Sequence[tuple[Source, list[Chunk]]]) -> Iterable[list[tuple[Source, list[Chunk]]]]:
    """Cut the work into parts of about ``CHUNKS_PER_COMMIT`` chunks, whole sources each."""
    part: list[tuple[Source, list[Chunk]]] = []
    size = 0
    for source, chunks in chunked:
        part.append((source, chunks))
        size += len(chunks)
        if size >= CHUNKS_PER_COMMIT:
            yield part
            part, size = [], 0
    if part:
        yield part
