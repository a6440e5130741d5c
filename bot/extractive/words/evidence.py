"""What in a sentence is of the kind that a question asks for, in other languages than English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from bot.extractive.selection.question_analysis import AnswerType
from bot.extractive.words.word_tables import pattern_of, without_accents, words_of

NUMBER = re.compile(r"\d+")
# A year, a date or a time of day in digits.
TIME = re.compile(r"(?<!\d)(?:1\d{3}|20\d\d)(?!\d)|(?<!\d)\d{1,2}[:.٫]\d\d(?!\d)|(?<!\d)\d{1,2}[./]\d{1,2}[./]\d{2,4}")
# A capital letter that opens no sentence; of no use in German, which writes every noun so, but for the longer names.
NAME = re.compile(r"(?<=[\w,;:’'\")] )[^\W\d_](?<=[A-ZÀ-ÞĞİŞŒА-ЯЄІЇҐЁ])[\w’'-]+|\b[A-ZА-ЯЄІЇҐ]{2,}\b")
FIGURES: Mapping[AnswerType, re.Pattern[str]] = {
    AnswerType.NUMBER: NUMBER,
    AnswerType.TIME: TIME,
    AnswerType.NAME: NAME,
    AnswerType.PLACE: NAME,
}


def holds_kind(sentence: str, kind: AnswerType, language: str, question: str) -> bool:
    """Whether a sentence has words of the kind that is asked for, beside those of the question.

    Args:
        sentence: The sentence.
        kind: What is asked for.
        language: The language of the sentence.
        question: The question; what it says itself is no answer to it.
    """
    asked = without_accents(question)
    figures = FIGURES.get(kind)
    if figures and any(without_accents(found[0]) not in asked for found in figures.finditer(sentence)):
        return True
    words = _words(language, kind)
    return words is not None and any(found[0] not in asked for found in words.finditer(without_accents(sentence)))


@cache
def _words(language: str, kind: AnswerType) -> re.Pattern[str] | None:
    row = words_of(language).holds.get(kind)
    return re.compile(pattern_of(row, language)) if row else None
