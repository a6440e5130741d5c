"""A sitemap -> the addresses in it (sitemaps.org); read by another process, as documents are."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.formats import Format
from retrieval.loaders.load_errors import damaged, refusing_damage
from retrieval.loaders.markup.safe_zip import parse_xml
from retrieval.loaders.sandbox.pool import SANDBOX

if TYPE_CHECKING:
    from lxml import etree

# What the standard allows one sitemap to have.
MAX_BYTES = 52_428_800
MAX_ENTRIES = 50_000
MAX_ADDRESS_CHARACTERS = 2_048
KIND = "a sitemap"
SITEMAP = Format("sitemap", (), (), "retrieval.loaders.markup.sitemap", max_bytes=MAX_BYTES)


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The addresses in a sitemap, as they stand there: of pages, and of other sitemaps."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def read_sitemap(data: bytes) -> Sitemap:
    """The addresses in a sitemap: XML of either kind, or a text with an address on each line.

    Raises:
        SourceError: If it is none.
    """
    told = SANDBOX.extract(SITEMAP, data).text
    try:
        facts = json.loads(told)
        return Sitemap(tuple(map(str, facts["pages"])), tuple(map(str, facts["sitemaps"])))
    except (ValueError, KeyError, TypeError):
        raise SourceError(damaged(KIND), SourceProblem.TOO_COMPLEX) from None


def extract(data: bytes) -> Extracted:
    """The addresses in a sitemap as JSON.

    Raises:
        SourceError: If it is none.
    """
    with refusing_damage(KIND):
        content = data.removeprefix(codecs.BOM_UTF8).strip()
        is_xml = content.startswith((b"<", codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        found = _Entries()
        for holder, address in _in_xml(parse_xml(content, KIND)) if is_xml else _in_lines(content):
            found.add(holder, address)
        return Extracted(json.dumps({"pages": list(found.pages), "sitemaps": list(found.sitemaps)}))


class _Entries:
    """What was found, each once and no more than a sitemap may have."""

    def __init__(self) -> None:
        self.pages: dict[str, None] = {}
        self.sitemaps: dict[str, None] = {}

    def add(self, holder: str, address: str) -> None:
        found = {"url": self.pages, "sitemap": self.sitemaps}.get(holder)
        if found is not None and len(found) < MAX_ENTRIES and 0 < len(address) <= MAX_ADDRESS_CHARACTERS:
            found[address] = None


def _in_xml(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Each ``<loc>`` with the name of what holds it; those of pictures and films are held by something else."""
    from lxml import etree

    for element in root.iter("{*}loc"):
        holder = element.getparent()
        if holder is not None:
            yield etree.QName(holder).localname, (element.text or "").strip()


def _in_lines(content: bytes) -> Iterator[tuple[str, str]]:
    for line in content.decode("utf-8").splitlines():
        if line.strip().lower().startswith(("http://", "https://")):
            yield "url", line.strip()
