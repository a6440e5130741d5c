"""Path or bytes -> Source: what format it is, what its module makes of it, and what everybody wants to know of it."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import cast
from urllib.parse import unquote

from retrieval.errors import SourceError, SourceProblem
from retrieval.files import open_regular
from retrieval.loaders.composer import MAX_TITLE_CHARACTERS
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.formats import Format, check_file, check_size, find_format
from retrieval.loaders.http_encoding import from_served
from retrieval.loaders.load_errors import empty
from retrieval.loaders.magic_bytes import recognise
from retrieval.loaders.plain import ENCODINGS
from retrieval.loaders.sandbox.pool import SANDBOX
from retrieval.loaders.utf8 import is_utf8
from retrieval.text.languages import detect_language
from retrieval.types import NO_VALIDATORS, Source, Validators, source_id
from retrieval.unicode_text import is_blank

# A larger text, too, goes to another process, so that this one can do something else meanwhile.
AT_ONCE_BYTES = 5_000_000
# ISO 2022 writes every letter in ASCII, and this character to change between alphabets.
ESCAPE = b"\x1b"


@dataclass(frozen=True)
class Original:
    """A file's content as it was found, not yet read as a document: enough to tell whether it has changed.

    Args:
        name: The file's name or path, or its web address; its ending says what it is.
        uri: What tells it from other sources; the same uri replaces.
        data: The content.
        content_type: The HTTP header of that name, where there is one.
        validators: What the server calls this version, where there is one.
    """

    name: str
    uri: str
    data: bytes = field(repr=False)
    content_type: str | None = None
    validators: Validators = NO_VALIDATORS

    @cached_property
    def format(self) -> Format:
        """What it is, by its name and its first bytes.

        Raises:
            SourceError: If it cannot be read, or is too large.
        """
        named = find_format(self.name, self.content_type)
        found = recognise(self.name, self.data, named)
        check_size(self.name, len(self.data), found)
        return found

    @property
    def source_id(self) -> str:
        """The id of the source that it becomes."""
        return source_id(self.uri)

    @cached_property
    def file_sha256(self) -> str:
        """The hash of the content."""
        return hashlib.sha256(self.data).hexdigest()

    def load(self) -> Source:
        """Read it: text, title, structure and language.

        Raises:
            SourceError: If it cannot be a source.
        """
        return self.source_of(self.extract())

    def source_of(self, extracted: Extracted) -> Source:
        """The source that what its format's module made of it becomes."""
        text = extracted.text
        title = extracted.title.strip()[:MAX_TITLE_CHARACTERS] or _title(self.name)
        source = Source.from_bytes(uri=self.uri, title=title, data=self.data, text=text, language=detect_language(text))
        return replace(
            source,
            places=extracted.places,
            labels=extracted.labels,
            format=self.format.name,
            encoding=extracted.encoding,
            loader=self.format.loader,
            date=extracted.date,
            warnings=tuple(warning.replace("{name}", self.name) for warning in extracted.warnings),
            validators=self.validators,
        )

    def extract(self) -> Extracted:
        """What its format's module makes of it.

        Raises:
            SourceError: If it cannot be a source.
        """
        try:
            extracted = self._extract()
            if is_blank(extracted.text):
                raise empty()
        except SourceError as error:
            raise error.named(self.name) from None
        return extracted

    def picture(self, page: int) -> bytes:
        """A picture of a page, with its lines numbered in the order in which they are read (PNG).

        Raises:
            SourceError: If the format has no pages, the file cannot be read, or has no such page.
        """
        if not self.format.pictures:
            raise SourceError(f"{self.name} has no pages to show; name a PDF file.", SourceProblem.FORMAT)
        try:
            return SANDBOX.draw(self.format, self.data, page)
        except SourceError as error:
            raise error.named(self.name) from None

    def _extract(self) -> Extracted:
        data, served = self.data, ""
        in_utf8 = self.format.is_text and is_utf8(data)
        if self.format.is_text and (ESCAPE in data or not in_utf8):
            data, served = from_served(data, self.content_type)  # as UTF-8, where a server names the encoding
        if self.format.is_own_text and len(data) <= AT_ONCE_BYTES and (served or in_utf8):
            extracted = cast("Extracted", import_module(self.format.module).extract(data))
        elif served and not self.format.is_own_text:
            # A byte order mark counts more than what a page says of itself.
            extracted = SANDBOX.extract(self.format, codecs.BOM_UTF8 + data)
        else:
            extracted = SANDBOX.extract(self.format, data)
        encoding = served or extracted.encoding
        return replace(extracted, encoding=ENCODINGS.get(encoding, encoding))


def read_path(path: Path | str) -> Original:
    """Read one file, without looking at what is in it yet.

    Raises:
        SourceError: If the file is missing, a folder, of a format that cannot be read, or too large.
    """
    path = Path(path)
    name = _printable(str(path))
    try:
        if path.is_dir():
            raise SourceError(f"{name} is a folder; name the files in it, for example {name}/*.md.")
        if path.exists():
            check_file(name, path.stat().st_size)
            if not path.is_file():
                raise SourceError(f"{name} is not a regular file; save its content to a file and index that.")
        with open_regular(path) as file:
            # It may have grown; and some files of the system wait for their next word, and have none now.
            data = file.read(find_format(name).max_bytes + 1) or b""
    except FileNotFoundError:
        raise SourceError(f"There is no file {name}; check the path.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "bad path"
        raise SourceError(f"{name} cannot be read ({reason.lower()}); check the path and its permissions.") from None
    return Original(name, path.resolve().as_uri(), data)


def load_path(path: Path | str) -> Source:
    """Read one file of any format that can be read.

    The text of plain text and Markdown is the file's, decoded, with no newline translation and no normalising; that of
    other formats is what their modules make of them. The title is the document's own where it has one, else the file's
    name without its ending; the uri is the absolute path's; the language is detected.

    Raises:
        SourceError: If the file is missing, a folder, of a format that cannot be read, too large, damaged or empty.
    """
    return read_path(path).load()


def load_bytes(data: bytes, *, name: str, uri: str, content_type: str | None = None) -> Source:
    """Make a source of a file's content, as ``load_path`` does.

    Args:
        data: The content.
        name: The file's name or path, or its web address; its ending says what it is.
        uri: What tells it from other sources; the same uri replaces.
        content_type: The HTTP header of that name, where there is one.

    Raises:
        SourceError: If the content is of a format that cannot be read, too large, damaged or empty.
    """
    return Original(name, uri, data, content_type).load()


def _title(name: str) -> str:
    """A title out of a file's name, or out of a web address: its last part that says something."""
    if name.startswith(("http://", "https://")):
        address, *path = name.partition("?")[0].partition("#")[0].split("//", 1)[1].rstrip("/").split("/")
        return _printable(unquote(PurePosixPath(path[-1]).stem)) if path else address
    return _printable(Path(name).stem)


def _printable(name: str) -> str:
    """A file name as text; undecodable bytes in it (PEP 383 surrogates) show as replacement characters."""
    return name.encode("utf-8", "replace").decode("utf-8")
