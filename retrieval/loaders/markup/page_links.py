"""Where a web page leads, and what it asks programs to do with it; read by another process, as documents are."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.formats import HTML, Format
from retrieval.loaders.http_encoding import from_served
from retrieval.loaders.load_errors import refusing_damage
from retrieval.loaders.markup.html import decode
from retrieval.loaders.markup.walk import parse_markup
from retrieval.loaders.sandbox.pool import SANDBOX

if TYPE_CHECKING:
    from lxml import etree

# Beyond these a page is a list made by a machine, and the beginning of it will do.
MAX_LINKS = 10_000
MAX_LINK_CHARACTERS = 2_000
MAX_DIRECTIVES = 100
# <meta name="robots"> is for all programs, the other for this one.
FOR_US = {"robots", "pullquote"}
FORWARD = re.compile(r"\s*(\d{0,4})[\d.]*\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)[\"']?\s*", re.IGNORECASE)
# After more, a page is there to be read first.
MOST_SECONDS = 10
LINKS = Format("page links", (), (), "retrieval.loaders.markup.page_links", max_bytes=HTML.max_bytes)
NOTHING: dict[str, Any] = {"links": [], "base": "", "canonical": "", "forward": "", "robots": []}
PROBLEM = "{name} has links that cannot be read; name the pages that you mean one by one."


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it stands in a page; ``is_next`` says that it leads to the next part of the same list."""

    target: str
    is_next: bool = False


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Where a page leads.

    Args:
        links: The links that programs may follow, each once, in order.
        base: What they are relative to, where it is not the page's own address.
        canonical: The address that the page calls its own.
        forward: Where the page sends its visitors by itself, after a moment.
        robots: What the page asks programs to do with it, such as ``noindex``.
    """

    links: tuple[Link, ...] = ()
    base: str = ""
    canonical: str = ""
    forward: str = ""
    robots: frozenset[str] = frozenset()


def find_page_links(data: bytes, content_type: str | None = None) -> PageLinks:
    """Where a web page leads.

    Args:
        data: The page.
        content_type: The HTTP header.

    Raises:
        SourceError: If it cannot be read.
    """
    decoded, encoding = from_served(data, content_type)
    told = SANDBOX.extract(LINKS, codecs.BOM_UTF8 + decoded if encoding else decoded).text
    try:
        facts = json.loads(told)
        links = tuple(Link(str(target), bool(is_next)) for target, is_next in facts["links"])
        robots = frozenset(str(directive) for directive in facts["robots"])
        return PageLinks(links, str(facts["base"]), str(facts["canonical"]), str(facts["forward"]), robots)
    except (ValueError, KeyError, TypeError):
        raise SourceError(PROBLEM, SourceProblem.TOO_COMPLEX) from None


def extract(data: bytes) -> Extracted:
    """The links of a page as JSON.

    Raises:
        SourceError: If the page cannot be read.
    """
    with refusing_damage("HTML"):
        text, _ = decode(data)
        root = parse_markup(text)
        return Extracted(json.dumps(NOTHING if root is None else _facts(root)))


def _facts(root: etree._Element) -> dict[str, Any]:
    links: dict[str, bool] = {}
    for target, is_next in _links(root):
        if len(links) >= MAX_LINKS:
            break
        links[target] = links.get(target, False) or is_next
    robots = {
        directive
        for content in _metas(root, "name", FOR_US)
        for directive in re.split(r"[\s,]+", content.lower())
        if directive
    }
    return {
        "links": list(links.items()),
        "base": next((target for element in root.iter("base") if (target := _target(element, "href"))), ""),
        "canonical": next(
            (_target(element, "href") for element in root.iter("link") if "canonical" in _relations(element)), ""
        ),
        "forward": next(
            (target for content in _metas(root, "http-equiv", {"refresh"}) if (target := _forward(content))), ""
        ),
        "robots": sorted(robots)[:MAX_DIRECTIVES],
    }


def _links(root: etree._Element) -> Iterator[tuple[str, bool]]:
    for element in root.iter("a", "area", "frame"):
        relations = _relations(element)
        target = _target(element, "src" if element.tag == "frame" else "href")
        if target and "nofollow" not in relations:
            yield target, "next" in relations


def _metas(root: etree._Element, attribute: str, names: Set[str]) -> Iterator[str]:
    for element in root.iter("meta"):
        if (element.get(attribute) or "").strip().lower() in names:
            yield (element.get("content") or "")[: 2 * MAX_LINK_CHARACTERS]


def _forward(content: str) -> str:
    """Where "0; url=page" leads; a page that only loads itself anew leads nowhere."""
    found = FORWARD.fullmatch(content)
    return found[2].strip() if found and float(found[1] or 0) <= MOST_SECONDS else ""


def _relations(element: etree._Element) -> list[str]:
    return (element.get("rel") or "")[:MAX_LINK_CHARACTERS].lower().split()


def _target(element: etree._Element, attribute: str) -> str:
    """An address as browsers read it: without space around it, and without line ends within."""
    target = re.sub(r"[\t\n\r]", "", (element.get(attribute) or "")[: 2 * MAX_LINK_CHARACTERS]).strip()
    return target if len(target) <= MAX_LINK_CHARACTERS and not target.startswith("#") else ""
