"""What the elements of HTML are to those who read a page: a block, a part of a line, or nothing of the text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

# Elements whose text nobody reads as part of the document. <rt> and <rp> are the small print beside ideographs.
SKIPPED = frozenset((
    "applet", "area", "audio", "base", "button", "canvas", "datalist", "embed", "frame", "frameset", "head",
    "iframe", "input", "link", "map", "meta", "nav", "noembed", "noframes", "noscript", "object", "option", "param",
    "picture", "rp", "rt", "rtc", "script", "select", "source", "style", "svg", "template", "textarea", "title",
    "track", "video",
))  # fmt: skip
# These may stand in the middle of a word.
SKIPPED_WITHIN_WORDS = SKIPPED - {"nav", "noscript", "template"}
INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "img", "ins", "kbd", "label", "mark", "math", "meter", "nobr", "output", "q", "rb", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "ol", "optgroup", "p", "pre",
    "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# A heading that says so by its role alone has this level if it does not say which (WAI-ARIA 1.2).
ROLE_LEVEL = 2

# <o:p> of Word is no paragraph.
OFFICE = re.compile(r"[ovwx]|st\d+|fb|g")

HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
SHOWN_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)\b", re.IGNORECASE)
# What wikis put around and into a text: "[edit]" beside headings, boxes of links, the ways back from notes.
WIKI_CLASSES = frozenset((
    "catlinks", "mw-cite-backlink", "mw-editsection", "mw-indicators", "mw-jump-link", "navbox", "noprint",
    "printfooter", "vertical-navbox",
))  # fmt: skip
# What these roles say of an element, its name says of others (WAI-ARIA 1.2): <nav>, <select>.
SKIPPED_ROLES = frozenset(("navigation", "menu", "menubar", "tablist", "toolbar", "search", "listbox"))


def local_name(element: etree._Element) -> str:
    """The name in small letters, without a prefix that only says that it is HTML or MathML; nothing for a comment."""
    tag = element.tag
    return _name_of(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1_000)
def _name_of(tag: str) -> str:
    prefix, _, name = tag.rpartition("}")[2].lower().rpartition(":")
    return f"{prefix}:{name}" if OFFICE.fullmatch(prefix) else name


def heading_level(element: etree._Element) -> int:
    """1 to 6 for a heading, else 0."""
    name = local_name(element)
    level = HEADINGS.get(name, 0) or (name == "p" and _subtitle_level(element))
    if level or element.get("role") != "heading":
        return int(level)
    written = element.get("aria-level", "")
    return min(int(written), 6) if re.fullmatch(r"[1-9]\d?", written) else ROLE_LEVEL


def _subtitle_level(paragraph: etree._Element) -> int:
    """One below the heading in whose group it stands ("II", "The Storm"), else 0."""
    group, before = paragraph.getparent(), paragraph.getprevious()
    if group is None or local_name(group) != "hgroup" or before is None:
        return 0
    level = HEADINGS.get(local_name(before), 0)
    return min(level + 1, 6) if level else 0


def is_inline(element: etree._Element) -> bool:
    """Whether it is a part of a line, as browsers show it.

    One that HTML does not know is, if text stands beside it (Word writes ``<st1:City>``), and else holds the parts of a
    page, as many programs name them.
    """
    name = local_name(element)
    if name in BLOCKS or name in SKIPPED:
        return name in SKIPPED
    if element.get("role") == "heading" or SHOWN_AS_BLOCK.search(element.get("style", "")):
        return False
    return name in INLINE or _stands_in_text(element)


def _stands_in_text(element: etree._Element) -> bool:
    before, parent = element.getprevious(), element.getparent()
    written = before.tail if before is not None else parent.text if parent is not None else ""
    return any(words and not words.isspace() for words in (written, element.tail))


def is_hidden(element: etree._Element) -> bool:
    """Whether nobody sees it, by its own attributes."""
    if "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    return bool(HIDDEN.search(element.get("style", "")))


def is_skipped(element: etree._Element) -> bool:
    """Whether nothing of it is read as part of the document."""
    name = local_name(element)
    if not name or name in SKIPPED or (name == "dialog" and "open" not in element.attrib):
        return True
    if not WIKI_CLASSES.isdisjoint(element.get("class", "").split()):
        return True
    return element.get("role") in SKIPPED_ROLES or is_hidden(element)
