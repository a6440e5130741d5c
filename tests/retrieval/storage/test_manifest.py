from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import (
    Indexer,
    Library,
    LibrarySettings,
    OnnxEmbeddings,
    SourceRecord,
    compact_library,
    rebuild_index,
    repair_collection,
    verify_collection,
)
from retrieval.errors import DamagedLibraryError, IndexMismatchError, StorageError
from retrieval.storage.manifest import (
    BACKUP,
    COPY,
    INDEXES,
    LAYOUT,
    MANIFEST,
    TEXTS,
    CollectionRecord,
    Manifest,
    read_manifest,
    recover_manifest,
    write_manifest,
)
from tests.retrieval.strategies import ANY_TEXT, PROPERTY, make_source

SOURCE = make_source("One sentence. Ünother.", uri="file:///tmp/r%C3%A9sum%C3%A9.txt", title="Résumé “q” 👍")
RECORD = SourceRecord.of(SOURCE, 3)
FULL = Manifest(
    layout=2,
    model="sentence-transformers/all-MiniLM-L6-v2",
    dimension=384,
    chunker="sentences",
    collections={
        "default": CollectionRecord(index="abc", sources={RECORD.id: RECORD}),
        "empty": CollectionRecord(),
        "東京 \\ \" '": CollectionRecord(index="def", sources={RECORD.id: RECORD}),
    },
)


def test_there_is_no_manifest_where_there_is_no_library(tmp_path: Path) -> None:
    for home in (tmp_path, tmp_path / "nowhere"):
        assert read_manifest(home) is None
        assert recover_manifest(home) is None


def test_a_manifest_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    home = tmp_path / "home"
    write_manifest(home, FULL)
    assert read_manifest(home) == recover_manifest(home) == FULL
    later = FULL.with_collection("empty", CollectionRecord(index="x"))
    write_manifest(home, later)
    assert read_manifest(home) == recover_manifest(home) == later != FULL
    assert sorted(path.name for path in home.iterdir()) == sorted([MANIFEST, BACKUP, TEXTS])


@PROPERTY
@given(title=ANY_TEXT, name=ANY_TEXT, chunks=st.integers(0, 10**9))
def test_any_title_and_name_survive(
    tmp_path_factory: pytest.TempPathFactory, title: str, name: str, chunks: int
) -> None:
    home = tmp_path_factory.getbasetemp() / "any-title"
    record = SourceRecord.of(make_source("x", title=title), chunks)
    manifest = FULL.with_collection(name, CollectionRecord(sources={record.id: record}))
    write_manifest(home, manifest)
    assert read_manifest(home) == manifest


@pytest.mark.parametrize(("flip", "step"), [(0x01, 2), (0x04, 7), (0x80, 11)])
def test_a_changed_byte_anywhere_is_found_and_the_backup_recovers_it(tmp_path: Path, flip: int, step: int) -> None:
    write_manifest(tmp_path, FULL)
    path = tmp_path / MANIFEST
    whole = path.read_bytes()
    for position in range(0, len(whole), step):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ flip]) + whole[position + 1 :])
        with pytest.raises(DamagedLibraryError, match="run `pullquote reindex`"):
            read_manifest(tmp_path)
        assert recover_manifest(tmp_path) == FULL


def test_a_manifest_that_is_cut_anywhere_is_found(tmp_path: Path) -> None:
    write_manifest(tmp_path, FULL)
    whole = (tmp_path / MANIFEST).read_bytes()
    for length in range(0, len(whole), 7):
        (tmp_path / MANIFEST).write_bytes(whole[:length])
        with pytest.raises(DamagedLibraryError, match="run `pullquote reindex`"):
            read_manifest(tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 100, b"null", b"[]", b'"x"', b"{}", b'{"sha256": 1, "manifest": 2}', b"[" * 100_000, b"\xff\xfe"],
)
def test_other_content_is_damage_and_never_another_error(tmp_path: Path, content: bytes) -> None:
    write_manifest(tmp_path, FULL)
    (tmp_path / MANIFEST).write_bytes(content)
    with pytest.raises(DamagedLibraryError, match="run `pullquote reindex`"):
        read_manifest(tmp_path)
    assert recover_manifest(tmp_path) == FULL


def test_one_of_the_two_files_is_enough(tmp_path: Path) -> None:
    for name in (MANIFEST, BACKUP):
        write_manifest(tmp_path, FULL)
        (tmp_path / name).unlink()
        assert read_manifest(tmp_path) == recover_manifest(tmp_path) == FULL


def test_texts_or_indexes_without_a_manifest_are_damage_and_the_copy_beside_the_texts_tells_what_they_are(
    tmp_path: Path,
) -> None:
    write_manifest(tmp_path, FULL)
    for name in (MANIFEST, BACKUP):
        (tmp_path / name).unlink()
    assert read_manifest(tmp_path) is None, "a first run was killed before it wrote anything"
    text, index = tmp_path / TEXTS / f"{SOURCE.sha256}.txt", tmp_path / INDEXES / "0123456789ab"
    for left in (text, index):
        left.mkdir(parents=True)
        with pytest.raises(DamagedLibraryError, match="manifest is missing; run `pullquote reindex`"):
            read_manifest(tmp_path)
        assert recover_manifest(tmp_path) == FULL
        left.rmdir()
    (tmp_path / COPY).unlink()
    assert recover_manifest(tmp_path) is None
    index.mkdir(exist_ok=True)
    with pytest.raises(DamagedLibraryError, match="run `pullquote reindex`"):
        recover_manifest(tmp_path)


def test_a_damaged_backup_alone_is_damage(tmp_path: Path) -> None:
    write_manifest(tmp_path, FULL)
    (tmp_path / MANIFEST).unlink()
    (tmp_path / BACKUP).write_bytes(b"{")
    with pytest.raises(DamagedLibraryError, match="run `pullquote reindex`"):
        read_manifest(tmp_path)


def test_all_damaged_is_said_with_a_remedy_that_can_help(tmp_path: Path) -> None:
    write_manifest(tmp_path, FULL)
    for name in (MANIFEST, BACKUP, COPY):
        (tmp_path / name).write_bytes(b"{")
    with pytest.raises(DamagedLibraryError, match=r"run `pullquote reindex` to rebuild the library from its texts"):
        recover_manifest(tmp_path)


def test_a_wrong_shape_with_the_right_hash_is_damage(tmp_path: Path) -> None:
    write_manifest(tmp_path, FULL)
    for content in ("{}", "[]", "null", '{"index": 1}', '{"layout": "new"}', "\ud800"):
        digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
        (tmp_path / MANIFEST).write_text(json.dumps({"sha256": digest, "manifest": content}))
        with pytest.raises(DamagedLibraryError, match="run `pullquote reindex`"):
            read_manifest(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"layout": LAYOUT + 1},
        {"layout": LAYOUT + 1, "collections": [], "dimension": None},
        {"shelves": {}},
        {"collections": {"default": {"index": "abc", "colour": "red"}}},
    ],
    ids=["layout", "layout-and-shape", "field", "field-within"],
)
def test_what_a_newer_version_wrote_is_told_and_left_alone(
    tmp_path: Path, change: dict[str, object], embeddings: OnnxEmbeddings
) -> None:
    write_manifest(tmp_path, FULL)
    content = json.dumps({**FULL.model_dump(), **change})
    digest = hashlib.sha256(content.encode()).hexdigest()
    for name in (MANIFEST, BACKUP, COPY):
        (tmp_path / name).write_text(json.dumps({"sha256": digest, "manifest": content}))
    before = [(tmp_path / name).read_bytes() for name in (MANIFEST, BACKUP, COPY)]
    library = Library(LibrarySettings(home=tmp_path), embeddings)
    commands: list[Callable[[], object]] = [
        library.usable_manifest,
        lambda: Indexer(library).add([SOURCE]),
        lambda: library.records("default"),
        lambda: rebuild_index(library),
        lambda: verify_collection(library, "default"),
        lambda: repair_collection(library, "default"),
        lambda: compact_library(library),
        lambda: library.storage.publish(FULL),
    ]
    for run in commands:
        with pytest.raises(IndexMismatchError, match="written by a newer version of Pullquote; install that version"):
            run()
    assert [(tmp_path / name).read_bytes() for name in (MANIFEST, BACKUP, COPY)] == before
    (tmp_path / MANIFEST).unlink()
    with pytest.raises(IndexMismatchError, match="newer version"):
        recover_manifest(tmp_path)


def test_a_folder_that_cannot_be_made_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "home").write_bytes(b"")
    with pytest.raises(StorageError, match="PULLQUOTE_HOME"):
        write_manifest(tmp_path / "home", FULL)


def test_a_record_and_a_text_make_the_source_again() -> None:
    assert RECORD.with_text(SOURCE.text) == SOURCE
    assert (RECORD.chars, RECORD.chunks) == (len(SOURCE.text), 3)


def test_the_texts_that_a_library_needs_are_those_of_all_collections() -> None:
    other = SourceRecord.of(make_source("Other.", uri="test:other"), 1)
    manifest = FULL.with_collection("empty", CollectionRecord(sources={other.id: other}))
    assert manifest.texts() == {SOURCE.sha256, other.sha256}
    assert manifest.collections["default"].chunks == 3
