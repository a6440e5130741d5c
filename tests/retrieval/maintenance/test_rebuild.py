from __future__ import annotations

import codecs
import os
import shutil
import threading
from pathlib import Path

import pytest

from retrieval import (
    HybridRetriever,
    Indexer,
    Library,
    LibrarySettings,
    Passage,
    load_path,
    rebuild_index,
    verify_collection,
)
from retrieval.errors import CollectionError, DamagedLibraryError, IndexMismatchError, LibraryBusyError, RetrievalError
from retrieval.loaders.article import load_article
from retrieval.maintenance.rebuild import MOST_BYTES, original_bytes
from retrieval.storage.manifest import MANIFEST
from tests.retrieval.fakes import ShorterEmbeddings
from tests.retrieval.library_contents import make_empty_collection

pytestmark = pytest.mark.both_places

QUESTIONS = ("How many planes did Russia send?", "When does the pool open?", "unheard of")
WORDS = b"The pool opens at nine.\r\nGuests pay five euros.\r\n"
POOL = codecs.BOM_UTF8 + WORDS


@pytest.fixture
def pool(tmp_path: Path) -> Path:
    path = tmp_path / "pool & café #1.txt"
    path.write_bytes(POOL)
    return path


@pytest.fixture
def filled(library: Library, pool: Path) -> Library:
    """The article and the pool's rules in ``default``, the pool's rules in ``other`` too."""
    Indexer(library).add([load_path(pool)])
    Indexer(library).add([load_path(pool)], "other")
    return library


def ask(library: Library, *collections: str) -> list[list[Passage]]:
    retriever = HybridRetriever(library=library, collections=collections or ("default", "other"))
    return [retriever.passages(question) for question in QUESTIONS]


def text_file(library: Library, path: Path) -> Path:
    return (library.settings.home / "texts") / f"{load_path(path).sha256}.txt"


def damage(folder: Path, name: str) -> None:
    """Overwrite the middle of every file called ``name`` under ``folder``."""
    paths = [path for path in folder.rglob(name) if path.is_file()]
    assert paths
    for path in paths:
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 3] + b"\xa5" * (len(data) // 3 + 1) + data[2 * len(data) // 3 :])


@pytest.mark.folder_only
def test_there_is_nothing_to_rebuild_before_the_first_index(library: Library) -> None:
    with pytest.raises(CollectionError, match="no library to rebuild yet"):
        rebuild_index(library)
    assert not library.settings.home.exists()


@pytest.mark.folder_only
def test_answers_after_a_rebuild_are_those_before(filled: Library) -> None:
    before = ask(filled)
    old = {path.name for path in (filled.settings.home / "index").iterdir()}
    told: list[tuple[int, int]] = []
    report = rebuild_index(filled, progress=lambda done, total: told.append((done, total)))
    assert not report.lost
    assert len(report.rebuilt) == 3
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1]
    assert ask(filled) == before
    new = {path.name for path in (filled.settings.home / "index").iterdir()}
    assert len(new) == 2
    assert not old & new


@pytest.mark.parametrize("gone", ["index", "index/*/chroma", "index/*/keyword", "index/*/keyword/chunks.json"])
@pytest.mark.folder_only
def test_a_lost_index_is_said_at_once_and_rebuilt(filled: Library, settings: LibrarySettings, gone: str) -> None:
    before = ask(filled)
    filled.close()
    for path in list(settings.home.glob(gone)):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    reader = Library(settings, filled.embeddings)
    with pytest.raises(DamagedLibraryError, match="run `pullquote reindex`"):
        ask(reader)
    with pytest.raises(DamagedLibraryError, match="run `pullquote reindex`"):
        Indexer(reader).remove([load_article().id])
    rebuild_index(reader)
    assert ask(reader) == before
    reader.close()


@pytest.mark.parametrize("name", ["vectors.npy", "chunks.json", "checksums.json", "*.npy", "*.json", MANIFEST])
@pytest.mark.folder_only
def test_a_damaged_file_is_said_at_once_and_rebuilt(filled: Library, settings: LibrarySettings, name: str) -> None:
    before = ask(filled)
    filled.close()
    damage(settings.home if name == MANIFEST else settings.home / "index", name)
    reader = Library(settings, filled.embeddings)
    with pytest.raises(DamagedLibraryError, match="run `pullquote reindex`"):
        ask(reader)
    assert not rebuild_index(reader).lost
    assert ask(reader) == before
    reader.close()


@pytest.mark.parametrize("change", ["gone", "altered"])
@pytest.mark.folder_only
def test_a_lost_text_comes_back_from_its_original_file(
    filled: Library, settings: LibrarySettings, pool: Path, change: str
) -> None:
    before = ask(filled)
    filled.close()
    stored = text_file(filled, pool)
    stored.unlink() if change == "gone" else stored.write_bytes(WORDS.replace(b"nine", b"nono"))
    with pytest.raises(DamagedLibraryError, match="run `pullquote reindex`"):
        ask(filled)
    assert not rebuild_index(filled).lost
    assert ask(filled) == before
    assert stored.read_bytes() == WORDS


@pytest.mark.folder_only
def test_a_lost_article_comes_back_from_the_package(filled: Library) -> None:
    before = ask(filled)
    filled.close()
    ((filled.settings.home / "texts") / f"{load_article().sha256}.txt").unlink()
    assert not rebuild_index(filled).lost
    assert ask(filled) == before


@pytest.mark.parametrize("original", [b"The pool opens at ten.", None])
@pytest.mark.folder_only
def test_a_lost_text_whose_file_is_gone_or_another_is_reported_and_leaves_the_library(
    filled: Library, pool: Path, original: bytes | None
) -> None:
    lost = load_path(pool)
    text_file(filled, pool).unlink()
    pool.unlink()
    if original is not None:
        pool.write_bytes(original)
    filled.close()
    report = rebuild_index(filled)
    assert [record.id for record in report.lost] == [lost.id, lost.id]
    assert [record.id for record in report.rebuilt] == [load_article().id]
    assert filled.records("other") == []
    assert [record.id for record in filled.records("default")] == [load_article().id]
    assert all(passage.source.id != lost.id for passages in ask(filled, "default") for passage in passages)


def test_a_file_name_with_undecodable_bytes_is_found_again(library: Library, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9 %41.txt"))
    path.write_bytes(POOL)
    Indexer(library).add([load_path(path)], "rules")
    assert original_bytes(library.records("rules")[0]) == POOL


def test_an_original_that_is_a_pipe_now_is_not_waited_for(library: Library, pool: Path) -> None:
    Indexer(library).add([load_path(pool)], "rules")
    record = library.records("rules")[0]
    pool.unlink()
    os.mkfifo(pool)
    found: list[bytes | None] = []
    thread = threading.Thread(target=lambda: found.append(original_bytes(record)), daemon=True)
    thread.start()
    thread.join(2)
    if thread.is_alive():
        pool.open("wb").close()
        thread.join()
        pytest.fail("it waited for somebody to write into the pipe")
    assert found == [None]


def test_an_original_that_has_grown_beyond_all_bounds_is_told_and_not_read_whole(library: Library, pool: Path) -> None:
    Indexer(library).add([load_path(pool)], "rules")
    os.truncate(pool, 10 * MOST_BYTES)  # takes no room on the disk
    found = original_bytes(library.records("rules")[0])
    assert found is not None
    assert len(found) == MOST_BYTES + 1
    assert [check.problem for check in verify_collection(library, "rules").sources] == [
        "The file has changed since it was indexed; run `pullquote index PATH --collection rules` on it again."
    ]


def test_another_model_is_taken_up_by_a_rebuild(filled: Library, settings: LibrarySettings) -> None:
    changed = settings.model_copy(update={"embedding_model": "half/model"})
    library = Library(changed, ShorterEmbeddings(filled.embeddings))
    with pytest.raises(IndexMismatchError):
        ask(library)
    rebuild_index(library)
    assert [passages[0].source.id for passages in ask(library)][:1] == [load_article().id]
    manifest = library.usable_manifest()
    assert manifest is not None
    assert (manifest.model, manifest.dimension) == ("half/model", 192)
    with pytest.raises(IndexMismatchError, match="run `pullquote reindex`"):
        ask(filled)
    library.close()


def test_an_open_reader_goes_on_with_the_rebuilt_index(filled: Library, settings: LibrarySettings) -> None:
    before = ask(filled)
    rebuild_index(Library(settings, filled.embeddings))
    assert ask(filled) == before


def test_a_rebuild_while_another_writes_is_refused(filled: Library, settings: LibrarySettings) -> None:
    with filled.storage.lock(), pytest.raises(LibraryBusyError):
        rebuild_index(filled)


@pytest.mark.folder_only
def test_a_rebuild_that_fails_leaves_the_old_index_in_force(filled: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ask(filled)

    def fail(*args: object) -> None:
        raise RetrievalError("no")

    with monkeypatch.context() as patch:
        patch.setattr("retrieval.storage.snapshots.NewFolderIndex.finish", fail)
        with pytest.raises(RetrievalError, match="no"):
            rebuild_index(filled)
    assert ask(filled) == before
    make_empty_collection(filled, "third")
    manifest = filled.manifest()
    assert manifest is not None
    assert {path.name for path in (filled.settings.home / "index").iterdir()} == manifest.indexes()
