"""A question changes nothing of a published index, and whatever is damaged in one is found and repaired."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from retrieval import (
    HybridRetriever,
    Indexer,
    Library,
    LibrarySettings,
    Passage,
    compact_library,
    diagnose,
    repair_collection,
    verify_collection,
)
from retrieval.errors import DamagedLibraryError
from retrieval.index.chroma.native import DATABASE
from retrieval.index.chroma.store import ChromaStore, StoreCopy
from retrieval.storage.snapshots import CollectionIndex
from tests.retrieval.strategies import make_source

QUESTION = "When does the pool open?"
POOL = make_source("The pool opens at nine.", uri="test:pool")
BOOKS = make_source("Late books cost a euro a week.", uri="test:books")
BEES = make_source("The bees live behind the orchard.", uri="test:bees")


@pytest.fixture
def filled(library: Library) -> Library:
    Indexer(library).add([POOL, BOOKS])
    return library


def asked(library: Library, question: str = QUESTION) -> list[Passage]:
    return HybridRetriever(library=library, k=3).passages(question)


def scored(passages: list[Passage]) -> list[tuple[str, float]]:
    return [(passage.text, round(passage.dense, 5)) for passage in passages]


def files(home: Path) -> dict[str, tuple[int, bytes]]:
    """Every file of all indexes, with its time and its bytes."""
    return {
        str(path.relative_to(home)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted((home / "index").rglob("*"))
        if path.is_file()
    }


def again(library: Library) -> Library:
    """The library as a program that starts now finds it."""
    library.close()
    return Library(library.settings, library.embeddings)


def chroma(library: Library) -> Path:
    (folder,) = (library.settings.home / "index").glob("*/chroma")
    return folder


def test_neither_questions_nor_checks_nor_other_indexes_write_into_a_published_one(
    filled: Library, settings: LibrarySettings
) -> None:
    before = files(settings.home)
    library = again(filled)
    assert asked(library)[0].source.id == POOL.id
    assert verify_collection(library, "default").problems == []
    assert all(finding.ok for finding in diagnose(settings))
    Indexer(library).add([BEES], "garden")
    after = files(settings.home)
    assert {name: after[name] for name in before} == before


@pytest.mark.usefixtures("kept_by_chroma")
def test_an_older_index_answers_as_it_did_and_gets_its_own_vectors_with_the_next_change(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not list(filled.settings.home.rglob("vectors.npy"))
    before = scored(asked(filled))
    monkeypatch.undo()
    monkeypatch.setenv("PULLQUOTE_HOME", str(filled.settings.home))
    library = again(filled)
    assert scored(asked(library)) == before
    Indexer(library).add([BEES])
    assert len(list(library.settings.home.rglob("vectors.npy"))) == 1
    assert scored(asked(library))[:1] == before[:1]
    assert asked(library, "Where do the bees live?")[0].source.id == BEES.id
    library.close()


def test_vectors_follow_what_is_added_removed_and_compacted(filled: Library) -> None:
    embed = filled.embeddings.embed_documents
    for change in (
        lambda: Indexer(filled).add([BEES]),
        lambda: Indexer(filled).remove([BOOKS.id]),
        lambda: compact_library(filled),
    ):
        change()
        manifest = filled.usable_manifest()
        assert manifest is not None
        index = filled.index(manifest, "default")
        assert isinstance(index, CollectionIndex)
        words = {
            chunk.vector_id: filled.source(manifest.collections["default"].sources[chunk.source_id]).slice(chunk.span)
            for chunk in index.keyword.chunks
        }
        assert index.vectors.ids() == words.keys()
        np.testing.assert_allclose(index.vectors.vectors(list(words)), embed(list(words.values())), atol=1e-6)
        with closing(StoreCopy(ChromaStore(index.folder / "chroma"))) as copy:
            assert copy.ids() == words.keys()
            np.testing.assert_allclose(index.vectors.vectors(list(words)), copy.vectors(list(words)), atol=1e-6)


def change(path: Path, how: str) -> None:
    data = bytearray(path.read_bytes())
    if how == "deleted":
        path.unlink()
    else:
        data[len(data) // 2] ^= 4
        path.write_bytes(data)


def test_any_damage_to_any_file_is_found_named_and_repaired(filled: Library, settings: LibrarySettings) -> None:
    home, kept = settings.home, settings.home.with_name("kept")
    expected = [(passage.text, passage.score) for passage in asked(filled)]
    filled.close()
    shutil.copytree(home, kept)
    names = [name for name, (_, data) in files(home).items() if data and not name.endswith("in-use")]
    assert {Path(name).name for name in names} >= {DATABASE, "data_level0.bin", "vectors.npy", "chunks.json"}
    for name in names:
        for damage in ("flipped", "deleted"):
            shutil.rmtree(home)
            shutil.copytree(kept, home)
            change(home / name, damage)
            library = Library(settings, filled.embeddings)
            problems = verify_collection(library, "default").problems
            assert len(problems) == 1, (name, damage, problems)
            assert problems[0].endswith("; run `pullquote sources verify --repair`."), (name, damage)
            assert not next(finding for finding in diagnose(settings) if finding.name == "index").ok, (name, damage)
            assert repair_collection(library, "default").index_rebuilt, (name, damage)
            assert verify_collection(library, "default").problems == [], (name, damage)
            assert [(passage.text, passage.score) for passage in asked(library)] == expected, (name, damage)
            library.close()


@pytest.mark.usefixtures("kept_by_chroma")
@pytest.mark.parametrize("page", [2, 5, -1])
def test_a_page_of_an_older_database_that_was_zeroed_is_found(filled: Library, page: int) -> None:
    filled.close()
    path = chroma(filled) / DATABASE
    data = bytearray(path.read_bytes())
    pages = len(data) // 4096
    first = page % pages * 4096
    data[first : first + 4096] = bytes(4096)
    path.write_bytes(data)
    assert verify_collection(filled, "default").problems != []


def test_vectors_negated_in_chromas_log_are_found_and_do_not_reach_the_next_index(filled: Library) -> None:
    expected = [(passage.text, passage.score) for passage in asked(filled)]
    filled.close()
    with closing(sqlite3.connect(chroma(filled) / DATABASE)) as database, database:
        rows = database.execute("SELECT seq_id, vector FROM embeddings_queue").fetchall()
        assert rows
        for seq_id, vector in rows:
            negated = (-np.frombuffer(vector, dtype=np.float32)).tobytes()
            database.execute("UPDATE embeddings_queue SET vector = ? WHERE seq_id = ?", (negated, seq_id))
    library = again(filled)
    with pytest.raises(DamagedLibraryError, match="reindex"):
        Indexer(library).add([BEES])
    assert repair_collection(library, "default").index_rebuilt
    assert [(passage.text, passage.score) for passage in asked(library)] == expected
    library.close()
