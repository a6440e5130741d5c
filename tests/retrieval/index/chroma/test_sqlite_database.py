"""Damage in Chroma's files is found before Chroma reads them, and what is being built is no damage."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from retrieval.errors import DamagedLibraryError
from retrieval.index.chroma.native import DATABASE
from retrieval.index.chroma.sqlite_database import check_database
from retrieval.index.chroma.store import PERSISTED, ChromaStore
from retrieval.index.integrity import HASHES, check_hashes

CHUNKS = 1_100  # past the number at which Chroma writes its vector files for good


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A Chroma folder with vector files that Chroma will trust."""
    generator = random.Random(7)
    store = ChromaStore(tmp_path / "chroma")
    vectors = [[generator.gauss(0, 1) for _ in range(8)] for _ in range(CHUNKS)]
    store.add([f"{i:032x}" for i in range(CHUNKS)], vectors)
    store.finish()
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
            ChromaStore(folder).count()
        path.write_bytes(whole)
    assert ChromaStore(folder).count() == CHUNKS


def test_a_vector_file_that_is_gone_is_found(folder: Path) -> None:
    next(folder.glob("*/header.bin")).unlink()
    with pytest.raises(DamagedLibraryError, match="reindex"):
        check_hashes(folder)


def test_reading_changes_no_file_whose_hash_is_recorded(folder: Path) -> None:
    store = ChromaStore(folder)
    assert store.nearest([1.0] * 8, 3)
    store.close()
    check_hashes(folder)


def test_what_is_being_built_has_no_hashes_yet_and_is_no_damage(folder: Path) -> None:
    (folder / HASHES).unlink()
    flip(next(folder.glob("*/data_level0.bin")), 100)
    check_hashes(folder)


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
