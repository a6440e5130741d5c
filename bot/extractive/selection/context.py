"""Chosen sentences -> quotes that stand on their own: what a sentence leans on comes along, neighbours become one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval import Source, Span, sentences_within, split_sentences

MAX_SENTENCES_A_QUOTE = 3
# A sentence that opens with one of these speaks of something in the sentence before it.
LEANING_WORDS = frozenset(
    {
        "another", "both", "he", "her", "here", "hers", "him", "his", "it", "its", "neither", "others", "she", "such",
        "that", "their", "theirs", "them", "then", "these", "they", "this", "those",
    }
)  # fmt: skip
# "There, …" points back; "There are three" does not.
THERE = re.compile(
    r"there\b(?!\s+(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|exists?)\b)",
    re.IGNORECASE,
)
PERSON = re.compile(r"\b(?:he|him|his|she|her|hers|they|them|their)\b", re.IGNORECASE)
NAME = re.compile(r"(?<=[\w,;:’'\")] )[A-Z]\w|\A[A-Z]\w+ [A-Z]\w")
OPENING_MARKS = "\"'“”‘’(,*_ "


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """Where a quote stands, and which of its words answer."""

    source: Source
    span: Span
    highlight: Span | None = None


def with_context(place: QuoteSpan, shown: set[str]) -> QuoteSpan:
    """The place, widened by the sentences that it leans on, within its paragraph.

    Args:
        place: A sentence.
        shown: The words that are shown already, which do not come along again; grows by those that do.
    """
    text, start = place.source.text, place.span.start
    before = [sentence for sentence in split_sentences(text, place.source.language) if sentence.end <= start]
    opening = text[start : place.span.end]
    for _ in range(MAX_SENTENCES_A_QUOTE - 1):
        if not before or not leans(opening):
            break
        last = before.pop()
        words = place.source.slice(last)
        if _paragraph_break(text[last.end : start]) or words in shown:
            break
        shown.add(words)
        start, opening = last.start, words
    return QuoteSpan(place.source, Span(start, place.span.end), place.highlight)


def leans(sentence: str) -> bool:
    """Whether somebody who reads the sentence alone does not know whom or what it is about."""
    words = sentence.lstrip(OPENING_MARKS)
    first = re.match(r"[^\W\d_]+", words)
    if first and (first.group().casefold() in LEANING_WORDS or THERE.match(words)):
        return True
    person, name = PERSON.search(words), NAME.search(words)
    return person is not None and (name is None or person.start() < name.start())


def join(places: Sequence[QuoteSpan]) -> list[QuoteSpan]:
    """Make one quote of places that overlap or follow each other, as long as it stays short; order is kept.

    A place that overlaps a quote which has no room for it is left out, because a part of it is shown already.
    """
    quotes: list[QuoteSpan] = []
    for place in places:
        near = [i for i, held in enumerate(quotes) if held.source == place.source and _touch(held, place.span)]
        spans = [place.span, *(quotes[i].span for i in near)]
        union = Span(min(part.start for part in spans), max(part.end for part in spans))
        if near and len(sentences_within(place.source.text, union, place.source.language)) <= MAX_SENTENCES_A_QUOTE:
            # The better place's words stay the ones that stand out.
            quotes[near[0]] = QuoteSpan(place.source, union, quotes[near[0]].highlight or place.highlight)
            for i in reversed(near[1:]):
                del quotes[i]
        elif not any(quotes[i].span.overlaps(place.span) for i in near):
            quotes.append(place)
    return quotes


def _touch(held: QuoteSpan, span: Span) -> bool:
    """Whether the places overlap or follow each other within a paragraph."""
    gap = held.source.text[min(held.span.end, span.end) : max(held.span.start, span.start)]
    return held.span.overlaps(span) or not (gap.strip() or _paragraph_break(gap))


def _paragraph_break(gap: str) -> bool:
    return gap.replace("\r\n", "\n").count("\n") > 1
