"""Passages -> an answer with no chat model: the sentences that answer best, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.extractive.language_selector import LanguageSelector
from bot.extractive.refusal import asks_for_something_else, refuse
from bot.extractive.selection import Choice, QuestionAnalysis, QuoteSpan, Selection, Selector, join, with_context
from bot.extractive.selection.asked_heading import prefer_asked
from bot.extractive.short_answer import is_short_answer, pointed_words, wants_short_answer
from bot.questions import is_new
from bot.quotes import cite
from bot.types import EXTRACTIVE, Answer, Certainty, Question, Statement, Status
from retrieval import Passage, quotable_within

# Gives the weight of each term (how rare it is) in the collections asked.
TermWeights = Callable[[Sequence[str], Sequence[str]], Mapping[str, float]]

# As many quotes are shown as it takes to hold the answer this surely, if the document has it at all.
SURE_ENOUGH = 0.9
# A question for several things also gets what answers on its own, if it is at least this likely against the best.
PART_OF_A_LIST = 0.1
# No selector has ranked the sentences of an overview.
OVERVIEW_CONFIDENCE = {Certainty.SURE: 1.0, Certainty.UNSURE: 0.5}
LIST = re.compile(
    r"\b(?:list|name|enumerate)\s+(?:all|the|every|some|\w+s\b)|\b(?:what|which)\s+(?:\w+\s+){0,2}?\w+s\s+(?:are|were|did|do|have|had|can)\b"
    r"|\b(?:what|which)\s+(?:are|were)\s+(?:all\s+)?(?:the|some)\b|\bwhich\s+of\b",
    re.IGNORECASE,
)


class ExtractiveAnswerer:
    """Answers with whole sentences of the passages, as quotes of at most three sentences.

    Args:
        selector: Ranks the sentences and tells how sure the first one is.
        term_weights: How rare each term is; a rare word of the question counts for more.
        answer_threshold: The confidence, in [0, 1], under which the answer is not found; the selector's own by default.
        sure_threshold: The confidence under which it is unsure; the selector's own by default.
    """

    def __init__(
        self,
        selector: Selector | LanguageSelector,
        term_weights: TermWeights,
        answer_threshold: float | None = None,
        sure_threshold: float | None = None,
    ) -> None:
        self._selector = selector
        self._term_weights = term_weights
        self._set_thresholds = (answer_threshold, sure_threshold)

    def answer(self, question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
        """Yield the answer, whole at once; not yet verified, which is the chain's to do.

        Raises:
            ReaderError: If the reader's weights are missing or altered.
        """
        if asks_for_something_else(question):
            yield refuse(question)
            return
        if question.overview is not None:
            yield _overview(question, passages, question.overview)
            return
        analysis = QuestionAnalysis.of(
            question.wording or question.text, {passage.source.language for passage in passages}
        )
        weights = self._term_weights(sorted(analysis.terms), question.collections)
        ranked = prefer_asked(analysis, self._selector.select(analysis, passages, weights))
        selection = _of_new_ones(ranked, question)
        thresholds = selection.thresholds.changed(*self._set_thresholds)
        certainty = thresholds.certainty(selection.confidence) if selection.choices else None
        if certainty is None:
            yield refuse(question, analysis, selection)
            return
        wants_list = bool(LIST.search(analysis.text))
        chosen = _worth_showing(selection.choices, question.quotes, wants_list=wants_list)
        shown = {choice.candidate.text for choice in chosen}
        highlights = [pointed_words(analysis, choice) for choice in chosen]
        places = [
            QuoteSpan(choice.candidate.source, choice.candidate.span, highlight)
            for choice, highlight in zip(chosen, highlights, strict=True)
        ]
        quotes = join([with_context(place, shown) for place in places])
        is_short = wants_short_answer(analysis) and is_short_answer(analysis, chosen[0], highlights[0])
        yield replace(
            _quoting(question, quotes, selection.confidence, certainty),
            has_short=is_short and certainty is Certainty.SURE and not wants_list,
        )


def _of_new_ones(selection: Selection, question: Question) -> Selection:
    """The selection without the sentences that were heard before.

    The confidence falls by as much as the first of the others is less likely to answer than the one that was first.
    """
    new = tuple(choice for choice in selection.choices if is_new(choice.candidate.text, question))
    if not new or new[0] is selection.choices[0]:
        return replace(selection, choices=new)
    return replace(
        selection,
        choices=new,
        confidence=selection.confidence * new[0].probability / selection.choices[0].probability,
    )


def _overview(question: Question, passages: Sequence[Passage], certainty: Certainty) -> Answer:
    """The best of the passages as they are: the first one first, the others as they stand in their documents."""
    first, *others = passages[: question.quotes]
    order = {source: number for number, source in enumerate(dict.fromkeys(passage.source for passage in passages))}
    chosen = [first, *sorted(others, key=lambda passage: (order[passage.source], passage.span))]
    shown = {passage.text for passage in chosen}
    places = [with_context(QuoteSpan(passage.source, passage.span), shown) for passage in chosen]
    return _quoting(question, join(places), OVERVIEW_CONFIDENCE[certainty], certainty)


def _quoting(question: Question, quotes: Sequence[QuoteSpan], confidence: float, certainty: Certainty) -> Answer:
    """The answer that is made of these quotes."""
    return Answer(
        question.text,
        Status.ANSWERED,
        confidence,
        EXTRACTIVE,
        statements=tuple(
            Statement(quote.source.slice(sentence), (number,))
            for number, quote in enumerate(quotes, start=1)
            for sentence in quotable_within(quote.source, quote.span)
        ),
        citations=tuple(
            cite(quote.source, quote.span, number, quote.highlight) for number, quote in enumerate(quotes, start=1)
        ),
        certainty=certainty,
    )


def _worth_showing(choices: Sequence[Choice], most: int, *, wants_list: bool) -> list[Choice]:
    """The choices that are quoted: enough to be sure of the answer, and no more; the same words only once."""
    chosen: dict[str, Choice] = {}
    sure = 0.0
    for choice in choices:
        if len(chosen) == most:
            break
        part = wants_list and choice.answers and choice.probability >= PART_OF_A_LIST * choices[0].probability
        if chosen and sure >= SURE_ENOUGH and not part:
            break
        sure += choice.probability
        chosen.setdefault(choice.candidate.text, choice)
    return list(chosen.values())
