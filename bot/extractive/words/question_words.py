"""Words of questions in other languages than English: which of them ask for what, and which say nothing besides."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from bot.extractive.selection.question_analysis import OPENINGS, AnswerType
from bot.extractive.words.word_tables import pattern_of, phrases_in, without_accents, words_of
from retrieval import extract_terms


def asked_kind(question: str, languages: Collection[str]) -> AnswerType:
    """Which kind of words would answer, by the words of questions in ``languages`` and then in English.

    Of the phrases that stand in a question the first one counts, and of those at one place the longest.
    """
    folded = " ".join(without_accents(question).split())
    for language in languages:
        pattern, kinds = _kinds(language)
        if found := pattern.search(folded):
            return kinds[(found.lastindex or 1) - 1]
    return next((kind for kind, opening in OPENINGS if opening.search(question)), AnswerType.OTHER)


@cache
def silent_terms(language: str) -> frozenset[str]:
    """The terms of questions in a language that say nothing about what is asked."""
    words = words_of(language)
    alone = [phrase for row in words.asks.values() for phrase in phrases_in(row) if len(phrase.split()) == 1]
    return frozenset(extract_terms(" ".join([words.fillers, *alone]), language))


@cache
def _kinds(language: str) -> tuple[re.Pattern[str], tuple[AnswerType, ...]]:
    """What finds a phrase, a group for each, and the kind of each."""
    asks = words_of(language).asks
    phrases = [(phrase, kind) for kind, row in asks.items() for phrase in phrases_in(row)]
    phrases.sort(key=lambda pair: len(pair[0]), reverse=True)  # the first alternative that fits is taken
    pattern = "|".join(f"({pattern_of(phrase, language)})" for phrase, _ in phrases)
    return re.compile(pattern or r"(?!)"), tuple(kind for _, kind in phrases)
