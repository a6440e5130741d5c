"""A library on a Chroma server: vectors in one collection each, everything else in the collection of documents.

A snapshot is a manifest, kept under its hash. Numbered records name them, the highest names the one in force, and
adding the next record is the moment a change takes effect. Chroma adds none whose id is taken: a writer that was
stopped, and goes on when another has published, adds nothing, or a record that is not the highest.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast
from uuid import uuid4

from retrieval.errors import DamagedLibraryError, LibraryBusyError, StorageError
from retrieval.fork_safety import ForkedLock
from retrieval.index.bm25 import KeywordIndex
from retrieval.index.chroma.store import machine_checks
from retrieval.index.dense import StoredSide
from retrieval.index.integrity import INCOMPLETE
from retrieval.index.vector_store import DenseSide
from retrieval.settings import LibrarySettings
from retrieval.storage.manifest import LOST, MISSING, CollectionRecord, Manifest, parse_manifest
from retrieval.storage.server.bm25_cache import Bm25Cache, family
from retrieval.storage.server.cached_texts import STRUCTURE, TEXT, ServerTexts, chunks_name
from retrieval.storage.server.connection import Connection
from retrieval.storage.server.documents import DOCUMENTS, DocumentStore, no_vectors
from retrieval.storage.server.lock import ServerLock
from retrieval.storage.server.vectors import ServerVectors, SnapshotVectors
from retrieval.types import Chunk

if TYPE_CHECKING:
    from chromadb import Where

POINTER, MANIFEST, BACKUP = "in-force", "manifest", "backup"
VECTORS = "pullquote-vectors-"
# A change is seen this long after it took effect, at most.
LOOK_SECONDS = 1.0


@dataclass(frozen=True)
class ServerIndex:
    """Both sides of one snapshot of one collection."""

    vectors: SnapshotVectors
    keyword: KeywordIndex

    @cached_property
    def dense(self) -> DenseSide:
        """The dense side."""
        return StoredSide(self.vectors, list(self.keyword.rows))

    def prove(self) -> None:
        """Nothing: what a server says of its vectors is all that there is to look at."""


class NewServerIndex:
    """A snapshot while it is built; what the methods do is told at ``NewIndex``."""

    def __init__(
        self, name: str, vectors: ServerVectors, texts: ServerTexts, keywords: Bm25Cache, *, anew: bool
    ) -> None:
        self.name = name
        self._vectors, self._texts, self._keywords, self._anew = vectors, texts, keywords, anew

    def add(self, ids: Sequence[str], vectors: Sequence[Sequence[float]]) -> None:
        """See ``NewIndex``."""
        self._vectors.add(ids, vectors)

    def delete(self, ids: Sequence[str]) -> None:
        """Nothing yet: readers of the snapshot in force need them until it is not."""

    def finish(self, keyword: KeywordIndex, record: CollectionRecord) -> None:
        """See ``NewIndex``; every other machine builds its keyword side of the texts and these chunks."""
        if not self._vectors.ids() >= keyword.rows.keys():
            raise DamagedLibraryError(INCOMPLETE)
        chunks: dict[str, list[Chunk]] = {}
        for chunk in keyword.chunks:
            chunks.setdefault(chunk.source_id, []).append(chunk)
        chunked = [(source, chunks.get(source.id, [])) for source in record.sources.values()]
        self._texts.write_chunks(chunked, again=self._anew)
        self._keywords.keep(record, keyword)


class ServerStorage:
    """The place of a library on a Chroma server; what the methods do is told at ``Storage``.

    Args:
        settings: Where the server is, and where this machine keeps its copies.
    """

    indexes_stay = False
    room_note = "The room is the Chroma server's: `chroma vacuum` gives it back there, while it is stopped."

    def __init__(self, settings: LibrarySettings) -> None:
        place = f"{settings.chroma_url}\n{settings.chroma_tenant}\n{settings.chroma_database}"
        copies = settings.home / "servers" / hashlib.sha256(place.encode()).hexdigest()[:12]
        self._connection = Connection(settings)
        self._documents = DocumentStore(self._connection)
        self.texts = ServerTexts(self._documents, copies / "texts")
        self._keywords = Bm25Cache(copies / "keyword", self.texts.read_chunks, self.texts.read_copy)
        self._server_lock = ServerLock(self._connection)
        # The families that this process has written to since it last cleaned up.
        self._written: set[str] = set()
        # The number of what was in force when this process became the one writer, or of what it has published since.
        self._followed = 0
        self._looking = ForkedLock()
        # When it was looked, and what was in force: its number and its manifest's hash.
        self._seen: tuple[float, tuple[int, str] | None] = (-LOOK_SECONDS, None)

    def stamp(self, *, fresh: bool = False) -> str | None:
        """The hash of the manifest in force."""
        with self._looking:
            if fresh or time.monotonic() - self._seen[0] >= LOOK_SECONDS:
                self._seen = (time.monotonic(), self._in_force())
            return self._seen[1][1] if self._seen[1] else None

    def read_manifest(self) -> Manifest | None:
        """See ``Storage``."""
        while True:
            sha256 = self.stamp()
            manifest = self._manifest(MANIFEST, sha256) if sha256 else None
            if manifest is not None or (sha256 is None and not self._holds_texts_or_vectors()):
                return manifest
            # Another snapshot may have been published, and this one deleted, in the middle of it.
            if self.stamp(fresh=True) == sha256:
                damaged = "The library's manifest is damaged; run `pullquote reindex` to repair it."
                raise DamagedLibraryError(damaged if sha256 else MISSING)

    def recover_manifest(self) -> Manifest | None:
        """See ``Storage``."""
        sha256 = self.stamp(fresh=True)
        if sha256 is None and not self._holds_texts_or_vectors():
            return None
        # Where nothing says any more which one is in force, there is seldom more than one.
        stored = {name.partition("/")[2] for name in self._documents.names() if name.startswith((MANIFEST, BACKUP))}
        manifests = [
            manifest
            for each in ({sha256} if sha256 else stored)
            if (manifest := self._manifest(MANIFEST, each) or self._manifest(BACKUP, each))
        ]
        if not manifests:
            raise DamagedLibraryError(LOST)
        return max(manifests, key=lambda manifest: len(manifest.texts()))

    def publish(self, manifest: Manifest) -> None:
        """See ``Storage``."""
        content = manifest.model_dump_json()
        sha256 = hashlib.sha256(content.encode("utf-8")).hexdigest()
        for kind in (BACKUP, MANIFEST):
            self._documents.write(f"{kind}/{sha256}", content)
        self._server_lock.check()
        held = self._connection.make_collection(DOCUMENTS)
        after = (self._followed + 1, sha256)
        with self._looking, self._connection.errors():
            held.add(
                ids=[f"{POINTER}-{after[0]}"],
                embeddings=no_vectors(1),
                documents=[sha256],
                metadatas=[{POINTER: after[0]}],
            )
            self._seen = (time.monotonic(), self._in_force())
            if self._seen[1] != after:
                raise LibraryBusyError("Another pullquote has changed the library meanwhile; try again.")
            self._followed = after[0]

    @contextmanager
    def lock(self, *, wait_seconds: float = 0) -> Iterator[None]:
        """See ``Storage``."""
        with self._server_lock.hold(wait_seconds=wait_seconds):
            with self._looking:
                self.stamp(fresh=True)  # whoever held the lock before may have published
                self._followed = self._seen[1][0] if self._seen[1] else 0
            yield

    def open_index(self, record: CollectionRecord) -> ServerIndex:
        """See ``Storage``; the first time on a machine, all texts are fetched and their words counted."""
        keyword = self._keywords.open(record)
        name = VECTORS + family(record.index)
        return ServerIndex(SnapshotVectors(self._connection, name, keyword.rows.keys()), keyword)

    @contextmanager
    def open_vectors(self, index: str) -> Iterator[ServerVectors]:
        """See ``Storage``; gives those of killed writers, too."""
        yield ServerVectors(self._connection, VECTORS + family(index))

    def check_manifest(self) -> None:
        """See ``Storage``."""
        sha256 = self.stamp(fresh=True)
        if sha256 is not None and not all(self._manifest(kind, sha256) for kind in (MANIFEST, BACKUP)):
            raise DamagedLibraryError("The library's manifest or its backup is damaged.")

    def machine_checks(self) -> Mapping[str, Callable[[], str]]:
        """See ``Storage``; the client needs what Chroma does in a folder."""
        return machine_checks()

    def checks(self) -> Mapping[str, Callable[[], str]]:
        """See ``Storage``."""
        return {"Chroma server": self._describe}

    def size_bytes(self) -> None:
        """See ``Storage``; the space is the server's."""

    @contextmanager
    def new_index(self, like: str = "") -> Iterator[NewServerIndex]:
        """See ``Storage``; what it leaves when it is not published goes with the next ``clean_up``."""
        begins = family(like) or uuid4().hex[:12]
        name = f"{begins}.{uuid4().hex[:12]}"
        self._written.add(begins)
        vectors = ServerVectors(self._connection, VECTORS + begins)
        yield NewServerIndex(name, vectors, self.texts, self._keywords, anew=not like)

    def is_tidy(self, manifest: Manifest) -> bool:
        """See ``Storage``; stray vectors are not looked for, since that would mean to list them all."""
        return self._documents.names() == self._named(manifest) and self._collections() == _families(manifest)

    def clean_up(self, manifest: Manifest) -> None:
        """See ``Storage``; stray vectors go with the next change of their collection, and harm nobody till then."""
        collections = self._collections() - _families(manifest)
        strays: dict[ServerVectors, set[str]] = {}
        for record in manifest.collections.values():
            if family(record.index) in self._written:
                vectors = ServerVectors(self._connection, VECTORS + family(record.index))
                strays[vectors] = vectors.ids() - self._keywords.open(record).rows.keys()
        pieces = self._documents.pieces_beside(self._named(manifest))
        # All that is to go has been listed by now: if this process is stopped here, what others write is not among it.
        self._server_lock.check()
        for name in collections:
            self._connection.delete_collection(name)
        for vectors, ids in strays.items():
            vectors.delete(sorted(ids))
        self._written.clear()
        self._documents.delete(pieces)
        self._delete_pointers()
        self.let_go_of_old(manifest)

    def let_go_of_old(self, manifest: Manifest | None) -> None:
        """Refresh the keyword sides that are asked here, and delete this machine's copies of what is not in force."""
        records = manifest.collections.values() if manifest else []
        self._keywords.follow(records)
        with suppress(StorageError):
            self.texts.keep_only(manifest.texts() | manifest.structures() if manifest else set())
        self._keywords.keep_only(records)

    def close(self) -> None:
        """See ``Storage``."""
        self._keywords.close()
        self._connection.close()
        self._seen = (-LOOK_SECONDS, None)

    def _describe(self) -> str:
        try:
            return f"{self._connection.url}, Chroma {self._connection.version()}"
        finally:
            self._connection.close()

    def _in_force(self) -> tuple[int, str] | None:
        """The number of the snapshot in force, and its manifest's hash."""
        held = self._connection.collection(DOCUMENTS)
        if held is None:
            return None
        with self._connection.errors():
            found = held.get(where=cast("Where", {POINTER: {"$gte": 1}}), include=["documents", "metadatas"])
        numbers = [int(str(told[POINTER])) for told in found["metadatas"] or []]
        return max(zip(numbers, found["documents"] or [], strict=True), default=None)

    def _delete_pointers(self) -> None:
        """Delete those to snapshots that are not in force any more."""
        held = self._connection.make_collection(DOCUMENTS)
        with self._connection.errors():
            held.delete(where=cast("Where", {POINTER: {"$lt": self._followed}}))

    def _manifest(self, kind: str, sha256: str) -> Manifest | None:
        content = self._documents.read(f"{kind}/{sha256}")
        if content is None or hashlib.sha256(content.encode("utf-8")).hexdigest() != sha256:
            return None
        return parse_manifest(content)

    def _holds_texts_or_vectors(self) -> bool:
        return bool(self.texts.hashes() or self._collections())

    def _collections(self) -> set[str]:
        return set(self._connection.collection_names(VECTORS))

    def _named(self, manifest: Manifest) -> set[str]:
        """What the collection of documents holds when only this manifest is in force."""
        sha256 = hashlib.sha256(manifest.model_dump_json().encode("utf-8")).hexdigest()
        sources = [source for record in manifest.collections.values() for source in record.sources.values()]
        texts = {f"{TEXT}/{text}" for text in manifest.texts()}
        texts |= {f"{STRUCTURE}/{structure}" for structure in manifest.structures()}
        return {f"{MANIFEST}/{sha256}", f"{BACKUP}/{sha256}"} | texts | {chunks_name(source) for source in sources}


def _families(manifest: Manifest) -> set[str]:
    """What Chroma calls the collections that a manifest needs."""
    return {VECTORS + family(name) for name in manifest.indexes()}
