"""Chosen sentences -> quotes that stand on their own: what a sentence leans on comes along, neighbours become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.extractive.selection.leaning import leans
from retrieval import ENGLISH, LabelKind, Source, Span, quotable_within, rows_within, split_sentences

MAX_SENTENCES_A_QUOTE = 3
# What announces more code than this is quoted alone.
MAX_CODE_CHARACTERS = 800
# Between the sentence that announces it and the code there is a blank line and some indentation.
MAX_GAP = 20


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """Where a quote stands, and which of its words answer."""

    source: Source
    span: Span
    highlight: Span | None = None


def with_context(place: QuoteSpan, shown: set[str]) -> QuoteSpan:
    """The place, widened by the sentences that it leans on, within its paragraph, and by code that it announces.

    Args:
        place: A sentence.
        shown: The words that are shown already, which do not come along again; grows by those that do.
    """
    text, whole = place.source.text, _with_code(place)
    start = whole.start
    before = [sentence for sentence in split_sentences(text, place.source.language) if sentence.end <= start]
    opening = text[start : whole.end]
    for _ in range(MAX_SENTENCES_A_QUOTE - 1):
        # The words that lean are English ones; "her" is Turkish for "every".
        if not before or place.source.language != ENGLISH or not leans(opening):
            break
        last = before.pop()
        words = place.source.slice(last)
        if _paragraph_break(text[last.end : start]) or words in shown:
            break
        shown.add(words)
        start, opening = last.start, words
    return QuoteSpan(place.source, Span(start, whole.end), place.highlight)


def _with_code(place: QuoteSpan) -> Span:
    """The place with the block of code that it announces, or with the sentence that announces it."""
    source, span = place.source, place.span
    for label in source.labels_of(Span(span.start, span.end + MAX_GAP)):
        gap = source.text[label.words.end : label.span.start]
        near = label.kind is LabelKind.CODE and len(label.span) <= MAX_CODE_CHARACTERS and not gap.strip(" \t\r\n*_")
        if near and (label.words.overlaps(span) or label.span.overlaps(span)):
            return Span(min(span.start, label.words.start), max(span.end, label.span.end))
    return span


def join(places: Sequence[QuoteSpan]) -> list[QuoteSpan]:
    """Make one quote of places that overlap or follow each other, as long as it stays short; order is kept.

    A place that overlaps a quote which has no room for it is left out, because a part of it is shown already.
    """
    quotes: list[QuoteSpan] = []
    for place in places:
        near = [i for i, held in enumerate(quotes) if held.source == place.source and _touch(held, place.span)]
        spans = [place.span, *(quotes[i].span for i in near)]
        union = Span(min(part.start for part in spans), max(part.end for part in spans))
        if near and len(quotable_within(place.source, union)) <= MAX_SENTENCES_A_QUOTE:
            # The better place's words stay the ones that stand out.
            quotes[near[0]] = QuoteSpan(place.source, union, quotes[near[0]].highlight or place.highlight)
            for i in reversed(near[1:]):
                del quotes[i]
        elif not any(quotes[i].span.overlaps(place.span) for i in near):
            quotes.append(place)
    return quotes


def _touch(held: QuoteSpan, span: Span) -> bool:
    """Whether the places overlap or follow each other within a paragraph; each row of a table stands for itself."""
    gap = held.source.text[min(held.span.end, span.end) : max(held.span.start, span.start)]
    if held.span.overlaps(span) or gap.strip() or _paragraph_break(gap):
        return held.span.overlaps(span)
    return not rows_within(held.source, held.span) and not rows_within(held.source, span)


def _paragraph_break(gap: str) -> bool:
    return gap.replace("\r\n", "\n").count("\n") > 1
