"""Verbatim words of a source, and how they stand in an answer: Quote, CitedLabel, Citation; all frozen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.places import page_number, short_heading, title_and_heading
from bot.safe_text import one_line
from retrieval import CodeBlock, CutEnds, LabelKind, Span
from retrieval.types import PATH_SEPARATOR

if TYPE_CHECKING:  # these take longer to load than an answer to become JSON
    from bot.json_shapes import CitationJson, LabelJson, ShortJson

MAX_LABEL_CHARACTERS = 160
COLUMN_SEPARATOR = " | "
# Marks of Markdown around words or code.
EMPHASIS = re.compile(r"(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)|`")


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words of a source: the slice ``span`` of the text whose UTF-8 bytes hash to ``sha256``.

    ``highlight`` tells which of these words answer, as offsets into the source as ``span`` is; None where none stand
    out.

    Raises:
        ValueError: If the highlight is not a part of the quote.
    """

    source_id: str
    sha256: str
    span: Span
    text: str
    highlight: Span | None = None

    @property
    def highlighted(self) -> str:
        """The words that answer; empty where none stand out."""
        if self.highlight is None:
            return ""
        return self.text[self.highlight.start - self.span.start : self.highlight.end - self.span.start]

    def __post_init__(self) -> None:
        highlight = self.highlight
        if highlight is not None and not self.span.start <= highlight.start < highlight.end <= self.span.end:
            raise ValueError(f"the highlight {highlight} is not a part of the quote at {self.span}")


@dataclass(frozen=True, slots=True)
class CitedLabel:
    """Verbatim words outside a quote that say what it is about; ``explains`` is the span that they describe."""

    kind: LabelKind
    words: Quote
    explains: Span

    def to_json(self) -> LabelJson:
        """The label as ``ask --json`` prints it."""
        return {
            "kind": self.kind.value,
            "text": self.words.text,
            "start": self.words.span.start,
            "end": self.words.span.end,
            "explains": [self.explains.start, self.explains.end],
        }


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote with its number in the answer and its place for people.

    ``number`` is None where the quote is offered but answers nothing. ``line`` counts from 1; ``page`` is None where
    the format has no pages, and ``heading``, the path of headings above, where it has none of these;
    ``labels`` explain the quote, the outer ones first. ``page_label`` is the page's number as the document prints it,
    ``link`` a web address that leads to the place; both are None where there is none. ``is_line_of_file`` is false
    where ``line`` is one of the text that was made of the file, which nobody sees in the file itself. ``cut`` tells at
    which of its ends the quote is a part of a longer sentence, ``code`` which parts of it are blocks of code.
    """

    number: int | None
    quote: Quote
    title: str
    uri: str
    line: int
    page: int | None = None
    heading: str | None = None
    labels: tuple[CitedLabel, ...] = ()
    page_label: str | None = None
    link: str | None = None
    is_line_of_file: bool = True
    cut: CutEnds = field(default_factory=CutEnds)
    code: tuple[CodeBlock, ...] = ()

    @property
    def place(self) -> str:
        """Where people find the quote, which is the document, and in it the page, or else the heading and the line.

        Where the line is none of the file, a heading says enough: "row 7", "slide 3", "Fees". A link to the place
        follows.
        """
        if self.page is not None:
            page = page_number(self.page, self.page_label, "{label} ({page} in the file)")
            return f"{one_line(self.title)}, page {page}"
        place = title_and_heading(self.title, self.heading)
        line = f"line {self.line}" if self.tells_line else ""
        return ", ".join(filter(None, [place, line, one_line(self.link or "")]))

    @property
    def tells_line(self) -> bool:
        """Whether the line helps to find the quote, as it is one of the file, or there is nothing better."""
        return self.is_line_of_file or not short_heading(self.heading, self.title)

    @property
    def about(self) -> str:
        """What the document itself says the quote is about, on one line, or nothing.

        That is what leads to it, its term, its columns; headings are told with the place.
        """
        columns: dict[Span, list[str]] = {}
        told: dict[str, None] = {}
        for label in self.labels:
            if label.kind is LabelKind.COLUMN:
                columns.setdefault(label.explains, []).append(_without_emphasis(label.words.text))
            elif label.kind is not LabelKind.HEADING:
                told[_without_emphasis(label.words.text)] = None
        names = COLUMN_SEPARATOR.join(dict.fromkeys(" ".join(words) for words in columns.values()))
        words = PATH_SEPARATOR.join(filter(None, [*told, names]))
        return words if len(words) <= MAX_LABEL_CHARACTERS else words[: MAX_LABEL_CHARACTERS - 1].rstrip() + "…"

    def to_json(self) -> CitationJson:
        """The citation as ``ask --json`` prints it."""
        quote = self.quote
        return {
            "number": self.number,
            "quote": quote.text,
            "start": quote.span.start,
            "end": quote.span.end,
            "highlight": [quote.highlight.start, quote.highlight.end] if quote.highlight else None,
            "line": self.line,
            "page": self.page,
            "page_label": self.page_label,
            "heading": self.heading,
            "link": self.link,
            "place": self.place,
            "about": self.about,
            "cut": {"start": self.cut.start, "end": self.cut.end},
            "labels": [label.to_json() for label in self.labels],
            "source": {"id": quote.source_id, "title": self.title, "uri": self.uri, "sha256": quote.sha256},
        }

    def short_to_json(self) -> ShortJson | None:
        """The highlighted words of the quote as ``ask --json`` prints them; None where none stand out."""
        quote = self.quote
        if quote.highlight is None:
            return None
        start, end = quote.highlight.start, quote.highlight.end
        return {"citation": self.number, "text": quote.highlighted, "start": start, "end": end}


def _without_emphasis(words: str) -> str:
    """The words of a label on one line; they stand outside the quotation marks, and need no marks of Markdown."""
    return one_line(EMPHASIS.sub("", words))
