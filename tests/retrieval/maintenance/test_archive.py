"""A library goes into one file and comes out the same, anywhere; a file that is anything else is refused whole."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import socket
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    load_path,
    verify_collection,
)
from retrieval.maintenance.archive.layout import CHECKSUM_BYTES, CONTENTS, NO_TIME, text_part, vectors_header
from retrieval.maintenance.archive.reader import ArchiveReader
from tests.chroma_server import ChromaServer
from tests.conftest import Run
from tests.faults.server import WordEmbeddings
from tests.retrieval.fakes import CountingEmbeddings, RememberingEmbeddings
from tests.retrieval.strategies import make_source

pytestmark = pytest.mark.both_places
BEES = make_source("The bees live behind the orchard. They swarm in May.", uri="test:bees", title="Bees")
QUESTIONS = ("When does the pool open?", "Where do the bees live?", "What do guests pay?")


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    path = tmp_path / "handbook.md"
    path.write_text("# Pool\n\nThe pool opens at nine.\n\n## Fees\n\nGuests pay three euros.\n")
    return path


@pytest.fixture
def filled(library: Library, handbook: Path) -> Library:
    Indexer(library).add([load_path(handbook), BEES], "rules")
    Indexer(library).add([BEES], "others")
    Indexer(library).add([], "empty")
    return library


@pytest.fixture
def elsewhere(tmp_path: Path, remembering: RememberingEmbeddings) -> Library:
    """An empty library in another folder, which counts what it embeds."""
    return Library(Settings(home=tmp_path / "elsewhere", chroma_url=None), CountingEmbeddings(remembering))


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
        all_of_it[name] = (records, answers, [(source.text, source.places) for source in texts])
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


# From here on: files that are something else. All are read by the same reader before anything is written.


@cache
def exported() -> bytes:
    """A small library's file, made once."""
    import tempfile

    with tempfile.TemporaryDirectory() as scratch:
        library = Library(Settings(home=Path(scratch) / "home"), WordEmbeddings())
        path = Path(scratch) / "notes.md"
        path.write_text("# Pool\n\nThe pool opens at nine.\n\n## Fees\n\nGuests pay three euros.\n")
        Indexer(library).add([load_path(path), BEES], "rules")
        export_library(library, Path(scratch) / "x.zip")
        library.close()
        return (Path(scratch) / "x.zip").read_bytes()


def read_whole(path: Path) -> Any:
    archive = ArchiveReader(path)
    try:
        read = [archive.collection(name) for name in archive.manifest.collections]
        return archive.manifest, [
            (chunked, {key: tuple(row) for key, row in vectors.items()}) for chunked, vectors in read
        ]
    finally:
        archive.close()


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("sound") / "x.zip"
    path.write_bytes(exported())
    return read_whole(path)


def as_once_exported(data: bytes) -> bytes:
    """The file as it was before there was a checksum of all of it."""
    return data[: -CHECKSUM_BYTES - 2] + b"\0\0"


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


def forged(change: Callable[[dict[str, bytes], dict[str, Any]], None], *, honest: bool = True) -> bytes:
    """The file with its parts changed, and the table of contents made to fit them."""
    with zipfile.ZipFile(io.BytesIO(exported())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != CONTENTS}
        contents = json.loads(archive.read(CONTENTS))
    change(parts, contents)
    if honest:
        contents["parts"] = {name: hashlib.sha256(data).hexdigest() for name, data in parts.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, CONTENTS: json.dumps(contents).encode()}.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def first_source(contents: dict[str, Any]) -> dict[str, Any]:
    record: dict[str, Any] = next(iter(contents["manifest"]["collections"]["rules"]["sources"].values()))
    return record


def alter_text(parts: dict[str, bytes], contents: dict[str, Any]) -> None:
    name = next(name for name in parts if name.endswith(".txt"))
    parts[name] = parts[name].replace(b"e", b"a")


def add_part(name: str) -> Callable[[dict[str, bytes], dict[str, Any]], None]:
    return lambda parts, contents: parts.update({name: b"anything"})


def drop_part(parts: dict[str, bytes], contents: dict[str, Any]) -> None:
    parts.pop(next(name for name in parts if name.endswith(".txt")))


def claim(**fields: Any) -> Callable[[dict[str, bytes], dict[str, Any]], None]:
    return lambda parts, contents: first_source(contents).update(fields)


def claim_manifest(**fields: Any) -> Callable[[dict[str, bytes], dict[str, Any]], None]:
    return lambda parts, contents: contents["manifest"].update(fields)


def chunks(rows: Any) -> Callable[[dict[str, bytes], dict[str, Any]], None]:
    return lambda parts, contents: parts.update({"collections/0000/chunks.json": json.dumps(rows).encode()})


def move_a_chunk(parts: dict[str, bytes], contents: dict[str, Any]) -> None:
    rows = json.loads(parts["collections/0000/chunks.json"])
    rows[0][2] = 10_000
    parts["collections/0000/chunks.json"] = json.dumps(rows).encode()


def array(make: Callable[[np.ndarray[Any, Any]], Any]) -> Callable[[dict[str, bytes], dict[str, Any]], None]:
    def change(parts: dict[str, bytes], contents: dict[str, Any]) -> None:
        name = "collections/0000/vectors.npy"
        buffer = io.BytesIO()
        np.save(buffer, make(np.load(io.BytesIO(parts[name]))), allow_pickle=True)
        parts[name] = buffer.getvalue()

    return change


def bomb(parts: dict[str, bytes], contents: dict[str, Any]) -> None:
    parts[next(name for name in parts if name.endswith(".txt"))] = bytes(30_000_000)


def pad(parts: dict[str, bytes], contents: dict[str, Any]) -> None:
    contents["manifest"]["note"] = " " * 50_000_000


def claim_room(parts: dict[str, bytes], contents: dict[str, Any]) -> None:
    """Vectors whose header asks for four terabytes."""
    name = "collections/0000/vectors.npy"
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<f4", "fortran_order": False, "shape": (10**12, 1)})
    parts[name] = (header.getvalue() + parts[name][128:])[: len(parts[name])]


def nest(parts: dict[str, bytes], contents: dict[str, Any]) -> None:
    """Rows that take far more room in memory than in the file."""
    rows = parts["collections/0000/chunks.json"]
    parts["collections/0000/chunks.json"] = (b"[" + b"[]," * 200)[: len(rows) - 4] + b",[]]"


def places(rows: Any) -> Callable[[dict[str, bytes], dict[str, Any]], None]:
    def change(parts: dict[str, bytes], contents: dict[str, Any]) -> None:
        data = json.dumps(rows).encode()
        parts.pop(next(name for name in parts if name.startswith("texts/") and name.endswith(".json")))
        digest = hashlib.sha256(data).hexdigest()
        parts[f"texts/{digest}.json"] = data
        for record in contents["manifest"]["collections"]["rules"]["sources"].values():
            if record["places_sha256"]:
                record["places_sha256"] = digest

    return change


FORGERIES: dict[str, Callable[[dict[str, bytes], dict[str, Any]], None]] = {
    "a text altered": alter_text,
    "a part that climbs out": add_part("../../evil.txt"),
    "an absolute path": add_part("/tmp/evil.txt"),
    "a part that nothing names": add_part("texts/notes.txt"),
    "a part gone": drop_part,
    "a zip bomb": bomb,
    "contents that are padded": pad,
    "an array that claims room": claim_room,
    "rows of nothing": nest,
    "a hash that is a path": claim(sha256="../../../etc/passwd"),
    "places that are a path": claim(places_sha256="../x"),
    "an id of another uri": claim(uri="test:else"),
    "an endless text": claim(chars=10**12),
    "no chunks": claim(chunks=0),
    "a billion chunks": claim(chunks=10**9),
    "a negative length": claim(chars=-1),
    "a language that is none": claim(language="../x"),
    "no dimension": claim_manifest(dimension=0),
    "endless dimensions": claim_manifest(dimension=10**9),
    "a manifest that is none": claim_manifest(collections=7),
    "a collection without a name": lambda parts, contents: contents["manifest"]["collections"].update({"\x1b": {}}),
    "an index that has a name": lambda parts, contents: contents["manifest"]["collections"]["rules"].update(index="ab"),
    "chunks of nobody": chunks([["nobody", 0, 3]]),
    "chunks that are none": chunks({"a": 1}),
    "chunks that run backwards": chunks([["x", 3, 1]]),
    "deep nesting": lambda parts, contents: parts.update({"collections/0000/chunks.json": b"[" * 120 + b"]" * 120}),
    "a chunk beyond its text": move_a_chunk,
    "vectors that are pickled": array(lambda vectors: np.array([print], dtype=object)),
    "vectors of doubles": array(lambda vectors: vectors.astype(np.float64)),
    "a vector too few": array(lambda vectors: vectors[1:]),
    "a vector without direction": array(lambda vectors: vectors * 0),
    "a vector that is none": array(lambda vectors: vectors * np.nan),
    "vectors that are an archive": lambda parts, contents: parts.update({"collections/0000/vectors.npy": exported()}),
    "places that are no numbers": places([["0", None, None]]),
    "places out of order": places([[5, None, "a"], [0, None, "b"]]),
    "places beyond the text": places([[10_000, 1, None]]),
    "places that are none": places({"a": 1}),
}


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
