"""The day on which a web page says that it was published: in its head, for search engines, or beside its title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from retrieval.loaders.publication_date import iso_day

if TYPE_CHECKING:
    from lxml import etree

# The names of the date of publication, the most precise ones first: Open Graph, schema.org, Dublin Core, Highwire.
NAMES = (
    "article:published_time", "og:article:published_time", "datepublished", "dcterms.issued", "dc.date.issued",
    "citation_publication_date", "citation_date", "parsely-pub-date", "pubdate", "publish-date", "publication_date",
    "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "date",
)  # fmt: skip
JSON_LD = re.compile(r'"datePublished"\s*:\s*"([^"]{10,40})"')


def page_date(root: etree._Element) -> str:
    """The day in ISO 8601, or nothing where the page does not give it."""
    return next(filter(None, map(iso_day, _candidates(root))), "")


def _candidates(root: etree._Element) -> Iterator[str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = next((element.get(kind) for kind in ("property", "name", "itemprop") if element.get(kind)), "")
        found.setdefault((name or "").lower(), element.get("content", "").replace("/", "-"))
    yield from (found.get(name, "") for name in NAMES)
    for script in root.iter("script"):
        if script.get("type", "").lower() == "application/ld+json" and (said := JSON_LD.search(script.text or "")):
            yield said[1]
    for element in root.iter("time"):
        if element.get("itemprop") == "datePublished" or "pubdate" in element.attrib:
            yield element.get("datetime", "")
