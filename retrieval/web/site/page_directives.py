"""What a page says of itself to programs: where it leads, which address is its own, and what they may do with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urljoin

from retrieval.errors import SourceError
from retrieval.loaders.formats import HTML
from retrieval.loaders.markup.page_links import FOR_US, Link, PageLinks, find_page_links
from retrieval.web.addresses import WebAddress, parse_address
from retrieval.web.fetched import Fetched
from retrieval.web.responses import find_format
from retrieval.web.site.scope import SiteScope, key_of

# "googlebot: noindex" is for another program, but "unavailable_after: …" is a directive.
FOR_ONE = re.compile(r"\s*([a-z][a-z0-9_-]*)\s*:(.*)")
WITH_VALUES = re.compile(r"unavailable_after|max-[a-z-]+")
# The names that a folder's own page has.
OWN_PAGES = {"index", "default", "home", "welcome"}


@dataclass(frozen=True, slots=True)
class PageDirectives:
    """What one page says; ``targets`` are the links that may be followed, and whether each leads to a next part.

    A page that ``forwards`` its visitors to another one is none itself.
    """

    targets: tuple[tuple[WebAddress, bool], ...]
    canonical: WebAddress | None
    may_be_indexed: bool
    forwards: bool = False


def read_directives(fetched: Fetched, scope: SiteScope) -> PageDirectives:
    """What a page that was fetched says, in its header fields and, where it is HTML, in itself."""
    page = _links(fetched)
    robots = page.robots | set(_for_us(fetched.robots))
    follow = not robots & {"nofollow", "none"}
    base = _joined(fetched.url, page.base)
    links = [Link(page.forward, is_next=True), *page.links] if page.forward else page.links
    found = [(scope.find(link.target, base), link.is_next) for link in links] if follow else []
    targets = tuple((address, is_next) for address, is_next in found if address is not None)
    forwards = bool(page.forward) and _joined(base, page.forward).partition("#")[0] != fetched.url
    canonical = _canonical(page, base, fetched, scope)
    return PageDirectives(targets, canonical, not robots & {"noindex", "none"}, forwards)


def _links(fetched: Fetched) -> PageLinks:
    try:
        if find_format(fetched.name, fetched.content_type) is HTML:
            return find_page_links(fetched.data, fetched.header)
    except SourceError:
        pass  # whoever reads it as a document says what is wrong
    return PageLinks()


def _for_us(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        told = value.lower()[:1_000]
        one = FOR_ONE.match(told)
        if one and not WITH_VALUES.fullmatch(one[1]):
            told = one[2] if one[1] in FOR_US else ""
        yield from re.split(r"[\s,]+", told)


def _canonical(page: PageLinks, base: str, fetched: Fetched, scope: SiteScope) -> WebAddress | None:
    """The address that a page calls its own, if that is another one of the site.

    Many sites name their front page on all pages by mistake; a page is none with the folder that it lies in, unless it
    is that folder's own.
    """
    address = scope.find(page.canonical, base) if page.canonical else None
    own = parse_address(fetched.url)
    if address is None or key_of(address) == key_of(own):
        return None
    is_above = own.path.startswith(f"{address.path.rstrip('/')}/") and own.path != address.path
    folder, name = own.path.rpartition("/")[::2]
    is_its_own = PurePosixPath(name).stem.lower() in OWN_PAGES and folder == address.path.rstrip("/")
    return None if is_above and not is_its_own else address


def _joined(url: str, base: str) -> str:
    try:
        return urljoin(url, base)
    except ValueError:
        return url
