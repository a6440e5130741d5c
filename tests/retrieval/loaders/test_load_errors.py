"""Files that cannot be read are refused in one sentence, by what they are and before they cost anything."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from retrieval import SourceError, SourceProblem, check_file, load_path
from tests.retrieval.loaders.written import write


def refusal(path: Path) -> str:
    """The sentence with which a path is refused, without the path; the path must be named in it."""
    with pytest.raises(SourceError) as caught:
        load_path(path)
    assert str(path) in str(caught.value)
    assert caught.value.__cause__ is None
    return str(caught.value).replace(str(path), "PATH")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.txt") == "There is no file PATH; check the path."
    assert refusal(tmp_path / "none.pdf") == "There is no file PATH; check the path."
    (tmp_path / "link.txt").symlink_to(tmp_path / "none.txt")
    assert refusal(tmp_path / "link.txt") == "There is no file PATH; check the path."


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "PATH is a folder; name the files in it, for example PATH/*.md."


@pytest.mark.parametrize("data", [b"", b" \n\r\n\t", "\u00a0\u3000\u2028".encode()])
def test_an_empty_or_blank_file_is_refused(tmp_path: Path, data: bytes) -> None:
    assert refusal(write(tmp_path / "a.txt", data)) == "PATH is empty; there is nothing to index."


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", "\u200b\ufeff\u2060\n".encode()])
def test_a_file_of_invisible_characters_alone_is_refused(tmp_path: Path, data: bytes) -> None:
    assert refusal(write(tmp_path / "a.txt", data)) == "PATH is empty; there is nothing to index."


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"GIF89a\x01\x00\x01", "a picture, whatever its name says; recognise the text in it (OCR), save that"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a picture, whatever its name says; recognise the text in it (OCR), save that"),
        (b"%PDF-1.7\n\0\0", "a PDF inside; give it a name that ends in .pdf and index that."),
        (b"\n%PDF-1.7\n%\xe2\xe3", "a PDF inside; give it a name that ends in .pdf and index that."),
        (b"PK\x03\x04\x14\0", "an archive, or a document such as .docx or .epub under another name, whatever"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "an old Office document, whatever its name says; save it as .docx"),
        (b"{\\rtf1\\ansi Hello.}", "a rich-text document, whatever its name says; save it as .docx or PDF"),
        (b"\x1f\x8b\x08\0", "an archive, whatever its name says; unpack it and index the files in it."),
        (b"\x7fELF\x02\x01\0", "a binary file, not text; save it as plain text and index that."),
        (b"\x05\x06\x07\xff\xfe", "a binary file, not text; save it as plain text and index that."),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv", "a.log"])
def test_a_file_of_another_kind_is_told_as_what_it_is_whatever_its_name(
    tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    assert refusal(write(tmp_path / name, data)).startswith(f"PATH is {sentence}")


@pytest.mark.parametrize("text", ["GIF89a is a format.", "BZhang wrote it.", "the ftyp box", "OggS, RIFF and MThd"])
def test_a_text_may_begin_as_a_picture_does(tmp_path: Path, text: str) -> None:
    assert load_path(write(tmp_path / "a.txt", text.encode())).text == text


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a.doc", "an old Word document; save it as .docx or PDF and index that."),
        ("a.rtf", "a rich-text document; save it as .docx or PDF and index that."),
        ("a.xls", "a spreadsheet that is not .xlsx; save it as .xlsx and index that."),
        ("a.ppt", "a presentation that is not .pptx; save it as .pptx or PDF and index that."),
        ("a.JPG", "a picture; recognise the text in it (OCR), save that as a text file and index it."),
        ("a.mp3", "a recording; write down what is said in it, save that as a text file and index it."),
        ("a.txt.gz", "an archive; unpack it and index the files in it."),
        ("a.zip", "an archive; unpack it and index the files in it."),
    ],
)
def test_formats_that_cannot_be_read_are_refused_by_name_with_a_remedy(
    tmp_path: Path, name: str, sentence: str
) -> None:
    path = write(tmp_path / name, b"Some words.")
    assert refusal(path) == f"PATH is {sentence}"
    with pytest.raises(SourceError) as caught:
        check_file(name, 1)
    assert caught.value.problem is SourceProblem.FORMAT


@pytest.mark.parametrize(
    ("name", "limit"), [("a.txt", 50), ("a.md", 50), ("a.csv", 50), ("a.pdf", 100), ("a.html", 25)]
)
def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, limit: int
) -> None:
    path = write(tmp_path / name, b"")
    monkeypatch.setattr(Path, "open", lambda self, *_: pytest.fail(f"{self} was read"))
    for size in (limit * 1_000_000 + 1, 2_000_000_000):
        os.truncate(path, size)
        assert refusal(path) == f"PATH is larger than {limit} MB; split it into smaller files."


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.log", b"")
    os.truncate(path, 2_000_000_000)
    monkeypatch.setattr("retrieval.loaders.source_loader.check_file", lambda name, size: None)
    assert refusal(path) == "PATH is larger than 50 MB; split it into smaller files."


@pytest.mark.usefixtures("programs")
def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    data = b"Some words. " * 4_166_666 + b"The end."
    assert len(data) == 50_000_000
    assert len(load_path(write(tmp_path / "a.txt", data)).text) == 50_000_000


def test_a_pipe_or_device_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    sentence = "PATH is not a regular file; save its content to a file and index that."
    assert refusal(tmp_path / "pipe.txt") == sentence
    assert refusal(Path("/dev/zero")) == sentence


def test_a_path_that_cannot_be_one_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / "a\0b.txt")
    assert "cannot be read (file name too long)" in refusal(tmp_path / ("a" * 300 + ".txt"))
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    assert "cannot be read" in refusal(loop)
    assert "cannot be read (not a directory)" in refusal(write(tmp_path / "a.txt", b"x") / "b.txt")


def test_the_refusal_of_a_name_with_undecodable_bytes_can_be_written(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    with pytest.raises(SourceError, match="There is no file") as caught:
        load_path(path)
    assert "caf" in str(caught.value).encode("utf-8").decode()
