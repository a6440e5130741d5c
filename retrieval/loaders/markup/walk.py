"""HTML -> blocks: a walk over the tree that keeps what people read, in order.

Web pages, EPUB chapters and what is made of DOCX and ODT files all go through here.
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
from retrieval.loaders.markup.elements import (
    SKIPPED_WITHIN_WORDS,
    heading_level,
    is_inline,
    is_skipped,
    local_name,
)
from retrieval.loaders.markup.formulas import formula_text
from retrieval.loaders.markup.furniture import is_apart
from retrieval.loaders.markup.images import image_words
from retrieval.loaders.markup.list_numbers import OWN_NUMBER, ListNumbers
from retrieval.loaders.markup.note_marks import is_note_mark, is_page_number
from retrieval.loaders.markup.superscripts import subscript, superscript
from retrieval.loaders.markup.table_rows import BOLD, TableRow, table_rows

if TYPE_CHECKING:
    from lxml import etree

# Stands for <br> among the parts of a paragraph; no page has this character, ``parse_markup`` takes it out.
LINE_BREAK = "\0"
# What a page says to programs, where it leads to others, and the single signs of its formulas.
UNCOUNTED = frozenset(("head", "math", "nav", "script", "style"))


@dataclass(frozen=True, slots=True)
class MarkupBlock(TextBlock):
    """A block that also knows its element, and whether it is nothing but links or is labelled as not of the text.

    ``own`` is where its own words begin, after the number of a list's item.
    """

    links_only: bool = False
    labelled: bool = False
    own: int = 0
    element: etree._Element | None = field(default=None, repr=False, compare=False)


@dataclass(slots=True)
class _Paragraph:
    """What has been read since the last border between blocks."""

    number: str = ""  # of the list's item that begins with it
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

    @property
    def end(self) -> str:
        """The last characters, as far as they were read at once."""
        return "".join(self.parts[-3:])[-20:]


def parse_markup(text: str) -> etree._Element | None:
    """The tree of a page or fragment, or None if there is nothing in it.

    The parser of libxml2 for HTML: it repairs what is broken, reads XHTML too, knows the named characters, and neither
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


def markup_blocks(root: etree._Element, *, numbered: bool = False) -> Iterator[MarkupBlock]:
    """The headings, paragraphs, list items and table rows below ``root``, in the order of the text.

    A formula is a run of text within its sentence; a line break within a paragraph is a line end. Scripts, styles,
    navigation, forms and hidden elements are left out, and so are the marks of notes and bullets.

    Args:
        root: What is read.
        numbered: Whether the items of lists begin with the numbers that browsers put there.
    """
    yield from _Walk(numbered).blocks(root)


def count_words(root: etree._Element) -> int:
    """How many words there are below ``root``, those that are hidden or left out included; scripts have none."""
    from lxml import etree

    texts: list[str] = []
    steps = etree.iterwalk(root, events=("start", "end"))
    for event, element in steps:
        if not is_inline(element):
            texts.append(" ")  # blocks part words even where there is no blank between them
        if event == "end":
            texts.append(element.tail or "")
        elif local_name(element) in UNCOUNTED:
            steps.skip_subtree()
        else:
            texts.append(element.text or "")
    return len("".join(texts).split())


class _Walk:
    """One walk; without recursion, since a page may be nested as deeply as its author likes."""

    def __init__(self, numbered: bool) -> None:
        self._paragraph = _Paragraph()
        self._stack: list[tuple[etree._Element, Iterator[etree._Element]]] = []
        self._links = self._labels = self._verbatim = self._level = self._sections = 0
        self._related = BlockLabels()
        self._numbered = numbered
        self._numbers = ListNumbers()

    def blocks(self, root: etree._Element) -> Iterator[MarkupBlock]:
        yield from self._enter(root)
        while self._stack:
            element, children = self._stack[-1]
            child = next(children, None)
            if child is None:
                yield from self._leave(element)
                if self._stack:
                    self._paragraph.add(element.tail, bool(self._links))
            elif (words := self._words_within(child)) is not None:
                self._paragraph.add(words, bool(self._links))
                self._paragraph.add(child.tail, bool(self._links))
            elif is_skipped(child) or is_note_mark(child) or is_page_number(child):
                if not is_inline(child) and local_name(child) not in SKIPPED_WITHIN_WORDS:
                    yield from self._flush()
                self._paragraph.add(child.tail, bool(self._links))
            elif local_name(child) == "table" and (rows := self._rows(child)) is not None:
                yield from self._flush()
                make = partial(MarkupBlock, labelled=bool(self._labels), element=child)
                yield from self._related.of_rows(rows, make)
                self._related.note(None)
                self._paragraph.add(child.tail, bool(self._links))
            else:
                yield from self._enter(child)

    def _words_within(self, element: etree._Element) -> str | None:
        """The words of an element that is read as one run within its line; None if it is walked through."""
        words = formula_text(element)
        name = local_name(element)
        if words is not None or is_skipped(element):
            return words
        if name == "img" and not self._links:
            return image_words(element, self._paragraph.end)
        if name in ("sup", "sub") and not self._verbatim:
            return self._shifted(element, is_raised=name == "sup")
        return None

    def _shifted(self, element: etree._Element, *, is_raised: bool) -> str:
        """Raised or lowered words as they are written within a line; blanks at their ends part words as others do."""
        inner = " ".join(block.text for block in markup_blocks(element))
        whole = "".join(element.itertext())
        before, after = (" " if end.isspace() else "" for end in (whole[:1], whole[-1:]))
        end = self._paragraph.end + before
        if not is_raised:
            return before + subscript(inner, end) + after
        if element.find(".//a") is not None and not any(character.isalnum() for character in inner):
            return ""  # what is left between the marks of notes
        return before + superscript(inner, end, after or element.tail or "") + after

    def _enter(self, element: etree._Element) -> Iterator[MarkupBlock]:
        name = local_name(element)
        if name == "br":
            self._paragraph.parts.append(LINE_BREAK)
        elif not is_inline(element):
            yield from self._flush()
        self._stack.append((element, iter(element)))
        self._count(element, name, 1)
        self._related.enter(name)
        if self._numbered:
            self._paragraph.number += self._numbers.enter(element)
        if name in BOLD and not self._paragraph.characters and self._paragraph.bold is None:
            self._paragraph.bold = element
        self._paragraph.add(element.text, bool(self._links))

    def _leave(self, element: etree._Element) -> Iterator[MarkupBlock]:
        name = local_name(element)
        if len(self._stack) == 1 or not (name == "br" or is_inline(element)):
            yield from self._flush()
        if element is self._paragraph.bold:
            self._paragraph.name = "".join(self._paragraph.parts)
        self._related.leave(name)
        if self._numbered:
            self._numbers.leave(name)
            self._paragraph.number = "" if name == "li" else self._paragraph.number
        self._stack.pop()
        self._count(element, name, -1)

    def _count(self, element: etree._Element, name: str, step: int) -> None:
        level = heading_level(element)
        if level:
            self._level = level if step > 0 else 0
        # A heading that leads back to the list of contents is a heading.
        within_page = self._level and element.get("href", "").startswith("#")
        self._links += step * (name == "a" and not within_page)
        self._verbatim += step * (name == "pre")
        self._sections += step * (name in ("article", "main", "section"))
        self._labels += step * is_apart(element, in_section=bool(self._sections))

    def _flush(self) -> Iterator[MarkupBlock]:
        paragraph = self._paragraph
        self._paragraph = _Paragraph("" if paragraph.characters else paragraph.number)
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
        texts = [words for words in texts if words]
        name = clean(paragraph.name.replace(LINE_BREAK, " "))
        if name and texts and not self._verbatim and texts[0].startswith(f"{name}\n") and not self._related.within_list:
            texts[:1] = [name, texts[0].removeprefix(f"{name}\n")]  # a heading in bold on a line of its own
        number = "" if self._verbatim or (texts and OWN_NUMBER.match(texts[0])) else paragraph.number
        if number and self._is_in_figure():
            self._paragraph.number, number = number, ""  # an item begins beside the figure
        for words in texts:
            bold, own, piece = False, len(number), number + words
            if self._verbatim:
                labels = self._related.of_code(piece)
            else:
                bold, labels = self._related.of_text(piece, "" if self._level else name, own)
            element = self._stack[-1][0]
            block = MarkupBlock(piece, self._level, bold, (), labels, links_only, labelled, own, element)
            self._related.note(None if self._level or self._verbatim else block)
            yield block
            name = number = ""  # it is the first piece that it begins

    def _is_in_figure(self) -> bool:
        return any(
            local_name(element) == "figure" or "figure" in element.get("class", "").split()
            for element, _ in self._stack
        )

    def _rows(self, table: etree._Element) -> list[TableRow] | None:
        """The caption and the rows of a table, or None if it only lays out the page."""
        return table_rows(table, lambda cell: _on_one_line(markup_blocks(cell, numbered=self._numbered)))


def _pieces(text: str) -> list[str]:
    """A paragraph, cut where its author has left a line empty (two line breaks) and has meant a new one.

    Only a ``<br>`` is a line end; the line ends of the markup are blanks.
    """
    lines = "\n".join(clean(line) for line in text.split(LINE_BREAK))
    return [stripped for piece in lines.split("\n\n") if (stripped := piece.strip("\n"))]


def _on_one_line(blocks: Iterator[MarkupBlock]) -> str:
    return " ".join(block.text.replace("\n", " ") for block in blocks)
