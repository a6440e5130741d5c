"""The texts of a library on a Chroma server: among its documents, with a proven copy on this machine's disk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from retrieval.errors import DamagedLibraryError, StorageError
from retrieval.files import write_atomically
from retrieval.storage.server.documents import DocumentStore
from retrieval.storage.source_record import SourceRecord
from retrieval.storage.source_texts import SourceTexts, missing_text
from retrieval.structure import structure_from_bytes, structure_sha256, structure_to_bytes
from retrieval.text.chunking import CHUNKER
from retrieval.types import ENGLISH, Chunk, Source, Span, Structure

# On servers the structure has the name of what it was at first.
TEXT, STRUCTURE, CHUNKS = "text", "places", "chunks"


class ServerTexts:
    """Texts, structures and chunk borders; what is read has been proven, wherever it came from.

    Args:
        documents: Where they are.
        folder: Where the copies lie; a folder that cannot be written only makes reading slower.
    """

    def __init__(self, documents: DocumentStore, folder: Path) -> None:
        self._documents = documents
        self._copies = SourceTexts(folder)

    def write(self, source: Source) -> None:
        """Store the text of ``source`` and its structure.

        Raises:
            StorageError: If the server does not answer.
        """
        self._documents.write(f"{TEXT}/{source.sha256}", source.text)
        structure = source.structure
        if any(structure):
            self._documents.write(
                f"{STRUCTURE}/{structure_sha256(structure)}", structure_to_bytes(structure).decode("ascii")
            )
        with suppress(StorageError):
            self._copies.write(source)

    def write_chunks(self, chunked: Sequence[tuple[SourceRecord, Sequence[Chunk]]], *, again: bool) -> None:
        """Store where the chunks of sources begin and end: no other machine need find that out again.

        Args:
            chunked: The sources' records with their chunks.
            again: Whether to look at what is there already; else whatever was written to its end will do.
        """
        there = set() if again else self._documents.names()
        for record, chunks in chunked:
            name = chunks_name(record)
            if name not in there:
                borders = json.dumps([(chunk.span.start, chunk.span.end) for chunk in chunks], separators=(",", ":"))
                self._documents.write(name, borders)

    def read(self, sha256: str) -> str:
        """The text with that hash.

        Raises:
            DamagedLibraryError: If it is missing or is not the text that was indexed.
            StorageError: If the server does not answer.
        """
        return self._read(TEXT, sha256, ".txt", "text").decode("utf-8")

    def read_structure(self, sha256: str) -> Structure:
        """The structure with that hash; an empty hash stands for none. Raises as ``read`` does."""
        return structure_from_bytes(self._read(STRUCTURE, sha256, ".json", "structure") if sha256 else b"")

    def read_copy(self, sha256: str) -> str:
        """The text with that hash, if this machine has it.

        Raises:
            DamagedLibraryError: If it has not.
        """
        return self._copies.read(sha256)

    def hashes(self) -> set[str]:
        """The hashes of all texts that the server has.

        Raises:
            StorageError: If the server does not answer.
        """
        return {name.partition("/")[2] for name in self._documents.names() if name.startswith(f"{TEXT}/")}

    def prove(self, sha256: str, structure_sha256: str) -> None:
        """Prove a text and its structure as the server has them, whatever copies lie here. Raises as ``read`` does."""
        self._proven(TEXT, sha256, "text")
        if structure_sha256:
            self._proven(STRUCTURE, structure_sha256, "structure")

    def read_chunks(self, record: SourceRecord) -> tuple[Source, list[Chunk]]:
        """A source with its chunks.

        Raises:
            DamagedLibraryError: If its text or the chunks' borders are missing or altered.
            StorageError: If the server does not answer.
        """
        source = record.with_text(self.read(record.sha256), self.read_structure(record.places_sha256))
        stored = self._documents.read(chunks_name(record))
        try:
            spans = [Span(start, end) for start, end in json.loads(stored or "")]
        except (ValueError, TypeError):
            spans = []
        if len(spans) != record.chunks or any(span.end > len(source.text) for span in spans):
            raise missing_text(CHUNKS, record.sha256)
        return source, [Chunk.of(source, span) for span in spans]

    def keep_only(self, hashes: set[str]) -> None:
        """Delete the copies of everything else.

        Raises:
            StorageError: If they cannot be deleted.
        """
        self._copies.keep_only(hashes)

    def _read(self, kind: str, sha256: str, suffix: str, what: str) -> bytes:
        with suppress(DamagedLibraryError):
            return self._copies.read_bytes(sha256, suffix)
        data = self._proven(kind, sha256, what)
        with suppress(StorageError):
            write_atomically(self._copies.folder / f"{sha256}{suffix}", data)
        return data

    def _proven(self, kind: str, sha256: str, what: str) -> bytes:
        data = (self._documents.read(f"{kind}/{sha256}") or "").encode("utf-8")
        if hashlib.sha256(data).hexdigest() != sha256:
            raise missing_text(what, sha256)
        return data


def chunks_name(record: SourceRecord) -> str:
    """The document's name for the borders of a source's chunks: they follow from text, language and chunker."""
    key = f"{record.sha256}:{record.language or ENGLISH}:{CHUNKER}"
    return f"{CHUNKS}/{hashlib.sha256(key.encode()).hexdigest()}"
