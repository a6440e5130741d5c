"""Whose age a question asks for, and whose age a sentence tells; in English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from retrieval import extract_terms
from retrieval.text.patterns import late_pattern

NAME = r"[A-Z][\w’'-]*(?:\s+(?:(?:of|the|de|al|bin|von|van)\s+)*[A-Z][\w’'-]*)*"
# "How old is Ada Thorne?", but not "How old is the miller?" or "Ada's friend", who may be anybody.
AGE_ASKED = re.compile(
    r"\bhow\s+old\s+(?:(?P<now>is|are)|was|were)\s+(?!(?:the|an?|this|that|these|those|my|your|his|her|its|our|their|he|she|it"
    r"|they|we|you|i|(?:some|any|every)(?:one|body)|people)\b)(?P<who>\w(?:(?!['’]s?\b).)*)\Z",
    re.IGNORECASE,
)
# "81-year-old Marek Vale", "81-year-old former miller Marek Vale", "Marek Vale, 81,", "Marek Vale (81)"; but not
# "an 81-year-old miller from Skarn", who may be told of by another name.
AGE_OF_NAME = late_pattern(
    rf"(?<!\ba )(?<!\ban )\b\d{{1,3}}-year-old\s+"
    rf"(?:(?!(?:and|at|by|from|in|of|on|or|the|to|who|with)\b)[a-z]\w*\s+){{0,3}}(?P<who>{NAME})"
    rf"|(?P<who_before>{NAME})(?:,\s+(?:aged\s+)?\d{{1,3}}(?=[,.;])|\s+\((?:aged\s+)?\d{{1,3}}\))"
)
# Whoever else's age a sentence tells, and a number that may be one.
AGE = re.compile(r"\b(?:aged?|years?[ -]old|born|birthdays?)\b", re.IGNORECASE)
MAY_BE_AGE = re.compile(r"(?<![\d.,])\d{1,3}(?![\d%]|[.,]\d)")


def whose_age(question: str, *, now: bool = False) -> frozenset[str]:
    """The terms of the name whose age is asked for; none where no age of a name is, or with ``now`` that of before."""
    asked = AGE_ASKED.search(without_accents(question))
    return frozenset(extract_terms(asked["who"])) if asked and (asked["now"] or not now) else frozenset()


def tells_age(who: Collection[str], sentence: str) -> bool:
    """Whether an age stands beside one of these names: not "she was seven years old when …", which she is no longer."""
    return any(not names.isdisjoint(who) for names in _names_with_age(without_accents(sentence)))


def is_age_of_others(who: Collection[str], sentences: Iterable[str]) -> bool:
    """Whether sentences tell ages, and none of them that of one of these names."""
    of_others = False
    for sentence in map(without_accents, sentences):
        for names in _names_with_age(sentence):
            if not names.isdisjoint(who):
                return False
            of_others = True
        rest = AGE_OF_NAME.sub(" ", sentence)
        # Somebody's age is told in another way, and may be the one.
        if AGE.search(rest) or (MAY_BE_AGE.search(rest) and not set(extract_terms(rest)).isdisjoint(who)):
            return False
    return of_others


def without_accents(text: str) -> str:
    """The text without its accents."""
    return "".join(
        character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character)
    )


def _names_with_age(sentence: str) -> Iterable[set[str]]:
    """The terms of each name that an age stands beside."""
    return (set(extract_terms(told["who"] or told["who_before"])) for told in AGE_OF_NAME.finditer(sentence))
