"""A file that was altered since its hash was recorded is found, and what is being built is no damage."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.errors import DamagedLibraryError
from retrieval.index.integrity import HASHES, check_hashes, record_hashes, recorded_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "below").mkdir()
    (tmp_path / "one").write_bytes(b"one")
    (tmp_path / "below" / "two").write_bytes(b"two")
    (tmp_path / "free").write_bytes(b"changes")
    record_hashes(tmp_path, [tmp_path / "one", tmp_path / "below" / "two"])
    return tmp_path


def test_what_was_recorded_is_checked_and_nothing_else(folder: Path) -> None:
    (folder / "free").write_bytes(b"changed")
    check_hashes(folder)
    assert recorded_files(folder) == {folder / "one", folder / "below" / "two"}


@pytest.mark.parametrize("name", ["one", "below/two"])
@pytest.mark.parametrize("content", [None, b"", b"twe"])
def test_an_altered_file_is_damage(folder: Path, name: str, content: bytes | None) -> None:
    (folder / name).unlink() if content is None else (folder / name).write_bytes(content)
    with pytest.raises(DamagedLibraryError, match="reindex"):
        check_hashes(folder)


@pytest.mark.parametrize("record", [b"", b"[]", b"{", b"\xff"])
def test_a_damaged_record_is_damage(folder: Path, record: bytes) -> None:
    (folder / HASHES).write_bytes(record)
    for look in (check_hashes, recorded_files):
        with pytest.raises(DamagedLibraryError, match="reindex"):
            look(folder)


def test_what_is_being_built_has_no_hashes_yet_and_is_no_damage(folder: Path) -> None:
    (folder / HASHES).unlink()
    (folder / "one").unlink()
    check_hashes(folder)
    assert recorded_files(folder) == set()
