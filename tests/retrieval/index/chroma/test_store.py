from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from retrieval.errors import DamagedLibraryError, StorageError
from retrieval.index.chroma.sqlite_database import copy_database
from retrieval.index.chroma.store import CHROMA, ChromaStore
from retrieval.types import text_sha256

DIMENSION = 8


def make_ids(count: int, source: str = "a") -> list[str]:
    return [text_sha256(f"{source}{number}")[:32] for number in range(count)]


def make_vectors(count: int, seed: int = 0, *, unit: bool = True) -> list[list[float]]:
    rows = np.random.default_rng(seed).normal(size=(count, DIMENSION))
    if unit:
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    found: list[list[float]] = rows.tolist()
    return found


def cosine(one: list[float], two: list[float]) -> float:
    return float(np.dot(one, two) / (np.linalg.norm(one) * np.linalg.norm(two)))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ChromaStore]:
    store = ChromaStore(tmp_path / "chroma")
    yield store
    store.close()


def test_what_was_added_is_counted_and_listed(store: ChromaStore) -> None:
    ids = make_ids(5)
    store.add(ids, make_vectors(5))
    assert store.count() == 5
    assert store.ids() == set(ids)


def test_nobody_opens_chroma_while_a_database_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ChromaStore(tmp_path / "one")
    first.add(make_ids(1), make_vectors(1))
    first.finish()
    could_open: list[bool] = []

    def copied(folder: Path, other: Path) -> None:
        with ThreadPoolExecutor(1) as another:
            could_open.append(another.submit(CHROMA.acquire, blocking=False).result())
        copy_database(folder, other)

    monkeypatch.setattr("retrieval.index.chroma.store.copy_database", copied)
    first.copy_to(tmp_path / "two")
    assert could_open == [False]


def test_a_copy_holds_the_same_and_changes_alone(tmp_path: Path) -> None:
    ids, vectors = make_ids(1_200), make_vectors(1_200)
    first = ChromaStore(tmp_path / "one")
    first.add(ids, vectors)
    first.finish()
    first.copy_to(tmp_path / "two")
    second = ChromaStore(tmp_path / "two")
    assert second.ids() == first.ids() == set(ids)
    assert second.nearest(vectors[3], 1) == {ids[3]: pytest.approx(1, abs=1e-5)}
    second.delete(ids[:600])
    second.add(make_ids(1, "new"), make_vectors(1, seed=5))
    assert first.ids() == set(ids)
    assert first.nearest(vectors[3], 1) == {ids[3]: pytest.approx(1, abs=1e-5)}
    assert second.ids() == {*ids[600:], *make_ids(1, "new")}
    first.close()
    second.close()


def test_what_was_never_finished_or_has_changed_since_is_not_copied(tmp_path: Path) -> None:
    store = ChromaStore(tmp_path / "one")
    store.add(make_ids(1_200), make_vectors(1_200))
    with pytest.raises(StorageError):
        store.copy_to(tmp_path / "two")
    store.finish()
    store.close()
    vectors = next(store.folder.glob("*/data_level0.bin"))
    data = bytearray(vectors.read_bytes())
    data[1000] ^= 1
    vectors.write_bytes(bytes(data))
    with pytest.raises(DamagedLibraryError, match="run `pullquote reindex`"):
        store.copy_to(tmp_path / "three")


def test_adding_a_chunk_again_replaces_it(store: ChromaStore) -> None:
    ids, before, after = make_ids(2), make_vectors(2), make_vectors(2, seed=1)
    store.add(ids, before)
    store.add(ids, after)
    assert store.count() == 2
    assert store.nearest(after[0], 1) == {ids[0]: pytest.approx(1, abs=1e-5)}


def test_deleting_forgets_the_named_ids_and_ignores_unknown_ones(store: ChromaStore) -> None:
    ids, vectors = make_ids(4), make_vectors(4)
    store.add(ids, vectors)
    store.delete([ids[0], "0" * 32])
    store.delete([])
    assert store.ids() == set(ids[1:])
    assert ids[0] not in store.nearest(vectors[0], 4)
    assert store.cosines([ids[0]], vectors[0]) == {}


@pytest.mark.parametrize("unit", [True, False])
def test_nearest_gives_the_true_cosines_best_first(store: ChromaStore, unit: bool) -> None:
    ids, vectors = make_ids(60), make_vectors(60, unit=unit)
    store.add(ids, vectors)
    for query in make_vectors(5, seed=7, unit=unit):
        true = {i: cosine(vector, query) for i, vector in zip(ids, vectors, strict=True)}
        best = sorted(true, key=lambda chunk_id: -true[chunk_id])
        found = store.nearest(query, 10)
        assert list(found) == best[:10]
        assert found == {chunk_id: pytest.approx(true[chunk_id], abs=1e-5) for chunk_id in best[:10]}
        assert store.nearest(query, 60) == pytest.approx(true, abs=1e-5)


@pytest.mark.parametrize("unit", [True, False])
def test_cosines_of_named_ids_are_those_that_nearest_gives(store: ChromaStore, unit: bool) -> None:
    ids, vectors = make_ids(20), make_vectors(20, unit=unit)
    store.add(ids, vectors)
    query = make_vectors(1, seed=3)[0]
    some = ids[5:15]
    nearest = store.nearest(query, 20)
    assert store.cosines(some, query) == pytest.approx({i: nearest[i] for i in some}, abs=1e-5)
    assert store.cosines([], query) == {}
    assert store.cosines(["0" * 32], query) == {}


def test_asking_for_more_than_there_is_gives_all_there_is(store: ChromaStore) -> None:
    store.add(make_ids(3), make_vectors(3))
    query = make_vectors(1)[0]
    assert len(store.nearest(query, 500)) == 3
    assert len(store.nearest(query, 0)) == 1


def test_vectors_are_still_there_after_closing(tmp_path: Path) -> None:
    ids, vectors = make_ids(5), make_vectors(5)
    first = ChromaStore(tmp_path / "chroma")
    first.add(ids, vectors)
    first.close()
    first.close()
    second = ChromaStore(tmp_path / "chroma")
    assert second.nearest(vectors[3], 1) == {ids[3]: pytest.approx(1, abs=1e-5)}
    second.close()


def test_no_word_and_no_place_of_a_document_is_kept_in_chroma(store: ChromaStore) -> None:
    store.add(make_ids(2), make_vectors(2))
    held = store._held.get(include=["documents", "metadatas"])
    assert not any(held["documents"] or [])
    assert not any(held["metadatas"] or [])


def test_a_folder_that_is_gone_is_damage_and_says_so(tmp_path: Path) -> None:
    store = ChromaStore(tmp_path / "chroma")
    with pytest.raises(DamagedLibraryError, match="run `pullquote reindex`"):
        store.count()
    assert not (tmp_path / "chroma").exists(), "asking makes no folder"


def test_a_damaged_database_is_reported(tmp_path: Path) -> None:
    folder = tmp_path / "chroma"
    store = ChromaStore(folder)
    store.add(make_ids(50), make_vectors(50))
    store.close()
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / "chroma.sqlite3").write_bytes(b"not a database at all" * 1000)
    with pytest.raises(DamagedLibraryError, match="run `pullquote reindex`"):
        ChromaStore(copy).count()


def test_a_file_where_the_folder_should_be_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "chroma").write_bytes(b"")
    with pytest.raises(StorageError, match="PULLQUOTE_HOME"):
        ChromaStore(tmp_path / "chroma").add(make_ids(1), make_vectors(1))
