"""What a question asks for: its terms, its names and numbers, and which kind of words would answer it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from retrieval import ENGLISH
from retrieval.text.patterns import late_pattern
from retrieval.text.terms import extract_question_terms

WORD = re.compile(r"[^\W_]+(?:[.,’'-][^\W_]+)*")
NUMBER = re.compile(r"\d")
NUMBER_WORD = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|hundred|thousand|million|billion|dozens?|half|quarter|third|twice|once|single|several|no)\b",
    re.IGNORECASE,
)
MONTH = (
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\."
)
TIME = late_pattern(
    rf"\b(?:1\d{{3}}|20\d\d)s?\b|\b(?:{MONTH})(?!\w)|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\bcentur(?:y|ies)\b"
    r"|\b\d{1,2}[:.]\d\d\b|\b(?:noon|midnight|dawn|spring|summer|autumn|winter)\b"
    r"|\b\d+ ?(?:BC|AD|BCE|CE|am|pm|a\.m\.|p\.m\.)"
)
NAME = late_pattern(r"(?<=[\w,;:’'\")] )[A-Z][\w’'-]*[a-z]|\b[A-Z]{2,}\b")
REASON = re.compile(
    r"\b(?:because|due to|owing to|since|so that|in order to|caused?|reason|result(?:ed|s)?|led to|therefore|to \w+)\b",
    re.IGNORECASE,
)
MANNER = re.compile(r"\b(?:by|through|using|via|with|means)\b", re.IGNORECASE)


class AnswerType(StrEnum):
    """Which kind of words would answer."""

    TIME = "time"
    NUMBER = "number"
    NAME = "name"
    PLACE = "place"
    REASON = "reason"
    MANNER = "manner"
    OTHER = "other"


OPENINGS: tuple[tuple[AnswerType, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (AnswerType.NUMBER, r"\bhow (?:many|much|old|long|far|large|big|tall|high|deep|wide|often|fast)\b"),
        (
            AnswerType.NUMBER,
            r"\b(?:what|which) (?:number|percent(?:age)?|amount|share|fraction|proportion|age|price)\b",
        ),
        (
            AnswerType.TIME,
            r"\bwhen\b|\b(?:what|which|in what|in which) (?:year|date|day|month|century|decade|time|period|era)\b",
        ),
        (AnswerType.NAME, r"\b(?:who|whom|whose|where)\b"),
        (
            AnswerType.NAME,
            r"\b(?:what|which) (?:country|city|town|state|person|company|organi[sz]ation|king|queen|president)\b",
        ),
        (AnswerType.REASON, r"\bwhy\b|\bfor what reason\b|\bwhat (?:caused?|led|reason)\b"),
        (AnswerType.MANNER, r"\bhow\b"),
    )
)
EVIDENCE: Mapping[AnswerType, re.Pattern[str]] = {
    AnswerType.TIME: TIME,
    AnswerType.NAME: NAME,
    AnswerType.REASON: REASON,
    AnswerType.MANNER: MANNER,
}


@dataclass(frozen=True, slots=True)
class QuestionAnalysis:
    """A question as the selector sees it.

    Attributes:
        text: The question.
        kind: Which kind of words would answer.
        terms: Its terms in order, each once.
        pairs: Neighbouring terms.
        names: The terms of its names and numbers.
    """

    text: str
    kind: AnswerType
    terms: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]
    names: frozenset[str]

    @classmethod
    def of(cls, text: str, languages: Collection[str] = (ENGLISH,)) -> QuestionAnalysis:
        """Look at a question to documents in these languages."""
        terms = extract_question_terms(text, sorted(languages))
        kind = next((kind for kind, opening in OPENINGS if opening.search(text)), AnswerType.OTHER)
        names: set[str] = set()
        for number, match in enumerate(WORD.finditer(text)):
            word = match.group()
            if NUMBER.search(word) or (number > 0 and word[0].isupper()):
                names.update(extract_question_terms(word, sorted(languages)))
        pairs = frozenset(pairwise(terms))
        return cls(text, kind, tuple(dict.fromkeys(terms)), pairs, frozenset(names))


def has_kind(words: str, kind: AnswerType) -> float:
    """Whether ``words`` hold what a question of this kind asks for: 1 or 0, and a half where one cannot tell."""
    if kind is AnswerType.NUMBER:
        return float(bool(NUMBER.search(words) or NUMBER_WORD.search(words)))
    evidence = EVIDENCE.get(kind)
    return 0.5 if evidence is None else float(bool(evidence.search(words)))
