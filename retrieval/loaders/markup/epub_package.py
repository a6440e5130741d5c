"""The package file of a book: its title, its date, and its parts in the order of reading (EPUB 2 and 3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename, dirname, join, normpath, splitext
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import unquote

from retrieval.loaders.composer import sensible_title
from retrieval.loaders.markup.safe_zip import Archive, readable_name
from retrieval.loaders.publication_date import iso_day

if TYPE_CHECKING:
    from lxml import etree

PAGES = frozenset((
    "application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document", "application/xml",
    "text/xml",
))  # fmt: skip
PAGE_ENDINGS = frozenset((".xhtml", ".html", ".htm"))
# Covers and plates; nobody misses their text.
PICTURES = "image/"


@dataclass(frozen=True, slots=True)
class BookPart:
    """A part of a book; ``may_be_contents`` if the package calls it the table of contents."""

    name: str
    may_be_contents: bool


@dataclass(frozen=True, slots=True)
class Package:
    """What the package file says; ``missing`` and ``unread`` are the names of parts that cannot be read."""

    title: str
    date: str
    parts: tuple[BookPart, ...]
    missing: tuple[str, ...]
    unread: tuple[str, ...]


def read_package(root: etree._Element, path: str, archive: Archive) -> Package:
    """What the package file says.

    Args:
        root: Its tree.
        path: Where it lies in the archive.
        archive: The book.
    """
    folder = dirname(path)
    names = {_alike(name): name for name in reversed(archive.names)}
    items = {item.get("id"): item for item in named(root, "item")}
    contents = {_path(folder, one) for one in named(root, "reference") if one.get("type", "").lower() == "toc"}
    parts: dict[str, BookPart] = {}
    missing: dict[str, None] = {}
    unread: dict[str, None] = {}
    # A spine may name a file twice; the words are there once.
    for reference in named(root, "itemref"):
        item = items.get(reference.get("idref"))
        if item is None:
            continue
        page = _page(item, items)
        name = _found(_path(folder, page if page is not None else item), archive, names)
        if page is None:
            if not item.get("media-type", "").startswith(PICTURES):
                unread[basename(name)] = None
        elif name not in archive:
            missing[basename(name)] = None
        else:
            is_nav = "nav" in page.get("properties", "").split()
            parts[name] = BookPart(name, is_nav or name in contents)
    title = next((sensible_title(title.text) for title in named(root, "title")), "")
    return Package(title, _date(root), tuple(parts.values()), tuple(missing), tuple(unread))


def named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements with that name in any namespace."""
    found: Iterator[etree._Element] = root.iter(f"{{*}}{name}")
    return found


def _page(item: etree._Element, items: Mapping[str | None, etree._Element]) -> etree._Element | None:
    """The item, or the one that stands in for it where it is no page; None if there is none."""
    seen = set()
    following: etree._Element | None = item
    while following is not None and following.get("id") not in seen:
        if following.get("media-type", "") in PAGES or splitext(following.get("href", ""))[1].lower() in PAGE_ENDINGS:
            return following
        seen.add(following.get("id"))
        following = items.get(following.get("fallback"))
    return None


def _path(folder: str, item: etree._Element) -> str:
    return normpath(join(folder, unquote(item.get("href", "").partition("#")[0]))).lstrip("/")


def _found(name: str, archive: Archive, names: Mapping[str, str]) -> str:
    """The name as the archive has it.

    Books that were made where letters' case does not matter mix it up, and some programs say nothing of the encoding of
    names, or take letters with accents apart.
    """
    return name if name in archive else names.get(_alike(name), name)


def _alike(name: str) -> str:
    return normalize("NFC", readable_name(name)).lower()


def _date(root: etree._Element) -> str:
    """The day of publication: EPUB 2 says which of its dates that is, EPUB 3 has one only."""
    dates: dict[str, str] = {}
    for element in named(root, "date"):
        event = next((value for key, value in element.items() if key.endswith("event")), "")
        dates.setdefault(event.lower(), iso_day(element.text))
    return dates.get("publication") or dates.get("") or ""
