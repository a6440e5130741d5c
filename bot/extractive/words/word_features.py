"""A candidate sentence in a language that the reader does not know -> the numbers by which it is ranked."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from bot.extractive.selection.candidates import Candidate
from bot.extractive.selection.features import Measured, share
from bot.extractive.words.evidence import holds_kind
from bot.extractive.words.letters import letter_runs, rarity
from bot.extractive.words.sought import Sought
from retrieval import Passage, extract_terms

NAMES = (
    "coverage",  # which share of the question's terms the sentence holds, by rarity in the documents
    "coverage_near",  # the same with the sentences beside it
    "coverage_passage",  # the same with the whole passage
    "pairs",  # which share of neighbouring terms stand next to each other in it, too
    "names",  # which share of the question's names and numbers it holds; 1 where there are none
    "letters",  # which share of the question's runs of letters it holds, by rarity among the candidates
    "letters_near",
    "letters_passage",
    "passage_score",
    "passage_keyword",  # against the best passage
    "passage_cosine",
    "news",  # how many terms it has that the question has not
    "length",
    "open_end",  # whether it ends as a heading does, and as no sentence
    "kind",  # whether it holds words of the kind that is asked for; 0 where one cannot tell which
)
ENDS = tuple(".!?…。！？؟:：")
CLOSING_MARKS = "*_`\"'”’»)] "


def measure_words(
    sought: Sought, candidates: Sequence[Candidate], passages: Sequence[Passage], weights: Mapping[str, float]
) -> list[Measured]:
    """Measure every candidate; no words of it stand out.

    Args:
        sought: The question.
        candidates: The sentences.
        passages: Where they come from, best first.
        weights: How rare each term of the question is.
    """
    passage_terms = [frozenset(extract_terms(passage.text, passage.source.language)) for passage in passages]
    best_keyword = max((passage.keyword for passage in passages), default=0.0) or 1.0
    run_weights = rarity(sought.runs, [letter_runs(candidate.text) for candidate in candidates])
    measured = []
    for candidate in candidates:
        passage, words, language = passages[candidate.passage], candidate.text, candidate.source.language
        near = candidate.source.slice(candidate.neighbours)
        terms = extract_terms(words, language)
        held = frozenset(terms)
        features = (
            share(sought.terms, held, weights),
            share(sought.terms, frozenset(extract_terms(near, language)), weights),
            share(sought.terms, passage_terms[candidate.passage], weights),
            len(sought.pairs & set(pairwise(terms))) / max(1, len(sought.pairs)),
            share(sought.names, held, weights) if sought.names else 1.0,
            share(sought.runs, letter_runs(words), run_weights),
            share(sought.runs, letter_runs(near), run_weights),
            share(sought.runs, letter_runs(passage.text), run_weights),
            0.0 if passage.uncompared else passage.score,
            passage.keyword / best_keyword,
            passage.dense,
            _size(len(held.difference(sought.terms))),
            _size(len(terms)),
            float(not words.rstrip(CLOSING_MARKS).endswith(ENDS)),
            float(holds_kind(words, sought.kind, language, sought.text)),
        )
        measured.append(Measured(candidate, np.array(features), None))
    return measured


def _size(count: int) -> float:
    """A number of words on the scale of the other numbers."""
    return min(1.0, math.log1p(count) / 4)
