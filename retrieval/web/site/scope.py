"""Which addresses belong to a site, and which of them are worth asking for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath
from urllib.parse import urljoin

from retrieval.errors import SourceError
from retrieval.loaders.formats import BY_CONTENT_TYPE, REFUSED_BY_SUFFIX
from retrieval.web.addresses import DEFAULT_PORTS, WebAddress, parse_address
from retrieval.web.fetched import Fetched

# Endings of what a site is made of, and of lists for machines.
NOT_DOCUMENTS = frozenset((
    ".atom", ".bin", ".css", ".eot", ".gpg", ".ics", ".ico", ".js", ".json", ".map", ".md5", ".mjs", ".otf", ".rdf",
    ".rss", ".sha256", ".sig", ".torrent", ".ttf", ".vcf", ".wasm", ".webmanifest", ".woff", ".woff2", ".xml", ".xsd",
    ".xsl",
))  # fmt: skip
# Paths that go round in circles grow; honest ones are shorter.
MAX_TARGET_CHARACTERS = 1_000
MAX_FOLDERS = 25
MAX_REPETITIONS = 3


class SkipReason(StrEnum):
    """Why an address or a page of a site is not taken."""

    ROBOTS = "robots"  # its robots.txt
    UNINDEXED = "unindexed"  # the page itself, by "noindex"
    QUERY = "query"  # it has a query
    KIND = "kind"  # it is no document
    DUPLICATE = "duplicate"  # another page has the same content, or says that it is the one
    MISSING = "missing"  # there is no such page
    FORBIDDEN = "forbidden"  # not everybody may read it
    FORWARDING = "forwarding"  # it only sends its visitors to another page
    OUTSIDE = "outside"  # it redirects out of the site
    CIRCLE = "circle"  # its path repeats itself or has no end
    DEPTH = "depth"  # it is too many links away


@dataclass(frozen=True, slots=True)
class SiteScope:
    """The part of a site that a start address names: what is at or below ``folder``.

    A start without a slash at its end, and without the ending of a file, is a page and the folder of that name:
    ``/handbook`` is ``/handbook`` and ``/handbook/…``.
    """

    start: WebAddress
    folder: str

    @classmethod
    def of(cls, start: WebAddress) -> SiteScope:
        """The scope of a start address, as it is after redirects."""
        folder, _, last = start.path.rpartition("/")
        return cls(start, f"{folder}/{last}/" if last and not PurePosixPath(last).suffix else f"{folder}/")

    def find(self, target: str, base: str) -> WebAddress | None:
        """Where a link leads, if that belongs to the site.

        Args:
            target: The link as it stands in a page or sitemap.
            base: What it is relative to.
        """
        try:
            address = parse_address(urljoin(base, target))
        except (SourceError, ValueError):
            return None
        # Sitemaps and old links often still say http.
        if self._has_default_ports(address):
            address = replace(address, scheme=self.start.scheme, port=self.start.port)
        return address if self.includes(address) else None

    def includes(self, address: WebAddress) -> bool:
        """Whether an address belongs to the site."""
        path = address.path
        return address.origin == self.start.origin and (path.startswith(self.folder) or f"{path}/" == self.folder)

    def includes_url(self, url: str) -> bool:
        """Whether an address, given as text, belongs to the site."""
        try:
            return self.includes(parse_address(url))
        except SourceError:
            return False

    def _has_default_ports(self, address: WebAddress) -> bool:
        both = (address, self.start)
        return address.host == self.start.host and all(one.port == DEFAULT_PORTS[one.scheme] for one in both)


def key_of(address: WebAddress) -> str:
    """What two addresses share that are the same page on any sane site: they may differ in a slash at the end."""
    path, mark, query = address.target.partition("?")
    return path.rstrip("/") + mark + query


def left_out_by_name(address: WebAddress) -> SkipReason | None:
    """Why an address is not worth asking for, as far as it tells itself."""
    suffix = PurePosixPath(address.path).suffix.lower()
    if suffix in REFUSED_BY_SUFFIX or suffix in NOT_DOCUMENTS:
        return SkipReason.KIND
    folders = [folder for folder in address.path.split("/") if folder]
    repetitions = max(Counter(folders).values(), default=0)
    if len(address.target) > MAX_TARGET_CHARACTERS or len(folders) > MAX_FOLDERS or repetitions > MAX_REPETITIONS:
        return SkipReason.CIRCLE
    return None


def is_document_type(fetched: Fetched) -> bool:
    """Whether a file is a document and not, for example, a style sheet: nobody has named it."""
    return fetched.content_type in BY_CONTENT_TYPE or fetched.content_type.partition("/")[0] != "text"
