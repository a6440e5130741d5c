from __future__ import annotations

import os
import platform
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.index.chroma.scrubbing import HEADER, LAYOUT, LENGTHS, VECTORS, scrub_unused, vector_segments
from retrieval.index.chroma.store import ChromaStore

SECRET = b"asked by Ada Lovelace; "
ROOM, SIZE, LABEL = 100, 60, 52


def forge(folder: Path, used: int, *, version: int = 1, room: int = ROOM, label: int = LABEL) -> dict[str, bytes]:
    """A segment whose files are full of a secret, as Chroma's are of whatever lay in memory."""
    contents = {
        HEADER: LAYOUT.pack(version, 0, room, used, SIZE, label, 20) + struct.pack("<iI", 0, 0),
        VECTORS: (SECRET * ROOM * SIZE)[: ROOM * SIZE],
        LENGTHS: (SECRET * ROOM)[: ROOM * 4],
    }
    folder.mkdir()
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return contents


def read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("used", [0, 1, 37, ROOM])
def test_what_belongs_to_no_element_becomes_zeros_and_the_rest_stays(tmp_path: Path, used: int) -> None:
    segment = tmp_path / "segment"
    before = forge(segment, used)
    scrub_unused(segment)
    after = read(segment)
    assert after[HEADER] == before[HEADER]
    for name, each in ((VECTORS, SIZE), (LENGTHS, 4)):
        assert after[name][: used * each] == before[name][: used * each]
        assert after[name][used * each :] == bytes((ROOM - used) * each)


@pytest.mark.parametrize("oddity", [{"version": 2}, {"room": 5}, {"label": LABEL - 4}])
def test_files_of_another_layout_are_left_alone(tmp_path: Path, oddity: dict[str, int]) -> None:
    segment = tmp_path / "segment"
    before = forge(segment, 37, **oddity)
    scrub_unused(segment)
    assert read(segment) == before


def test_half_a_segment_is_left_to_chroma(tmp_path: Path) -> None:
    segment = tmp_path / "segment"
    before = forge(segment, 37)
    (segment / VECTORS).unlink()
    (segment / HEADER).write_bytes(before[HEADER][:20])
    scrub_unused(segment)
    assert read(segment) == {HEADER: before[HEADER][:20], LENGTHS: before[LENGTHS]}
    (segment / HEADER).write_bytes(before[HEADER])
    scrub_unused(segment)
    assert set(read(segment)) == {HEADER, LENGTHS}


def test_what_a_killed_run_left_is_overwritten_with_the_next_change(tmp_path: Path) -> None:
    store = ChromaStore(tmp_path / "chroma")
    store.add(["1" * 32], [[1.0, 0.0]])
    (segment,) = vector_segments(store.folder)
    (segment / LENGTHS).write_bytes(SECRET[:400])
    store.finish()
    assert not any((segment / LENGTHS).read_bytes())
    store.close()


# Twice adds vectors and asks for one, and prints after each call how many bytes that belong to no element are not zero.
USE_A_STORE = """
import sys
from pathlib import Path
import numpy as np
from retrieval.index.chroma.store import ChromaStore
from retrieval.index.chroma.scrubbing import HEADER, LAYOUT, LENGTHS, VECTORS, vector_segments

folder, count = Path(sys.argv[1]), int(sys.argv[2])
vectors = np.random.default_rng(count).normal(size=(count, 384)).tolist()
ids = [f"{number:032x}" for number in range(count)]

def dirty():
    found = 0
    for segment in vector_segments(folder):
        used, size = LAYOUT.unpack((segment / HEADER).read_bytes()[: LAYOUT.size])[3:5]
        found += sum(map(bool, (segment / VECTORS).read_bytes()[used * size :]))
        found += sum(map(bool, (segment / LENGTHS).read_bytes()[used * 4 :]))
    return found

for _ in range(2):
    store = ChromaStore(folder)
    store.add(ids[:-1], vectors[:-1])
    print(dirty())
    store.add(ids[-1:], vectors[-1:])
    store.finish()
    print(dirty())
    store.close()
    store = ChromaStore(folder)
    assert ids[0] in store.nearest(vectors[0], 3)
    assert vector_segments(folder)
    print(dirty())
    store.close()
print(dirty())
"""


@pytest.mark.usefixtures("programs")
@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc fills the memory that it hands out")
@pytest.mark.parametrize("count", [3, 1_500])
def test_nothing_that_lay_in_memory_reaches_the_files_of_a_store(tmp_path: Path, count: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", USE_A_STORE, str(tmp_path / "chroma"), str(count)],
        env={**os.environ, "MALLOC_PERTURB_": "165"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "0\n" * 7), done.stderr
