"""Path -> Source: plain text and Markdown, strictly UTF-8, exactly as they are."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from retrieval.errors import SourceError, SourceProblem
from retrieval.languages import detect_language
from retrieval.types import Source

TEXT_SUFFIXES = {".txt", ".text", ""}
MARKDOWN_SUFFIXES = {".md", ".markdown"}
MAX_BYTES = 50_000_000
MAX_TITLE_CHARACTERS = 120
TOP_HEADING = re.compile(r"(?:\A\ufeff?|(?<=[\r\n]))[^\S\r\n]{0,3}#[^\S\r\n]([^\r\n]+)")

FENCE = re.compile(r"(?:\A|(?<=[\r\n]))[^\S\r\n]{0,3}(?:```|~~~)")
CLOSING_HASHES = re.compile(r"(?:^|\s)#+$")

ARTICLE_FILE = "kazakhstan-protests.txt"
ARTICLE_URI = "pullquote:kazakhstan-protests"
ARTICLE_TITLE = "Kazakhstan protests, January 2022"


def load_path(path: Path) -> Source:
    """Read one plain-text or Markdown file.

    The text is the file's bytes decoded, with no newline translation and no normalising. The title is a Markdown
    file's first top heading, else the file's name without its ending; the uri is the absolute path's; the language is
    detected.

    Raises:
        SourceError: If the file is missing, a folder, of another format, too large, binary, not UTF-8 or empty.
    """
    name = _printable(str(path))
    try:
        if path.is_dir():
            raise SourceError(f"{name} is a folder; name the files in it, for example {name}/*.md.")
        if path.exists():
            check_file(name, path.stat().st_size)
            if not path.is_file():
                raise SourceError(f"{name} is not a regular file; save its content to a file and index that.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise SourceError(f"There is no file {name}; check the path.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "bad path"
        raise SourceError(f"{name} cannot be read ({reason.lower()}); check the path and its permissions.") from None
    return load_bytes(data, name=name, uri=path.resolve().as_uri())


def check_file(name: str, size_bytes: int) -> None:
    """Refuse a file by its name and size, before it is read.

    Raises:
        SourceError: If it is of another format or too large.
    """
    if Path(name).suffix.lower() not in TEXT_SUFFIXES | MARKDOWN_SUFFIXES:
        raise SourceError(
            f"{name} is not a .txt or .md file; save it as plain text and index that.", SourceProblem.FORMAT
        )
    if size_bytes > MAX_BYTES:
        raise SourceError(
            f"{name} is larger than {MAX_BYTES // 1_000_000} MB; split it into smaller files.", SourceProblem.TOO_LARGE
        )


def load_bytes(data: bytes, *, name: str, uri: str) -> Source:
    """Make a source of a file's content, as ``load_path`` does.

    Args:
        data: The content.
        name: The file's name or path; its ending says what it is.
        uri: What tells it from other sources; the same uri replaces.

    Raises:
        SourceError: If the content is of another format, too large, binary, not UTF-8 or empty.
    """
    check_file(name, len(data))
    if b"\0" in data:
        raise SourceError(
            f"{name} is a binary file, not text; save it as plain UTF-8 text and index that.", SourceProblem.BINARY
        )
    try:
        source = Source.from_bytes(uri=uri, title=_printable(Path(name).stem), data=data)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name} is not UTF-8 text (byte {data[error.start]:#04x} at position {error.start}); save it as UTF-8.",
            SourceProblem.NOT_UTF8,
        ) from None
    if not any(character.isprintable() and not character.isspace() for character in source.text):
        raise SourceError(f"{name} is empty; there is nothing to index.", SourceProblem.EMPTY)
    source = replace(source, language=detect_language(source.text))
    markdown = Path(name).suffix.lower() in MARKDOWN_SUFFIXES
    for heading in TOP_HEADING.finditer(source.text) if markdown else ():
        title = CLOSING_HASHES.sub("", heading[1].strip()).strip()
        in_code = len(FENCE.findall(source.text, 0, heading.start())) % 2
        if title and not in_code:
            return replace(source, title=title[:MAX_TITLE_CHARACTERS])
    return source


def load_article() -> Source:
    """The article that ships with the package."""
    data = (files("retrieval") / "corpus" / ARTICLE_FILE).read_bytes()
    return Source.from_bytes(uri=ARTICLE_URI, title=ARTICLE_TITLE, data=data)


def _printable(name: str) -> str:
    """A file name as text; undecodable bytes in it (PEP 383 surrogates) show as replacement characters."""
    return name.encode("utf-8", "replace").decode("utf-8")
