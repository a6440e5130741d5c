"""A file that is anything else than an exported library is refused whole, before anything is written."""

from __future__ import annotations

import hashlib
import io
import os
import re
import socket
import zipfile
import zlib
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from retrieval import (
    ArchiveError,
    CollectionError,
    Indexer,
    IndexMismatchError,
    Library,
    export_library,
    import_library,
)
from retrieval.maintenance.archive.layout import NO_TIME, text_part
from retrieval.maintenance.archive.reader import ArchiveReader
from tests.conftest import Run
from tests.retrieval.maintenance.archive.archives import exported, read_whole
from tests.retrieval.maintenance.archive.forgeries import FORGERIES, alter_text, forged
from tests.retrieval.strategies import make_source

pytestmark = pytest.mark.both_places


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda name: name.replace(" ", "-"))
def test_a_forged_file_is_refused_and_changes_nothing(elsewhere: Library, tmp_path: Path, forgery: str) -> None:
    (tmp_path / "x.zip").write_bytes(forged(FORGERIES[forgery]))
    with pytest.raises((ArchiveError, IndexMismatchError, CollectionError)):
        import_library(elsewhere, tmp_path / "x.zip")
    assert elsewhere.usable_manifest() is None
    assert not list((tmp_path / "elsewhere").glob("texts/*.aside"))


def test_the_forgeries_are_refused_for_what_they_are(elsewhere: Library, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(forged(lambda parts, contents: None))
    import_library(elsewhere, tmp_path / "x.zip")
    assert [record.title for record in elsewhere.records("rules")] == ["Bees", "Pool"]


def test_a_part_that_is_not_what_its_hash_says_is_refused(elsewhere: Library, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(forged(alter_text, honest=False))
    with pytest.raises(ArchiveError, match="is no exported library, or is damaged; export it again"):
        import_library(elsewhere, tmp_path / "x.zip")


@pytest.mark.parametrize("version", [{"format": 99}, {"manifest": {"layout": 99}}, {"manifest": {"chunker": "x"}}])
def test_a_file_of_another_version_is_told_as_such(elsewhere: Library, tmp_path: Path, version: dict[str, Any]) -> None:
    def change(parts: dict[str, bytes], contents: dict[str, Any]) -> None:
        contents["manifest"].update(version.get("manifest", {}))
        contents["format"] = version.get("format", 1)

    (tmp_path / "x.zip").write_bytes(forged(change))
    with pytest.raises(IndexMismatchError, match="another version"):
        import_library(elsewhere, tmp_path / "x.zip")


@pytest.mark.folder_only
def test_a_part_that_lies_within_another_is_refused(library: Library, tmp_path: Path) -> None:
    """So one could have a small file tell of terabytes, each part another and none compressed."""
    for number in count():
        inner = f"Bee {number} swarms.".encode()
        info = zipfile.ZipInfo(text_part(hashlib.sha256(inner).hexdigest()), NO_TIME)
        info.CRC, info.file_size, info.compress_size = zlib.crc32(inner), len(inner), len(inner)
        outer = info.FileHeader() + inner
        if outer.isascii():
            break
    Indexer(library).add([make_source(text.decode(), uri=f"test:{len(text)}") for text in (inner, outer)], "rules")
    export_library(library, tmp_path / "x.zip")
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    outside = text_part(hashlib.sha256(outer).hexdigest())
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for name, data in parts.items():
            if name != info.filename:
                archive.writestr(zipfile.ZipInfo(name, NO_TIME), data)
        info.header_offset = archive.getinfo(outside).header_offset + 30 + len(outside)
        archive.filelist.append(info)
        archive.NameToInfo[info.filename] = info
    with pytest.raises(ArchiveError):
        read_whole(tmp_path / "x.zip")


def test_parts_in_other_compressions_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(exported())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for method in (zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2):
        with zipfile.ZipFile(tmp_path / "x.zip", "w", method) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        with pytest.raises(ArchiveError):
            ArchiveReader(tmp_path / "x.zip")


def special_files(folder: Path) -> Iterator[Path]:
    """What can be named like a file, and is none."""
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "socket"))
    (folder / "folder").mkdir()
    (folder / "link").symlink_to("/dev/zero")
    for name in ("pipe", "socket", "folder", "link"):
        yield folder / name
    yield from filter(
        Path.exists, map(Path, ("/dev/zero", "/dev/urandom", "/dev/null", "/proc/self/status", "/dev/stdin"))
    )


@pytest.mark.folder_only
def test_what_is_no_file_is_refused_at_once(run: Run, tmp_path: Path) -> None:
    for path in special_files(tmp_path):
        outcome = run("library", "import", str(path))
        assert (outcome.code, outcome.out) == (2, ""), path
        assert outcome.err.startswith(f"{path} ")
        assert outcome.err.count("\n") == 1
        assert re.search(r"; (name a file that `library export` wrote|export it again)\.$", outcome.err.strip()), path


def test_a_sparse_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    with (tmp_path / "x.zip").open("wb") as file:
        file.truncate(10**13)
    with pytest.raises(ArchiveError, match="no exported library"):
        ArchiveReader(tmp_path / "x.zip")


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06" + bytes(18), b"rubbish" * 100, b"%PDF-1.7"])
def test_a_file_that_is_no_archive_is_refused(elsewhere: Library, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(data)
    for path in (tmp_path / "x.zip", tmp_path / "nothing.zip", tmp_path):
        with pytest.raises(ArchiveError):
            import_library(elsewhere, path)
