"""Ranked candidates -> the numbers that tell how sure the best one is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.extractive.selection.antonyms import holds_antonym
from bot.extractive.selection.features import LOGIT_SCALE, NAMES, Measured, share
from bot.extractive.selection.question_analysis import QuestionAnalysis
from bot.extractive.selection.read_text import ReadText
from retrieval import Passage, extract_terms

NEGATION = re.compile(r"n't\b|\bnot\b|\bnever\b|\bexcept\b|\bbesides\b", re.IGNORECASE)
# The numbers of the best candidate come first, in the order of ``features.NAMES``; these follow.
MORE_NAMES = (
    "probability",  # of the best candidate among all
    "margin",  # between the best candidate and the next
    "best_read",  # the best that the reader found anywhere
    "coverage_all",  # which share of the question's terms the passages hold together
    "names_all",  # which share of its names and numbers
    "missing_name",  # whether one of these is nowhere in the passages
    "agreement",  # whether meaning and words put the same passage first
    "negation",  # whether the question asks for what is not so
    "opposite",  # whether the best candidate has the opposite of one of its words
    "most_answerable",  # how likely the reader finds that any sentence of any passage holds the answer
    "read_again",  # how well the reader's best words in it answer when it is read with the sentence before it alone
    "evidence_again",  # how likely it then finds that the sentence holds the answer
    "answerable_again",  # how likely it then finds that one of both does
)
CONFIDENCE_NAMES = (*NAMES, *MORE_NAMES)


class Look(NamedTuple):
    """What a second look at the best candidate says, on the scale of the other numbers; see ``MORE_NAMES``."""

    read: float
    evidence: float
    answerable: float


def measure_confidence(
    analysis: QuestionAnalysis,
    ranked: Sequence[Measured],
    scores: NDArray[np.float64],
    passages: Sequence[Passage],
    weights: Mapping[str, float],
    look: Look,
) -> NDArray[np.float64]:
    """The numbers for one question, in the order of ``CONFIDENCE_NAMES``.

    Args:
        analysis: The question.
        ranked: The candidates, best first; at least one.
        scores: Their scores in that order, in logits.
        passages: What was read; where they come from.
        weights: How rare each term of the question is.
        look: What a second look at the best candidate says.
    """
    probabilities = softmax(scores)
    held: set[str] = set()
    for passage in passages:
        held.update(extract_terms(ReadText.of_passage(passage).text, passage.source.language))
    by_meaning = max(range(len(passages)), key=lambda i: passages[i].dense)
    by_words = max(range(len(passages)), key=lambda i: passages[i].keyword)
    more = (
        probabilities[0],
        min(1.0, (scores[0] - scores[1]) / LOGIT_SCALE) if len(scores) > 1 else 1.0,
        max(measured.features[NAMES.index("read")] for measured in ranked),
        share(analysis.terms, held, weights),
        share(analysis.names, held, weights) if analysis.names else 1.0,
        float(not analysis.names <= held),
        float(by_meaning == by_words),
        float(bool(NEGATION.search(analysis.text))),
        float(holds_antonym(analysis.text, ranked[0].candidate.words)),
        max(measured.features[NAMES.index("answerable")] for measured in ranked),
        *look,
    )
    return np.concatenate([ranked[0].features, more])


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """How likely each candidate is the one that answers, if any does."""
    odds = np.exp(scores - scores.max())
    probabilities: NDArray[np.float64] = odds / odds.sum()
    return probabilities
