"""Markdown: the text exactly as it is written below its front matter, with the path of headings at every place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from retrieval.loaders.composer import MAX_HEADING_CHARACTERS, MAX_TITLE_CHARACTERS
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.front_matter import FrontMatter, read_front_matter
from retrieval.loaders.labels import SectionHeading
from retrieval.loaders.load_errors import too_much
from retrieval.loaders.markdown_labels import find_labels
from retrieval.loaders.markdown_lines import MAX_LINE_CHARACTERS, LineKind, MarkdownLine, read_lines
from retrieval.loaders.plain import decode
from retrieval.loaders.shortened_text import ShortenedText
from retrieval.types import PATH_SEPARATOR, Label, Place, Span, Structure

# More headings than any book has; each is kept in memory.
MAX_HEADINGS = 100_000

MAX_HEADING_LINES = 3

ATX = re.compile(r" {0,3}(#{1,6})(?:[^\S\r\n]+([^\r\n]*))?\Z")
CLOSING_HASHES = re.compile(r"(?:^|\s)#+$")
UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*\Z")
# What cannot be the text over an underline: it begins another block, or is a list item, a quotation or a table row.
OTHER_BLOCK = re.compile(r" {4}|\t|\s*(?:[-*+>|]|\d{1,9}[.)]\s|<)")

LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
ATTRIBUTES = re.compile(r"\s*\{[#.:][^{}]*\}$")
MARKS = re.compile(r"`+|\*+(?=\S)|(?<=\S)\*+|(?<!\w)_+|_+(?!\w)|\\(?=[^\w\s])")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: where its lines start and end, how deep it is, 1 to 6, and where its text stands, empty for none."""

    start: int
    end: int
    level: int
    words: Span


def extract(data: bytes) -> Extracted:
    """The text as it stands below its front matter, which gives its day."""
    text, encoding = decode(data)
    front = read_front_matter(text)
    shortened = ShortenedText(text[front.end :], ((0, front.lines + 1),) if front.end else ())
    return replace(extract_from(shortened, front), encoding=encoding, words_in=len(text.split()))


def extract_from(shortened: ShortenedText, front: FrontMatter, labels: Iterable[Label] = ()) -> Extracted:
    """What a text in Markdown holds.

    The title is the first top heading; only where there is none, the one in the front matter counts.

    Args:
        shortened: The text, without what is none of it.
        front: What stood before it.
        labels: What else is known to explain a part of it.
    """
    text = shortened.text
    kept: list[MarkdownLine] = []
    headings = []
    for heading in _headings(_kept(read_lines(text), kept)):
        headings.append(heading)
        if len(headings) > MAX_HEADINGS:
            raise too_much()
    tops = [_without_marks(_written(text, heading)) for heading in headings if heading.level == 1]
    sections = [
        SectionHeading(heading.start, heading.end, heading.level, heading.words if len(heading.words) else None)
        for heading in headings
    ]
    found = [*find_labels(text, kept, sections), *labels]
    places, inward = Structure.of(shortened.places(_places(text, headings)), found)
    title = next(filter(None, [*tops, front.title]), "")[:MAX_TITLE_CHARACTERS]
    return Extracted(text, title, places, labels=inward, date=front.date)


def _kept(lines: Iterable[MarkdownLine], kept: list[MarkdownLine]) -> Iterator[MarkdownLine]:
    """The lines, each of which is kept for another look: a text of far too many headings is not read to its end."""
    for line in lines:
        kept.append(line)
        yield line


def _places(text: str, headings: list[Heading]) -> Iterator[Place]:
    path: list[tuple[int, str]] = []
    for heading in headings:
        path = [(level, words) for level, words in path if level < heading.level]
        words = _without_marks(_written(text, heading))
        if words:
            path.append((heading.level, words))
        yield Place(heading.start, heading=PATH_SEPARATOR.join(words for _, words in path) or None)


def _written(text: str, heading: Heading) -> str:
    """The text of a heading, as one line."""
    return " ".join(line.strip() for line in text[heading.words.start : heading.words.end].splitlines())


def _headings(lines: Iterable[MarkdownLine]) -> Iterator[Heading]:
    """The headings in order.

    Source of the method: the CommonMark specification, for headings that stand in no quotation and no list.
    """
    paragraph: list[MarkdownLine] = []  # whose lines an underline would make a heading
    for line in lines:
        before, paragraph = paragraph, []
        words = line.text
        if line.kind is not LineKind.TEXT or len(words) > MAX_LINE_CHARACTERS:
            continue
        if atx := ATX.match(words):
            written = CLOSING_HASHES.sub("", (atx[2] or "").rstrip())
            start = line.start + (atx.start(2) if atx[2] else len(words))
            start += len(written) - len(written.lstrip())
            yield Heading(line.start, line.end, len(atx[1]), Span(start, start + len(written.strip())))
        elif before and (underline := UNDERLINE.match(words)):
            if len(before) <= MAX_HEADING_LINES:
                start = before[0].start + len(before[0].text) - len(before[0].text.lstrip())
                end = before[-1].start + len(before[-1].text.rstrip())
                yield Heading(before[0].start, line.end, 1 if underline[1][0] == "=" else 2, Span(start, end))
        elif words.strip() and (before or not OTHER_BLOCK.match(words)):
            paragraph = before if len(before) > MAX_HEADING_LINES else [*before, line]


def _without_marks(text: str) -> str:
    """A heading as people read it: links by their words, no emphasis, no attributes."""
    words = MARKS.sub("", LINK.sub(r"\1", ATTRIBUTES.sub("", text)))
    words = " ".join(words.split())
    return words if len(words) <= MAX_HEADING_CHARACTERS else words[: MAX_HEADING_CHARACTERS - 1].rstrip() + "…"
