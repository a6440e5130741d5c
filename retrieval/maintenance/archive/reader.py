"""One file -> the parts of a library, each proven; whatever else the file may be, it is refused."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import struct
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.collection_names import check_collection_name
from retrieval.errors import ArchiveError, IndexMismatchError
from retrieval.files import open_regular
from retrieval.ingest.new_vectors import are_sound
from retrieval.maintenance.archive.layout import (
    CHECKSUM,
    CHECKSUM_BYTES,
    CONTENTS,
    FORMAT,
    MOST_CONTENTS_BYTES,
    MOST_SHRINKING,
    VECTOR_TYPE,
    Contents,
    checksum,
    chunks_part,
    collection_numbers,
    part_names,
    structure_part,
    text_part,
    vectors_header,
    vectors_part,
)
from retrieval.storage.manifest import LAYOUT, CollectionRecord, Manifest
from retrieval.storage.source_record import SourceRecord
from retrieval.structure import structure_from_bytes, structure_to_bytes
from retrieval.text.chunking import CHUNKER
from retrieval.types import Chunk, Source, Span, source_id

SHA256 = re.compile(r"[0-9a-f]{64}")
LANGUAGE = re.compile(r"[a-z]{0,3}")
# Bounds for what a file may claim, so that a small one cannot fill the memory.
MOST_DIRECTORY_BYTES = 250_000_000
MOST_CHUNKS_BYTES = 200_000_000
MOST_TEXT_CHARACTERS = 200_000_000
BYTES_PER_CHARACTER = 4
# A place, with its headings, and labels: of the shortest words some.
BYTES_PER_PLACE = 4_000
BYTES_PER_CHUNK = 60
MOST_DIMENSIONS = 8_192
# A zip file ends with this record: its sign, and at last how long the comment is that follows.
END_SIGN, END_BYTES = b"PK\x05\x06", 22
# What stands before a part and once more in the directory, besides its name.
HEADERS_BYTES = 30 + 46
# What zipfile and zlib say of files that are none.
DAMAGE = (EOFError, OSError, RuntimeError, LookupError, OverflowError, struct.error, zipfile.BadZipFile, zlib.error)
# What comes of looking for something in JSON that is something else.
MALFORMED = (AttributeError, LookupError, RecursionError, TypeError, ValueError)


class ArchiveReader:
    """An open archive: what it tells has been proven by the time it is returned.

    Args:
        path: The file.

    Raises:
        ArchiveError: If it cannot be read, is no exported library, or its table of contents is damaged.
        IndexMismatchError: If a version of Pullquote wrote it that indexes otherwise.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = _Bounded(open_regular(path).detach())
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "a bad path"
            raise ArchiveError(f"{path} cannot be read ({reason}); name a file that `library export` wrote.") from error
        try:
            self._size = os.fstat(self._file.fileno()).st_size
            self._check_bytes()
            self._zip = zipfile.ZipFile(self._file)
            self._contents = self._read_contents()
        except (*DAMAGE, *MALFORMED) as error:
            self.close()
            raise self._damaged() from error
        except BaseException:
            self.close()
            raise

    @property
    def manifest(self) -> Manifest:
        """What is in the archive; its indexes have no names."""
        return self._contents.manifest

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def collection(self, name: str) -> tuple[list[tuple[Source, list[Chunk]]], dict[str, NDArray[np.float32]]]:
        """The sources of a collection with their chunks, and the vectors of these chunks by id.

        Raises:
            ArchiveError: If a part is missing or altered, or they do not belong together.
        """
        record, number = self.manifest.collections[name], collection_numbers(self.manifest)[name]
        sources = {key: self._source(source) for key, source in record.sources.items()}
        chunks = self._chunks(number, record, sources)
        ids = sorted({chunk.vector_id for each in chunks.values() for chunk in each})
        vectors = self._vectors(number, len(ids)) if ids else np.zeros((0, 0), dtype=np.float32)
        return [(sources[key], chunks[key]) for key in sources], dict(zip(ids, vectors, strict=True))

    def _check_bytes(self) -> None:
        """Compare the file with its checksum; what was exported before there was one has only those of its parts."""
        self._file.seek(max(0, self._size - END_BYTES - CHECKSUM_BYTES))
        end = self._file.read(END_BYTES + CHECKSUM_BYTES)
        if end[-END_BYTES:].startswith(END_SIGN) and end.endswith(b"\0\0"):
            return
        told = end[-CHECKSUM_BYTES:]
        # A look at the end first: nobody should wait for the hash of what is something else.
        if not told.startswith(CHECKSUM) or told != checksum(self._file, self._size):
            raise self._damaged()

    def _read_contents(self) -> Contents:
        contents = _contents(json.loads(self._bytes(CONTENTS, MOST_CONTENTS_BYTES)))
        manifest = contents.manifest
        if contents.format != FORMAT or (manifest.layout, manifest.chunker) != (LAYOUT, CHUNKER):
            raise IndexMismatchError(
                f"{self._path} was written by another version of Pullquote; export it again with this one."
            )
        infos = self._zip.infolist()
        if sum(info.compress_size + HEADERS_BYTES + 2 * len(info.filename) for info in infos) > self._size:
            raise self._damaged()  # some parts share their bytes
        named = Counter(info.filename for info in infos) == Counter([CONTENTS, *contents.parts])
        whole = named and contents.parts.keys() == part_names(manifest)
        if not whole or not all(self._is_plausible(record) for record in manifest.collections.values()):
            raise self._damaged()
        for name in manifest.collections:
            check_collection_name(name)
        return contents

    def _is_plausible(self, record: CollectionRecord) -> bool:
        return record.index == "" and all(
            source.id == key == source_id(source.uri)
            and SHA256.fullmatch(source.sha256) is not None
            and (not source.places_sha256 or SHA256.fullmatch(source.places_sha256) is not None)
            and 0 <= source.chars <= MOST_TEXT_CHARACTERS
            and 0 < source.chunks <= source.chars
            and LANGUAGE.fullmatch(source.language) is not None
            for key, source in record.sources.items()
        )

    def _source(self, record: SourceRecord) -> Source:
        text = self._bytes(text_part(record.sha256), record.chars * BYTES_PER_CHARACTER)
        told = b""
        if record.places_sha256:
            most = min((record.chars + 1) * BYTES_PER_PLACE, MOST_CONTENTS_BYTES)
            told = self._bytes(structure_part(record.places_sha256), most)
        try:
            source = record.with_text(text.decode("utf-8"), structure_from_bytes(told))
        except MALFORMED as error:
            raise self._damaged() from error
        hashes = (hashlib.sha256(text).hexdigest(), hashlib.sha256(told).hexdigest() if told else "")
        proven = len(source.text) == record.chars and hashes == (record.sha256, record.places_sha256)
        if not proven or not _is_structure(source) or structure_to_bytes(source.structure) != told:
            raise self._damaged()
        return source

    def _chunks(self, number: int, record: CollectionRecord, sources: dict[str, Source]) -> dict[str, list[Chunk]]:
        chunks: dict[str, list[Chunk]] = {key: [] for key in sources}
        if record.chunks:
            try:
                data = self._bytes(chunks_part(number), min(record.chunks * BYTES_PER_CHUNK, MOST_CHUNKS_BYTES))
                if data.count(b"[") != record.chunks + 1 or data.count(b",") > 3 * record.chunks:
                    raise ValueError("more than the chunks")
                rows = json.loads(data)
                for key, start, end in rows:
                    span = Span(start, end)
                    if not span.start < span.end <= len(sources[key].text):
                        raise ValueError("a chunk that is not in its text")
                    chunks[key].append(Chunk.of(sources[key], span))
            except MALFORMED as error:
                raise self._damaged() from error
        if any(len(chunks[key]) != source.chunks for key, source in record.sources.items()):
            raise self._damaged()
        return chunks

    def _vectors(self, number: int, count: int) -> NDArray[np.float32]:
        dimension = self.manifest.dimension
        if not 0 < dimension <= MOST_DIMENSIONS:
            raise self._damaged()
        header = vectors_header(count, dimension)
        size = len(header) + count * dimension * VECTOR_TYPE.itemsize
        data = self._bytes(vectors_part(number), size)
        # The header is not read but compared: it tells how much room an array takes, and how it is to be made.
        if len(data) != size or not data.startswith(header):
            raise self._damaged()
        vectors = np.frombuffer(data, VECTOR_TYPE, offset=len(header)).astype(np.float32).reshape(count, dimension)
        if not are_sound(vectors).all():
            raise self._damaged()
        return vectors

    def _bytes(self, name: str, most: int) -> bytes:
        """A part, proven by its hash; the table of contents is where the hashes are."""
        try:
            info = self._zip.getinfo(name)
            plain = info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
            if not plain or info.file_size > min(most, MOST_SHRINKING * info.compress_size):
                raise self._damaged()
            with self._zip.open(info) as part:
                data = part.read(info.file_size + 1)
        except (*DAMAGE, ValueError) as error:
            raise self._damaged() from error
        if len(data) != info.file_size:
            raise self._damaged()
        if name != CONTENTS and hashlib.sha256(data).hexdigest() != self._contents.parts.get(name):
            raise self._damaged()
        return data

    def _damaged(self) -> ArchiveError:
        return ArchiveError(f"{self._path} is no exported library, or is damaged; export it again.")


def _contents(told: Any) -> Contents:
    """Check a table of contents until the first thing that is wrong; pydantic would keep a note of each of millions."""
    manifest = told["manifest"]
    collections = {
        name: CollectionRecord(
            index=held["index"],
            sources={key: SourceRecord.model_validate(source) for key, source in held["sources"].items()},
        )
        for name, held in manifest["collections"].items()
    }
    if not all(isinstance(sha256, str) for sha256 in told["parts"].values()):
        raise ValueError("a hash that is none")
    manifest = Manifest.model_validate({**manifest, "collections": collections})
    return Contents(format=told["format"], manifest=manifest, parts=told["parts"])


class _Bounded(io.BufferedReader):
    """A file of which no more is read at once than the largest directory that is taken, whatever is asked for."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(MOST_DIRECTORY_BYTES if size is None or size < 0 else min(size, MOST_DIRECTORY_BYTES))


def _is_structure(source: Source) -> bool:
    """Whether places and labels of a source are in order and inside its text; their hash proves nothing of that."""
    types = all(place.fits(source.text) for place in source.places) and all(
        type(offset) is int
        for label in source.labels
        for offset in (label.words.start, label.words.end, label.span.start, label.span.end)
    )
    if not types or not all(label.fits(source.text) for label in source.labels):
        return False
    starts = [place.start for place in source.places]
    return starts == sorted(starts)
