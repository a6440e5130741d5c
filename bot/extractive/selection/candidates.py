"""Passages -> the sentences in them that may answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.extractive.selection.leaning import leans, leans_on_title
from bot.extractive.selection.read_text import ReadText
from retrieval import LabelKind, Passage, Source, Span, quotable_within, rows_within

HEADING = re.compile(r"#{1,6}\s")
CLOSING_MARKS = "*_`\"'”’»)]"
# Words that name what follows them and say nothing by themselves; it follows within so many characters.
NAMES = frozenset({LabelKind.HEADING, LabelKind.TERM, LabelKind.COLUMN})
SOON = 500


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer.

    Attributes:
        source: The source it stands in.
        span: Where it stands there.
        passage: The best passage that holds it, as a number in the list of passages.
        neighbours: The sentence with the one before and the one after it, as far as the passage goes, or its row.
        reach: The sentence with what names it right before, a heading or a term, which is no candidate of its own.
        words: What the sentence says when its labels, and the sentence that it leans on, are read with it.
        words_near: The same of its neighbours, with the headings above.
        is_row: Whether it is a row of a table, or a part of one.
    """

    source: Source
    span: Span
    passage: int
    neighbours: Span
    reach: Span
    words: str
    words_near: str
    is_row: bool

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.source.slice(self.span)


def find_candidates(passages: Sequence[Passage]) -> list[Candidate]:
    """Every sentence of the passages, once, in order of the passages.

    What only names what follows, a heading, a term or the head of a table, is none. A question asks and a row of dashes
    says nothing at all; such are looked at only where there is nothing else.
    """
    found: dict[tuple[str, str, Span], Candidate] = {}
    for number, passage in enumerate(passages):
        for candidate in _of_passage(passage, number):
            found.setdefault((passage.source.id, passage.source.sha256, candidate.span), candidate)
    candidates = list(found.values())
    return [candidate for candidate in candidates if _says_something(candidate.text)] or candidates


def _of_passage(passage: Passage, number: int) -> Iterator[Candidate]:
    source = passage.source
    labels = source.labels_of(Span(passage.span.start, passage.span.end + SOON))
    names = {label.words for label in labels if label.kind in NAMES}
    sentences = quotable_within(source, passage.span)
    rows = rows_within(source, passage.span)
    reach = passage.span.start
    for i, span in enumerate(sentences):
        if _is_name(source, span, names):
            continue
        before, after = sentences[max(0, i - 1)], sentences[min(i + 1, len(sentences) - 1)]
        near = Span(before.start, after.end)
        held_by = [row for row in rows if row.overlaps(span)]
        for row in held_by:  # its neighbours tell of something else
            near = Span(max(near.start, row.start), min(near.end, row.end))
        opening = source.slice(span)
        leaning = leans(opening)
        own = Span(near.start, span.end) if leaning else span
        alone = own == span and (leaning or leans_on_title(opening))
        yield Candidate(
            source,
            span,
            number,
            near,
            Span(reach, span.end),
            ReadText.of(source, own, labels, headings=alone).text,
            ReadText.of(source, near, labels).text,
            bool(held_by),
        )
        reach = span.end


def _is_name(source: Source, span: Span, names: Collection[Span]) -> bool:
    """Whether nothing stands at ``span`` but names of what follows it."""
    words = source.slice(span)
    if HEADING.match(words) and "\n" not in words:
        return True
    held = [name for name in names if name.overlaps(span)]
    for name in held:
        start, end = max(name.start, span.start) - span.start, min(name.end, span.end) - span.start
        words = words[:start] + " " * (end - start) + words[end:]
    return bool(held) and not any(character.isalnum() for character in words)


def _says_something(words: str) -> bool:
    return any(map(str.isalnum, words)) and not words.rstrip(CLOSING_MARKS).endswith(("?", "？"))
