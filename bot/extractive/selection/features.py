"""A candidate sentence -> the numbers that the selector weighs."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.extractive.reader.span_scores import UNREAD
from bot.extractive.selection.candidates import Candidate, find_candidates
from bot.extractive.selection.question_analysis import QuestionAnalysis, has_kind
from bot.extractive.selection.read_text import Reading, ReadText
from retrieval import Passage, Span, extract_terms

# Logits are weighed on this scale, so that all numbers are of the same size.
LOGIT_SCALE = 10.0
NAMES = (
    "read",  # how well the reader's best words in the sentence answer, against no answer
    "read_gap",  # that, less the best of all candidates
    "read_elsewhere",  # the best that the reader found in its passage
    "evidence",  # how likely the reader finds that the sentence holds the answer, whatever its words
    "answerable",  # how likely it finds that any sentence of the passage does
    "coverage",  # which share of the question's terms the sentence holds, by rarity
    "coverage_near",  # the same with the sentences beside it
    "coverage_passage",  # the same with the whole passage
    "pairs",  # which share of neighbouring terms stand next to each other in it, too
    "names",  # which share of the question's names and numbers it holds; 1 where there are none
    "names_near",
    "passage_score",
    "passage_cosine",
    "passage_keyword",  # against the best passage
    "kind",  # whether it holds the kind of words that is asked for
    "answer_kind",  # whether the words that the reader points to are of that kind
    "echo",  # whether the words that the reader points to only repeat the question
    "length",
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A candidate with its numbers, in the order of ``NAMES``, and the words that the reader points to.

    ``share`` is how likely these words are the ones in the sentence that answer, if any are.
    """

    candidate: Candidate
    features: NDArray[np.float64]
    highlight: Span | None
    share: float = 0.0


def prepare(passages: Sequence[Passage]) -> None:
    """Look for the sentences and terms of passages that ``measure`` asks for; both are remembered for a while."""
    for passage in passages:
        extract_terms(ReadText.of_passage(passage).text, passage.source.language)
    for candidate in find_candidates(passages):
        for words in (candidate.text, candidate.words, candidate.words_near):
            extract_terms(words, candidate.source.language)


def measure(
    analysis: QuestionAnalysis,
    candidates: Sequence[Candidate],
    passages: Sequence[Passage],
    readings: Sequence[Reading],
    weights: Mapping[str, float],
) -> list[Measured]:
    """Measure every candidate.

    Args:
        analysis: The question.
        candidates: The sentences.
        passages: Where they come from, best first.
        readings: What the reader says about each of them.
        weights: How rare each term of the question is.
    """
    passage_terms = [
        frozenset(extract_terms(ReadText.of_passage(passage).text, passage.source.language)) for passage in passages
    ]
    best_keyword = max((passage.keyword for passage in passages), default=0.0) or 1.0
    read = [_read(candidate, passages, readings) for candidate in candidates]
    best_read = max((found.score for found in read), default=UNREAD)
    best_of: dict[int, float] = {}
    for candidate, found in zip(candidates, read, strict=True):
        best_of[candidate.passage] = max(found.score, best_of.get(candidate.passage, UNREAD))
    measured = []
    for candidate, (score, answer, place, evidence, answerable, likely) in zip(candidates, read, strict=True):
        passage = passages[candidate.passage]
        words, language = candidate.text, candidate.source.language
        terms = extract_terms(words, language)
        # The names of its columns are those of all rows: they say nothing for one that holds no word of the question.
        if not candidate.is_row or not set(terms).isdisjoint(analysis.terms):
            terms = extract_terms(candidate.words, language)
        near = frozenset(extract_terms(candidate.words_near, language))
        held = frozenset(terms)
        answer_terms = frozenset(extract_terms(answer, language))
        features = (
            score / LOGIT_SCALE,
            (score - best_read) / LOGIT_SCALE,
            best_of[candidate.passage] / LOGIT_SCALE,
            evidence / LOGIT_SCALE,
            answerable / LOGIT_SCALE,
            share(analysis.terms, held, weights),
            share(analysis.terms, near, weights),
            share(analysis.terms, passage_terms[candidate.passage], weights),
            len(analysis.pairs & set(pairwise(terms))) / max(1, len(analysis.pairs)),
            share(analysis.names, held, weights) if analysis.names else 1.0,
            share(analysis.names, near, weights) if analysis.names else 1.0,
            0.0 if passage.uncompared else passage.score,
            passage.dense,
            passage.keyword / best_keyword,
            has_kind(words, analysis.kind),
            has_kind(answer, analysis.kind),
            float(answer_terms <= set(analysis.terms)),
            min(1.0, math.log1p(len(words.split())) / 4),
        )
        measured.append(Measured(candidate, np.array(features), place, likely))
    return measured


def share(terms: Collection[str], held: Collection[str], weights: Mapping[str, float]) -> float:
    """Which share of ``terms``, by weight, is among those held; 0 when there are none."""
    total = sum(weights[term] for term in terms)
    return sum(weights[term] for term in terms if term in held) / total if total else 0.0


class _Read(NamedTuple):
    """What the reader says of a sentence: of its best words, which and where they are, of itself, and of its passage.

    There is no place where the words are those of a label, which may stand elsewhere. ``share`` is that of the best
    words among all of the sentence.
    """

    score: float = UNREAD
    words: str = ""
    place: Span | None = None
    evidence: float = 0.0
    answerable: float = 0.0
    share: float = 0.0


def _read(candidate: Candidate, passages: Sequence[Passage], readings: Sequence[Reading]) -> _Read:
    """What the reader says of a sentence in the passage, of those that hold it, where its words answer best."""
    best = _Read()
    for passage, reading in zip(passages, readings, strict=False):
        held = passage.span
        if passage.source == candidate.source and held.start <= candidate.span.start and candidate.span.end <= held.end:
            score, words, place = reading.best(candidate.reach, candidate.span)
            if score > best.score:
                if place is not None:
                    place = whole_words(candidate.source.text, place, candidate.span)
                    words = candidate.source.slice(place)
                said = reading.evidence_in(candidate.span), reading.answerable, reading.share_of_best(candidate.span)
                best = _Read(score, words, place, *said)
    return best


def whole_words(text: str, span: Span, within: Span) -> Span:
    """The span widened to where words begin and end: the reader sees pieces of words, and no combining marks."""
    start, end = span.start, span.end
    while start > within.start and _is_inside_word(text, start):
        start -= 1
    while end < within.end and _is_inside_word(text, end):
        end += 1
    return Span(start, end)


def _is_inside_word(text: str, offset: int) -> bool:
    """Whether a cut before ``offset`` would go through a word, or part a character from its marks."""
    before, after = text[offset - 1], text[offset]
    return unicodedata.category(after).startswith("M") or (before.isalnum() and after.isalnum())
