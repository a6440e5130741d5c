"""The library on disk, for reading: its manifest, texts and indexes, opened once and refreshed when they change."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from shlex import quote
from typing import TypeVar

from langchain_core.embeddings import Embeddings

from retrieval.chunking import CHUNKER
from retrieval.embedding import SentenceTransformerEmbeddings
from retrieval.errors import CollectionError, DamagedLibraryError, IndexMismatchError, UnknownSourceError
from retrieval.keyword import KeywordIndex
from retrieval.languages import ENGLISH
from retrieval.manifest import BACKUP, MANIFEST, Manifest, SourceRecord, read_manifest
from retrieval.settings import LibrarySettings
from retrieval.spelling import Correction, Speller
from retrieval.store import VectorStore, open_store
from retrieval.texts import SourceTexts
from retrieval.types import Source

DEFAULT_COLLECTION = "default"
MAX_COLLECTION_NAME = 200
TEXTS_IN_MEMORY = 32
SPELLERS_IN_MEMORY = 16
# A writer deletes what is old after it has switched; a reader that stumbles over that tries again, a little later.
READ_ATTEMPTS = 6
PAUSE_SECONDS = 0.05

Result = TypeVar("Result")


class Library:
    """Reads one library; safe to share between threads. Writing is the ``Indexer``'s.

    Args:
        settings: Where the library lies and which model it uses.
        embeddings: The model, when not the one that ``settings`` names; loaded on first use.
    """

    def __init__(self, settings: LibrarySettings, embeddings: Embeddings | None = None) -> None:
        self.settings = settings
        self.embeddings = embeddings or SentenceTransformerEmbeddings(settings.embedding_model)
        self.texts = SourceTexts(settings.home / "texts")
        self._lock = threading.RLock()
        self._manifest: tuple[object, Manifest | None] = (None, None)
        self._stores: dict[str, VectorStore] = {}
        self._closings = 0
        self._keyword: dict[str, tuple[str, KeywordIndex]] = {}
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._spellers: dict[tuple[str, ...], Speller] = {}

    def manifest(self) -> Manifest | None:
        """The manifest in force, read again when its file changed; None when there is no library yet.

        Raises:
            DamagedLibraryError: If it cannot be trusted.
        """
        with self._lock:
            stamp = [_stamp(self.settings.home / name) for name in (MANIFEST, BACKUP)]
            if stamp != self._manifest[0]:
                self._manifest = (stamp, read_manifest(self.settings.home))
                # An open Chroma does not always see what another process wrote, and can even fail over it.
                self._close_stores()
            return self._manifest[1]

    def read_consistently(self, read: Callable[[], Result]) -> Result:
        """Call ``read``, and again when another process changed the library in the middle of it.

        Raises:
            DamagedLibraryError: If it fails though the library has not changed meanwhile, or keeps changing.
        """
        for attempt in range(1, READ_ATTEMPTS):
            self.manifest()
            before = self._closings
            try:
                return read()
            except DamagedLibraryError:
                self._close_outdated()
                if self._closings == before:
                    raise
                time.sleep(attempt * PAUSE_SECONDS)
        return read()

    def usable_manifest(self) -> Manifest | None:
        """The manifest, after a check that the index was made the way that the settings say.

        Raises:
            IndexMismatchError: If it was made with another embedding model or chunker.
            DamagedLibraryError: If it cannot be trusted.
        """
        manifest = self.manifest()
        if manifest is None:
            return None
        model = self.settings.embedding_model
        if manifest.model != model:
            raise IndexMismatchError(
                f"The library was indexed with the embedding model “{manifest.model}”, not with “{model}”; run "
                "`pullquote reindex` to index it again, or set PULLQUOTE_EMBEDDING_MODEL back."
            )
        if manifest.chunker != CHUNKER:
            raise IndexMismatchError(
                "The library was indexed by another version of Pullquote; run `pullquote reindex` to index it again."
            )
        return manifest

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
                raise CollectionError(_no_collection(name, manifest))
            if not manifest.collections[name].sources:
                raise CollectionError(f"The collection “{name}” is empty; add a document with {_index_command(name)}.")
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
            raise CollectionError(_no_collection(collection, manifest))
        return sorted(manifest.collections[collection].sources.values(), key=lambda record: (record.title, record.id))

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
        """A source with its text, read from disk and proven once, then kept in memory for a while.

        Raises:
            DamagedLibraryError: If the stored text is not the one that was indexed.
        """
        with self._lock:
            if record.sha256 not in self._texts:
                self._texts[record.sha256] = self.texts.read(record.sha256)
                if len(self._texts) > TEXTS_IN_MEMORY:
                    self._texts.popitem(last=False)
            self._texts.move_to_end(record.sha256)
            return record.with_text(self._texts[record.sha256])

    def store(self, manifest: Manifest) -> VectorStore:
        """The dense side that ``manifest`` names."""
        with self._lock:
            folder = self.index_folder(manifest.index) / "chroma"
            if manifest.index not in self._stores:
                self._stores[manifest.index] = open_store(folder)
            return self._stores[manifest.index]

    def keyword(self, manifest: Manifest, collection: str) -> KeywordIndex:
        """The keyword side of ``collection`` that ``manifest`` names.

        Raises:
            DamagedLibraryError: If it is missing or altered.
        """
        name = manifest.collections[collection].keyword
        with self._lock:
            if self._keyword.get(collection, ("",))[0] != name:
                index = KeywordIndex.load(self.keyword_folder(manifest.index) / name)
                if len(index.chunks) != manifest.collections[collection].chunks:
                    raise DamagedLibraryError("The keyword index is incomplete; run `pullquote reindex` to rebuild it.")
                self._keyword[collection] = (name, index)
            return self._keyword[collection][1]

    def term_weights(self, terms: Sequence[str], collections: Sequence[str]) -> dict[str, float]:
        """How rare each term is in the collections together: its inverse document frequency, above 0.

        Source of the method: the BM25 form of Lucene, ``log(1 + (N - n + 0.5) / (n + 0.5))``.
        """
        manifest = self.usable_manifest()
        held = manifest.collections if manifest else {}
        indexes = [
            self.keyword(manifest, name) for name in collections if manifest and name in held and held[name].keyword
        ]
        total = sum(len(index.chunks) for index in indexes)
        counts = {term: sum(index.document_frequency(term) for index in indexes) for term in terms}
        return {term: math.log(1 + (total - count + 0.5) / (count + 0.5)) for term, count in counts.items()}

    def languages(self, manifest: Manifest, collections: Sequence[str]) -> list[str]:
        """The languages of the documents in ``collections``."""
        held = [manifest.collections[name] for name in collections if name in manifest.collections]
        return sorted({source.language or ENGLISH for record in held for source in record.sources.values()})

    def correct(self, question: str, collections: Sequence[str]) -> Correction:
        """``question`` without slips of the pen, by the words of the documents in ``collections``.

        Raises:
            CollectionError: If a collection is unknown or empty.
            IndexMismatchError: If the index was made another way.
            DamagedLibraryError: If the library cannot be trusted.
        """
        manifest = self.open_collections(collections)
        indexes = [self.keyword(manifest, name) for name in collections]
        with self._lock:
            speller = self._spellers.pop(tuple(collections), None)
            if speller is None or speller.indexes != tuple(indexes):
                speller = Speller(indexes, self.languages(manifest, collections))
            self._spellers[tuple(collections)] = speller
            if len(self._spellers) > SPELLERS_IN_MEMORY:
                self._spellers.pop(next(iter(self._spellers)))
        return speller.correct(question)

    def index_folder(self, index: str) -> Path:
        """Where the index of that name lies."""
        return self.settings.home / "index" / index

    def keyword_folder(self, index: str) -> Path:
        """Where the keyword indexes of that index lie."""
        return self.index_folder(index) / "keyword"

    def close(self) -> None:
        """Let go of the index's files and of what was read from them."""
        with self._lock:
            self._close_stores()
            self._keyword.clear()
            self._spellers.clear()
            self._texts.clear()
            self._manifest = (None, None)

    def _close_outdated(self) -> None:
        """Make the next reading begin with what is on disk now, if that has changed."""
        with self._lock:
            self.manifest()
            if any(store.is_outdated() for store in self._stores.values()):
                self._close_stores()

    def _close_stores(self) -> None:
        for store in self._stores.values():
            store.close()  # it opens again by itself, for whoever still holds it
        self._stores = {index: store for index, store in self._stores.items() if store.folder.is_dir()}
        self._closings += 1


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes whenever the file is replaced; None when it is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def check_collection_name(name: str) -> None:
    """Accept any printable name.

    Raises:
        CollectionError: If the name is blank, unprintable or too long.
    """
    if not name.strip() or not name.isprintable() or len(name) > MAX_COLLECTION_NAME:
        raise CollectionError(
            f"A collection's name must be 1 to {MAX_COLLECTION_NAME} printable characters; choose another one."
        )


def _no_collection(name: str, manifest: Manifest | None) -> str:
    others = ", ".join(f"“{other}”" for other in sorted(manifest.collections)) if manifest else ""
    there_are = f" (there are {others})" if others else ""
    return f"There is no collection “{name}”{there_are}; make it with {_index_command(name)}."


def _index_command(name: str) -> str:
    return f"`pullquote index PATH{collection_option(name)}`"


def collection_option(name: str) -> str:
    """What a command needs for that collection, with a space before it; nothing for the default one."""
    return "" if name == DEFAULT_COLLECTION else f" --collection {quote(name)}"
