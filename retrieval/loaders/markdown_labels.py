"""The lines of Markdown -> labels: what leads to a list, names a row or a column, or is a term and its definition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from retrieval.loaders.labels import (
    BOLD_LEVEL,
    MAX_LABELS,
    MAX_NAME_CHARACTERS,
    NAME_ENDS,
    SectionHeading,
    announcement,
    last_sentence,
    name_and_told,
    section_labels,
    trimmed,
)
from retrieval.loaders.markdown_admonitions import admonition_labels
from retrieval.loaders.markdown_lines import ITEM, MAX_LINE_CHARACTERS, LineKind, MarkdownLine
from retrieval.types import Label, LabelKind, Span

RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*\Z")
# The line below the names of columns.
DELIMITERS = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\Z")
CELL = re.compile(r"(?:[^|\\]|\\.)+", re.DOTALL)
BOLD = re.compile(r"(\*\*|__)\S.*\1\Z", re.DOTALL)
# What opens a name at the beginning of a paragraph: its marks, in the opposite order, close it.
OPENING = re.compile(r"[*_]{1,4}(?=[^\s*_])|`(?=[^\s`])")
# "Term", and in the next line ": what it means", as Pandoc and others have it.
DEFINITION = re.compile(r"^ {0,3}:[ \t]+(?=\S)", re.MULTILINE)
# Lines of no paragraph.
BETWEEN = (LineKind.COMMENT, LineKind.ADMONITION)


@dataclass(slots=True)
class _Block:
    """A paragraph, a list item or a block of code: its lines, how deep it is indented, where its words begin.

    ``marker`` is what kind of list an item belongs to, ``-`` or ``1``; it is empty for all else.
    """

    lines: list[MarkdownLine]
    indent: int
    words: int
    marker: str = ""

    @property
    def span(self) -> Span:
        """Its words."""
        last = self.lines[-1]
        return Span(self.words, last.start + len(last.text.rstrip()))

    @property
    def whole(self) -> Span:
        """Its words with what stands before them."""
        return Span(self.lines[0].start + self.indent, self.span.end)

    @property
    def is_code(self) -> bool:
        return self.lines[0].kind is LineKind.OPENING


@dataclass(slots=True)
class _List:
    """An open list: how deep its items are indented, what leads to them, where they are, and the last one's words."""

    indent: int
    marker: str
    lead: Span | None
    span: Span
    item: Span


def find_labels(text: str, lines: Sequence[MarkdownLine], headings: Sequence[SectionHeading]) -> list[Label]:
    """The labels of a text.

    Args:
        text: The whole of it.
        lines: Its lines.
        headings: Its headings, in order.
    """
    finder = _Finder(text)
    found = finder.labels(_blocks(lines, headings))
    labels = list(islice(chain(found, admonition_labels(text, lines)), MAX_LABELS))
    return labels + list(section_labels(sorted([*headings, *finder.headings]), len(text)))


def _blocks(lines: Iterable[MarkdownLine], headings: Sequence[SectionHeading]) -> Iterator[_Block | None]:
    """The blocks in order; None where a heading, a rule, a comment or the edge of a box parts two of them."""
    ends = {heading.start: heading.end for heading in headings}
    heading_end = -1
    block: _Block | None = None
    for line in lines:
        heading_end = ends.get(line.start, heading_end)
        words = line.text.lstrip(" \t")
        indent = len(line.text) - len(words)
        if line.kind in (LineKind.CODE, LineKind.CLOSING) and block:
            block.lines.append(line)
            continue
        item = ITEM.match(line.text) if line.kind is LineKind.TEXT and not RULE.match(line.text) else None
        parts = line.start < heading_end or line.kind in BETWEEN or RULE.match(line.text)
        goes_on = block and not block.is_code and words and not item and line.kind is LineKind.TEXT and not parts
        if block and goes_on:
            block.lines.append(line)
            continue
        if block:
            yield block
            block = None
        if parts:
            yield None
        elif words:
            marker = ("1" if words[0].isdigit() else words[0]) if item else ""
            block = _Block([line], indent, line.start + (item.end() if item else indent), marker)
    if block:
        yield block


class _Finder:
    """Goes through the blocks of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lists: list[_List] = []
        self._before: _Block | None = None
        self.headings: list[SectionHeading] = []

    def labels(self, blocks: Iterable[_Block | None]) -> Iterator[Label]:
        """The labels, but for those of headings; ``headings`` are then what is written in bold as if it were one."""
        for block in blocks:
            if block is None:
                yield from self._close_lists(-1)
                self._before = None
                continue
            yield from self._place(block)
            rows = [] if block.is_code else _table_rows(self._text, block)
            if block.is_code or rows:
                lead = self._announcement()
                if lead:
                    yield Label(LabelKind.CODE if block.is_code else LabelKind.LEAD_IN, lead, block.span)
                yield from _row_labels(self._text, rows)
            else:
                yield from self._of_text(block)
            self._before = None if block.is_code or rows else block
        yield from self._close_lists(-1)

    def _place(self, block: _Block) -> Iterator[Label]:
        """Find the list that a block is a part of, and close the others."""
        lists = self._lists
        yield from self._close_lists(block.indent + 1 if block.marker else block.indent - 1)
        if block.marker:
            if lists and abs(lists[-1].indent - block.indent) <= 1 and lists[-1].marker != block.marker:
                yield from self._close_lists(lists[-1].indent - 1)
                self._before = None
            if not lists or lists[-1].indent < block.indent - 1:
                lead = last_sentence(self._text, lists[-1].item) if lists else self._announcement()
                lists.append(_List(block.indent, block.marker, lead, block.whole, block.span))
            lists[-1].item = block.span
        for each in lists:
            each.span = Span(each.span.start, block.span.end)

    def _close_lists(self, deepest: int) -> Iterator[Label]:
        while self._lists and self._lists[-1].indent > deepest:
            closed = self._lists.pop()
            if closed.lead:
                yield Label(LabelKind.LEAD_IN, closed.lead, closed.span)

    def _announcement(self) -> Span | None:
        return announcement(self._text, self._before.span) if self._before else None

    def _of_text(self, block: _Block) -> Iterator[Label]:
        definition = DEFINITION.search(self._text, block.span.start, block.span.end)
        name = self._name_at(block.span)
        if definition:
            above = Span(block.span.start, definition.start())
            term = trimmed(self._text, above, NAME_ENDS)
            if not len(term) and self._before:
                term = trimmed(self._text, last_sentence(self._text, self._before.span), NAME_ENDS)
            if 0 < len(term) <= MAX_NAME_CHARACTERS:
                yield Label(LabelKind.TERM, term, Span(definition.end(), block.span.end))
        elif name and name[1]:
            yield Label(LabelKind.TERM, name[0], name[1])
        elif name and not block.marker:
            self.headings.append(SectionHeading(block.span.start, block.span.end, BOLD_LEVEL, name[0]))

    def _name_at(self, span: Span) -> tuple[Span, Span | None] | None:
        """The name in bold, or as code, with which a paragraph begins, and what it is the name of, if that follows."""
        opening = OPENING.match(self._text, span.start, span.end)
        if not opening:
            return None
        marks = opening[0]
        close = self._text.find(marks[::-1], opening.end(), min(span.end, opening.end() + MAX_NAME_CHARACTERS))
        if close < 0:
            return None
        found = name_and_told(self._text, Span(opening.end(), close), close + len(marks), span.end)
        return None if found and found[1] is None and len(marks) == 1 else found


def _table_rows(text: str, block: _Block) -> list[list[Span]]:
    """The cells of each row, those with the names first; nothing where the block is no table."""
    lines = block.lines
    for number, line in enumerate(lines[1:], start=1):
        if "|" in line.text and len(line.text) <= MAX_LINE_CHARACTERS and DELIMITERS.match(line.text):
            names = split_cells(text, lines[number - 1])
            if len(names) == len(split_cells(text, line)):
                return [names, *(split_cells(text, row) for row in lines[number + 1 :])]
    return []


def split_cells(text: str, line: MarkdownLine) -> list[Span]:
    """The cells of a row, without the white space around their words; empty ones, too."""
    within = trimmed(text, Span(line.start, line.end))
    start = within.start + text.startswith("|", within.start)
    cells = []
    while start < within.end:
        cell = CELL.match(text, start, within.end)
        end = cell.end() if cell else start
        cells.append(trimmed(text, Span(start, end)))
        start = end + 1
    return cells


def _row_labels(text: str, rows: Sequence[Sequence[Span]]) -> Iterator[Label]:
    names, *rest = rows or [[]]
    above = [[trimmed(text, name, NAME_ENDS)] for name in names]
    if len(rest) > 1 and all(BOLD.fullmatch(text, cell.start, cell.end) for cell in rest[0] if len(cell)):
        for column, cell in zip(above, rest.pop(0), strict=False):  # a second row of names
            column.append(trimmed(text, cell, NAME_ENDS))
    for row in rest:
        cells = [cell for cell in row if len(cell)]
        if len(cells) > 1 and len(row[0]):
            yield Label(LabelKind.ROW, row[0], Span(cells[1].start, cells[-1].end))
        for column, cell in zip(above, row, strict=False):
            for name in column if len(cell) else ():
                if len(name):
                    yield Label(LabelKind.COLUMN, name, cell)
