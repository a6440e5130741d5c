"""Markdown -> its lines, each with what it is: text, code, a comment, or the edge of a box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from retrieval.text.line_kinds import LINE

# A line beyond this is no heading, no fence and no row.
MAX_LINE_CHARACTERS = 2_000

FENCE = re.compile(r"([ \t]*)(`{3,}(?=[^`]*\Z)|~{3,})")
ITEM = re.compile(r"([ \t]*)(?:[-*+•–]|\d{1,9}[.)])[ \t]+(?=\S)")
# Deeper than this, outside of a list, it is code and no fence.
MAX_INDENT = 3
# What opens a box with a note or a warning, or closes it; see ``markdown_admonitions``.
ADMONITION = re.compile(
    r"[ \t]*(?::{3,}[ \t]*(?:[\w{].*)?|>[ \t]*\[![\w-]+\].*|>[ \t]*(?:danger|info|note|tip|warn|warning)[ \t]*"
    r"|(?:!!!|\?\?\?\+?)[ \t]+\w.*)\Z"
)
COMMENT, COMMENT_END = "<!--", "-->"


class LineKind(Enum):
    """What a line is a part of."""

    TEXT = "text"
    OPENING = "opening"
    CODE = "code"
    CLOSING = "closing"
    COMMENT = "comment"
    ADMONITION = "admonition"


class MarkdownLine(NamedTuple):
    """A line without its end, where it starts, and what it is a part of."""

    start: int
    text: str
    kind: LineKind

    @property
    def end(self) -> int:
        """Where it ends, before its line end."""
        return self.start + len(self.text)


def read_lines(text: str) -> Iterator[MarkdownLine]:
    """The lines of a text.

    Source of the method: the CommonMark specification, for fences that stand in no quotation; in a list they may be
    indented more deeply.
    """
    fence, comment, in_list = "", False, False
    for start, line in _all_lines(text):
        mark = None if len(line) > MAX_LINE_CHARACTERS else FENCE.match(line)
        kind = LineKind.TEXT
        if comment:
            kind, comment = LineKind.COMMENT, COMMENT_END not in line
        elif fence:
            closes = mark and mark[2].startswith(fence) and not line[mark.end() :].strip()
            kind, fence = (LineKind.CLOSING, "") if closes else (LineKind.CODE, fence)
        elif mark and (len(mark[1]) <= MAX_INDENT or in_list):
            kind, fence = LineKind.OPENING, mark[2]
        elif line.lstrip().startswith(COMMENT):
            kind, comment = LineKind.COMMENT, COMMENT_END not in line
        elif len(line) <= MAX_LINE_CHARACTERS and ADMONITION.match(line):
            kind = LineKind.ADMONITION
        elif line.strip():
            in_list = bool(ITEM.match(line)) or (in_list and line[0] in " \t")
        yield MarkdownLine(start, line, kind)


def _all_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with where they start, without their ends."""
    for match in LINE.finditer(text):
        if match.end() > match.start():
            yield match.start(), match[0].rstrip("\r\n")
