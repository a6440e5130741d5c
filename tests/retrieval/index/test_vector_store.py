"""All that a library does with a store of vectors, with Chroma and with another store: one line in a table adds it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from retrieval import (
    DamagedLibraryError,
    HybridSearch,
    Indexer,
    Library,
    LibrarySettings,
    SettingsError,
    compact_library,
    diagnose,
    export_library,
    import_library,
    rebuild_index,
    repair_collection,
    verify_collection,
)
from retrieval.index import dense
from retrieval.index.vector_store import VECTOR_STORES
from retrieval.storage.snapshots import KEYWORD, MATRIX
from tests.retrieval.fakes import CountingEmbeddings, RememberingEmbeddings
from tests.retrieval.strategies import make_source

NUMPY = "numpy"
POOL = make_source("The pool opens at nine.", uri="test:pool")
LATER = make_source("The pool opens at ten.", uri="test:pool")
BOOKS = make_source("Late books cost a euro a week.", uri="test:books")
BEES = make_source("The bees live behind the orchard.", uri="test:bees")


@pytest.fixture(autouse=True)
def _another_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(VECTOR_STORES, NUMPY, "tests.retrieval.index.numpy_store")


@pytest.fixture(params=["frozen", "asked"])
def _asked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer from the vectors beside the store or, as in a large collection, have the store asked."""
    if request.param == "asked":
        monkeypatch.setattr(dense, "MOST_MAPPED", 0)
        monkeypatch.setattr(dense, "FEW", 0)


def test_no_store_has_the_name_of_what_lies_beside_it() -> None:
    assert not VECTOR_STORES.keys() & {KEYWORD, MATRIX}


def stores(library: Library) -> set[str]:
    """The names of the folders in which indexes have their vectors."""
    return {path.name for path in (library.settings.home / "index").glob("*/*") if path.name in VECTOR_STORES}


def asked(library: Library, question: str = "When does the pool open?") -> list[tuple[str, float]]:
    found = HybridSearch(library, ("rules",), k=3).passages(question)
    return [(passage.text, round(passage.dense, 5)) for passage in found]


@pytest.mark.usefixtures("_asked")
@pytest.mark.parametrize("store", ["chroma", NUMPY])
def test_a_library_lives_its_whole_life_in_any_store(
    store: str, tmp_path: Path, remembering: RememberingEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    if store != "chroma":
        for module in ("chromadb", "chromadb_rust_bindings"):
            monkeypatch.setitem(sys.modules, module, None)  # importing it raises now
    embeddings = CountingEmbeddings(remembering)

    def opened(home: str = "home") -> Library:
        return Library(LibrarySettings(home=tmp_path / home, vector_store=store), embeddings)

    library = opened()
    Indexer(library).add([POOL, BOOKS], "rules")
    assert stores(library) == {store}
    assert asked(library)[0][0] == POOL.text

    Indexer(library).add([LATER, BEES], "rules")
    Indexer(library).remove([BOOKS.id], "rules")
    answers = asked(library)
    assert {text for text, _ in answers} == {LATER.text, BEES.text}
    assert answers[0][0] == LATER.text
    assert answers[0][1] > answers[1][1]

    assert verify_collection(library, "rules").problems == []
    assert all(finding.ok for finding in diagnose(library.settings, ["rules"]))
    library.close()
    whole = tmp_path / "whole"
    shutil.copytree(tmp_path / "home", whole)
    for name in [path.relative_to(whole) for path in whole.glob(f"index/*/{store}/*") if path.is_file()]:
        shutil.rmtree(tmp_path / "home")
        shutil.copytree(whole, tmp_path / "home")
        (tmp_path / "home" / name).write_bytes(b"not what was written")
        library = opened()
        (problem,) = verify_collection(library, "rules").problems
        assert problem.endswith("; run `pullquote sources verify --repair --collection rules`."), name
        assert repair_collection(library, "rules").index_rebuilt, name
        assert verify_collection(library, "rules").problems == [], name
        assert asked(library) == answers, name
        library.close()

    library = opened()
    rebuild_index(library)
    assert asked(library) == answers
    embeddings.documents.clear()
    compact_library(library)
    assert asked(library) == answers

    export_library(library, tmp_path / "library.zip")
    other = opened("elsewhere")
    import_library(other, tmp_path / "library.zip")
    assert asked(other) == answers
    assert not embeddings.documents, "compacting and importing take over vectors"
    assert stores(library) == stores(other) == {store}
    library.close()
    other.close()


@pytest.mark.usefixtures("_asked")
@pytest.mark.parametrize(("old", "new"), [("chroma", NUMPY), (NUMPY, "chroma")])
def test_a_collection_moves_to_the_store_of_the_settings_with_its_next_change(
    old: str, new: str, tmp_path: Path, remembering: RememberingEmbeddings
) -> None:
    embeddings = CountingEmbeddings(remembering)
    library = Library(LibrarySettings(home=tmp_path, vector_store=old), embeddings)
    Indexer(library).add([POOL, BOOKS], "rules")
    answers = asked(library)
    library.close()
    embeddings.documents.clear()
    library = Library(LibrarySettings(home=tmp_path, vector_store=new), embeddings)
    assert asked(library) == answers
    assert verify_collection(library, "rules").problems == []
    assert stores(library) == {old}
    Indexer(library).add([BEES], "rules")
    assert stores(library) == {new}
    assert list(embeddings.documents) == [BEES.text]
    assert asked(library)[:1] == answers[:1]
    assert verify_collection(library, "rules").problems == []
    library.close()


def test_reindexing_moves_all_collections_at_once(tmp_path: Path, remembering: RememberingEmbeddings) -> None:
    library = Library(LibrarySettings(home=tmp_path), remembering)
    Indexer(library).add([POOL], "rules")
    Indexer(library).add([BEES], "garden")
    library.close()
    library = Library(LibrarySettings(home=tmp_path, vector_store=NUMPY), remembering)
    rebuild_index(library)
    assert stores(library) == {NUMPY}
    library.close()


def test_an_index_of_a_store_that_is_not_there_any_more_is_told_with_the_remedy(
    tmp_path: Path, remembering: RememberingEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(LibrarySettings(home=tmp_path, vector_store=NUMPY), remembering)
    Indexer(library).add([POOL], "rules")
    library.close()
    monkeypatch.delitem(VECTOR_STORES, NUMPY)
    library = Library(LibrarySettings(home=tmp_path), remembering)
    with pytest.raises(DamagedLibraryError, match="run `pullquote reindex`"):
        asked(library)
    rebuild_index(library)
    assert asked(library)[0][0] == POOL.text
    assert stores(library) == {"chroma"}
    library.close()


def test_a_store_that_nobody_knows_is_refused_by_a_sentence_that_names_those_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PULLQUOTE_VECTOR_STORE", "shoebox")
    with pytest.raises(
        SettingsError, match=r"^The setting PULLQUOTE_VECTOR_STORE .* chroma, numpy\); correct it"
    ) as caught:
        LibrarySettings.load()
    assert "shoebox" not in str(caught.value)
    monkeypatch.setenv("PULLQUOTE_VECTOR_STORE", NUMPY)
    assert LibrarySettings.load().vector_store == NUMPY


def test_doctor_asks_the_store_what_it_needs_of_the_machine(tmp_path: Path) -> None:
    def names(store: str) -> list[str]:
        return [finding.name for finding in diagnose(LibrarySettings(home=tmp_path, vector_store=store))]

    assert names(NUMPY) == ["NumPy" if name == "SQLite" else name for name in names("chroma")]
