"""A file of which any byte was changed is refused, and one of before the checksum is read."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import ArchiveError, IndexMismatchError, Library, import_library
from retrieval.maintenance.archive.layout import vectors_header
from retrieval.maintenance.archive.reader import ArchiveReader
from tests.retrieval.maintenance.archive.archives import as_once_exported, exported, read_whole

pytestmark = pytest.mark.both_places


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("sound") / "x.zip"
    path.write_bytes(exported())
    return read_whole(path)


@given(data=st.data())
def test_a_file_with_any_byte_changed_is_refused(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    damaged = damage(data, exported())
    path = tmp_path_factory.getbasetemp() / "damaged.zip"
    path.write_bytes(damaged)
    if damaged == exported():
        read_whole(path)
        return
    with pytest.raises(ArchiveError):
        read_whole(path)


def test_no_byte_is_outside_of_the_checksum(tmp_path: Path) -> None:
    path, whole = tmp_path / "x.zip", exported()
    path.write_bytes(whole)
    with path.open("r+b", buffering=0) as file:
        for place, byte in enumerate(whole):
            os.pwrite(file.fileno(), bytes([byte ^ 1 << place % 8]), place)
            with pytest.raises(ArchiveError):
                ArchiveReader(path)
            os.pwrite(file.fileno(), bytes([byte]), place)
    for more in (whole + b"x", b"x" + whole, whole + whole):
        path.write_bytes(more)
        with pytest.raises(ArchiveError):
            ArchiveReader(path)


@given(data=st.data())
def test_a_file_of_before_the_checksum_is_read_and_one_with_a_byte_changed_is_refused_or_is_the_same(
    data: st.DataObject, sound: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.zip"
    path.write_bytes(damage(data, as_once_exported(exported())))
    try:
        read = read_whole(path)
    except (ArchiveError, IndexMismatchError):
        return
    assert read == sound


@pytest.mark.parametrize("shape", [(1, 384), (12_345, 8)])
def test_an_array_of_vectors_is_what_numpy_writes(shape: tuple[int, int]) -> None:
    vectors, written = np.ones(shape, dtype=np.float32), io.BytesIO()
    np.save(written, vectors)
    assert vectors_header(*shape) + vectors.tobytes() == written.getvalue()


def test_a_file_of_before_the_checksum_is_still_imported(elsewhere: Library, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(as_once_exported(exported()))
    import_library(elsewhere, tmp_path / "x.zip")
    assert [record.title for record in elsewhere.records("rules")] == ["Bees", "Pool"]


def damage(data: st.DataObject, file: bytes) -> bytes:
    """Change up to three bytes, and perhaps cut the end off."""
    damaged = bytearray(file)
    for _ in range(data.draw(st.integers(0, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= data.draw(st.integers(1, 255))
    if data.draw(st.booleans()):
        damaged = damaged[: data.draw(st.integers(0, len(damaged)))]
    return bytes(damaged)
