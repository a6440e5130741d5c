"""Few vectors are compared one and all, many are asked of Chroma, and both say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.errors import DamagedLibraryError
from retrieval.index import dense
from retrieval.index.chroma.store import ChromaStore
from retrieval.index.dense import StoredSide
from tests.retrieval.index.chroma.test_store import make_ids, make_vectors

COUNT = 300


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ChromaStore]:
    store = ChromaStore(tmp_path / "chroma")
    store.add(make_ids(COUNT), make_vectors(COUNT, unit=False))
    store.finish()
    store.close()
    yield store
    store.close()


def test_few_vectors_are_compared_as_chroma_compares_them(store: ChromaStore) -> None:
    side = StoredSide(store, make_ids(COUNT))
    for vector in make_vectors(10, seed=1, unit=False):
        assert side.nearest(vector, 7) == pytest.approx(store.nearest(vector, 7), abs=1e-5)
        assert list(side.nearest(vector, 7)) == list(store.nearest(vector, 7))
        some = [*make_ids(5), "nobody's"]
        assert side.cosines(some, vector) == pytest.approx(store.cosines(some, vector), abs=1e-5)
        assert side.cosines([], vector) == {}
        assert len(side.nearest(vector, COUNT + 5)) == COUNT


def test_they_are_read_once(store: ChromaStore, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def counted(ids: Sequence[str]) -> NDArray[np.float32]:
        read.append(len(ids))
        return ChromaStore.vectors(store, ids)

    monkeypatch.setattr(store, "vectors", counted)
    side = StoredSide(store, make_ids(COUNT))
    (vector,) = make_vectors(1, seed=1)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: side.nearest(vector, 3), range(20)))
    assert found == [found[0]] * 20
    assert read == [COUNT]


def test_many_are_left_to_chroma(store: ChromaStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense, "FEW", COUNT - 1)
    monkeypatch.setattr(store, "nearest", lambda vector, k: {"asked for": float(k)})
    side = StoredSide(store, make_ids(COUNT))
    assert side.nearest(make_vectors(1)[0], 3) == {"asked for": 3.0}
    assert side.cosines(make_ids(2), make_vectors(1)[0]) == store.cosines(make_ids(2), make_vectors(1)[0])


def test_a_missing_vector_is_damage(store: ChromaStore) -> None:
    side = StoredSide(store, make_ids(COUNT + 1))
    with pytest.raises(DamagedLibraryError, match="run `pullquote reindex`"):
        side.nearest(make_vectors(1)[0], 3)
