"""Passages -> an answer with no chat model: the sentences that answer best, and how sure that is."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from langchain_core.embeddings import Embeddings

from bot.quotes import cite
from bot.types import EXTRACTIVE, Answer, Question, Statement, Status
from retrieval import Passage, Source, Span, extract_terms, sentences_within, split_sentences

# Gives the weight of each term (how rare it is) in the collections asked.
TermWeights = Callable[[Sequence[str], Sequence[str]], dict[str, float]]

MAX_QUOTES = 3
MAX_SENTENCES_A_QUOTE = 3
# A sentence's place in the ranking: its own meaning and words count most, its passage's rank half as much.
PASSAGE_WEIGHT = 0.5
# Confidence is a logistic curve over the best sentence's cosine and term coverage. The numbers were fitted to whether
# that sentence held the answer, on nine articles of the SQuAD 2.0 development set, and looked at on nine others.
COSINE_WEIGHT, COVERAGE_WEIGHT, OFFSET = 5.4, 1.9, -4.6
# A second or third quote is shown only when it is nearly as sure as the first; else it is noise beside the answer.
SECOND_BEST = 0.75
# A sentence that opens with one of these speaks of something in the sentence before it, so both are quoted.
LEANING_WORDS = frozenset({"he", "her", "his", "it", "its", "she", "their", "these", "they", "this", "those"})
HEADING = re.compile(r"#{1,6}\s")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer: its place, its rank among the others, and the confidence that it answers."""

    source: Source
    span: Span
    rank: float
    confidence: float


class ExtractiveAnswerer:
    """Answers with whole sentences of the passages: at most three quotes of at most three sentences.

    Args:
        embeddings: The model that compares question and sentences.
        term_weights: How rare each term is; a rare word of the question counts for more.
        threshold: The confidence, in [0, 1], under which the answer is not found.
    """

    def __init__(self, embeddings: Embeddings, term_weights: TermWeights, threshold: float) -> None:
        self._embeddings = embeddings
        self._term_weights = term_weights
        self._threshold = threshold

    def answer(self, question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
        """Yield the answer, whole at once; not yet verified, which is the chain's to do."""
        candidates = self._candidates(question, passages)
        if not candidates:
            yield Answer(question.text, Status.NOT_FOUND, 0.0, EXTRACTIVE)
            return
        best = candidates[0]
        if best.confidence < self._threshold:
            closest = cite(best.source, best.span, None)
            yield Answer(question.text, Status.NOT_FOUND, best.confidence, EXTRACTIVE, closest=closest)
            return
        bar = max(self._threshold, SECOND_BEST * best.confidence)
        chosen: dict[str, Candidate] = {}
        for candidate in candidates:  # the same words may stand in several places; they are quoted once
            if candidate.confidence >= bar and len(chosen) < MAX_QUOTES:
                chosen.setdefault(candidate.source.slice(candidate.span), candidate)
        shown = set(chosen)
        quotes = _join([_with_context(candidate, shown) for candidate in chosen.values()])
        yield Answer(
            question.text,
            Status.ANSWERED,
            best.confidence,
            EXTRACTIVE,
            statements=tuple(
                Statement(source.slice(sentence), (number,))
                for number, (source, span) in enumerate(quotes, start=1)
                for sentence in sentences_within(source.text, span)
            ),
            citations=tuple(cite(source, span, number) for number, (source, span) in enumerate(quotes, start=1)),
        )

    def _candidates(self, question: Question, passages: Sequence[Passage]) -> list[Candidate]:
        """Every sentence of the passages, best first."""
        places: dict[tuple[str, str, Span], tuple[Source, float]] = {}
        for passage in passages:  # best first, so a sentence in two of them keeps the better one's score
            for span in sentences_within(passage.source.text, passage.span):
                key = (passage.source.id, passage.source.sha256, span)
                places.setdefault(key, (passage.source, passage.score))
        # A heading names a subject and says nothing about it, and a row of dashes says nothing at all; such are looked
        # at only where there is nothing else.
        prose = {key: place for key, place in places.items() if _says_something(place[0].slice(key[2]))}
        places = prose or places
        texts = [source.slice(span) for (_, _, span), (source, _) in places.items()]
        cosines = _cosines(self._embeddings.embed_documents([question.text, *texts]))
        weights = self._term_weights(sorted(set(extract_terms(question.text))), question.collections)
        candidates: list[Candidate] = []
        for ((_, _, span), (source, passage_score)), words, cosine in zip(places.items(), texts, cosines, strict=True):
            coverage = _coverage(weights, words)
            rank = cosine + coverage + PASSAGE_WEIGHT * passage_score
            candidates.append(Candidate(source, span, rank, _confidence(cosine, coverage)))
        return sorted(candidates, key=lambda candidate: (-candidate.rank, candidate.source.id, candidate.span))


def _says_something(words: str) -> bool:
    return not HEADING.match(words) and any(character.isalnum() for character in words)


def _cosines(vectors: list[list[float]]) -> list[float]:
    """The cosine of the first vector with each of the others."""
    matrix = np.asarray(vectors)
    unit = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
    cosines: list[float] = (unit[1:] @ unit[0]).tolist()
    return cosines


def _coverage(weights: dict[str, float], words: str) -> float:
    """Which share of the question's terms, by weight, the words hold."""
    total = sum(weights.values())
    held = set(extract_terms(words))
    return sum(weight for term, weight in weights.items() if term in held) / total if total else 0.0


def _confidence(cosine: float, coverage: float) -> float:
    return 1 / (1 + math.exp(-(COSINE_WEIGHT * cosine + COVERAGE_WEIGHT * coverage + OFFSET)))


def _with_context(candidate: Candidate, shown: set[str]) -> tuple[Source, Span]:
    """The candidate's place, widened by the sentence before it when it leans on that one.

    Args:
        candidate: The sentence.
        shown: The words that are shown already, which do not come along again; grows by those that do.
    """
    source, span = candidate.source, candidate.span
    opening = source.slice(span).split(maxsplit=1)[0].strip("\"'“”‘’(,").casefold()
    if opening in LEANING_WORDS:
        before = [sentence for sentence in split_sentences(source.text) if sentence.end <= span.start]
        if before and not _paragraph_break(source.text[before[-1].end : span.start]):
            words = source.slice(before[-1])
            if words not in shown:
                shown.add(words)
                return source, Span(before[-1].start, span.end)
    return source, span


def _paragraph_break(gap: str) -> bool:
    return gap.replace("\r\n", "\n").count("\n") > 1


def _join(places: Sequence[tuple[Source, Span]]) -> list[tuple[Source, Span]]:
    """Make one quote of places that overlap or follow each other, as long as it stays short; order is kept.

    A place that overlaps a quote which has no room for it is left out, because a part of it is shown already.
    """
    quotes: list[tuple[Source, Span]] = []
    for source, span in places:
        near = [i for i, (other, held) in enumerate(quotes) if other == source and _touch(source, held, span)]
        spans = [span, *(quotes[i][1] for i in near)]
        union = Span(min(part.start for part in spans), max(part.end for part in spans))
        if near and len(sentences_within(source.text, union)) <= MAX_SENTENCES_A_QUOTE:
            quotes[near[0]] = (source, union)
            for i in reversed(near[1:]):
                del quotes[i]
        elif not any(quotes[i][1].overlaps(span) for i in near):
            quotes.append((source, span))
    return quotes


def _touch(source: Source, one: Span, other: Span) -> bool:
    """Whether the places overlap or follow each other within a paragraph."""
    gap = source.text[min(one.end, other.end) : max(one.start, other.start)]
    return one.overlaps(other) or not (gap.strip() or _paragraph_break(gap))
