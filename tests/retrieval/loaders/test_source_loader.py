"""A path or some bytes -> a source: its text exactly, its title, its address, and its encoding."""

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
    SourceRecord,
    Waiting,
    load_bytes,
    load_path,
    read_path,
    take_in,
)
from retrieval.loaders.article import load_article
from retrieval.loaders.composer import MAX_TITLE_CHARACTERS
from tests.retrieval.loaders.written import write
from tests.retrieval.strategies import PROPERTY, SLOW_PROPERTY, texts


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
    assert load_path(str(path)) == sources[0]
    assert sources[0].title == "Über uns"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Title\n\nText", "Title"),
        ("# Title\r\n\r\nText\r\n", "Title"),
        ("# Title\r\rText\r", "Title"),
        ("Intro\n\n#  The   title  ##  \nText", "The title"),
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


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_what_can_only_be_utf_8_is_no_other_encoding_whatever_the_server_says(name: str) -> None:
    text = "Größe und Maße müssen für Gäste stimmen."
    page = f'<meta charset="iso-8859-1"><p>{text}' if name == "a.html" else text
    source = load_bytes(page.encode(), name=name, uri="test:a", content_type="text/html; charset=windows-1252")
    assert (source.text, source.encoding) == (text, "utf-8")


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_japanese_that_is_written_in_ascii_alone_is_read_as_the_server_says(name: str) -> None:
    text = "ボートは九時に出ます。"
    content_type = "text/html; charset=ISO-2022-JP" if name == "a.html" else "text/plain; charset=iso-2022-jp"
    source = load_bytes(text.encode("iso-2022-jp"), name=name, uri="test:a", content_type=content_type)
    assert (source.text, source.encoding) == (text, "iso2022_jp")


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
