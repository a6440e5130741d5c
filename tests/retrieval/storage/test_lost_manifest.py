"""Texts and indexes without a manifest: refused everywhere, swept by nobody, and brought back by one command."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from bot import Settings
from retrieval import (
    DEFAULT_COLLECTION,
    CollectionError,
    DamagedLibraryError,
    HybridRetriever,
    Indexer,
    Library,
    LibrarySettings,
    add_article_once,
    compact_library,
    diagnose,
    export_library,
    import_library,
    load_path,
    rebuild_index,
    repair_collection,
    verify_collection,
)
from retrieval.loaders.article import load_article
from retrieval.maintenance.rebuild import RECOVERED
from retrieval.storage.interface import Storage
from retrieval.storage.manifest import BACKUP, COPY, MANIFEST, TEXTS
from retrieval.storage.server.documents import DOCUMENTS
from retrieval.storage.server.storage import POINTER, ServerStorage
from tests.conftest import Run
from tests.faults.homes import snapshot
from tests.retrieval.strategies import make_source

if TYPE_CHECKING:
    from chromadb import Where

POOL = make_source("The pool opens at nine.\nGuests pay.", uri="file:///rules/pool.txt", title="Rules of the pool")
BEES = make_source("Bees dance.\n", uri="file:///bees.txt", title="Bees")


@pytest.fixture
def filled(library: Library) -> Library:
    """The article in ``default``, the pool's rules in ``rules``."""
    Indexer(library).add([])
    Indexer(library).add([POOL], "rules")
    return library


def lose(home: Path, *names: str) -> None:
    for name in names:
        (home / name).unlink()


def opened(library: Library) -> Library:
    """The library as a new process sees it."""
    library.close()
    return Library(library.settings, library.embeddings)


def first(library: Library, question: str, *collections: str) -> str:
    return HybridRetriever(library=library, collections=collections).passages(question)[0].text


COMMANDS: dict[str, Callable[[Library], object]] = {
    "first question": add_article_once,
    "question": lambda library: first(library, "When does the pool open?", "rules"),
    "add": lambda library: Indexer(library).add([BEES], "other"),
    "remove": lambda library: Indexer(library).remove([POOL.id], "rules"),
    "remove all": lambda library: Indexer(library).remove_all("rules"),
    "list": lambda library: library.records("rules"),
    "compact": compact_library,
    "export": lambda library: export_library(library, library.settings.home.with_name("exported")),
}


@pytest.mark.both_places
def test_every_way_into_a_library_that_has_lost_its_manifest_refuses_and_a_rebuild_brings_all_back(
    filled: Library, settings: Settings, tmp_path: Path
) -> None:
    exported = tmp_path / "kept"
    export_library(filled, exported)
    manifest = filled.manifest()
    lose_all_but_the_copy(filled.storage, settings)
    lost = opened(filled)
    commands: dict[str, Callable[[Library], object]] = {**COMMANDS, "import": partial(import_library, path=exported)}
    for name, run in commands.items():
        with pytest.raises(DamagedLibraryError) as told:
            run(lost)
        assert str(told.value) == "The library's manifest is missing; run `pullquote reindex` to repair it.", name
    assert [finding.name for finding in diagnose(settings) if not finding.ok] == ["index"]
    report = rebuild_index(lost)
    assert (len(report.rebuilt), report.lost, report.unnamed) == (2, [], [])
    assert lost.records("rules") == filled.records("rules")
    assert first(lost, "When does the pool open?", "rules") == POOL.text
    assert manifest is not None
    assert (found := lost.manifest(fresh=True)) is not None
    assert found.texts() == manifest.texts()
    assert verify_collection(lost, "rules").problems == []
    lost.close()


def lose_all_but_the_copy(storage: Storage, settings: LibrarySettings) -> None:
    if isinstance(storage, ServerStorage):
        storage._connection.make_collection(DOCUMENTS).delete(where=cast("Where", {POINTER: {"$gte": 1}}))
    else:
        lose(settings.home, MANIFEST, BACKUP)


@pytest.mark.both_places
def test_without_any_copy_the_texts_come_back_under_their_first_words_and_apart_from_all_others(
    filled: Library, settings: Settings
) -> None:
    lose_all_but_the_copy(filled.storage, settings)
    if isinstance(filled.storage, ServerStorage):
        documents = filled.storage._documents
        kept = {name for name in documents.names() if name.startswith("text/")}
        documents.delete(documents.pieces_beside(kept))
    else:
        lose(settings.home, COPY)
    lost = opened(filled)
    report = rebuild_index(lost)
    assert [(record.title, record.sha256) for record in report.unnamed] == [("The pool opens at nine.", POOL.sha256)]
    assert (report.rebuilt, report.lost) == ([], [])
    assert lost.records(RECOVERED) == report.unnamed
    assert first(lost, "When does the pool open?", RECOVERED) == POOL.text
    add_article_once(lost)
    assert [record.sha256 for record in lost.records(DEFAULT_COLLECTION)] == [load_article().sha256]
    assert verify_collection(lost, RECOVERED).problems == []
    lost.close()


def test_repair_brings_the_manifest_back_without_building_the_index_anew(
    filled: Library, settings: LibrarySettings
) -> None:
    before = (settings.home / MANIFEST).read_bytes()
    lose(settings.home, MANIFEST, BACKUP)
    lost = opened(filled)
    assert verify_collection(lost, "rules").manifest
    report = repair_collection(lost, "rules")
    assert (report.manifest_restored, report.index_rebuilt, report.lost) == (True, False, [])
    assert {(settings.home / name).read_bytes() for name in (MANIFEST, BACKUP, COPY)} == {before}
    lost.close()


def test_the_program_refuses_in_one_sentence_deletes_nothing_and_reindex_helps(
    run: Run, filled: Library, settings: LibrarySettings
) -> None:
    filled.close()
    lose(settings.home, MANIFEST, BACKUP, COPY)
    before = {name: held for name, held in snapshot(settings.home).items() if not name.startswith("library.")}
    (Path("bees.txt")).write_text("Bees dance.\n")
    for command in (
        ("ask", "Who?"),
        ("ask", "--collection", "rules", "Who?"),
        ("search", "Who?"),
        ("index", "bees.txt"),
        ("chat",),
        ("sources", "list"),
        ("sources", "verify"),
        ("sources", "verify", "--repair"),
        ("sources", "compact"),
        ("library", "export", "exported"),
    ):
        told = run(*command)
        assert (told.code, told.out) == (2, ""), command
        assert told.err.endswith(".\n"), told
        assert told.err.count("\n") == 1, told
        assert "run `pullquote reindex`" in told.err, command
    assert "FAIL index: The library's manifest is missing; run `pullquote reindex`" in run("doctor").out
    after = {name: held for name, held in snapshot(settings.home).items() if not name.startswith("library.")}
    assert after == before
    done = run("reindex")
    assert (done.code, done.out) == (0, "Rebuilt the index of 1 source.\n")
    assert done.err == (
        "The manifest and its backups were lost, and with them titles, addresses and collections; the documents are in "
        "the collection “recovered” now, called by their first words.\n"
    )
    assert json.loads(run("ask", "--json", "How many planes?").out)["status"] == "answered"


def test_a_sweep_leaves_a_text_that_no_manifest_has_named(filled: Library, settings: LibrarySettings) -> None:
    """A manifest of yesterday that somebody has put back does not cost what came since."""
    old = {name: (settings.home / name).read_bytes() for name in (MANIFEST, BACKUP, COPY)}
    Indexer(filled).add([BEES], "rules")
    texts = settings.home / TEXTS
    for name, held in old.items():
        (settings.home / name).write_bytes(held)
    restored = opened(filled)
    rebuild_index(restored)  # the index of yesterday is gone
    Indexer(restored).remove([POOL.id], "rules")
    assert {path.stem for path in texts.glob("*.txt")} == {load_article().sha256, BEES.sha256}
    Indexer(restored).add([BEES], "rules")
    Indexer(restored).remove([BEES.id], "rules")
    assert {path.stem for path in texts.glob("*.txt")} == {load_article().sha256}
    restored.close()


def test_what_a_change_that_failed_has_added_goes_with_the_next(
    filled: Library, settings: LibrarySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    texts, before = settings.home / TEXTS, snapshot(settings.home / TEXTS)
    with monkeypatch.context() as patch:
        patch.setattr("retrieval.ingest.indexer.add_vectors", fail)
        with pytest.raises(KeyboardInterrupt):
            Indexer(filled).add([BEES], "rules")
    assert (texts / f"{BEES.sha256}.txt").exists()
    manifest = filled.usable_manifest()
    assert manifest is not None
    assert not filled.storage.is_tidy(manifest)
    Indexer(filled).add([POOL], "rules")
    assert snapshot(texts) == before
    assert filled.storage.is_tidy(manifest)


def test_a_library_whose_first_run_failed_is_none_yet(
    library: Library, settings: LibrarySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("retrieval.ingest.indexer.add_vectors", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            Indexer(library).add([POOL], "rules")
    assert library.usable_manifest() is None
    assert all(finding.ok for finding in diagnose(settings))
    with pytest.raises(CollectionError):
        library.open_collections(["rules"])
    Indexer(library).add([POOL], "rules")
    assert first(library, "When does the pool open?", "rules") == POOL.text


def test_a_library_of_an_older_version_gets_its_copy_with_the_next_run_that_may_write(
    filled: Library, settings: LibrarySettings
) -> None:
    lose(settings.home, COPY)
    assert verify_collection(filled, "rules").problems == []
    assert Indexer(filled).add([POOL], "rules").unchanged == [POOL]
    assert (settings.home / COPY).read_bytes() == (settings.home / MANIFEST).read_bytes()


def test_a_text_that_was_put_there_by_hand_is_read_back_only_if_it_is_sound(
    filled: Library, settings: LibrarySettings, tmp_path: Path
) -> None:
    lose(settings.home, MANIFEST, BACKUP, COPY)
    (settings.home / TEXTS / f"{'0' * 64}.txt").write_text("Not what its name says.")
    lost = opened(filled)
    assert [record.sha256 for record in rebuild_index(lost).unnamed] == [POOL.sha256]
    path = tmp_path / "pool.txt"
    path.write_text(POOL.text)
    Indexer(lost).add([load_path(path)], "rules")
    assert first(lost, "When does the pool open?", "rules") == POOL.text
    lost.close()
