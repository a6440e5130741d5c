"""The library on disk, for reading: its manifest, texts and indexes, let go when newer ones are published."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property
from operator import attrgetter
from typing import TypeVar

from retrieval.collection_names import collection_option, index_command, no_collection
from retrieval.errors import (
    CollectionError,
    DamagedLibraryError,
    IndexMismatchError,
    LibraryBusyError,
    UnknownSourceError,
)
from retrieval.fork_safety import ForkedLock
from retrieval.index.spelling import Correction, Speller
from retrieval.models.embedder import Embedder, languages_of, open_embedder, runtime_of
from retrieval.models.model_card import is_among
from retrieval.settings import LibrarySettings
from retrieval.storage.interface import Index, open_storage
from retrieval.storage.manifest import LAYOUT, Manifest
from retrieval.storage.source_record import SourceRecord
from retrieval.text.chunking import CHUNKER
from retrieval.types import ENGLISH, Source, Structure

TEXTS_IN_MEMORY = 32
SPELLERS_IN_MEMORY = 16
# A writer deletes what is old after it has switched; a reader that stumbles over that tries again, a little later.
READ_ATTEMPTS = 6
PAUSE_SECONDS = 0.05

Result = TypeVar("Result")


class _Reading(threading.local):
    """The manifest that a thread reads by while nothing may change under it; None between two readings."""

    manifest: Manifest | None = None


class Library:
    """Reads one library; safe to share between threads. Writing is the ``Indexer``'s; a pickle or copy opens anew.

    Args:
        settings: Where the library lies and which model it uses.
        embeddings: The model, when not the one that ``settings`` names; loaded on first use.
    """

    def __init__(self, settings: LibrarySettings, embeddings: Embedder | None = None) -> None:
        self.settings = settings = LibrarySettings.given(settings)
        self._given = embeddings
        self.embeddings = embeddings or open_embedder(settings.embedding_model)
        self.storage = open_storage(settings)
        self.texts = self.storage.texts
        self._lock = ForkedLock()
        self._manifest: tuple[object, Manifest | None] = (None, None)
        self._reading = _Reading()
        self._checked: Manifest | None = None
        self._indexes: dict[str, Index] = {}
        self._texts: OrderedDict[tuple[str, str], tuple[str, Structure]] = OrderedDict()
        self._spellers: dict[tuple[str, ...], Speller] = {}

    def __reduce__(self) -> tuple[type[Library], tuple[LibrarySettings, Embedder | None]]:
        return type(self), (self.settings, self._given)

    def manifest(self, *, fresh: bool = False) -> Manifest | None:
        """The manifest in force, read again when it has changed; None when there is no library yet.

        Args:
            fresh: Whether to look now; else, where looking costs time, a second may pass before a change is seen.

        Raises:
            DamagedLibraryError: If it cannot be trusted.
        """
        if self._reading.manifest is not None and not fresh:
            return self._reading.manifest
        with self._lock:
            stamp = self.storage.stamp(fresh=fresh)
            if stamp is None or stamp != self._manifest[0]:
                manifest = self.storage.read_manifest()
                self._manifest = (stamp, manifest)
                self._let_go_of_old(manifest)
            return self._manifest[1]

    def read_consistently(self, read: Callable[[], Result]) -> Result:
        """Call ``read``, and again when another process changed the library in the middle of it.

        Whatever ``read`` asks of the library in this thread, it is told of one manifest, which is looked at once.

        Raises:
            DamagedLibraryError: If it fails though the library has not changed meanwhile.
            LibraryBusyError: If the library changes each time.
        """
        return self._guarded(read) if self._reading.manifest is None else read()

    def _guarded(self, read: Callable[[], Result]) -> Result:
        for attempt in range(1, READ_ATTEMPTS + 1):
            before = self._reading.manifest = self.manifest()
            try:
                try:
                    result = read()
                finally:
                    self._reading.manifest = None
                if self.storage.indexes_stay or self.manifest(fresh=True) is before:
                    return result
            except DamagedLibraryError:
                if self.manifest(fresh=True) is before:
                    raise
                time.sleep(attempt * PAUSE_SECONDS)
        raise LibraryBusyError("The library changes all the time; try again when nobody is indexing.")

    def usable_manifest(self) -> Manifest | None:
        """The manifest, after a check that the index was made the way that the settings say; None before it holds any.

        Raises:
            IndexMismatchError: If it was made with another embedding model or chunker.
            DamagedLibraryError: If it cannot be trusted.
        """
        manifest = self.manifest()
        if manifest is None or not manifest.collections:  # a first run was interrupted, or all was removed
            return None
        if manifest is not self._checked:
            self._check_index(manifest)
            self._checked = manifest
        return manifest

    def _check_index(self, manifest: Manifest) -> None:
        model = self.settings.embedding_model
        if manifest.model != model:
            raise IndexMismatchError(
                f"The library was indexed with the embedding model “{manifest.model}”, not with “{model}”; run "
                "`pullquote reindex` to index it again, or set PULLQUOTE_EMBEDDING_MODEL back."
            )
        if (manifest.chunker, manifest.layout, manifest.runtime) != (CHUNKER, LAYOUT, runtime_of(model)):
            raise IndexMismatchError(
                "The library was indexed by another version of Pullquote; run `pullquote reindex` to index it again."
            )

    def open_collections(self, names: Sequence[str]) -> Manifest:
        """The manifest in force, after a check that every collection in ``names`` can be asked.

        Raises:
            CollectionError: If one is unknown or empty.
            IndexMismatchError: If the index was made another way.
            DamagedLibraryError: If the manifest cannot be trusted.
        """
        manifest = self.usable_manifest()
        for name in names:
            if manifest is None or name not in manifest.collections:
                raise CollectionError(no_collection(name, manifest.collections if manifest else ()))
            if not manifest.collections[name].sources:
                raise CollectionError(f"The collection “{name}” is empty; add a document with {index_command(name)}.")
        if manifest is None:
            raise CollectionError("No collection was named; name at least one.")
        return manifest

    def check_dimension(self, manifest: Manifest, vector: Sequence[float]) -> None:
        """Refuse a model that has kept its name but not its vectors.

        Raises:
            IndexMismatchError: If ``vector`` is not as long as those in the index.
        """
        if len(vector) != manifest.dimension:
            raise IndexMismatchError(
                f"The library was indexed with vectors of {manifest.dimension} numbers, but "
                f"“{manifest.model}” now gives {len(vector)}; run `pullquote reindex` to index it again."
            )

    def records(self, collection: str) -> list[SourceRecord]:
        """The records of all sources of a collection, by title; empty for an empty collection.

        Raises:
            CollectionError: If the collection is unknown.
            DamagedLibraryError: If the manifest cannot be trusted.
        """
        manifest = self.manifest()
        if manifest is None or collection not in manifest.collections:
            raise CollectionError(no_collection(collection, manifest.collections if manifest else ()))
        return sorted(manifest.collections[collection].sources.values(), key=attrgetter("title_order"))

    def find(self, source_id: str, collection: str) -> SourceRecord:
        """The record of a source in ``collection``.

        Raises:
            UnknownSourceError: If the collection has no source of that id.
        """
        manifest = self.manifest()
        record = manifest.collections.get(collection) if manifest else None
        if record is None or source_id not in record.sources:
            raise UnknownSourceError(
                f"The collection “{collection}” has no source “{source_id}”; "
                f"`pullquote sources list{collection_option(collection)}` shows the ids."
            )
        return record.sources[source_id]

    def source(self, record: SourceRecord) -> Source:
        """A source with its text and structure, read from disk and proven once, then kept in memory for a while.

        Raises:
            DamagedLibraryError: If the stored text or structure is not the one that was indexed.
        """
        key = (record.sha256, record.places_sha256)
        with self._lock:
            if key not in self._texts:
                self._texts[key] = (self.texts.read(record.sha256), self.texts.read_structure(record.places_sha256))
                if len(self._texts) > TEXTS_IN_MEMORY:
                    self._texts.popitem(last=False)
            self._texts.move_to_end(key)
            return record.with_text(*self._texts[key])

    def index(self, manifest: Manifest, collection: str) -> Index:
        """Both sides of a collection that has chunks, as ``manifest`` names them; they never change.

        Raises:
            DamagedLibraryError: If the index is missing or altered.
        """
        record = manifest.collections[collection]
        with self._lock:
            index = self._indexes.get(record.index)
            if index is None:
                index = self.storage.open_index(record)
                if len(index.keyword.chunks) != record.chunks:
                    raise DamagedLibraryError("The keyword index is incomplete; run `pullquote reindex` to rebuild it.")
                self._indexes[record.index] = index
            return index

    def term_weights(self, terms: Sequence[str], collections: Sequence[str]) -> dict[str, float]:
        """How rare each term is in the collections together: its inverse document frequency, above 0.

        Source of the method: the BM25 form of Lucene, ``log(1 + (N - n + 0.5) / (n + 0.5))``.
        """
        manifest = self.usable_manifest()
        held = manifest.collections if manifest else {}
        indexes = [
            self.index(manifest, name).keyword for name in collections if manifest and name in held and held[name].index
        ]
        total = sum(len(index.chunks) for index in indexes)
        counts = {term: sum(index.document_frequency(term) for index in indexes) for term in terms}
        return {term: math.log(1 + (total - count + 0.5) / (count + 0.5)) for term, count in counts.items()}

    def languages(self, manifest: Manifest, collections: Sequence[str]) -> list[str]:
        """The languages of the documents in ``collections``."""
        held = [manifest.collections[name] for name in collections if name in manifest.collections]
        return sorted({source.language or ENGLISH for record in held for source in record.sources.values()})

    def embeds(self, language: str) -> bool:
        """Whether the embedding model was made for texts in a language (ISO 639-1)."""
        return language == ENGLISH or is_among(language, self._embedded_languages)

    @cached_property
    def _embedded_languages(self) -> frozenset[str]:
        return languages_of(self.settings.embedding_model)

    def correct(self, question: str, collections: Sequence[str]) -> Correction:
        """``question`` without typos, by the words of the documents in ``collections``.

        Raises:
            CollectionError: If a collection is unknown or empty.
            IndexMismatchError: If the index was made another way.
            DamagedLibraryError: If the library cannot be trusted.
        """
        manifest = self.open_collections(collections)
        indexes = [self.index(manifest, name).keyword for name in collections]
        with self._lock:
            speller = self._spellers.pop(tuple(collections), None)
            if speller is None or speller.indexes != tuple(indexes):
                speller = Speller(indexes, self.languages(manifest, collections))
            self._spellers[tuple(collections)] = speller
            if len(self._spellers) > SPELLERS_IN_MEMORY:
                self._spellers.pop(next(iter(self._spellers)))
        return speller.correct(question)

    def close(self) -> None:
        """Let go of the indexes and of what was read from them."""
        with self._lock:
            self._indexes.clear()
            self._spellers.clear()
            self._texts.clear()
            self._manifest = (None, None)
            self.storage.close()

    def _let_go_of_old(self, manifest: Manifest | None) -> None:
        """Forget indexes that are not in force any more, and delete them when nobody else uses them."""
        named = manifest.indexes() if manifest else set()
        old = self._indexes.keys() - named
        self._indexes = {name: index for name, index in self._indexes.items() if name in named}
        self._spellers.clear()
        if old:
            self.storage.let_go_of_old(manifest)
