"""Ranked sentences of a language that the reader does not know -> the numbers that tell how sure the best one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.extractive.selection.confidence_features import softmax
from bot.extractive.selection.features import LOGIT_SCALE, Measured, share
from bot.extractive.words.letters import letter_runs
from bot.extractive.words.sought import Sought
from bot.extractive.words.word_features import NAMES
from retrieval import Passage, extract_terms

# The cosine of a model that does not know the language tells passages of one document apart, and documents not at all.
TAKEN = tuple(name for name in NAMES if name != "passage_cosine")
# The numbers of the best candidate come first; these follow.
CONFIDENCE_NAMES = (
    *TAKEN,
    "probability",  # of the best candidate among all
    "score",  # its score
    "coverage_all",  # which share of the question's terms the passages hold together
    "letters_all",  # which share of its runs of letters
    "names_all",  # which share of its names and numbers
    "missing_name",  # whether one of these is nowhere in the passages
    "agreement",  # whether meaning and words put the same passage first
    "terms",  # how many terms the question has
)


def measure_word_confidence(
    sought: Sought,
    ranked: Sequence[Measured],
    scores: NDArray[np.float64],
    passages: Sequence[Passage],
    weights: Mapping[str, float],
) -> NDArray[np.float64]:
    """The numbers for one question, in the order of ``CONFIDENCE_NAMES``.

    Args:
        sought: The question.
        ranked: The candidates, best first; at least one.
        scores: Their scores in that order, in logits.
        passages: Where they come from.
        weights: How rare each term of the question is.
    """
    held: set[str] = set()
    runs: set[str] = set()
    for passage in passages:
        held.update(extract_terms(passage.text, passage.source.language))
        runs.update(letter_runs(passage.text))
    by_meaning = max(range(len(passages)), key=lambda i: passages[i].dense)
    by_words = max(range(len(passages)), key=lambda i: passages[i].keyword)
    more = (
        softmax(scores)[0],
        scores[0] / LOGIT_SCALE,
        share(sought.terms, held, weights),
        len(sought.runs & runs) / max(1, len(sought.runs)),
        share(sought.names, held, weights) if sought.names else 1.0,
        float(not sought.names <= held),
        float(by_meaning == by_words),
        min(1.0, len(sought.terms) / LOGIT_SCALE),
    )
    own = [ranked[0].features[NAMES.index(name)] for name in TAKEN]
    return np.concatenate([own, more])
