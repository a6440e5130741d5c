from __future__ import annotations

import hashlib
import os
import re
import time
from pathlib import Path

import pytest
from hypothesis import given

import retrieval
from retrieval import SourceError, load_path
from retrieval.loaders import MAX_TITLE_CHARACTERS, load_article
from tests.retrieval.strategies import SLOW_PROPERTY, texts


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


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


@pytest.mark.parametrize(
    ("data", "byte", "position"),
    [
        (b"caf\xe9 au lait", "0xe9", 3),
        (b"ab\xed\xa0\x80", "0xed", 2),
        (b"\xff\xfeA", "0xff", 0),
        (b"a\xe2\x82", "0xe2", 1),
    ],
)
def test_a_file_that_is_not_utf8_is_refused_with_the_place(
    tmp_path: Path, data: bytes, byte: str, position: int
) -> None:
    sentence = f"PATH is not UTF-8 text (byte {byte} at position {position}); save it as UTF-8."
    assert refusal(write(tmp_path / "a.txt", data)) == sentence


@pytest.mark.parametrize("data", [b"GIF89a\x01\x00\x01", b"%PDF-1.7\n\0\0", "Some words.".encode("utf-16")])
def test_a_binary_file_is_refused_whatever_its_name(tmp_path: Path, data: bytes) -> None:
    sentence = "PATH is a binary file, not text; save it as plain UTF-8 text and index that."
    assert refusal(write(tmp_path / "a.txt", data)) == sentence
    assert refusal(write(tmp_path / "a.md", data)) == sentence


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.txt.gz", "a.html"])
def test_another_format_is_refused(tmp_path: Path, name: str) -> None:
    sentence = "PATH is not a .txt or .md file; save it as plain text and index that."
    assert refusal(write(tmp_path / name, b"Some words.")) == sentence


@pytest.mark.parametrize(
    "name", ["a.txt", "A.TXT", "a.text", "README", "a.md", "a.MarkDown", ".hidden", "a b#c?d%20;e.txt"]
)
def test_text_and_markdown_are_read_by_any_spelling_of_their_ending(tmp_path: Path, name: str) -> None:
    assert load_path(write(tmp_path / name, b"Some words.")).text == "Some words."


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.loaders.MAX_BYTES", 2_000_000)
    path = write(tmp_path / "a.txt", b"")
    os.truncate(path, 2_000_001)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail(f"{self} was read"))
    assert refusal(path) == "PATH is larger than 2 MB; split it into smaller files."


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.loaders.MAX_BYTES", 11)
    assert load_path(write(tmp_path / "a.txt", b"Some words.")).text == "Some words."


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


@SLOW_PROPERTY
@given(texts(10))
def test_any_text_is_kept_exactly(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    data = f"Words {text}".replace("\0", "").encode("utf-8")
    source = load_path(write(tmp_path_factory.getbasetemp() / "any.txt", data))
    assert source.text.encode("utf-8") == data
    assert source.file_sha256 == source.sha256 == hashlib.sha256(data).hexdigest()


def test_a_byte_order_mark_odd_line_ends_and_decomposed_letters_are_kept(tmp_path: Path) -> None:
    text = "\ufeffOne.\r\nTwo.\rThree.\n\u2028e\u0301 \ufb01 \u00a0 end"
    assert load_path(write(tmp_path / "a.txt", text.encode("utf-8"))).text == text


def test_the_uri_is_the_absolute_path_and_the_same_by_every_way_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "Über uns.txt", b"Some words.")
    (tmp_path / "link.txt").symlink_to(path)
    monkeypatch.chdir(tmp_path)
    sources = [load_path(way) for way in (path, Path("Über uns.txt"), tmp_path / ".." / tmp_path.name / path.name)]
    assert {source.uri for source in sources} == {path.as_uri()}
    assert load_path(tmp_path / "link.txt").id == sources[0].id
    assert sources[0].title == "Über uns"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Title\n\nText", "Title"),
        ("# Title\r\n\r\nText\r\n", "Title"),
        ("# Title\r\rText\r", "Title"),
        ("Intro\n\n#  The   title  ##  \nText", "The   title"),
        ("Intro\r# Title\rText", "Title"),
        ("## Second\n# First", "First"),
        ("\ufeff# Title\nText", "Title"),
        ("   # Title", "Title"),
        ("# C#", "C#"),
        ("# “Ü” 👨\u200d👩\n", "“Ü” 👨\u200d👩"),
        ("No title\n#hashtag\n", "notes"),
        ("#\n# \nText", "notes"),
        ("Text # not a title", "notes"),
        ("# " + "x" * 500, "x" * MAX_TITLE_CHARACTERS),
    ],
)
def test_the_title_of_markdown_is_its_first_top_heading(tmp_path: Path, text: str, title: str) -> None:
    assert load_path(write(tmp_path / "notes.md", text.encode("utf-8"))).title == title
    assert load_path(write(tmp_path / "notes.txt", text.encode("utf-8"))).title == "notes"


@pytest.mark.parametrize("filler", [" ", "#", "# ", "\t", "a "])
def test_a_strange_heading_takes_no_time(tmp_path: Path, filler: str) -> None:
    text = f"# a{filler * 700}x\r\nText."
    start = time.monotonic()
    load_path(write(tmp_path / "a.md", text.encode("utf-8")))
    assert time.monotonic() - start < 0.3


def test_a_name_with_undecodable_bytes_is_read_and_shown(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    source = load_path(write(path, b"Some words."))
    assert source.uri.endswith("/caf%E9.txt")
    source.title.encode("utf-8")
    assert source.title.startswith("caf")


def test_the_refusal_of_a_name_with_undecodable_bytes_can_be_written(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    with pytest.raises(SourceError, match="There is no file") as caught:
        load_path(path)
    assert "caf" in str(caught.value).encode("utf-8").decode()


def test_the_shipped_article_is_the_published_one_byte_for_byte() -> None:
    corpus = Path(retrieval.__file__).parent / "corpus"
    said = re.search(r"sha256 ([0-9a-f]{64})", (corpus / "PROVENANCE.md").read_text("utf-8"))
    assert said is not None
    data = (corpus / "kazakhstan-protests.txt").read_bytes()
    article = load_article()
    assert hashlib.sha256(data).hexdigest() == said[1] == article.file_sha256 == article.sha256
    assert article.text.encode("utf-8") == data
    assert article.uri == "pullquote:kazakhstan-protests"
