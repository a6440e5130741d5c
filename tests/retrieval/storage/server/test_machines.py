"""Several machines and one library: each proves, each sees a change soon, and only what is new is fetched."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from retrieval import HybridRetriever, Indexer, Library, compact_library, rebuild_index, verify_collection
from retrieval.errors import DamagedLibraryError, LibraryBusyError
from retrieval.library import READ_ATTEMPTS
from retrieval.storage.server.documents import DOCUMENTS, DocumentStore, no_vectors
from retrieval.storage.server.storage import ServerStorage
from retrieval.text.chunking import chunk_source
from tests.retrieval.library_contents import stored_indexes, stored_texts
from tests.retrieval.storage.server.conftest import Machine
from tests.retrieval.strategies import make_source

pytestmark = pytest.mark.enable_socket
both_ways = pytest.mark.usefixtures("few")
POOL = make_source("The pool opens at nine. Guests pay three euros.", uri="test:pool", title="Pool")
LATER = make_source("The pool opens at ten. Guests pay four euros.", uri="test:pool", title="Pool")
BOOKS = make_source("Late books cost a euro a week.", uri="test:books", title="Books")
# How long a machine answers without looking for changes; long enough to be more than none.
LOOK_SECONDS = 0.05
BEES = make_source("The bees live behind the orchard.", uri="test:bees", title="Bees")


@pytest.fixture(autouse=True)
def _looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.storage.server.storage.LOOK_SECONDS", LOOK_SECONDS)


def first(library: Library, question: str = "When does the pool open?") -> str:
    return HybridRetriever(library=library, collections=("rules",)).passages(question)[0].text


def documents(library: Library) -> DocumentStore:
    assert isinstance(library.storage, ServerStorage)
    return library.storage._documents


@both_ways
def test_what_one_machine_indexes_another_answers_and_proves(machine: Machine) -> None:
    Indexer(machine("a")).add([POOL, BOOKS], "rules")
    other = machine("b")
    passage = HybridRetriever(library=other, collections=("rules",)).passages("When does the pool open?")[0]
    assert passage.text == POOL.text
    assert other.texts.read(passage.source.sha256) == POOL.text
    assert verify_collection(other, "rules").problems == []


def test_copies_on_a_machine_are_their_owners_alone(machine: Machine, tmp_path: Path) -> None:
    Indexer(machine("a")).add([POOL], "rules")
    assert first(machine("b")) == POOL.text
    for home in (tmp_path / "a", tmp_path / "b"):
        copies = [home, *home.rglob("*")]
        assert any(path.suffix == ".txt" for path in copies)
        assert [path for path in copies if path.stat().st_mode & 0o077] == []


@both_ways
def test_a_change_is_seen_soon_without_a_restart(machine: Machine) -> None:
    writer, reader = machine("a"), machine("b")
    Indexer(writer).add([POOL], "rules")
    assert first(reader) == POOL.text
    Indexer(writer).add([LATER], "rules")
    time.sleep(LOOK_SECONDS)
    assert first(reader) == LATER.text
    assert reader.records("rules")[0].sha256 == LATER.sha256


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is read from the collection of documents, by name."""
    read: list[str] = []
    original = DocumentStore.read

    def noting(self: DocumentStore, name: str) -> str | None:
        read.append(name)
        return original(self, name)

    monkeypatch.setattr(DocumentStore, "read", noting)
    return read


def test_a_new_snapshot_fetches_only_the_texts_that_are_new(machine: Machine, read: list[str]) -> None:
    writer, reader = machine("a"), machine("b")
    Indexer(writer).add([POOL, BOOKS], "rules")
    assert first(reader) == POOL.text
    Indexer(writer).add([BEES], "rules")
    read.clear()
    time.sleep(LOOK_SECONDS)
    assert first(reader, "Where do the bees live?") == BEES.text
    assert [name for name in read if name.startswith("text/")] == [f"text/{BEES.sha256}"]
    Indexer(writer).add([LATER], "rules")
    read.clear()
    time.sleep(LOOK_SECONDS)
    assert first(reader) == LATER.text
    assert [name for name in read if name.startswith("text/")] == [f"text/{LATER.sha256}"]
    read.clear()
    again = machine("b")  # the program is started again, with the copies that lie there
    assert first(again) == LATER.text
    assert [name for name in read if name.startswith(("text/", "chunks/"))] == []


@pytest.mark.parametrize("changes", [3, 100])
def test_what_was_read_while_the_library_changed_is_given_to_nobody(machine: Machine, changes: int) -> None:
    writer, reader = machine("a"), machine("b")
    Indexer(writer).add([POOL], "rules")
    reads = count(1)

    def read() -> int:
        number = next(reads)
        if number <= changes:
            Indexer(writer).add([(POOL, LATER)[number % 2]], "rules")
        return number

    if changes < READ_ATTEMPTS:
        assert reader.read_consistently(read) == changes + 1
    else:
        with pytest.raises(LibraryBusyError, match=r"changes all the time; try again when nobody is indexing\."):
            reader.read_consistently(read)
        assert next(reads) == READ_ATTEMPTS + 1


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("act", [rebuild_index, compact_library])
def test_an_index_that_was_built_anew_of_the_same_texts_costs_other_machines_nothing(
    machine: Machine, read: list[str], act: Callable[[Library], object], restarted: bool
) -> None:
    writer, reader = machine("a"), machine("b")
    Indexer(writer).add([POOL, BOOKS], "rules")
    assert first(reader) == POOL.text
    act(writer)
    read.clear()
    time.sleep(LOOK_SECONDS)
    assert first(machine("b") if restarted else reader) == POOL.text
    assert [name for name in read if name.startswith(("text/", "chunks/"))] == []


def test_the_keyword_side_is_the_same_wherever_it_was_built(machine: Machine, tmp_path: Path) -> None:
    writer = machine("a")
    Indexer(writer).add([POOL, BOOKS], "rules")
    grown = machine("b")
    first(grown)
    Indexer(writer).add([LATER, BEES], "rules")
    Indexer(writer).remove([BOOKS.id], "rules")
    time.sleep(LOOK_SECONDS)
    questions = ["pool euros", "bees", "books", "ten"]
    scores = []
    for library in (writer, grown, machine("fresh")):
        manifest = library.usable_manifest()
        assert manifest is not None
        keyword = library.index(manifest, "rules").keyword
        rows = {
            chunk: float(keyword.scores([question])[row])
            for question in questions
            for row, chunk in enumerate(keyword.chunks)
        }
        weights = library.term_weights(questions, ["rules"])
        scores.append((rows, weights, dict(keyword.words)))
    assert scores[0] == scores[1] == scores[2]


def test_a_machine_whose_folder_cannot_be_written_answers(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Indexer(machine("a")).add([POOL], "rules")
    (tmp_path / "file").write_bytes(b"")  # where a folder would have to be
    assert first(machine("file")) == POOL.text


@pytest.mark.parametrize("damage", ["text", "gone", "keyword", "made of"])
def test_a_damaged_copy_on_a_machine_is_fetched_again(machine: Machine, tmp_path: Path, damage: str) -> None:
    Indexer(machine("a")).add([POOL, BOOKS], "rules")
    first(machine("b"))
    pattern = {"text": "texts/*.txt", "keyword": "keyword/*/*.npy", "made of": "keyword/*.json"}
    if damage == "gone":
        shutil.rmtree(tmp_path / "b")
    for path in (tmp_path / "b").glob(f"servers/*/{pattern.get(damage, 'nothing')}"):
        path.write_bytes(b"damaged")
    assert first(machine("b")) == POOL.text
    assert verify_collection(machine("b"), "rules").problems == []


def test_copies_of_what_was_removed_go_from_every_machine(machine: Machine, tmp_path: Path) -> None:
    writer, reader = machine("a"), machine("b")
    Indexer(writer).add([POOL, BOOKS], "rules")
    first(reader)
    Indexer(writer).remove([POOL.id], "rules")
    time.sleep(LOOK_SECONDS)
    first(reader, "What do late books cost?")
    for home in ("a", "b"):
        kept = {path.stem for path in (tmp_path / home).glob("servers/*/texts/*.txt")}
        assert kept == {BOOKS.sha256}
    assert stored_texts(writer) == {BOOKS.sha256}


@pytest.mark.parametrize("kind", ["text", "chunks"])
def test_what_was_altered_on_the_server_is_refused(machine: Machine, kind: str) -> None:
    Indexer(machine("a")).add([POOL], "rules")
    fresh = machine("b")
    held = documents(fresh)._connection.collection(DOCUMENTS)
    assert held is not None
    (piece,) = [name for name in held.get(include=[])["ids"] if name.startswith(f"{kind}/")]
    forged = {"text": POOL.text.replace("nine", "nono"), "chunks": "[[4,8]]"}[kind]
    held.update(ids=[piece], documents=[forged], embeddings=no_vectors(1))
    with pytest.raises(DamagedLibraryError, match="run `pullquote reindex`"):
        first(fresh)


@both_ways
def test_a_rebuild_mends_what_was_altered_on_the_server(machine: Machine) -> None:
    writer = machine("a")
    Indexer(writer).add([POOL, BOOKS], "rules")
    held = documents(writer)._connection.collection(DOCUMENTS)
    assert held is not None
    pieces = [name for name in held.get(include=[])["ids"] if name.startswith(("text/", "chunks/", "manifest/"))]
    held.update(ids=pieces, documents=["altered"] * len(pieces), embeddings=no_vectors(len(pieces)))
    with pytest.raises(DamagedLibraryError):
        first(machine("b"))
    rebuild_index(machine("a"))  # has copies of the texts
    assert first(machine("c")) == POOL.text
    assert stored_indexes(writer) == 1
    assert verify_collection(machine("d"), "rules").problems == []


@both_ways
def test_vectors_that_a_killed_writer_left_are_passed_over_and_go_with_the_next_change(machine: Machine) -> None:
    writer = machine("a")
    Indexer(writer).add([POOL, BOOKS], "rules")
    storage = writer.storage
    assert isinstance(storage, ServerStorage)
    manifest = writer.manifest()
    assert manifest is not None
    with storage.new_index(manifest.collections["rules"].index) as index:
        # Nearer to the question than anything that belongs there.
        vector = writer.embeddings.embed_query("When does the pool open?")
        noise = np.random.default_rng(0).normal(scale=0.02, size=(700, len(vector)))
        index.add([f"{number:032x}" for number in range(700)], (np.asarray(vector) + noise).tolist())
    storage._written.clear()
    own = writer.index(manifest, "rules")
    near = own.vectors.nearest(vector, 2).keys()  # the search is approximate, and may miss the farther one
    assert chunk_source(POOL)[0].vector_id in near
    assert near <= own.keyword.rows.keys() == own.vectors.ids()
    assert first(machine("b")) == POOL.text
    Indexer(machine("c")).add([BEES], "rules")
    after = machine("d")
    manifest = after.usable_manifest()
    assert manifest is not None
    assert first(after) == POOL.text
    assert len(super_ids(after)) == 3


def super_ids(library: Library) -> list[str]:
    """The ids of all vectors of the one collection, whoever they belong to."""
    storage = library.storage
    assert isinstance(storage, ServerStorage)
    (name,) = storage._collections()
    held = storage._connection.collection(name)
    assert held is not None
    return held.get(include=[])["ids"]
