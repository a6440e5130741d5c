"""One file -> the parts of a library, each proven; whatever else the file may be, it is refused."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from retrieval.archive.layout import (
    CONTENTS,
    FORMAT,
    Contents,
    chunks_part,
    collection_numbers,
    part_names,
    places_part,
    text_part,
    vectors_part,
)
from retrieval.chunking import CHUNKER
from retrieval.errors import ArchiveError, IndexMismatchError
from retrieval.library import check_collection_name
from retrieval.manifest import LAYOUT, CollectionRecord, Manifest, SourceRecord
from retrieval.places import places_from_bytes
from retrieval.types import Chunk, Source, Span, source_id
from retrieval.writing import are_sound

SHA256 = re.compile(r"[0-9a-f]{64}")
LANGUAGE = re.compile(r"[a-z]{0,3}")
# Bounds for what a file may claim, so that a small one cannot fill the memory.
MOST_CONTENTS_BYTES = 500_000_000
MOST_TEXT_CHARACTERS = 200_000_000
BYTES_PER_CHARACTER = 4
BYTES_PER_PLACE = 4_000
BYTES_PER_CHUNK = 60
MOST_DIMENSIONS = 8_192
NPY_HEADER_BYTES = 1_000


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
            self._zip = zipfile.ZipFile(path)
        except OSError as error:
            raise ArchiveError(f"{path} cannot be read ({error.strerror or 'it is damaged'}).") from error
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise self._damaged() from error
        try:
            self._contents = self._read_contents()
        except BaseException:
            self._zip.close()
            raise

    @property
    def manifest(self) -> Manifest:
        """What is in the archive; its indexes have no names."""
        return self._contents.manifest

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

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

    def _read_contents(self) -> Contents:
        try:
            contents = Contents.model_validate_json(self._bytes(CONTENTS, MOST_CONTENTS_BYTES))
        except ValidationError as error:
            raise self._damaged() from error
        manifest = contents.manifest
        if contents.format != FORMAT or (manifest.layout, manifest.chunker) != (LAYOUT, CHUNKER):
            raise IndexMismatchError(
                f"{self._path} was written by another version of Pullquote; export it again with this one."
            )
        names = [info.filename for info in self._zip.infolist()]
        whole = Counter(names) == Counter([CONTENTS, *contents.parts]) and contents.parts.keys() == part_names(manifest)
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
        places = b""
        if record.places_sha256:
            most = min((record.chars + 1) * BYTES_PER_PLACE, MOST_CONTENTS_BYTES)
            places = self._bytes(places_part(record.places_sha256), most)
        try:
            source = record.with_text(text.decode("utf-8"), places_from_bytes(places))
        except (ValueError, TypeError) as error:
            raise self._damaged() from error
        hashes = (hashlib.sha256(text).hexdigest(), hashlib.sha256(places).hexdigest() if places else "")
        proven = len(source.text) == record.chars and hashes == (record.sha256, record.places_sha256)
        if not proven or not _are_places(source):
            raise self._damaged()
        return source

    def _chunks(self, number: int, record: CollectionRecord, sources: dict[str, Source]) -> dict[str, list[Chunk]]:
        chunks: dict[str, list[Chunk]] = {key: [] for key in sources}
        if record.chunks:
            try:
                rows = json.loads(self._bytes(chunks_part(number), record.chunks * BYTES_PER_CHUNK))
                for key, start, end in rows:
                    span = Span(start, end)
                    if not span.start < span.end <= len(sources[key].text):
                        raise ValueError("a chunk that is not in its text")
                    chunks[key].append(Chunk.of(sources[key], span))
            except (ValueError, TypeError, KeyError, RecursionError) as error:
                raise self._damaged() from error
        if any(len(chunks[key]) != source.chunks for key, source in record.sources.items()):
            raise self._damaged()
        return chunks

    def _vectors(self, number: int, count: int) -> NDArray[np.float32]:
        dimension = self.manifest.dimension
        if not 0 < dimension <= MOST_DIMENSIONS:
            raise self._damaged()
        data = self._bytes(vectors_part(number), count * dimension * 4 + NPY_HEADER_BYTES)
        try:
            vectors = np.load(io.BytesIO(data), allow_pickle=False)
        except (ValueError, EOFError, OSError, SyntaxError) as error:
            raise self._damaged() from error
        if (
            not isinstance(vectors, np.ndarray)
            or vectors.dtype != np.float32
            or vectors.shape != (count, dimension)
            or not are_sound(vectors).all()
        ):
            raise self._damaged()
        return vectors

    def _bytes(self, name: str, most: int) -> bytes:
        """A part, proven by its hash; the table of contents is where the hashes are."""
        try:
            with self._zip.open(name) as part:
                data = part.read(most + 1)
        except (KeyError, OSError, RuntimeError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise self._damaged() from error
        if len(data) > most:
            raise self._damaged()
        if name != CONTENTS and hashlib.sha256(data).hexdigest() != self._contents.parts.get(name):
            raise self._damaged()
        return data

    def _damaged(self) -> ArchiveError:
        return ArchiveError(f"{self._path} is no exported library, or is damaged; export it again.")


def _are_places(source: Source) -> bool:
    """Whether the places of a source are some, in order and inside its text; their hash proves nothing of that."""
    types = all(
        type(place.start) is int
        and (place.page is None or (type(place.page) is int and place.page > 0))
        and (place.heading is None or isinstance(place.heading, str))
        for place in source.places
    )
    if not types:
        return False
    starts = [place.start for place in source.places]
    return starts == sorted(starts) and all(0 <= start <= len(source.text) for start in starts)
