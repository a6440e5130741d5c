"""Checking a library: every stored text, every chunk on both sides, every original file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from retrieval.errors import DamagedLibraryError
from retrieval.library import Library, collection_option
from retrieval.manifest import SourceRecord
from retrieval.rebuilding import original_bytes


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """What was found about one source: ``problem`` is a sentence with its remedy, or empty when all is well."""

    source: SourceRecord
    problem: str = ""


def verify_collection(library: Library, collection: str) -> list[SourceCheck]:
    """Hash every stored text of a collection again and compare it with its chunks and its original file.

    An original file that is gone is no problem, because answers come from the stored text; one that has changed is.

    Raises:
        CollectionError: If the collection is unknown.
        DamagedLibraryError: If an index is damaged as a whole.
        StorageError: If the data folder cannot be used.
    """
    while True:
        before = library.manifest()
        checks = library.read_consistently(lambda: _check(library, collection))
        # What another process replaced in the middle of it is no problem of the library as it is now.
        if library.manifest() == before or not any(check.problem for check in checks):
            return checks


def _check(library: Library, collection: str) -> list[SourceCheck]:
    records = library.records(collection)
    manifest = library.usable_manifest()
    if not records or manifest is None:
        return []
    index = library.index(manifest, collection)
    if index.keyword.rows.keys() != index.vectors.ids():
        raise DamagedLibraryError("The index is incomplete; run `pullquote reindex` to rebuild it.")
    return [SourceCheck(source, _problem(library, source, collection)) for source in records]


def _problem(library: Library, source: SourceRecord, collection: str) -> str:
    try:
        library.texts.prove(source.sha256, source.places_sha256)
    except DamagedLibraryError as error:
        return str(error)
    data = original_bytes(source)
    if data is not None and hashlib.sha256(data).hexdigest() != source.file_sha256:
        option = collection_option(collection)
        return f"The file has changed since it was indexed; run `pullquote index PATH{option}` on it again."
    return ""
