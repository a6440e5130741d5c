"""A library goes into one file and comes out the same, anywhere."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from bot import Settings
from retrieval import (
    ArchiveError,
    CollectionError,
    HybridRetriever,
    Indexer,
    IndexMismatchError,
    Library,
    LibraryBusyError,
    export_library,
    import_library,
    verify_collection,
)
from tests.chroma_server import ChromaServer
from tests.retrieval.fakes import CountingEmbeddings, RememberingEmbeddings
from tests.retrieval.strategies import make_source

pytestmark = pytest.mark.both_places
QUESTIONS = ("When does the pool open?", "Where do the bees live?", "What do guests pay?")


def seen(library: Library) -> dict[str, Any]:
    """All that anybody can see of a library."""
    manifest = library.usable_manifest()
    assert manifest is not None
    all_of_it: dict[str, Any] = {}
    for name in sorted(manifest.collections):
        assert verify_collection(library, name).problems == []
        records = [record.model_dump() for record in library.records(name)]
        retriever = HybridRetriever(library=library, collections=(name,))
        answers = [
            [
                (passage.id, round(passage.dense, 5), round(passage.keyword, 5))
                for passage in retriever.passages(question)
            ]
            for question in QUESTIONS
            if records
        ]
        texts = [library.source(record) for record in library.records(name)]
        all_of_it[name] = (records, answers, [(source.text, source.structure) for source in texts])
    return all_of_it


def test_what_was_exported_is_the_same_elsewhere_and_nothing_is_computed(
    filled: Library, elsewhere: Library, tmp_path: Path
) -> None:
    file = tmp_path / "library.zip"
    before = seen(filled)
    export_library(filled, file)
    import_library(elsewhere, file)
    assert isinstance(elsewhere.embeddings, CountingEmbeddings)
    assert elsewhere.embeddings.documents.total() == 0
    assert seen(elsewhere) == before
    again = tmp_path / "again.zip"
    export_library(elsewhere, again)
    assert again.read_bytes() == file.read_bytes(), "the same library gives the same bytes"


@pytest.mark.folder_only
@pytest.mark.enable_socket
def test_a_library_moves_from_a_folder_to_a_server_and_back(
    filled: Library, elsewhere: Library, chroma_server: ChromaServer, tmp_path: Path, remembering: RememberingEmbeddings
) -> None:
    settings = Settings(
        chroma_url=chroma_server.url, chroma_database=chroma_server.new_database(), home=tmp_path / "machine"
    )
    on_server = Library(settings, remembering)
    export_library(filled, tmp_path / "there.zip")
    import_library(on_server, tmp_path / "there.zip")
    assert seen(on_server) == seen(filled)
    export_library(on_server, tmp_path / "back.zip")
    import_library(elsewhere, tmp_path / "back.zip")
    assert seen(elsewhere) == seen(filled)
    assert (tmp_path / "there.zip").read_bytes() == (tmp_path / "back.zip").read_bytes()
    on_server.close()


def test_chosen_collections_only(filled: Library, elsewhere: Library, tmp_path: Path) -> None:
    told = export_library(filled, tmp_path / "x.zip", ["others"])
    assert list(told.collections) == ["others"]
    assert list(import_library(elsewhere, tmp_path / "x.zip").collections) == ["others"]
    with pytest.raises(CollectionError):
        export_library(filled, tmp_path / "x.zip", ["nobody"])


def test_a_collection_of_the_same_name_stays_unless_it_is_to_be_replaced(
    filled: Library, elsewhere: Library, tmp_path: Path
) -> None:
    export_library(filled, tmp_path / "x.zip")
    mine = make_source("The mill grinds barley.", uri="test:mill", title="Mill")
    for name in ("rules", "mine"):
        Indexer(elsewhere).add([mine], name)
    before = seen(elsewhere)
    with pytest.raises(CollectionError, match="“rules” already; add --replace"):
        import_library(elsewhere, tmp_path / "x.zip")
    assert seen(elsewhere) == before
    import_library(elsewhere, tmp_path / "x.zip", replace=True)
    assert seen(elsewhere) == {**seen(filled), "mine": before["mine"]}


def test_another_model_is_refused_with_the_remedy(filled: Library, tmp_path: Path) -> None:
    export_library(filled, tmp_path / "x.zip")
    other = Library(
        Settings(home=tmp_path / "other", chroma_url=None, embedding_model="another/model"), filled.embeddings
    )
    with pytest.raises(IndexMismatchError, match="set PULLQUOTE_EMBEDDING_MODEL to that one"):
        import_library(other, tmp_path / "x.zip")
    assert not (tmp_path / "other").exists()


def test_an_import_beside_a_writer_is_refused(filled: Library, settings: Settings, tmp_path: Path) -> None:
    export_library(filled, tmp_path / "x.zip")
    other = Library(settings, filled.embeddings)
    with filled.storage.lock(), pytest.raises(LibraryBusyError):
        import_library(other, tmp_path / "x.zip", replace=True)
    other.close()


def test_nothing_of_the_machine_is_in_the_file(filled: Library, tmp_path: Path) -> None:
    home = filled.settings.home
    for secret in ("chat-history", "logs/pullquote.log", "discord/identity.key"):
        (home / secret).parent.mkdir(parents=True, exist_ok=True)
        (home / secret).write_text("swordfish")
    export_library(filled, tmp_path / "x.zip")
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"swordfish" not in everything
    assert str(home).encode() not in everything


def test_a_file_that_cannot_be_written_is_told_and_leaves_nothing(filled: Library, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot be written"):
        export_library(filled, tmp_path / "nowhere" / "x.zip")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ArchiveError, match="cannot be written"):
        export_library(filled, tmp_path / "folder")
    assert not list(tmp_path.glob("*.aside"))


@pytest.mark.folder_only
def test_a_text_that_shrinks_like_a_bomb_is_exported_so_that_it_can_be_imported(
    library: Library, elsewhere: Library, tmp_path: Path
) -> None:
    bell = make_source("Ding dong. " * 3000, uri="test:bell", title="Bell")
    Indexer(library).add([bell], "rules")
    export_library(library, tmp_path / "x.zip")
    import_library(elsewhere, tmp_path / "x.zip")
    assert elsewhere.texts.read(bell.sha256) == bell.text


@pytest.mark.folder_only
def test_a_library_that_nobody_could_import_is_not_exported(
    filled: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.maintenance.archive.exporter.MOST_CONTENTS_BYTES", 100)
    with pytest.raises(ArchiveError, match="export its collections one by one"):
        export_library(filled, tmp_path / "x.zip")
    assert not list(tmp_path.glob("x.zip*"))
