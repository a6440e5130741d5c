"""The collection of documents: texts, structures, chunk borders and manifests beside the vectors, each under its hash.

Chroma takes documents of a limited size, so each is kept in pieces; a piece needs a vector, which nobody asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from retrieval.storage.server.connection import MOST_AT_ONCE, Connection

Item = TypeVar("Item")

DOCUMENTS = "pullquote-library"
# Chroma Cloud's documents end at 16,384 bytes.
PIECE_BYTES = 16_000
# The largest text that is taken has fewer; more are a claim that would fill the memory.
MOST_PIECES = 100_000
# Kind and hash of a document, and the number of its piece.
PIECE_NAME = re.compile(r"([a-z]+/[0-9a-f]{64})/(\d{6})")


class DocumentStore:
    """Documents by name, in pieces.

    Args:
        connection: To the server.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self, name: str) -> str | None:
        """The document of that name; None when it is not there, or not whole.

        Raises:
            StorageError: If the server does not answer.
        """
        held = self._connection.collection(DOCUMENTS)
        if held is None:
            return None
        with self._connection.errors():
            first = held.get(ids=[_piece(name, 0)], include=["documents", "metadatas"])
            if not first["ids"]:
                return None
            count = (first["metadatas"] or [{}])[0].get("pieces")
            if not isinstance(count, int) or not 0 < count <= MOST_PIECES:
                return None
            pieces = dict(zip(first["ids"], first["documents"] or [], strict=True))
            rest = [_piece(name, number) for number in range(1, count)]
            for some in _steps(rest):
                found = held.get(ids=some, include=["documents"])
                pieces |= zip(found["ids"], found["documents"] or [], strict=True)
        return "".join(pieces[piece] for piece in sorted(pieces)) if len(pieces) == count else None

    def write(self, name: str, text: str) -> None:
        """Store a document, unless it is there. Raises as ``read`` does."""
        if self.read(name) == text:
            return
        held = self._connection.make_collection(DOCUMENTS)
        pieces = _cut(text)
        with self._connection.errors():
            # The first piece last, since it says how many there are: without it, there is no such document.
            for some in _steps(list(enumerate(pieces))[::-1]):
                held.upsert(
                    ids=[_piece(name, number) for number, _ in some],
                    embeddings=no_vectors(len(some)),
                    documents=[piece for _, piece in some],
                    metadatas=[{"pieces": len(pieces)} for _ in some],
                )

    def names(self) -> set[str]:
        """The names of all documents that were written to their end. Raises as ``read`` does."""
        return {match[1] for piece in self._all() if (match := PIECE_NAME.fullmatch(piece)) and int(match[2]) == 0}

    def pieces_beside(self, names: Iterable[str]) -> list[str]:
        """The ids of the pieces of all documents that are not named. Raises as ``read`` does."""
        kept = set(names)
        return [piece for piece in self._all() if (match := PIECE_NAME.fullmatch(piece)) and match[1] not in kept]

    def delete(self, pieces: list[str]) -> None:
        """Delete pieces by their ids. Raises as ``read`` does."""
        held = self._connection.collection(DOCUMENTS)
        if held is not None:
            with self._connection.errors():
                for some in _steps(pieces):
                    held.delete(ids=some)

    def _all(self) -> list[str]:
        held = self._connection.collection(DOCUMENTS)
        if held is None:
            return []
        found: list[str] = []
        with self._connection.errors():
            while page := held.get(include=[], limit=MOST_AT_ONCE, offset=len(found))["ids"]:
                found += page
        return found


def no_vectors(count: int) -> NDArray[np.float32]:
    """What stands for the vectors of records that have none; (count, 1)."""
    return np.ones((count, 1), dtype=np.float32)


def _piece(name: str, number: int) -> str:
    return f"{name}/{number:06d}"


def _cut(text: str) -> list[str]:
    """Pieces of at most ``PIECE_BYTES`` in UTF-8, none of which ends within a character; at least one."""
    data = text.encode("utf-8")
    pieces: list[str] = []
    start = 0
    while start < len(data) or not pieces:
        end = min(start + PIECE_BYTES, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(data[start:end].decode("utf-8"))
        start = end
    return pieces


def _steps(items: list[Item]) -> Iterable[list[Item]]:
    return (items[first : first + MOST_AT_ONCE] for first in range(0, len(items), MOST_AT_ONCE))
