"""The types that documents become: Span, Place, Label, Source, Chunk, Passage.

All are frozen. One rule holds them together, for any Unicode: ``source.text[span.start:span.end]`` *is* the text.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple, Self

from retrieval.unicode_text import decode_words, is_unicode

# The collection that is meant where none is named.
DEFAULT_COLLECTION = "default"
# The language of texts whose language nobody has told (ISO 639-1).
ENGLISH = "en"
LINE_END = re.compile(r"\r\n|\r|\n")
# A link leads into the web, whatever a document says.
LINK = "https://"
# Between the headings above a place, from the outermost to the nearest.
PATH_SEPARATOR = " › "
# Formats whose text is the file as it stands; the others' lines are known where their places tell them.
AS_WRITTEN = frozenset({"", "text", "markdown", "mdx"})


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of Python ``str`` indices (code points) into a source's text.

    Raises:
        ValueError: If the range is negative or runs backwards.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def moved(self, by: int) -> Span:
        """The same range so many characters further on."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return max(self.start, other.start) < min(self.end, other.end)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the document, as people know it, the text from ``start`` on stands, up to the next place.

    ``page`` counts from 1; it is None where the format has no pages. ``heading`` is the path of headings above,
    outermost first, joined by `` › ``; it is None where there is none. ``page_label`` is the page's number as the
    document prints it ("iv", "A-3"). ``line`` is the line of the file, counted from 1, at which the place begins, where
    the text has lost lines of the file before it. ``link`` is a web address that leads to the place.
    """

    start: int
    page: int | None = None
    heading: str | None = None
    page_label: str | None = None
    line: int | None = None
    link: str | None = None

    def fits(self, text: str) -> bool:
        """Whether this is a place of ``text``: its numbers are such, its words are words, and it begins inside."""
        numbers = all(number is None or (type(number) is int and number >= 1) for number in (self.page, self.line))
        words = (self.heading, self.page_label, self.link)
        texts = all(one is None or (isinstance(one, str) and one != "" and is_unicode(one)) for one in words)
        is_link = self.link is None or str(self.link).startswith(LINK)
        return numbers and texts and is_link and type(self.start) is int and 0 <= self.start <= len(text)


class LabelKind(StrEnum):
    """What the words of a label are to what they explain."""

    HEADING = "heading"  # to the section below it
    LEAD_IN = "lead_in"  # to the items of a list, or of one that is nested in an item; a message to its answer
    TERM = "term"  # to its definition, or a line in bold to what stands below it
    ROW = "row"  # the first cell, to the rest of its row
    COLUMN = "column"  # to a cell
    CODE = "code"  # the sentence that announces a block of code, to that block


@dataclass(frozen=True, slots=True)
class Label:
    """Words of a text that explain other words of it: at ``words`` stands what the text at ``span`` is about."""

    kind: LabelKind
    words: Span
    span: Span

    def fits(self, text: str) -> bool:
        """Whether both are parts of ``text``, and neither is empty."""
        return all(len(part) > 0 and part.end <= len(text) for part in (self.words, self.span))


class Structure(NamedTuple):
    """What is known of a text besides its words, all of it as offsets into it.

    ``places`` are in the order of their ``start``, ``labels`` as ``Structure.of`` puts them: the outer ones first.
    """

    places: tuple[Place, ...] = ()
    labels: tuple[Label, ...] = ()

    @classmethod
    def of(cls, places: Iterable[Place], labels: Iterable[Label]) -> Self:
        """The two in order."""
        return cls(tuple(places), tuple(sorted(labels, key=_inward)))


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server calls the version of a page that it sent, in its own words (RFC 9110); empty without one.

    Sent back with the next request, they let the server answer that nothing has changed.
    """

    etag: str = ""
    last_modified: str = ""

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True)
class Source:
    """One indexed document: its text as decoded or extracted, and the hashes that prove it.

    ``id`` is a short hash of ``uri``, so it is stable across edits. ``sha256`` is of ``text.encode("utf-8")``;
    ``file_sha256`` is of the bytes that the text was made from. ``language`` (ISO 639-1) says where its sentences
    end and how its words are stemmed. ``places`` and ``labels`` are in the order of a ``Structure``. ``format`` is a
    short name such as ``pdf``, ``encoding`` is what text was read as, and ``loader`` is what made the text
    of the bytes: the same loader makes the same of the same bytes, so that they need not be read again. ``date`` is the
    day that the document gives as its own (ISO 8601). They are empty where they are unknown. ``warnings`` are sentences
    on what of the file may have been read wrongly, or not at all. ``validators`` are those of a page from the web.
    """

    id: str
    title: str
    uri: str
    text: str = field(repr=False)
    sha256: str
    file_sha256: str
    language: str = ENGLISH
    places: tuple[Place, ...] = field(default=(), repr=False)
    labels: tuple[Label, ...] = field(default=(), repr=False)
    format: str = ""
    encoding: str = ""
    loader: str = ""
    date: str = ""
    warnings: tuple[str, ...] = field(default=(), repr=False)
    validators: Validators = field(default=NO_VALIDATORS, repr=False)

    @classmethod
    def from_bytes(
        cls, *, uri: str, title: str, data: bytes, text: str | None = None, language: str = ENGLISH
    ) -> Source:
        """Hash both sides; ``text`` is what was made of ``data``, and where it is not given the bytes as strict UTF-8.

        Raises:
            SourceError: If there is no ``text``, and ``data`` is not UTF-8 or has no words.
        """
        if text is None:
            text = decode_words(data, title)
        return cls(
            id=source_id(uri),
            title=title,
            uri=uri,
            text=text,
            sha256=text_sha256(text),
            file_sha256=hashlib.sha256(data).hexdigest(),
            language=language,
        )

    def slice(self, span: Span) -> str:
        """The words at ``span``."""
        return self.text[span.start : span.end]

    @property
    def structure(self) -> Structure:
        """What is known of the text besides its words."""
        return Structure(self.places, self.labels)

    def labels_of(self, span: Span) -> list[Label]:
        """The labels of what stands at ``span``, or in a part of it; the outer ones first."""
        before = bisect_left(self.labels, span.end, key=lambda label: label.span.start)
        return [label for label in self.labels[:before] if label.span.end > span.start]

    def place(self, offset: int) -> Place:
        """The page and heading at which the character at ``offset`` stands; without either where none are known."""
        following = bisect_right(self.places, offset, key=lambda place: place.start)
        return self.places[following - 1] if following else Place(0)

    def line(self, offset: int) -> int:
        """The line, counted from 1, on which the character at ``offset`` stands (LF, CRLF and CR end a line)."""
        place = self.place(offset)
        first, start = (1, 0) if place.line is None else (place.line, place.start)
        return first + sum(1 for _ in takewhile(lambda end: end.end() <= offset, LINE_END.finditer(self.text, start)))

    def has_lines_of_file(self, offset: int) -> bool:
        """Whether ``line`` counts the lines of the file here, and not only those of the text made of it."""
        return self.format in AS_WRITTEN or self.place(offset).line is not None


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a source as it is indexed: which text, where in it, and the id of its vector.

    ``vector_id`` is a hash of the words (32 hex digits): chunks with the same words share one vector, so that a
    document that repeats itself is embedded once and cannot crowd the others out of the dense side.
    """

    source_id: str
    sha256: str
    span: Span
    vector_id: str

    @classmethod
    def of(cls, source: Source, span: Span) -> Chunk:
        """The chunk of ``source`` at ``span``."""
        return cls(source.id, source.sha256, span, text_sha256(source.slice(span))[:32])


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrieved chunk with its scores; higher is better, always.

    ``score`` is the fused one in [0, 1], relative to this question's candidates. ``dense`` is the cosine of question
    and passage in [-1, 1]; ``keyword`` is the BM25 score, 0 or more. ``uncompared`` tells that no candidate was better
    than another, as where there is only one: its score of 1 says nothing then.
    """

    source: Source
    span: Span
    score: float
    dense: float
    keyword: float
    collection: str
    uncompared: bool = False

    @property
    def text(self) -> str:
        """The words of the passage, a slice of its source."""
        return self.source.slice(self.span)

    @property
    def labels(self) -> list[Label]:
        """The words, here or elsewhere in the source, that explain what stands in the passage."""
        return self.source.labels_of(self.span)

    @property
    def id(self) -> str:
        """A deterministic id, from where the passage stands and nothing else (32 hex digits)."""
        key = f"{self.source.id}:{self.source.sha256}:{self.span.start}:{self.span.end}"
        return hashlib.sha256(key.encode("ascii")).hexdigest()[:32]


def _inward(label: Label) -> tuple[int, int, bool, int, str]:
    """Sorts labels as they are best read: the outer ones first, and a column's name right before the cell."""
    span = label.span
    return span.start, -span.end, label.kind is LabelKind.COLUMN, label.words.start, label.kind


def source_id(uri: str) -> str:
    """The id of the source at ``uri`` (12 hex digits)."""
    return hashlib.sha256(uri.encode("utf-8")).hexdigest()[:12]


def text_sha256(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
