"""Library -> one file."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from retrieval.errors import ArchiveError, CollectionError
from retrieval.files import replaced_atomically
from retrieval.ingest.progress import Progress, StepCounter
from retrieval.library import Library
from retrieval.maintenance.archive.layout import (
    CHECKSUM_BYTES,
    CONTENTS,
    FORMAT,
    MOST_CONTENTS_BYTES,
    MOST_SHRINKING,
    NO_TIME,
    VECTOR_TYPE,
    Contents,
    checksum,
    chunks_part,
    collection_numbers,
    structure_part,
    text_part,
    vectors_header,
    vectors_part,
)
from retrieval.storage.manifest import CollectionRecord, Manifest
from retrieval.structure import structure_to_bytes

STEP = 1000
TOO_MANY = "The library has too many documents for one file; export its collections one by one with --collection."


def export_library(
    library: Library, path: Path, collections: Sequence[str] = (), *, progress: Progress | None = None
) -> Manifest:
    """Write a library to one file, which takes the place of ``path`` when all is written.

    Nothing else is in it: no settings, no key, no chat history, no records of the Discord bot.

    Args:
        library: What is written; it may be asked and changed meanwhile.
        path: The file.
        collections: Which collections; all when there are none.
        progress: Called with the number of chunks done and of chunks in all.

    Returns:
        The manifest of what was written.

    Raises:
        CollectionError: If there is no library, or no collection of that name.
        IndexMismatchError: If the index was made another way.
        DamagedLibraryError: If a text or an index cannot be trusted; nothing is written then.
        ArchiveError: If the file cannot be written.
    """
    return library.read_consistently(lambda: _export(library, path, collections, progress))


def _export(library: Library, path: Path, collections: Sequence[str], progress: Progress | None) -> Manifest:
    manifest = library.usable_manifest()
    if manifest is None:
        raise CollectionError("There is no library yet; the first question or `pullquote index` makes it.")
    for name in collections:
        library.records(name)  # says when there is none of that name
    chosen = {name: record for name, record in manifest.collections.items() if not collections or name in collections}
    counter = StepCounter(progress, sum(record.chunks for record in chosen.values()))
    nameless = {name: record.model_copy(update={"index": ""}) for name, record in chosen.items()}
    told = manifest.model_copy(update={"collections": nameless})
    try:
        with replaced_atomically(path) as file:
            with zipfile.ZipFile(file, "w") as archive:
                archive.comment = bytes(CHECKSUM_BYTES)
                writer = _Writer(archive)
                _write_texts(writer, library, told)
                for name, number in collection_numbers(told).items():
                    if chosen[name].chunks:
                        _write_collection(writer, library, manifest, name, number)
                    counter.add(chosen[name].chunks)
                contents = Contents(format=FORMAT, manifest=told, parts=writer.hashes).model_dump_json().encode()
                if len(contents) > MOST_CONTENTS_BYTES:
                    raise ArchiveError(TOO_MANY)
                writer.write(CONTENTS, contents)
            size = file.seek(0, os.SEEK_END)
            proof = checksum(file, size)
            file.seek(size - CHECKSUM_BYTES)
            file.write(proof)
    except OSError as error:
        raise ArchiveError(f"{path} cannot be written ({error.strerror}); choose another place.") from error
    return told


class _Writer:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.hashes: dict[str, str] = {}

    def write(self, name: str, data: bytes, *, compressed: bool = True) -> None:
        self.hashes[name] = hashlib.sha256(data).hexdigest()
        info = zipfile.ZipInfo(name, NO_TIME)
        info.compress_type = zipfile.ZIP_DEFLATED if compressed and not _shrinks_much(data) else zipfile.ZIP_STORED
        self._archive.writestr(info, data)


def _shrinks_much(data: bytes) -> bool:
    """Whether a reader would take it for a bomb."""
    return len(data) > MOST_SHRINKING * len(zlib.compress(data, wbits=-zlib.MAX_WBITS))


def _write_texts(writer: _Writer, library: Library, manifest: Manifest) -> None:
    for sha256 in sorted(manifest.texts()):
        writer.write(text_part(sha256), library.texts.read(sha256).encode("utf-8"))
    for sha256 in sorted(manifest.structures()):
        writer.write(structure_part(sha256), structure_to_bytes(library.texts.read_structure(sha256)))


def _write_collection(writer: _Writer, library: Library, manifest: Manifest, name: str, number: int) -> None:
    index = library.index(manifest, name)
    order = _rank(manifest.collections[name])
    chunks = sorted(index.keyword.chunks, key=lambda chunk: (order[chunk.source_id], chunk.span))
    rows = [[chunk.source_id, chunk.span.start, chunk.span.end] for chunk in chunks]
    writer.write(chunks_part(number), json.dumps(rows, separators=(",", ":")).encode("ascii"))
    ids = sorted(index.keyword.rows)
    vectors = np.concatenate([index.vectors.vectors(ids[first : first + STEP]) for first in range(0, len(ids), STEP)])
    data = vectors_header(*vectors.shape) + vectors.astype(VECTOR_TYPE).tobytes()
    writer.write(vectors_part(number), data, compressed=False)


def _rank(record: CollectionRecord) -> dict[str, int]:
    return {source_id: rank for rank, source_id in enumerate(sorted(record.sources))}
