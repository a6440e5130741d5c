"""EPUB -> text: its chapters in the order of reading, with the path of headings.

Read with ``zipfile`` and ``lxml``: the format is a zip archive of web pages with a list of them. Nothing of that list
is dropped silently: what cannot be read is named in a warning, and so is a book whose words are not all there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.composer import Composer
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.load_errors import damaged, listed, refusing_damage
from retrieval.loaders.markup.epub_package import BookPart, Package, named, read_package
from retrieval.loaders.markup.html import decode
from retrieval.loaders.markup.safe_zip import Archive, parse_xml
from retrieval.loaders.markup.walk import MarkupBlock, count_words, markup_blocks, parse_markup

if TYPE_CHECKING:
    from lxml import etree

KIND = "EPUB"
CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
# These scramble fonts, which may not be taken out of a book; its text is open.
FONT_SCRAMBLING = frozenset(("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"))

PROTECTED = "{name} is locked by its seller (DRM), so its text cannot be read; index a copy without that."
MISSING = "{name} lacks parts that it lists (%s), so their text cannot be quoted; index a complete copy."
UNREAD = "{name} has parts in a format that is not read (%s); take them out of the book and index them by themselves."
LOST = "{name} has %d words, of which %d could be read; look at its text before you rely on it."
# The marks of notes and the like are left out of every book; this many words of a hundred are more than those.
LOST_SHARE = 0.15
LOST_WORDS = 100


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
        words_in = expected = stored = 0
        for part in package.parts:
            text, _ = decode(archive.read(part.name))
            root = parse_markup(text)
            if root is None:
                continue
            blocks = list(markup_blocks(root, numbered=True))
            here = sum(len(block.text.split()) for block in blocks)
            words = max(here, count_words(root))
            words_in += words
            if _is_contents(part, blocks):
                continue
            expected += words
            stored += here
            composer.begin_part()
            for block in blocks:
                composer.add(block)
        warnings = _warnings(package, expected, stored)
        return composer.extracted(package.title, date=package.date, warnings=warnings, words_in=words_in)


def _locks_text(encryption: etree._Element) -> bool:
    methods = {method.get("Algorithm") for method in named(encryption, "EncryptionMethod")}
    return bool(methods - FONT_SCRAMBLING)


def _package(archive: Archive) -> Package:
    container = parse_xml(archive.read(CONTAINER), KIND)
    path = next((file.get("full-path", "") for file in named(container, "rootfile")), "")
    package = read_package(parse_xml(archive.read(path), KIND), path, archive)
    if not package.parts:
        raise SourceError(damaged(KIND))
    return package


def _is_contents(part: BookPart, blocks: list[MarkupBlock]) -> bool:
    """Whether it is a table of contents and nothing else: besides headings, all that it has are links."""
    return part.may_be_contents and all(block.links_only or block.level for block in blocks)


def _warnings(package: Package, words: int, stored: int) -> Iterator[str]:
    if package.missing:
        yield MISSING % listed(package.missing)
    if package.unread:
        yield UNREAD % listed(package.unread)
    if words - stored > max(LOST_WORDS, LOST_SHARE * words):
        yield LOST % (words, stored)
