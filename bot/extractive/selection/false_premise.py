"""Questions that take a deed or an age of somebody for granted, and sentences that tell it of somebody else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from retrieval import extract_terms

NAME = r"[A-Z][\w’'-]*(?:\s+(?:(?:of|the|de|al|bin|von|van)\s+)*[A-Z][\w’'-]*)*"
# "Why did Ada Thorne leave the village?"
TAKEN_FOR_GRANTED = re.compile(
    rf"\b(?i:why|when|where|how|what)\s+(?:did|does|do)\s+(?:[a-z]+\s+){{0,2}}(?P<who>{NAME})\s+(?P<deed>[a-z]\w+)"
)
# "Marek Vale, who later left the village"
TOLD = re.compile(
    rf"(?P<who>{NAME})(?:,?\s+who)?(?:\s+(?:had|has|have|also|then|later|soon|finally))*\s+(?P<deed>[a-z]\w+)"
)
# "How old is Ada Thorne?", but not "How old is the miller?" or "Ada's friend", who may be anybody.
AGE_ASKED = re.compile(
    r"\bhow\s+old\s+(?:is|was|are|were)\s+(?!(?:the|an?|this|that|these|those|my|your|his|her|its|our|their|he|she|it"
    r"|they|we|you|i|(?:some|any|every)(?:one|body)|people)\b)(?P<who>\w(?:(?!['’]s?\b).)*)\Z",
    re.IGNORECASE,
)
# "81-year-old Marek Vale", "81-year-old former miller Marek Vale", "Marek Vale, 81,", "Marek Vale (81)"; but not
# "an 81-year-old miller from Skarn", who may be told of by another name.
AGE_OF_NAME = re.compile(
    rf"(?<!\ba )(?<!\ban )\b\d{{1,3}}-year-old\s+"
    rf"(?:(?!(?:and|at|by|from|in|of|on|or|the|to|who|with)\b)[a-z]\w*\s+){{0,3}}(?P<who>{NAME})"
    rf"|(?P<who_before>{NAME})(?:,\s+(?:aged\s+)?\d{{1,3}}(?=[,.;])|\s+\((?:aged\s+)?\d{{1,3}}\))"
)
# Whoever else's age a sentence tells, and a number that may be one.
AGE = re.compile(r"\b(?:aged?|years?[ -]old|born|birthdays?)\b", re.IGNORECASE)
MAY_BE_AGE = re.compile(r"(?<![\d.,])\d{1,3}(?![\d%]|[.,]\d)")

POSSESSIVE = ("'s", "’s", "s'", "s’")


def has_false_premise(question: str, sentences: Iterable[str]) -> bool:
    """Whether ``sentences`` tell what ``question`` takes for granted, but never of its name; in English.

    That is a deed, or an age that stands beside a name.
    """
    question = _without_accents(question)
    if asked := AGE_ASKED.search(question):
        who = set(extract_terms(asked["who"]))
        return bool(who) and _is_age_of_others(who, map(_without_accents, sentences))
    asked = TAKEN_FOR_GRANTED.search(question)
    deed = extract_terms(asked["deed"]) if asked else []
    if asked is None or not deed or asked["who"].endswith(POSSESSIVE):  # "… Orrin's name …" is no deed
        return False
    return _is_deed_of_others(set(extract_terms(asked["who"])), deed, map(_without_accents, sentences))


def _is_deed_of_others(who: Collection[str], deed: list[str], sentences: Iterable[str]) -> bool:
    of_others = False
    for sentence in sentences:
        for told in TOLD.finditer(sentence):
            if extract_terms(told["deed"]) == deed:
                names = extract_terms(told["who"])
                if not names or not set(names).isdisjoint(who):
                    return False
                of_others = True
    return of_others


def _is_age_of_others(who: Collection[str], sentences: Iterable[str]) -> bool:
    of_others = False
    for sentence in sentences:
        for told in AGE_OF_NAME.finditer(sentence):
            if not set(extract_terms(told["who"] or told["who_before"])).isdisjoint(who):
                return False
            of_others = True
        rest = AGE_OF_NAME.sub(" ", sentence)
        # Somebody's age is told in another way, and may be the one.
        if AGE.search(rest) or (MAY_BE_AGE.search(rest) and not set(extract_terms(rest)).isdisjoint(who)):
            return False
    return of_others


def _without_accents(text: str) -> str:
    return "".join(
        character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character)
    )
