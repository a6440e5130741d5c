"""What a question seeks in documents of other languages: its terms, its letters, and a kind of words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from bot.extractive.selection.question_analysis import AnswerType, QuestionAnalysis
from bot.extractive.words.letters import WORD, letter_runs
from bot.extractive.words.question_words import asked_kind, silent_terms
from retrieval.text.terms import extract_question_terms


@dataclass(frozen=True, slots=True)
class Sought:
    """A question as the word selector sees it: without the words that only ask.

    Attributes:
        text: The question.
        kind: Which kind of words would answer.
        terms: Its terms in order, each once.
        pairs: Neighbouring terms.
        names: The terms of its names and numbers.
        runs: The runs of letters of its words.
    """

    text: str
    kind: AnswerType
    terms: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]
    names: frozenset[str]
    runs: frozenset[str]

    @classmethod
    def of(cls, analysis: QuestionAnalysis, languages: Collection[str]) -> Sought:
        """Look at a question to documents in these languages; one that only asks keeps all its words."""
        ordered = sorted(languages)
        silent = frozenset().union(*(silent_terms(language) for language in ordered))
        terms = tuple(term for term in analysis.terms if term not in silent) or analysis.terms
        words = [word for word in WORD.findall(analysis.text) if set(extract_question_terms(word, ordered)) - silent]
        return cls(
            analysis.text,
            asked_kind(analysis.text, ordered),
            terms,
            frozenset(pairwise(terms)),
            analysis.names & frozenset(terms),
            letter_runs(" ".join(words) or analysis.text),
        )
