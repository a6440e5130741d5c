"""What is damaged is found, all at once; what can be repaired is, the cheap way; what is lost is named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval import (
    HybridRetriever,
    Indexer,
    Library,
    LibraryBusyError,
    LibrarySettings,
    compact_library,
    load_path,
    repair_collection,
    verify_collection,
)
from retrieval.index.bm25 import CHECKSUMS, _checksums
from retrieval.index.chroma.collection import ChromaVectors
from retrieval.storage.manifest import BACKUP, COPY, MANIFEST
from retrieval.storage.server.documents import DOCUMENTS, no_vectors
from retrieval.storage.server.storage import ServerStorage
from tests.retrieval.fakes import CountingEmbeddings
from tests.retrieval.library_contents import stored_texts
from tests.retrieval.strategies import make_source

pytestmark = pytest.mark.both_places
QUESTION = "When does the pool open?"
REPAIR = "run `pullquote sources verify --repair --collection rules`."


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    pool, books, bees = tmp_path / "pool.md", tmp_path / "books.txt", tmp_path / "bees.txt"
    pool.write_text("# Pool\n\nThe pool opens at nine.\n\n## Fees\n\nGuests pay three euros.\n")
    books.write_text("Late books cost a euro a week.\n")
    bees.write_text("The bees live behind the orchard.\n")
    return [pool, books, bees]


@pytest.fixture
def filled(library: Library, paths: list[Path]) -> Library:
    Indexer(library).add([load_path(path) for path in paths], "rules")
    return library


@pytest.fixture
def again(settings: LibrarySettings, filled: Library) -> Callable[[], Library]:
    """The library as a program that starts now finds it, with a count of what it embeds."""

    def start() -> Library:
        return Library(settings, CountingEmbeddings(filled.embeddings))

    return start


def titles(library: Library) -> dict[str, bool]:
    return {check.source.title: check.damaged for check in verify_collection(library, "rules").sources if check.problem}


def answered(library: Library) -> str:
    return HybridRetriever(library=library, collections=("rules",)).passages(QUESTION)[0].text


def embedded(library: Library) -> int:
    assert isinstance(library.embeddings, CountingEmbeddings)
    return library.embeddings.documents.total()


def damage_stored(library: Library, what: str, names: set[str] | None = None) -> None:
    """Alter stored texts, places or manifests, wherever they lie; in a folder's case those files."""
    if isinstance(library.storage, ServerStorage):
        held = library.storage._connection.collection(DOCUMENTS)
        assert held is not None
        pieces = [name for name in held.get(include=[])["ids"] if name.startswith(f"{what}/")]
        if names is not None:
            pieces = [name for name in pieces if name.split("/")[1] in names]
        assert pieces
        held.update(ids=pieces, documents=["altered"] * len(pieces), embeddings=no_vectors(len(pieces)))
        shutil.rmtree(library.settings.home / "servers", ignore_errors=True)  # else this machine has copies
        return
    home = library.settings.home
    patterns = {
        "text": "texts/*.txt",
        "places": f"texts/{'?' * 64}.json",
        "manifest": MANIFEST,
        "backup": BACKUP,
        "copy": COPY,
    }
    found = [path for path in home.glob(patterns[what]) if names is None or path.stem in names]
    assert found
    for path in found:
        path.write_bytes(b"altered")


def lose_vectors(library: Library, count: int) -> None:
    manifest = library.usable_manifest()
    assert manifest is not None
    vectors = library.index(manifest, "rules").vectors
    assert isinstance(vectors, ChromaVectors)
    vectors.delete(sorted(vectors.ids())[:count])
    library.close()


def test_nothing_is_mended_where_nothing_is_damaged(filled: Library, again: Callable[[], Library]) -> None:
    before = filled.storage.stamp(fresh=True)
    library = again()
    report = repair_collection(library, "rules")
    assert (report.restored, report.lost, report.index_rebuilt, report.manifest_restored) == ([], [], False, False)
    assert filled.storage.stamp(fresh=True) == before
    assert embedded(library) == 0
    library.close()


@pytest.mark.parametrize("what", ["text", "places"])
def test_a_damaged_text_comes_back_from_its_file(
    filled: Library, again: Callable[[], Library], paths: list[Path], what: str
) -> None:
    pool = load_path(paths[0])
    damage_stored(filled, what, None if what == "places" else {pool.sha256})
    library = again()
    assert titles(library) == {pool.title: True}
    report = repair_collection(library, "rules")
    assert [source.id for source in report.restored] == [pool.id]
    assert (report.lost, report.index_rebuilt) == ([], False)
    assert verify_collection(library, "rules").problems == []
    assert answered(library).startswith("# Pool")
    assert embedded(library) == 0
    library.close()


def test_a_text_that_is_lost_is_named_and_leaves_and_the_rest_stays(
    filled: Library, again: Callable[[], Library], paths: list[Path]
) -> None:
    books = load_path(paths[1])
    damage_stored(filled, "text", {books.sha256})
    paths[1].unlink()
    library = again()
    report = repair_collection(library, "rules")
    assert [source.id for source in report.lost] == [books.id]
    assert verify_collection(library, "rules").problems == []
    assert {record.id for record in library.records("rules")} == {load_path(paths[0]).id, load_path(paths[2]).id}
    assert embedded(library) == 0
    assert books.sha256 not in stored_texts(library)
    library.close()


@pytest.mark.usefixtures("kept_by_chroma")
def test_only_vectors_that_are_missing_are_computed_again(filled: Library, again: Callable[[], Library]) -> None:
    lose_vectors(filled, 1)
    library = again()
    assert verify_collection(library, "rules").problems == [f"The index is incomplete; {REPAIR}"]
    report = repair_collection(library, "rules")
    assert (report.index_rebuilt, report.restored, report.lost) == (True, [], [])
    assert embedded(library) == 1
    assert verify_collection(library, "rules").problems == []
    library.close()


@pytest.mark.usefixtures("kept_by_chroma")
def test_a_vector_that_is_none_is_computed_again(filled: Library, again: Callable[[], Library]) -> None:
    manifest = filled.usable_manifest()
    assert manifest is not None
    vectors = filled.index(manifest, "rules").vectors
    assert isinstance(vectors, ChromaVectors)
    vectors.add([min(vectors.ids())], [[0.0] * manifest.dimension])
    filled.close()
    library = again()
    assert verify_collection(library, "rules").problems == [f"The index holds vectors that are none; {REPAIR}"]
    assert repair_collection(library, "rules").index_rebuilt
    assert embedded(library) == 1
    assert verify_collection(library, "rules").problems == []
    library.close()


@pytest.mark.parametrize("what", ["manifest", "backup"])
def test_the_manifest_and_its_backup_stand_in_for_each_other(
    filled: Library, again: Callable[[], Library], what: str
) -> None:
    damage_stored(filled, what)
    library = again()
    assert verify_collection(library, "rules").problems == [
        f"The library's manifest or its backup is damaged; {REPAIR}"
    ]
    report = repair_collection(library, "rules")
    assert (report.manifest_restored, report.index_rebuilt) == (True, False)
    assert verify_collection(library, "rules").problems == []
    library.close()


@pytest.mark.folder_only
def test_the_copy_of_the_manifest_beside_the_texts_is_looked_at_and_written_again(
    filled: Library, again: Callable[[], Library]
) -> None:
    damage_stored(filled, "copy")
    library = again()
    assert len(verify_collection(library, "rules").problems) == 1
    assert repair_collection(library, "rules").manifest_restored
    assert verify_collection(library, "rules").problems == []
    library.close()


@pytest.mark.folder_only
@pytest.mark.parametrize(
    ("pattern", "computed"),
    [("keyword/*.npy", 0), ("keyword/*.json", 0), ("chroma/chroma.sqlite3", 0), ("chroma", 3), ("vectors/*.npy", 3)],
)
def test_a_damaged_side_is_built_again_from_the_other(
    filled: Library, again: Callable[[], Library], pattern: str, computed: int
) -> None:
    filled.close()
    for path in filled.settings.home.glob(f"index/*/{pattern}"):
        shutil.rmtree(path) if path.is_dir() else path.write_bytes(b"rubbish" * 100)
    library = again()
    assert verify_collection(library, "rules").index.endswith(REPAIR)
    assert repair_collection(library, "rules").index_rebuilt
    assert embedded(library) == computed
    assert verify_collection(library, "rules").problems == []
    assert answered(library).startswith("# Pool")
    library.close()


@pytest.mark.folder_only
def test_a_keyword_side_that_is_sound_but_tells_of_other_places_is_found(
    filled: Library, again: Callable[[], Library]
) -> None:
    filled.close()
    (chunks,) = filled.settings.home.glob("index/*/keyword/chunks.json")
    rows = json.loads(chunks.read_bytes())
    rows[0][3] -= 1
    chunks.write_text(json.dumps(rows))
    (chunks.parent / CHECKSUMS).write_text(json.dumps(_checksums(chunks.parent)))
    library = again()
    assert verify_collection(library, "rules").problems == [f"The keyword index does not fit the documents; {REPAIR}"]
    repair_collection(library, "rules")
    assert verify_collection(library, "rules").problems == []
    assert embedded(library) == 0
    library.close()


@pytest.mark.usefixtures("kept_by_chroma")
def test_all_that_is_wrong_is_told_at_once(filled: Library, again: Callable[[], Library], paths: list[Path]) -> None:
    pool, books = map(load_path, paths[:2])
    damage_stored(filled, "text", {pool.sha256})
    lose_vectors(filled, 1)
    damage_stored(again(), "backup")
    paths[1].write_text("Late books cost two euros.\n")
    library = again()
    found = verify_collection(library, "rules")
    assert (bool(found.manifest), bool(found.index)) == (True, True)
    assert titles(library) == {pool.title: True, books.title: False}
    repair_collection(library, "rules")
    assert titles(library) == {books.title: False}, "a file that has changed is not a repair's business"
    library.close()


def test_a_repair_beside_a_writer_is_refused(filled: Library, again: Callable[[], Library]) -> None:
    with filled.storage.lock(), pytest.raises(LibraryBusyError):
        repair_collection(again(), "rules")
    with filled.storage.lock(), pytest.raises(LibraryBusyError):
        compact_library(again())


def test_compacting_changes_no_answer_and_computes_nothing(filled: Library, again: Callable[[], Library]) -> None:
    Indexer(filled).add([make_source("The mill grinds barley.", uri="test:mill")], "others")
    before = [passage.id for passage in HybridRetriever(library=filled, collections=("rules",)).passages(QUESTION)]
    library = again()
    report = compact_library(library)
    assert embedded(library) == 0
    after = [passage.id for passage in HybridRetriever(library=library, collections=("rules",)).passages(QUESTION)]
    assert after == before
    for name in ("rules", "others"):
        assert verify_collection(library, name).problems == []
    if library.settings.chroma_url:
        assert (report.before, report.after) == (None, None)
        assert "`chroma vacuum` gives it back there" in report.note
    else:
        assert report.note == ""
    library.close()


@pytest.mark.folder_only
def test_compacting_gives_back_the_room_of_what_was_removed(filled: Library) -> None:
    many = [make_source(f"Rule {number} is about number {number}.", uri=f"test:{number}") for number in range(1_500)]
    Indexer(filled).add(many, "rules")
    Indexer(filled).remove([source.id for source in many], "rules")
    report = compact_library(filled)
    assert report.before is not None
    assert report.after is not None
    assert report.after < report.before / 2
    assert answered(filled).startswith("# Pool")
