from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from retrieval.errors import DamagedLibraryError, StorageError
from retrieval.files import ASIDE
from retrieval.storage.source_texts import SourceTexts
from tests.retrieval.strategies import PROPERTY, make_source, texts


@PROPERTY
@given(texts(10))
def test_any_text_is_read_back_exactly(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    stored = SourceTexts(tmp_path_factory.getbasetemp() / "any-text")
    source = make_source(text)
    stored.write(source)
    assert stored.read(source.sha256) == text


def test_a_damaged_or_missing_text_is_found_and_writing_it_again_repairs_it(tmp_path: Path) -> None:
    stored, source = SourceTexts(tmp_path), make_source("Some words.\r\n")
    path = tmp_path / f"{source.sha256}.txt"
    stored.write(source)
    for damage in (b"", b"Some words.\n", b"some words.\r\n", b"Some words.\r\n ", b"\xff"):
        path.write_bytes(damage)
        with pytest.raises(DamagedLibraryError, match=f"{source.sha256[:12]} .* run `pullquote reindex`"):
            stored.read(source.sha256)
        stored.write(source)
        assert stored.read(source.sha256) == source.text
    path.unlink()
    with pytest.raises(DamagedLibraryError, match="missing or damaged"):
        stored.read(source.sha256)


def test_a_sound_text_is_not_written_twice(tmp_path: Path) -> None:
    stored, source = SourceTexts(tmp_path), make_source("Some words.")
    stored.write(source)
    before = (tmp_path / f"{source.sha256}.txt").stat().st_ino
    stored.write(source)
    assert (tmp_path / f"{source.sha256}.txt").stat().st_ino == before


def test_only_the_named_texts_are_kept_and_nothing_half_written(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    stored, one, two = SourceTexts(folder), make_source("One."), make_source("Two.")
    stored.write(one)
    stored.write(two)
    (folder / f"{one.sha256}.txt.0000abcd{ASIDE}").write_bytes(b"half")
    stored.keep_only({one.sha256})
    assert [path.name for path in folder.iterdir()] == [f"{one.sha256}.txt"]


def test_keeping_nothing_of_a_folder_that_was_never_made_is_no_error(tmp_path: Path) -> None:
    SourceTexts(tmp_path / "texts").keep_only(set())
    assert not (tmp_path / "texts").exists()


def test_a_folder_that_cannot_be_made_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "texts").write_bytes(b"")
    with pytest.raises(StorageError, match="PULLQUOTE_HOME"):
        SourceTexts(tmp_path / "texts").write(make_source("Some words."))
