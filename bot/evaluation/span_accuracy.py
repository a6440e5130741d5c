"""How well the reader points to the very words that answer: exact match and F1, as SQuAD counts them.

Source of the method: the official script of SQuAD 2.0 (Rajpurkar, Jia and Liang 2018): lower case, no punctuation, no
articles, words parted by white space; the best of the given answers counts.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.evaluation.case import Case

ARTICLES = re.compile(r"\b(?:a|an|the)\b")
WITHOUT_PUNCTUATION = str.maketrans("", "", string.punctuation)


@dataclass(frozen=True, slots=True)
class SpanTrial:
    """The words that the reader found best in the passages of an answerable question, and how well they answer.

    ``exact`` is 1 where they are one of the answers, else 0; ``overlap`` is their F1 with the closest one, in [0, 1].
    """

    case: Case
    exact: float
    overlap: float


def judge_words(case: Case, words: str) -> SpanTrial:
    """Compare words with the answers of a case."""
    return SpanTrial(case, exact_match(words, case.answers), word_overlap(words, case.answers))


def exact_match(words: str, answers: Iterable[str]) -> float:
    """1 where the words are one of the answers, else 0."""
    return float(_normalized(words) in {_normalized(answer) for answer in answers})


def word_overlap(words: str, answers: Iterable[str]) -> float:
    """The F1 of the words with the answer they share most with, in [0, 1]."""
    return max((_f1(_normalized(words).split(), _normalized(answer).split()) for answer in answers), default=0.0)


def _f1(found: list[str], wanted: list[str]) -> float:
    if not found or not wanted:
        return float(found == wanted)
    same = sum((Counter(found) & Counter(wanted)).values())
    return 2 * same / (len(found) + len(wanted))


def _normalized(text: str) -> str:
    return " ".join(ARTICLES.sub(" ", text.lower().translate(WITHOUT_PUNCTUATION)).split())
