from __future__ import annotations

import re
from pathlib import Path

import pytest

from retrieval import (
    Indexer,
    Library,
    LibrarySettings,
    Verification,
    diagnose,
    load_path,
    repair_collection,
    verify_collection,
)
from retrieval.errors import CollectionError, ModelError
from retrieval.index.chroma.collection import ChromaVectors
from retrieval.storage.manifest import BACKUP, MANIFEST, CollectionRecord
from tests.retrieval.library_contents import make_empty_collection

pytestmark = pytest.mark.both_places

CHANGED = "The file has changed since it was indexed; run `pullquote index PATH` on it again."


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "one.txt", tmp_path / "two.md"]
    for number, path in enumerate(paths):
        path.write_bytes(f"Rule {number} holds.\r\n".encode())
    return paths


@pytest.fixture
def filled(library: Library, paths: list[Path]) -> Library:
    Indexer(library).add([load_path(path) for path in paths])
    return library


def problems(library: Library) -> dict[str, str]:
    return {
        check.source.title: check.problem for check in verify_collection(library, "default").sources if check.problem
    }


def finding(settings: LibrarySettings, name: str) -> tuple[bool, str]:
    found = {finding.name: (finding.ok, finding.text) for finding in diagnose(settings)}
    server = ["Chroma server"] if settings.chroma_url else []
    assert list(found) == ["Python", "SQLite", "model", "data folder", *server, "index", "settings"]
    return found[name]


def test_a_sound_collection_has_no_problem(filled: Library) -> None:
    assert len(verify_collection(filled, "default").sources) == 3
    assert problems(filled) == {}


def test_a_changed_file_is_a_problem_and_a_missing_one_is_not(filled: Library, paths: list[Path]) -> None:
    paths[0].write_bytes(b"Rule 0 holds.\n")
    paths[1].unlink()
    assert problems(filled) == {"one": CHANGED}
    Indexer(filled).add([load_path(paths[0])])
    assert problems(filled) == {}


@pytest.mark.parametrize("damage", [b"", b"Rule 0 held.\r\n", None])
@pytest.mark.folder_only
def test_a_damaged_text_is_a_problem_even_while_its_words_are_in_memory(
    filled: Library, paths: list[Path], damage: bytes | None
) -> None:
    record = filled.find(load_path(paths[0]).id, "default")
    filled.source(record)
    stored = (filled.settings.home / "texts") / f"{record.sha256}.txt"
    stored.unlink() if damage is None else stored.write_bytes(damage)
    assert list(problems(filled)) == ["one"]
    assert "run `pullquote reindex`" in problems(filled)["one"]


@pytest.mark.usefixtures("kept_by_chroma")
def test_a_chunk_that_is_missing_on_the_dense_side_is_damage(filled: Library) -> None:
    manifest = filled.usable_manifest()
    assert manifest is not None
    vectors = filled.index(manifest, "default").vectors
    assert isinstance(vectors, ChromaVectors)
    vectors.delete(sorted(vectors.ids())[:1])
    assert verify_collection(filled, "default").problems == [
        "The index is incomplete; run `pullquote sources verify --repair`."
    ]


@pytest.mark.parametrize("killed", ["first run", "later run"])
@pytest.mark.folder_only
def test_a_run_killed_between_backup_and_manifest_has_damaged_nothing_and_the_next_puts_it_in_order(
    filled: Library, settings: LibrarySettings, killed: str
) -> None:
    manifest = filled.usable_manifest()
    assert manifest is not None
    if killed == "first run":
        (settings.home / MANIFEST).unlink()
    else:
        before = (settings.home / MANIFEST).read_bytes()
        filled.storage.publish(manifest.with_collection("others", CollectionRecord()))
        (settings.home / MANIFEST).write_bytes(before)
    assert verify_collection(filled, "default").problems == []
    assert not filled.storage.is_tidy(manifest)
    report = repair_collection(filled, "default")
    assert (report.manifest_restored, report.index_rebuilt) == (False, False)
    assert filled.storage.is_tidy(manifest)
    assert (settings.home / BACKUP).read_bytes() == (settings.home / MANIFEST).read_bytes()
    assert filled.manifest() == manifest


def test_an_unknown_collection_cannot_be_verified_and_an_empty_one_has_nothing_to_check(library: Library) -> None:
    with pytest.raises(CollectionError):
        verify_collection(library, "default")
    make_empty_collection(library, "empty")
    assert verify_collection(library, "empty") == Verification()


@pytest.mark.folder_only
def test_a_diagnosis_of_nothing_yet_is_good_and_makes_nothing(settings: LibrarySettings) -> None:
    assert all(finding.ok for finding in diagnose(settings))
    assert not settings.home.exists()


def test_a_diagnosis_counts_what_is_there(filled: Library, settings: LibrarySettings) -> None:
    ok, text = finding(settings, "index")
    assert ok
    assert re.fullmatch(r"8 chunks of 3 documents, all sound|3 sources and 8 chunks, all sound", text)


def test_a_diagnosis_names_the_source_with_a_problem(
    filled: Library, settings: LibrarySettings, paths: list[Path]
) -> None:
    paths[0].write_bytes(b"Another rule.")
    assert finding(settings, "index") == (False, f"“one”: {CHANGED}")


@pytest.mark.parametrize("damage", ["manifest", "keyword", "chroma"])
@pytest.mark.folder_only
def test_a_diagnosis_finds_a_damaged_index(filled: Library, settings: LibrarySettings, damage: str) -> None:
    filled.close()
    pattern = {"manifest": MANIFEST, "keyword": "index/*/keyword/chunks.json", "chroma": "index/*/chroma/*.sqlite3"}
    for path in settings.home.glob(pattern[damage]):
        path.write_bytes(b"damaged")
    ok, text = finding(settings, "index")
    assert not ok
    assert ("run `pullquote reindex`" if damage == "manifest" else "run `pullquote sources verify --repair`") in text


@pytest.mark.folder_only
def test_a_diagnosis_finds_a_home_that_is_a_file(settings: LibrarySettings) -> None:
    settings.home.write_bytes(b"")
    assert finding(settings, "data folder") == (
        False,
        f"{settings.home} is not a folder; set PULLQUOTE_HOME to a folder.",
    )


def test_a_diagnosis_finds_a_misspelt_setting(settings: LibrarySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULLQUOTE_PASAGES", "3")
    ok, text = finding(settings, "settings")
    assert not ok
    assert "PULLQUOTE_PASAGES" in text


def test_a_diagnosis_finds_an_old_python_sqlite_and_a_missing_model(
    settings: LibrarySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise ModelError("The model is missing.")

    monkeypatch.setattr("retrieval.maintenance.doctor.OLDEST_PYTHON", (3, 99))
    monkeypatch.setattr("retrieval.index.chroma.sqlite_database.OLDEST_SQLITE", (99, 0, 0))
    monkeypatch.setattr("retrieval.maintenance.doctor.check_onnx_files", missing)
    found = {finding.name: finding for finding in diagnose(settings)}
    assert [name for name, finding in found.items() if not finding.ok] == ["Python", "SQLite", "model"]
    assert "use a Python with 3.35 or later" in found["SQLite"].text
    assert found["model"].text == "The model is missing."
