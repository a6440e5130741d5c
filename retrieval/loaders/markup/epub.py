"""EPUB -> text: its chapters in the order of reading, with the path of headings.

Read with ``zipfile`` and ``lxml``: the format is a zip archive of web pages with a list of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.composer import Composer, sensible_title
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.load_errors import damaged, refusing_damage
from retrieval.loaders.markup.html import decode
from retrieval.loaders.markup.safe_zip import Archive, parse_xml
from retrieval.loaders.markup.walk import markup_blocks, parse_markup

if TYPE_CHECKING:
    from lxml import etree

KIND = "EPUB"
CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
CHAPTERS = frozenset(("application/xhtml+xml", "text/html", "application/x-dtbook+xml"))
# These scramble fonts, which may not be taken out of a book; its text is open.
FONT_SCRAMBLING = frozenset(("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"))

PROTECTED = "{name} is locked by its seller (DRM), so its text cannot be read; index a copy without that."


@dataclass(frozen=True, slots=True)
class _Package:
    """What the book's package file says."""

    title: str
    chapters: tuple[str, ...]


def extract(data: bytes) -> Extracted:
    """Read a book.

    Raises:
        SourceError: If it is damaged, locked, without text, or unfolds into too much.
    """
    with refusing_damage(KIND):
        archive = Archive(data, KIND)
        if ENCRYPTION in archive and _locks_text(parse_xml(archive.read(ENCRYPTION), KIND)):
            raise SourceError(PROTECTED, SourceProblem.PROTECTED)
        package = _package(archive)
        composer = Composer()
        for name in package.chapters:
            text, _ = decode(archive.read(name))
            root = parse_markup(text)
            composer.begin_part()
            for block in markup_blocks(root) if root is not None else ():
                composer.add(block)
        return composer.extracted(package.title)


def _locks_text(encryption: etree._Element) -> bool:
    methods = {method.get("Algorithm") for method in _named(encryption, "EncryptionMethod")}
    return bool(methods - FONT_SCRAMBLING)


def _package(archive: Archive) -> _Package:
    name = next(
        (file.get("full-path", "") for file in _named(parse_xml(archive.read(CONTAINER), KIND), "rootfile")), ""
    )
    root = parse_xml(archive.read(name), KIND)
    folder = dirname(name)
    contents = {
        item.get("id"): normpath(join(folder, unquote(item.get("href", "")))).lstrip("/")
        for item in _named(root, "item")
        if item.get("media-type", "") in CHAPTERS and "nav" not in item.get("properties", "").split()
    }
    tables = {
        normpath(join(folder, unquote(reference.get("href", "").partition("#")[0])))
        for reference in _named(root, "reference")
        if reference.get("type", "").lower() == "toc"
    }
    chapters = [contents[one.get("idref")] for one in _named(root, "itemref") if one.get("idref") in contents]
    # A spine may name a file twice; the words are there once.
    own = [chapter for chapter in dict.fromkeys(chapters) if chapter not in tables or len(chapters) == 1]
    present = tuple(chapter for chapter in own if chapter in archive)
    if not present:
        raise SourceError(damaged(KIND))
    title = next((sensible_title(title.text) for title in _named(root, "title")), "")
    return _Package(title, present)


def _named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements with that name in any namespace."""
    found: Iterator[etree._Element] = root.iter(f"{{*}}{name}")
    return found
