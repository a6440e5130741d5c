"""Vectors are stored while the next ones are computed, in order, and what goes wrong there is raised."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest

from retrieval.errors import StorageError
from retrieval.index.bm25 import KeywordIndex
from retrieval.ingest.new_vectors import add_vectors
from retrieval.storage.manifest import CollectionRecord
from retrieval.text.chunking import chunk_source
from retrieval.types import Chunk, Source
from tests.retrieval.strategies import make_source

STEP = 2


class Model:
    """Gives each text a vector, and notes how often it was called."""

    def __init__(self) -> None:
        self.calls = 0
        self.called_again = threading.Event()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.calls += 1
        if self.calls > 1:
            self.called_again.set()
        return [[float(len(text)), 1.0] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


class Stored:
    """An index that takes its time over the first vectors: until the model computes the next."""

    name = "stored"

    def __init__(self, model: Model, *, room: int = 1000) -> None:
        self._model = model
        self._room = room
        self.ids: list[str] = []

    def add(self, ids: Sequence[str], vectors: Sequence[Sequence[float]]) -> None:
        assert self._model.called_again.wait(30), "nothing was computed meanwhile"
        if len(self.ids) + len(ids) > self._room:
            raise StorageError("There is no room left.")
        self.ids += ids

    def delete(self, ids: Sequence[str]) -> None:
        raise AssertionError("nothing is deleted here")

    def finish(self, keyword: KeywordIndex, record: CollectionRecord) -> None:
        raise AssertionError("nothing is finished here")


@pytest.fixture
def chunked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Source, list[Chunk]]]:
    monkeypatch.setattr("retrieval.ingest.new_vectors.STEP", STEP)
    texts = [f"Boat {number} lies in the harbour." for number in range(7)]
    sources = [make_source(text, uri=f"test:{number}") for number, text in enumerate(texts)]
    return [(source, chunk_source(source)) for source in sources]


def test_storing_and_computing_go_on_at_once(chunked: list[tuple[Source, list[Chunk]]]) -> None:
    model = Model()
    index = Stored(model)
    done: list[int] = []
    add_vectors(model, index, chunked, set(), done.append)
    assert index.ids == [chunk.vector_id for _, chunks in chunked for chunk in chunks]
    assert done == [2, 2, 2, 1]


def test_progress_is_told_within_a_step_and_a_repeated_text_is_embedded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.ingest.new_vectors.PER_PROCESSOR", 0)
    monkeypatch.setattr("retrieval.ingest.new_vectors.LEAST", 2)
    sources = [make_source(f"Boat {n % 3} lies in the harbour.", uri=f"test:{n}") for n in range(5)]
    model = Model()
    index = Stored(model)
    done: list[int] = []
    add_vectors(model, index, [(source, chunk_source(source)) for source in sources], set(), done.append)
    assert done == [2, 2, 1]
    assert len(index.ids) == len(set(index.ids)) == 3
    assert model.calls == 2


def test_a_full_disk_ends_it(chunked: list[tuple[Source, list[Chunk]]]) -> None:
    model = Model()
    index = Stored(model, room=STEP)
    with pytest.raises(StorageError, match="no room"):
        add_vectors(model, index, chunked, set(), lambda added: None)
    assert len(index.ids) == STEP
    assert model.calls == 3
