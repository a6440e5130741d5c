"""Checking a library: the manifest, every stored text, every chunk and vector, every original file."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from retrieval.collection_names import collection_option
from retrieval.errors import DamagedLibraryError
from retrieval.ingest.new_vectors import are_sound
from retrieval.library import Library
from retrieval.maintenance.rebuild import original_bytes
from retrieval.storage.interface import Index
from retrieval.storage.manifest import CollectionRecord, Manifest
from retrieval.storage.source_record import SourceRecord
from retrieval.types import Chunk

# Vectors are looked at in steps of this many.
STEP = 1000


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """What was found about one source.

    Attributes:
        source: Which source.
        problem: A sentence with its remedy, or empty when all is well.
        damaged: Whether it is the stored text, or its structure, that is damaged.
    """

    source: SourceRecord
    problem: str = ""
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found about a collection.

    Attributes:
        sources: One check for each source, by title.
        manifest: What is wrong with the library's manifest: a sentence with its remedy, or empty.
        index: What is wrong with the collection's index: a sentence with its remedy, or empty.
    """

    sources: list[SourceCheck] = field(default_factory=list)
    manifest: str = ""
    index: str = ""

    @property
    def problems(self) -> list[str]:
        """All that is wrong, a sentence each."""
        found = [self.manifest, self.index, *(check.problem for check in self.sources)]
        return [problem for problem in found if problem]


def verify_collection(library: Library, collection: str) -> Verification:
    """Hash every stored text of a collection again, and compare texts, chunks, vectors, manifest and original files.

    An original file that is gone is no problem, because answers come from the stored text; one that has changed is.

    Raises:
        CollectionError: If the collection is unknown.
        DamagedLibraryError: If neither the manifest nor its backup can be trusted.
        IndexMismatchError: If the index was made another way.
        StorageError: If the place of the library cannot be used.
    """
    while True:
        before = library.storage.stamp(fresh=True)
        found = _verify(library, collection)
        # What another process replaced in the middle of it is no problem of the library as it is now.
        if not found.problems or library.storage.stamp(fresh=True) == before:
            return found


def _verify(library: Library, collection: str) -> Verification:
    remedy = f"run `pullquote sources verify --repair{collection_option(collection)}`."
    manifest_problem = ""
    try:
        library.storage.check_manifest()
        manifest = library.usable_manifest()
    except DamagedLibraryError as error:
        manifest_problem = f"{str(error).rstrip('.')}; {remedy}"
        manifest = library.storage.recover_manifest()
    if manifest is None or collection not in manifest.collections:
        library.records(collection)  # says that there is none
        return Verification()
    record = manifest.collections[collection]
    texts = {source.id: _text(library, source) for source in record.sources.values()}
    index_problem = _index_problem(library, manifest, collection, {key: text for key, (text, _) in texts.items()})
    checks = []
    for source in sorted(record.sources.values(), key=attrgetter("title_order")):
        text, problem = texts[source.id]
        checks.append(SourceCheck(source, problem or _file_problem(source, collection), damaged=text is None))
    return Verification(checks, manifest_problem, f"{index_problem}; {remedy}" if index_problem else "")


def _text(library: Library, source: SourceRecord) -> tuple[str | None, str]:
    """The text of a source, as it is stored, or None and what is wrong with it."""
    try:
        library.texts.prove(source.sha256, source.places_sha256)
        return library.texts.read(source.sha256), ""
    except DamagedLibraryError as error:
        return None, str(error)


def _file_problem(source: SourceRecord, collection: str) -> str:
    data = original_bytes(source)
    if data is not None and hashlib.sha256(data).hexdigest() != source.file_sha256:
        option = collection_option(collection)
        return f"The file has changed since it was indexed; run `pullquote index PATH{option}` on it again."
    return ""


def _index_problem(library: Library, manifest: Manifest, collection: str, texts: dict[str, str | None]) -> str:
    record = manifest.collections[collection]
    if not record.index:
        return ""
    try:
        index = library.index(manifest, collection)
        index.prove()
        if not _chunks_fit(index.keyword.chunks, record, texts):
            return "The keyword index does not fit the documents"
        if index.keyword.rows.keys() != index.vectors.ids():
            return "The index is incomplete"
        return "" if _vectors_are_sound(index, manifest.dimension) else "The index holds vectors that are none"
    except DamagedLibraryError as error:
        return str(error).partition(";")[0].rstrip(".")


def _chunks_fit(chunks: Sequence[Chunk], record: CollectionRecord, texts: dict[str, str | None]) -> bool:
    """Whether these are the chunks of the sources, each of which stands in its text where it says."""
    counts = Counter((chunk.source_id, chunk.sha256) for chunk in chunks)
    if counts != {(source.id, source.sha256): source.chunks for source in record.sources.values()}:
        return False
    for chunk in chunks:
        text = texts[chunk.source_id]
        # A text that is damaged is told of by itself.
        if text is not None:
            words = text[chunk.span.start : chunk.span.end]
            if chunk.vector_id != hashlib.sha256(words.encode("utf-8")).hexdigest()[: len(chunk.vector_id)]:
                return False
    return True


def _vectors_are_sound(index: Index, dimension: int) -> bool:
    ids = sorted(index.keyword.rows)
    for first in range(0, len(ids), STEP):
        vectors = index.vectors.vectors(ids[first : first + STEP])
        if vectors.shape[1:] != (dimension,) or not are_sound(vectors).all():
            return False
    return True
