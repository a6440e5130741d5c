"""The documents of a zip archive are found as those of a folder are, and read one at a time within limits."""

from __future__ import annotations

import os
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from retrieval import SourceError, SourceRecord, Zipped, find_zipped
from retrieval.loaders import zipped_documents
from retrieval.loaders.markup.safe_zip import Limits
from retrieval.maintenance.rebuild import original_bytes
from tests.retrieval.loaders.word import docx_files

CLUB = {
    "minutes/may.txt": b"In May the boats were painted.",
    "guide.md": b"# Guide\n\nGate nine is shut.",
    "letter.docx": docx_files.letter(),
    "__MACOSX/._guide.md": b"\0\0",
    ".hidden/secret.txt": b"Nobody reads this.",
    "minutes/.swap.txt": b"Nor this.",
    "../../climbing.txt": b"Nor this.",
    "data.bin": b"\0",
    "minutes/": b"",
}


def packed(files: Mapping[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def write_zip(folder: Path, data: bytes | Mapping[str, bytes], name: str = "club.zip") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else packed(data))
    return path


def encrypted(data: bytes) -> bytes:
    """The archive with every entry marked as encrypted."""
    made = bytearray(data)
    for signature, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = made.find(signature)
        while start >= 0:
            made[start + flags] |= 1
            start = made.find(signature, start + 4)
    return bytes(made)


def names(found: Zipped) -> list[str]:
    return [one.name.partition("club.zip/")[2] for one in found.documents]


@pytest.mark.usefixtures("programs")
def test_each_document_is_a_source_of_its_own(tmp_path: Path) -> None:
    path = write_zip(tmp_path, CLUB)
    found = find_zipped(path)
    assert names(found) == ["guide.md", "letter.docx", "minutes/may.txt"]
    assert (found.skipped, found.problems) == (1, [])
    sources = [one.read().load() for one in found.documents]
    assert [source.title for source in sources] == ["Guide", "letter", "may"]
    assert [source.uri for source in sources] == [
        f"{path.as_uri()}#{name}" for name in ("guide.md", "letter.docx", "minutes/may.txt")
    ]
    assert sources[2].text == "In May the boats were painted."
    assert list(tmp_path.glob("**/*.docx")) == [], "nothing is unpacked to disk"


def test_names_are_read_in_the_encoding_that_they_are_in(tmp_path: Path) -> None:
    data = packed({"minutes/gr\u00f6\u00dfe.txt": b"Words."})
    unmarked = bytearray(data)  # as the archives of macOS are: UTF-8 that does not say so
    for signature, flags in ((b"PK\x01\x02", 9), (b"PK\x03\x04", 7)):
        unmarked[unmarked.find(signature) + flags] &= ~0x08
    for one in (data, bytes(unmarked), packed({"minutes\\gr\u00f6\u00dfe.txt": b"Words."})):
        (document,) = find_zipped(write_zip(tmp_path, one)).documents
        assert document.name.endswith("club.zip/minutes/gr\u00f6\u00dfe.txt")
        assert document.uri.endswith("#minutes/gr%C3%B6%C3%9Fe.txt")
        assert document.read().data == b"Words."


@pytest.mark.usefixtures("programs")
def test_one_bad_document_does_not_stop_the_rest(tmp_path: Path) -> None:
    bad = {"bomb.txt": b" " * 50_000_000, "odd.docx": b"no document", "good.txt": b"Good words."}
    told = []
    for document in find_zipped(write_zip(tmp_path, bad)).documents:
        try:
            told.append(document.read().load().text)
        except SourceError as error:
            told.append(str(error).replace(str(tmp_path), ""))
    assert told[0].startswith("/club.zip/bomb.txt unfolds into more than can be read safely; ")
    assert told[1] == "Good words."
    assert told[2].startswith("/club.zip/odd.docx is damaged or not really DOCX inside; ")


def test_an_entry_that_is_damaged_or_oddly_packed_is_told(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": b"Some words that are packed." * 9}))
    data[45:55] = bytes(10)
    (damaged,) = find_zipped(write_zip(tmp_path, bytes(data))).documents
    with pytest.raises(SourceError, match=r"club\.zip/a\.txt is damaged or not really ZIP inside; "):
        damaged.read()
    (odd,) = find_zipped(write_zip(tmp_path, packed({"a.txt": b"Words."}, ZIP_BZIP2))).documents
    with pytest.raises(SourceError, match=r"club\.zip/a\.txt is packed in an unusual way; pack it again"):
        odd.read()


def test_all_documents_together_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped_documents, "LIMITS", Limits(unpacked_bytes=1_000))
    documents = find_zipped(write_zip(tmp_path, {f"{n}.txt": b"x" * 600 for n in range(2)})).documents
    assert documents[0].read().data == b"x" * 600
    with pytest.raises(SourceError, match=r"1\.txt unfolds into more than can be read safely"):
        documents[1].read()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"no archive", "club.zip is damaged or not really ZIP inside; open it in its own program, save it again"),
        (packed({}), "There are no documents in club.zip; unpack it and name the files that you mean."),
        (packed({"a.exe": b"x"}), "There are no documents in club.zip; "),
        (encrypted(packed({"a.txt": b"x", "b.txt": b"y"})), "club.zip is protected by a password; save a copy without"),
        (packed({f"{n}.txt": b"" for n in range(20_001)}), "club.zip unfolds into more than can be read safely; "),
    ],
    ids=["no archive", "empty", "no documents", "encrypted", "many entries"],
)
def test_an_archive_that_cannot_be_read_is_refused_with_a_remedy(tmp_path: Path, data: bytes, sentence: str) -> None:
    path = write_zip(tmp_path, data)
    with pytest.raises(SourceError) as caught:
        find_zipped(path)
    assert str(caught.value).replace(str(path), "club.zip").startswith(sentence)


def test_an_archive_that_is_missing_or_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceError, match=r"^There is no file .*club\.zip; check the path\."):
        find_zipped(tmp_path / "club.zip")
    monkeypatch.setattr(zipped_documents, "MAX_ZIP_BYTES", 10)
    with pytest.raises(SourceError, match=r"club\.zip is larger than 200 MB; split it into smaller archives\."):
        find_zipped(write_zip(tmp_path, CLUB))


def test_an_archive_in_an_archive_is_told(tmp_path: Path) -> None:
    found = find_zipped(write_zip(tmp_path, {"a.txt": b"Words.", "more.ZIP": packed({"b.txt": b"More."})}))
    assert names(found) == ["a.txt"]
    assert [one.partition("club.zip/")[2] for one in found.problems] == [
        "more.ZIP is an archive in an archive; unpack it and index that."
    ]


def test_a_changed_archive_is_read_anew(tmp_path: Path) -> None:
    path = write_zip(tmp_path, {"a.txt": b"Old words."})
    (document,) = find_zipped(path).documents
    assert document.read().data == b"Old words."
    write_zip(tmp_path, {"a.txt": b"New words, and more."})
    os.utime(path, (1, 1))
    assert document.read().data == b"New words, and more."


def test_the_original_of_a_source_is_found_in_its_archive(tmp_path: Path) -> None:
    path = write_zip(tmp_path, {"notes/a b.txt": b"Words."})
    (document,) = find_zipped(path).documents
    record = SourceRecord.of(document.read().load(), 1)
    assert original_bytes(record) == b"Words."
    write_zip(tmp_path, {"other.txt": b"Words."})
    assert original_bytes(record) is None
    path.write_bytes(b"no archive")
    assert original_bytes(record) is None
