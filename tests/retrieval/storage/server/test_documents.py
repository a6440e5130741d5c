"""Documents in pieces: whole or not at all, whatever their letters, and within the limits of Chroma Cloud."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import Settings
from retrieval.storage.server.connection import MOST_AT_ONCE, Connection
from retrieval.storage.server.documents import DOCUMENTS, PIECE_BYTES, DocumentStore, _cut

pytestmark = pytest.mark.enable_socket
CLOUD_DOCUMENT_BYTES = 16_384
NAME = f"text/{'a' * 64}"
OTHER = f"text/{'b' * 64}"


@pytest.fixture
def connection(on_server: Settings, tmp_path: Path) -> Connection:
    return Connection(on_server)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(1, 3000))
def test_pieces_make_the_text_again_and_are_never_too_large(text: str, times: int) -> None:
    pieces = _cut(text * times)
    assert "".join(pieces) == text * times
    assert pieces
    assert all(len(piece.encode()) <= PIECE_BYTES < CLOUD_DOCUMENT_BYTES for piece in pieces)


@pytest.mark.parametrize("text", ["", "\x00 a\r\nb\u2028 c", "𝔄ß€" * 40_000, "x" * (PIECE_BYTES * (MOST_AT_ONCE + 3))])
def test_a_document_is_read_as_it_was_written(connection: Connection, text: str) -> None:
    documents = DocumentStore(connection)
    assert documents.read(NAME) is None
    documents.write(NAME, text)
    documents.write(OTHER, "other")
    assert documents.read(NAME) == text
    assert documents.names() == {NAME, OTHER}
    documents.delete(documents.pieces_beside([OTHER]))
    assert (documents.read(NAME), documents.read(OTHER)) == (None, "other")
    connection.close()


@pytest.mark.parametrize("piece", [0, 1, 4])
def test_a_document_with_a_piece_missing_is_not_there_and_can_be_written_again(
    connection: Connection, piece: int
) -> None:
    documents, text = DocumentStore(connection), "word " * 15_000
    documents.write(NAME, text)
    held = connection.collection(DOCUMENTS)
    assert held is not None
    held.delete(ids=[f"{NAME}/{piece:06d}"])
    assert documents.read(NAME) is None
    documents.write(NAME, text)
    assert documents.read(NAME) == text
    connection.close()


@pytest.mark.parametrize("pieces", [10**12, 0, -1, "many", 1.5])
def test_a_document_that_claims_what_cannot_be_is_not_there(connection: Connection, pieces: int | str | float) -> None:
    documents = DocumentStore(connection)
    documents.write(NAME, "a word")
    held = connection.collection(DOCUMENTS)
    assert held is not None
    held.update(ids=[f"{NAME}/000000"], metadatas=[{"pieces": pieces}])
    assert documents.read(NAME) is None
    connection.close()


def test_a_document_that_was_not_written_to_its_end_has_no_name(connection: Connection) -> None:
    documents = DocumentStore(connection)
    documents.write(NAME, "word " * 15_000)
    held = connection.collection(DOCUMENTS)
    assert held is not None
    held.delete(ids=[f"{NAME}/000000"])
    assert documents.names() == set()
    documents.delete(documents.pieces_beside([]))
    assert held.count() == 0
    connection.close()
