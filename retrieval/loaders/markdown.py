"""Markdown: the text exactly as it is written, with the path of headings at every place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.loaders.composer import MAX_HEADING_CHARACTERS, MAX_TITLE_CHARACTERS, PATH_SEPARATOR
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.load_errors import too_much
from retrieval.loaders.plain import decode
from retrieval.types import Place

# More headings than any book has; each is kept in memory.
MAX_HEADINGS = 100_000
# A line beyond this is no heading.
MAX_LINE_CHARACTERS = 2_000

MAX_HEADING_LINES = 3

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
ATX = re.compile(r" {0,3}(#{1,6})(?:[^\S\r\n]+([^\r\n]*))?\Z")
CLOSING_HASHES = re.compile(r"(?:^|\s)#+$")
UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*\Z")
FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*\Z)|~{3,})")
# What cannot be the text over an underline: it begins another block, or is a list item, a quotation or a table row.
OTHER_BLOCK = re.compile(r" {4}|\t|\s*(?:[-*+>|]|\d{1,9}[.)]\s|<)")
FRONT_MATTER = ("---", "+++")
FRONT_TITLE = re.compile(r"title\s*[:=]\s*([^\r\n]+)", re.IGNORECASE)
COMMENT, COMMENT_END = "<!--", "-->"

LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
ATTRIBUTES = re.compile(r"\s*\{[#.:][^{}]*\}$")
MARKS = re.compile(r"`+|\*+(?=\S)|(?<=\S)\*+|(?<!\w)_+|_+(?!\w)|\\(?=[^\w\s])")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: where its line starts, how deep it is, 1 to 6, and its text as it is written."""

    start: int
    level: int
    text: str


def extract(data: bytes) -> Extracted:
    """The text as it stands; the title is the first top heading, else what stands before the text as its title."""
    text, encoding = decode(data)
    title, headings = "", []
    for heading in _headings(text):
        if isinstance(heading, str):
            title = heading
            continue
        headings.append(heading)
        if len(headings) > MAX_HEADINGS:
            raise too_much()
    tops = [heading.text for heading in headings if heading.level == 1 and heading.text]
    return Extracted(text, (tops or [title])[0][:MAX_TITLE_CHARACTERS], _places(headings), encoding)


def _places(headings: list[Heading]) -> tuple[Place, ...]:
    path: list[tuple[int, str]] = []
    places = []
    for heading in headings:
        path = [(level, words) for level, words in path if level < heading.level]
        words = _without_marks(heading.text)
        if words:
            path.append((heading.level, words))
        places.append(Place(heading.start, heading=PATH_SEPARATOR.join(words for _, words in path) or None))
    return tuple(places)


def _headings(text: str) -> Iterator[Heading | str]:
    """The headings in order; before them, as a string, the title that the front matter gives, if there is one.

    Source of the method: the CommonMark specification, for headings that stand in no quotation and no list.
    """
    front, title = _front_matter(text)
    if title:
        yield title
    fence, comment = "", False
    paragraph: list[tuple[int, str]] = []  # whose lines an underline would make a heading
    for start, line in _lines(text):
        if start < front:
            continue
        long = len(line) > MAX_LINE_CHARACTERS
        mark = None if long else FENCE.match(line)
        before, paragraph = paragraph, []
        if comment:
            comment = COMMENT_END not in line
        elif fence:
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif mark:
            fence = mark[1]
        elif line.lstrip().startswith(COMMENT):
            comment = COMMENT_END not in line
        elif not long and (atx := ATX.match(line)):
            yield Heading(start, len(atx[1]), CLOSING_HASHES.sub("", (atx[2] or "").strip()).strip())
        elif not long and before and (underline := UNDERLINE.match(line)):
            words = " ".join(part.strip() for _, part in before)
            if len(before) <= MAX_HEADING_LINES:
                yield Heading(before[0][0], 1 if underline[1][0] == "=" else 2, words)
        elif not long and line.strip() and (before or not OTHER_BLOCK.match(line)):
            paragraph = before if len(before) > MAX_HEADING_LINES else [*before, (start, line)]


def _front_matter(text: str) -> tuple[int, str]:
    """How long what stands before the text between two lines of dashes is, and the title that it gives."""
    title = ""
    lines = _lines(text)
    _, first = next(lines, (0, ""))
    mark = first.rstrip()
    if mark not in FRONT_MATTER:
        return 0, ""
    for start, line in lines:
        if line.rstrip() in (mark, "..."):
            return start + len(line) + 1, title
        found = FRONT_TITLE.match(line)
        if found and not title:
            title = found[1].strip().strip("\"'").strip()
    return 0, ""


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with where they start, without their ends."""
    for match in LINE.finditer(text):
        if match.end() > match.start():
            yield match.start(), match[0].rstrip("\r\n")


def _without_marks(text: str) -> str:
    """A heading as people read it: links by their words, no emphasis, no attributes."""
    words = MARKS.sub("", LINK.sub(r"\1", ATTRIBUTES.sub("", text)))
    words = " ".join(words.split())
    return words if len(words) <= MAX_HEADING_CHARACTERS else words[: MAX_HEADING_CHARACTERS - 1].rstrip() + "…"
