"""Damage in Chroma's files is found before Chroma reads them, and a writer at work is no damage."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from retrieval.errors import DamagedLibraryError
from retrieval.seal import DATABASE, PERSISTED, SEAL, break_seal, check_database, check_seal, read_seal
from retrieval.store import VectorStore

CHUNKS = 1_100  # past the number at which Chroma writes its vector files for good


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A Chroma folder with vector files that Chroma will trust."""
    generator = random.Random(7)
    store = VectorStore(tmp_path / "chroma")
    vectors = [[generator.gauss(0, 1) for _ in range(8)] for _ in range(CHUNKS)]
    store.add("default", [f"{i:032x}" for i in range(CHUNKS)], vectors)
    store.seal()
    store.close()
    assert list(store.folder.glob(f"*/{PERSISTED}"))
    return store.folder


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(bytes(data))


def test_one_flipped_bit_in_any_vector_file_is_found(folder: Path) -> None:
    vector_files = [path for path in folder.glob("*/*") if path.stat().st_size]
    assert len(vector_files) >= 4
    for path in vector_files:
        whole = path.read_bytes()
        flip(path, len(whole) // 2)
        with pytest.raises(DamagedLibraryError, match="reindex"):
            VectorStore(folder).count("default")
        path.write_bytes(whole)
    assert VectorStore(folder).count("default") == CHUNKS


def test_a_vector_file_that_is_gone_is_found(folder: Path) -> None:
    next(folder.glob("*/header.bin")).unlink()
    with pytest.raises(DamagedLibraryError, match="reindex"):
        check_seal(folder)


def test_reading_does_not_break_the_seal(folder: Path) -> None:
    before = read_seal(folder)
    store = VectorStore(folder)
    assert store.nearest("default", [1.0] * 8, 3)
    store.close()
    assert read_seal(folder) == before
    check_seal(folder)
    assert not store.is_outdated()


def test_a_writer_at_work_is_no_damage(folder: Path) -> None:
    flip(next(folder.glob("*/data_level0.bin")), 100)
    break_seal(folder)
    check_seal(folder)


def test_a_seal_that_changes_during_the_comparison_is_no_damage(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def written_meanwhile(parent: Path) -> dict[str, str]:
        (parent / SEAL).write_text("another", encoding="ascii")
        return {}

    monkeypatch.setattr("retrieval.seal._hashes", written_meanwhile)
    check_seal(folder)


def test_a_reader_is_outdated_once_somebody_else_has_written(folder: Path) -> None:
    reader, writer = VectorStore(folder), VectorStore(folder)
    assert reader.count("default") == CHUNKS
    assert not reader.is_outdated()
    writer.delete("default", [f"{0:032x}"])
    assert reader.is_outdated()
    writer.seal()
    assert reader.is_outdated()
    assert not writer.is_outdated()
    writer.close()
    reader.close()


@pytest.mark.parametrize("place", [0, 30, 4096, 4096 * 3 + 5])
def test_a_database_that_is_not_one_any_more_is_found(folder: Path, place: int) -> None:
    path = folder / DATABASE
    data = path.read_bytes()
    path.write_bytes(data[:place] + random.Random(place).randbytes(4096) + data[place + 4096 :])
    with pytest.raises(DamagedLibraryError, match="reindex"):
        check_database(folder)


def test_a_sound_database_passes(folder: Path) -> None:
    check_database(folder)


def test_a_missing_database_is_found(folder: Path) -> None:
    (folder / DATABASE).unlink()
    with pytest.raises(DamagedLibraryError, match="reindex"):
        check_database(folder)
