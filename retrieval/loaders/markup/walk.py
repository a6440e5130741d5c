"""HTML -> blocks: a walk over the tree that keeps what people read, in order.

Web pages, EPUB chapters and what mammoth makes of DOCX files all go through here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from retrieval.errors import SourceError
from retrieval.loaders.composer import TextBlock, clean, clean_verbatim
from retrieval.loaders.load_errors import damaged
from retrieval.loaders.markup.block_labels import BlockLabels
from retrieval.loaders.markup.table_rows import BOLD, TableRow, table_rows

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
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# A table with one of these in it is there for the layout: its cells are no row.
NOT_IN_A_ROW = (*HEADINGS, "table")
# Stands for <br> among the parts of a paragraph; no page has this character, ``parse_markup`` takes it out.
LINE_BREAK = "\0"

HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# How authors label what is not the text, as a whole word of a class or id: "ad-box", "related", "cookie-banner". Only
# on elements without a meaning of their own: a <section id="menu"> may well be a chapter about menus.
LABELS = re.compile(
    r"(?:ads?|advert\w*|banner|breadcrumbs?|comments?|consent|cookies?|menu|nav|newsletter|promo\w*|related|share|sharing"
    r"|sidebar|social|sponsor\w*|subscribe)"
    r"(?:[_-](?:area|articles?|banner|bar|block|box|buttons?|container|content|links?|list|posts?|slot|unit|widget|wrapper"
    r"|\d+))*",
    re.IGNORECASE,
)
LABELLED = frozenset(("div", "ul", "ol", "p", "span", "td"))
# A link that is nothing but the mark of a note, the way back from one, or the address of a heading: "[12]", "↩", "¶".
NOTE_MARK = re.compile(r"[\[(]?\s*(?:\d{1,3}|[a-z]|[*†‡§¶]+)\s*[\])]?\Z")
WAY_BACK = re.compile(r"[↑↩⬆⤴^¶#🔗]+[\ufe0e\ufe0f]?\Z")
NOTE_ROLES = re.compile(r"(?:doc-)?(?:noteref|backlink)\b")
EPUB_TYPES = ("{http://www.idpf.org/2007/ops}type", "epub:type")


@dataclass(frozen=True, slots=True)
class MarkupBlock(TextBlock):
    """A block that also knows its element, and whether it is nothing but links or is labelled as not of the text."""

    links_only: bool = False
    labelled: bool = False
    element: etree._Element | None = field(default=None, repr=False, compare=False)


@dataclass(slots=True)
class _Paragraph:
    """What has been read since the last border between blocks."""

    parts: list[str] = field(default_factory=list)
    characters: int = 0
    linked: int = 0
    bold: etree._Element | None = None  # the element with which it begins
    name: str = ""  # what that element holds

    def add(self, text: str | None, in_link: bool) -> None:
        if not text:
            return
        self.parts.append(text)
        visible = len(text) - text.count(" ") - text.count("\n")
        self.characters += visible
        self.linked += visible if in_link else 0


def parse_markup(text: str) -> etree._Element | None:
    """The tree of a page or fragment, or None if there is nothing in it.

    The parser of libxml2 for HTML: it mends what is broken, reads XHTML too, knows the named characters, and neither
    defines nor fetches entities.

    Raises:
        SourceError: If elements are nested so deeply that the parser would drop the rest.
    """
    from lxml import etree, html

    without_definitions = re.sub(r"(?is)\A(.{0,2000}?<!doctype[^\[>]*)\[.*?\]\s*>", r"\1>", text, count=1)
    # A declaration of the encoding no longer holds, and lxml refuses decoded text that has one.
    markup = re.sub(r"\A\s*<\?xml[^>]*\?>", "", without_definitions.replace("\0", ""))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root: etree._Element = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise SourceError(damaged("HTML"))
    return root


def markup_blocks(root: etree._Element) -> Iterator[MarkupBlock]:
    """The headings, paragraphs, list items and table rows below ``root``, in the order of the text.

    List items come without bullet or number, which the markup does not hold; a line break within a paragraph is a line
    end. Scripts, styles, navigation, forms and hidden elements are left out, and so are the marks of notes.
    """
    yield from _Walk().blocks(root)


def count_words(root: etree._Element) -> int:
    """How many words there are below ``root``, those that are hidden or left out included; scripts have none."""
    texts = root.xpath(".//text()[not(ancestor::script or ancestor::style or ancestor::head or ancestor::nav)]")
    return len("".join(texts).split())


class _Walk:
    """One walk; without recursion, since a page may be nested as deeply as its author likes."""

    def __init__(self) -> None:
        self._paragraph = _Paragraph()
        self._stack: list[tuple[etree._Element, Iterator[etree._Element]]] = []
        self._links = self._labels = self._verbatim = self._level = self._sections = 0
        self._related = BlockLabels()

    def blocks(self, root: etree._Element) -> Iterator[MarkupBlock]:
        yield from self._enter(root)
        while self._stack:
            element, children = self._stack[-1]
            child = next(children, None)
            if child is None:
                yield from self._leave(element)
                if self._stack:
                    self._paragraph.add(element.tail, bool(self._links))
            elif _is_left_out(child):
                if _name(child) not in INLINE and _name(child) not in SKIPPED_WITHIN_WORDS:
                    yield from self._flush()
                self._paragraph.add(child.tail, bool(self._links))
            elif _name(child) == "table" and (rows := _rows(child)) is not None:
                yield from self._flush()
                make = partial(MarkupBlock, labelled=bool(self._labels), element=child)
                yield from self._related.of_rows(rows, make)
                self._related.note(None)
                self._paragraph.add(child.tail, bool(self._links))
            else:
                yield from self._enter(child)

    def _enter(self, element: etree._Element) -> Iterator[MarkupBlock]:
        name = _name(element)
        if name == "br":
            self._paragraph.parts.append(LINE_BREAK)
        elif name not in INLINE:
            yield from self._flush()
        self._stack.append((element, iter(element)))
        self._count(element, name, 1)
        self._related.enter(name)
        if name in BOLD and not self._paragraph.characters and self._paragraph.bold is None:
            self._paragraph.bold = element
        self._paragraph.add(element.text, bool(self._links))

    def _leave(self, element: etree._Element) -> Iterator[MarkupBlock]:
        name = _name(element)
        if name not in INLINE and name != "br":
            yield from self._flush()
        if element is self._paragraph.bold:
            self._paragraph.name = "".join(self._paragraph.parts)
        self._related.leave(name)
        self._stack.pop()
        self._count(element, name, -1)

    def _count(self, element: etree._Element, name: str, step: int) -> None:
        if name in HEADINGS:
            self._level = HEADINGS[name] if step > 0 else 0
        self._links += step * (name == "a")
        self._verbatim += step * (name == "pre")
        self._sections += step * (name in ("article", "main", "section"))
        apart = name in ("aside", "footer") or (name == "header" and not self._sections)
        self._labels += step * (apart or (name in LABELLED and _is_labelled(element)))

    def _flush(self) -> Iterator[MarkupBlock]:
        paragraph, self._paragraph = self._paragraph, _Paragraph()
        if not paragraph.characters:
            return
        links_only = paragraph.linked >= 0.9 * paragraph.characters
        labelled = bool(self._labels) and self._level != 1
        text = "".join(paragraph.parts)
        if self._level:
            texts = [clean(text.replace(LINE_BREAK, " "))]
        elif self._verbatim:
            texts = [clean_verbatim(text.replace(LINE_BREAK, "\n"))]
        else:
            texts = _pieces(text)
        name = clean(paragraph.name.replace(LINE_BREAK, " "))
        for piece in texts:
            bold = False
            if self._verbatim:
                labels = self._related.of_code(piece)
            else:
                bold, labels = self._related.of_text(piece, "" if self._level else name)
            block = MarkupBlock(piece, self._level, bold, (), labels, links_only, labelled, self._stack[-1][0])
            self._related.note(None if self._level or self._verbatim else block)
            yield block
            name = ""  # it is the first piece that it begins


def _pieces(text: str) -> list[str]:
    """A paragraph, cut where its author has left a line empty (two line breaks) and has meant a new one.

    Only a ``<br>`` is a line end; the line ends of the markup are blanks.
    """
    lines = "\n".join(clean(line) for line in text.split(LINE_BREAK))
    return [stripped for piece in lines.split("\n\n") if (stripped := piece.strip("\n"))]


def _rows(table: etree._Element) -> list[TableRow] | None:
    """The caption and the rows of a table, or None if it only lays out the page."""
    if next(table.iterdescendants(*NOT_IN_A_ROW), None) is not None:
        return None
    return table_rows(table, lambda cell: " ".join(block.text.replace("\n", " ") for block in markup_blocks(cell)))


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _is_left_out(element: etree._Element) -> bool:
    name = _name(element)
    if not name or name in SKIPPED or "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    if HIDDEN.search(element.get("style", "")):
        return True
    return name == "a" and _is_note_mark(element)


def _is_note_mark(link: etree._Element) -> bool:
    """Whether a link only leads to a note or back, so that its text would stand in the middle of a sentence."""
    kinds = " ".join(link.get(attribute, "") for attribute in ("role", *EPUB_TYPES))
    if NOTE_ROLES.search(kinds):
        return True
    if "#" not in link.get("href", "") or len(link) > 3:
        return False
    text = "".join(link.itertext()).strip()
    raised = link.find("sup") is not None or (link.getparent() is not None and _name(link.getparent()) == "sup")
    return bool(WAY_BACK.match(text) or (raised and NOTE_MARK.match(text)))


def _is_labelled(element: etree._Element) -> bool:
    words = f"{element.get('class', '')} {element.get('id', '')}".split()
    return any(LABELS.fullmatch(word) for word in words)
