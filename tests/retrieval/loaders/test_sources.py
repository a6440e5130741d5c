from __future__ import annotations

import codecs
import hashlib
import os
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import retrieval
from retrieval import (
    Indexer,
    Library,
    Original,
    Source,
    SourceError,
    SourceProblem,
    SourceRecord,
    Waiting,
    check_file,
    load_bytes,
    load_path,
    read_path,
    take_in,
)
from retrieval.loaders import load_article
from retrieval.loaders.composer import MAX_TITLE_CHARACTERS
from retrieval.loaders.formats import FORMATS, find_format
from tests.retrieval.strategies import PROPERTY, SLOW_PROPERTY, texts


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
        ("a.ODT", "an OpenDocument text; save it as .docx or PDF and index that."),
        ("a.rtf", "a rich-text document; save it as .docx or PDF and index that."),
        ("a.xlsx", "a spreadsheet; save each of its sheets as .csv and index that."),
        ("a.pptx", "a presentation; save it as PDF and index that."),
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


@pytest.mark.parametrize("name", ["a.rst", "a.log", "a.srt", "a.tex", "a.py", "a.json", "a.v2", "Dr. Smith"])
def test_any_other_text_is_plain_text(tmp_path: Path, name: str) -> None:
    source = load_path(write(tmp_path / name, b"# Some words.\n"))
    assert (source.text, source.format, source.encoding) == ("# Some words.\n", "text", "utf-8")


@pytest.mark.parametrize(
    "name", ["a.txt", "A.TXT", "a.text", "README", "a.md", "a.MarkDown", ".hidden", "a b#c?d%20;e.txt"]
)
def test_text_and_markdown_are_read_by_any_spelling_of_their_ending(tmp_path: Path, name: str) -> None:
    assert load_path(write(tmp_path / name, b"Some words.")).text == "Some words."


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
    monkeypatch.setattr("retrieval.loaders.sources.check_file", lambda name, size: None)
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


@SLOW_PROPERTY
@given(texts(10))
def test_any_text_is_kept_exactly(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    data = f"Words {text}".replace("\0", "").encode("utf-8")
    source = load_path(write(tmp_path_factory.getbasetemp() / "any.txt", data))
    stored = data.removeprefix(codecs.BOM_UTF8)
    assert source.text.encode("utf-8") == stored
    assert source.sha256 == hashlib.sha256(stored).hexdigest()
    assert source.file_sha256 == hashlib.sha256(data).hexdigest()
    assert (source.format, source.encoding) == ("text", "utf-8")


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.csv", "a.jsonl"])
@pytest.mark.parametrize("content_type", [None, "text/plain; charset=utf-8", "text/plain; charset=iso-8859-1"])
def test_no_format_takes_a_byte_order_mark_for_a_word(name: str, content_type: str | None) -> None:
    words = {"a.csv": "Name,Fee\nAnna,12\n", "a.jsonl": '{"Name": "Anna"}\n', "a.html": "<p>Anna pays.</p>"}
    for codec in ("utf-8-sig", "utf-16"):
        data = words.get(name, "# Anna\n\nAnna pays.").encode(codec)
        source = load_bytes(data, name=name, uri="test:a", content_type=content_type)
        assert "Anna" in source.text
        assert "\ufeff" not in source.text + source.title


def test_a_text_that_was_stored_with_its_byte_order_mark_loses_it_when_its_file_is_indexed_again(
    tmp_path: Path, library: Library
) -> None:
    path = write(tmp_path / "a.txt", codecs.BOM_UTF8 + b"Anna pays.")
    read = load_path(path)
    old = Source.from_bytes(uri=read.uri, title=read.title, data=path.read_bytes())
    Indexer(library).add([replace(old, format="text", encoding="utf-8", loader="text-1")], "rules")
    take_in(Indexer(library), [Waiting(str(path), 20, lambda: read_path(path))], "rules")
    (record,) = library.records("rules")
    assert library.source(record).text == "Anna pays."


def test_odd_line_ends_and_decomposed_letters_are_kept(tmp_path: Path) -> None:
    text = "One.\ufeff\r\nTwo.\rThree.\n\u2028e\u0301 \ufb01 \u00a0 end"
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


@pytest.mark.parametrize(
    ("name", "content_type", "found"),
    [
        ("notes.md", None, "markdown"),
        ("notes.MARKDOWN", "text/plain", "markdown"),
        ("page.php", "text/html; charset=utf-8", "html"),
        ("https://a.example/notes.md", "text/html", "html"),
        ("https://a.example/notes.md", "text/plain", "markdown"),
        ("https://a.example/notes.md?raw=1.pdf#x.csv", "application/octet-stream", "markdown"),
        ("https://a.example/get?file=rules.pdf", "Application/PDF", "pdf"),
        ("https://a.zip", None, "text"),
        ("https://a.example", "text/html", "html"),
        ("table.tsv", None, "csv"),
        ("rows.ndjson", None, "jsonl"),
        ("rows", "application/x-ndjson", "jsonl"),
        ("book.epub", "", "epub"),
        ("a.docx", "application/zip", "docx"),
        ("README", None, "text"),
    ],
)
def test_a_format_is_told_by_content_type_and_name(name: str, content_type: str | None, found: str) -> None:
    assert find_format(name, content_type).name == found


@pytest.mark.parametrize("content_type", ["image/png", "audio/mpeg", "video/mp4; codecs=x"])
def test_what_a_server_calls_a_picture_or_a_recording_is_refused(content_type: str) -> None:
    with pytest.raises(SourceError, match=r"^notes\.txt is a (picture|recording); "):
        find_format("notes.txt", content_type)


def test_every_format_has_its_own_name_and_endings() -> None:
    assert len({one.name for one in FORMATS}) == len(FORMATS)
    suffixes = [suffix for one in FORMATS for suffix in one.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(re.fullmatch(r"\.[a-z]+|", suffix) for suffix in suffixes)


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [
        ("text/plain; charset=windows-1251", "windows-1251"),
        ('text/plain;charset="ISO-8859-5"', "iso8859-5"),
        ("text/plain; charset=KOI8-R", "koi8-r"),
    ],
)
def test_the_encoding_that_a_server_names_counts(content_type: str, encoding: str) -> None:
    text = "Да."  # far too short for a guess
    data = text.encode(encoding)
    source = load_bytes(data, name="a.txt", uri="test:a", content_type=content_type)
    assert (source.text, source.encoding) == (text, encoding)
    assert source.file_sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("charset", ["base64", "punycode", "utf-7", "none", "utf-16", "us-ascii", "\u0130"])
def test_an_encoding_that_does_not_fit_is_not_believed(charset: str) -> None:
    text = "Größe und Maße müssen für Gäste stimmen."
    content_type = f"text/plain; charset={charset}"
    for data in (text.encode(), text.encode("cp1252")):
        assert load_bytes(data, name="a.txt", uri="test:a", content_type=content_type).text == text


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("https://a.example/wiki/House%20rules.txt?x=/y.txt", "House rules"),
        ("https://a.example/wiki/", "wiki"),
        ("https://a.example/", "a.example"),
        ("https://a.example", "a.example"),
    ],
)
def test_a_web_address_gives_a_title_where_the_document_has_none(name: str, title: str) -> None:
    assert load_bytes(b"Some words.", name=name, uri=name, content_type="text/plain").title == title


@pytest.mark.usefixtures("programs")
def test_an_unchanged_file_is_known_without_being_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.csv", b"name,role\nAda,Chair\n")
    first = read_path(path)
    record = SourceRecord.of(first.load(), 1)
    monkeypatch.setattr(Original, "load", lambda self: pytest.fail("it was read again"))
    again = read_path(path)
    assert again.source_id == record.id
    assert record.is_made_of(again.file_sha256, again.format.loader)
    changed = read_path(write(path, b"name,role\nAda,Chair \n"))
    assert not record.is_made_of(changed.file_sha256, changed.format.loader)
    assert not record.is_made_of(again.file_sha256, "csv-0")


@pytest.mark.usefixtures("programs")
@PROPERTY
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.csv", "a.jsonl", "a", "a.html"]))
def test_any_bytes_are_a_sound_source_or_a_sentence(data: bytes, name: str) -> None:
    source: Source | None = None
    sentence = ""
    try:
        source = load_bytes(data, name=name, uri="test:any")
    except SourceError as error:
        sentence = str(error)
    if source is None:
        assert re.fullmatch(rf"{re.escape(name)} [^{{}}]+\.", sentence)
        return
    starts = [place.start for place in source.places]
    assert starts == sorted(set(starts))
    assert all(0 <= start <= len(source.text) for start in starts)
    assert source.sha256 == hashlib.sha256(source.text.encode("utf-8")).hexdigest()
    assert source.file_sha256 == hashlib.sha256(data).hexdigest()
    assert source.title
