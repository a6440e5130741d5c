"""Which format a document is of: by what a server calls it, and by the ending of its name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from retrieval import SourceError, load_path
from retrieval.loaders.formats import FORMATS, find_format
from tests.retrieval.loaders.written import write


@pytest.mark.parametrize("name", ["a.log", "a.tex", "a.py", "a.json", "a.v2", "Dr. Smith"])
def test_any_other_text_is_plain_text(tmp_path: Path, name: str) -> None:
    source = load_path(write(tmp_path / name, b"# Some words.\n"))
    assert (source.text, source.format, source.encoding) == ("# Some words.\n", "text", "utf-8")


@pytest.mark.parametrize(
    "name", ["a.txt", "A.TXT", "a.text", "README", "a.md", "a.MarkDown", ".hidden", "a b#c?d%20;e.txt"]
)
def test_text_and_markdown_are_read_by_any_spelling_of_their_ending(tmp_path: Path, name: str) -> None:
    assert load_path(write(tmp_path / name, b"Some words.")).text == "Some words."


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
        ("guide.rst", None, "rst"),
        ("guide.mdx", None, "mdx"),
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
