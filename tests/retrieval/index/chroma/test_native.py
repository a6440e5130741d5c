"""Chroma's core, asked directly, says what Chroma's client says; and where it is another core, the client is asked."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import chromadb_rust_bindings
import numpy as np
import pytest
from chromadb import PersistentClient
from chromadb.config import Settings

from retrieval.index.chroma.native import CoreCollection, open_core
from retrieval.index.chroma.store import NAME, ChromaStore
from tests.retrieval.index.chroma.test_store import make_ids, make_vectors

# On both sides of the number at which Chroma writes its vector files for good.
COUNTS = [3, 1_200]


@pytest.fixture(params=COUNTS)
def written(request: pytest.FixtureRequest, tmp_path: Path) -> ChromaStore:
    store = ChromaStore(tmp_path / "chroma")
    store.add(make_ids(request.param), make_vectors(request.param))
    store.finish()
    store.close()
    return store


def test_core_and_client_say_the_same(written: ChromaStore) -> None:
    client = PersistentClient(path=str(written.folder), settings=Settings(anonymized_telemetry=False))
    one, other = client.get_collection(NAME, embedding_function=None), CoreCollection(written.folder, NAME)
    asked = np.asarray(make_vectors(5, seed=1), dtype=np.float32)
    for vector in asked:
        found, expected = (
            held.query(query_embeddings=vector[None], n_results=3, include=["distances"]) for held in (other, one)
        )
        assert found["ids"] == expected["ids"]
        assert found["distances"] == expected["distances"]
    ids = [*make_ids(2), "nobody's"]
    found, expected = (dict(held.get(ids=ids, include=["embeddings"])) for held in (other, one))
    assert found["ids"] == expected["ids"]
    assert np.array_equal(np.asarray(found["embeddings"]), np.asarray(expected["embeddings"]))
    assert other.count() == one.count()
    assert other.get(include=[], limit=2, offset=1)["ids"] == one.get(include=[], limit=2, offset=1)["ids"]
    assert other.max_batch_size == client.get_max_batch_size()


def test_reading_does_not_import_the_client(written: ChromaStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "chromadb", None)  # importing it raises now
    assert len(written.ids()) == written.count() in COUNTS
    assert len(written.nearest(make_vectors(1)[0], 2)) == 2
    assert written.vectors(make_ids(2)).shape == (2, len(make_vectors(1)[0]))
    written.close()


def test_another_core_is_left_to_the_client(written: ChromaStore, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = written.nearest(make_vectors(1)[0], 2)
    written.close()
    with monkeypatch.context() as another:
        another.setitem(sys.modules, "chromadb_rust_bindings", ModuleType("chromadb_rust_bindings"))
        assert open_core(written.folder, NAME) is None
    monkeypatch.setattr("retrieval.index.chroma.store.open_core", lambda folder, name: None)
    assert written.nearest(make_vectors(1)[0], 2) == expected
    assert len(written.ids()) == written.count()
    written.close()


@pytest.mark.parametrize("changed", ["count", "get", "query"])
@pytest.mark.parametrize("missing", [False, True])
def test_a_core_that_wants_other_arguments_is_left_to_the_client(
    written: ChromaStore, monkeypatch: pytest.MonkeyPatch, changed: str, missing: bool
) -> None:
    vector = make_vectors(1)[0]
    expected = (written.count(), written.ids(), written.nearest(vector, 2))
    written.close()

    class Bindings:
        def __init__(self, **settings: object) -> None:
            self._real = chromadb_rust_bindings.Bindings(**settings)

        def __getattr__(self, name: str) -> Any:
            if name != changed:
                return getattr(self._real, name)
            if missing:
                raise AttributeError(name)
            return lambda *arguments, read_level: pytest.fail("the new argument was not given")

    another = ModuleType("chromadb_rust_bindings")
    another.__dict__.update(vars(chromadb_rust_bindings), Bindings=Bindings)
    monkeypatch.setitem(sys.modules, "chromadb_rust_bindings", another)  # the client has long imported the real one
    assert open_core(written.folder, NAME) is not None, "it opens as ever"
    assert (written.count(), written.ids(), written.nearest(vector, 2)) == expected
    written.close()


def test_what_is_written_is_read_by_whoever_had_read_before(tmp_path: Path) -> None:
    store = ChromaStore(tmp_path / "chroma")
    store.add(make_ids(2), make_vectors(2))
    store.close()
    assert store.count() == 2
    store.add(make_ids(1, "new"), make_vectors(1, seed=5))
    assert store.nearest(make_vectors(1, seed=5)[0], 1) == {make_ids(1, "new")[0]: pytest.approx(1, abs=1e-5)}
    store.delete(make_ids(2))
    assert store.ids() == set(make_ids(1, "new"))
    store.close()
