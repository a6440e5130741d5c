"""Questions that take a deed or an age of somebody for granted, and sentences that tell it of somebody else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from bot.extractive.selection.ages import NAME, is_age_of_others, whose_age, without_accents
from retrieval import extract_terms
from retrieval.text.patterns import late_pattern

# "Why did Ada Thorne leave the village?"
TAKEN_FOR_GRANTED = re.compile(
    rf"\b(?i:why|when|where|how|what)\s+(?:did|does|do)\s+(?:[a-z]+\s+){{0,2}}(?P<who>{NAME})\s+(?P<deed>[a-z]\w+)"
)
# "Marek Vale, who later left the village"
TOLD = late_pattern(
    rf"(?P<who>{NAME})(?:,?\s+who)?(?:\s+(?:had|has|have|also|then|later|soon|finally))*\s+(?P<deed>[a-z]\w+)"
)
POSSESSIVE = ("'s", "’s", "s'", "s’")


def has_false_premise(question: str, sentences: Iterable[str]) -> bool:
    """Whether ``sentences`` tell what ``question`` takes for granted, but never of its name; in English.

    That is a deed, or an age that stands beside a name.
    """
    if who := whose_age(question):
        return is_age_of_others(who, sentences)
    question = without_accents(question)
    asked = TAKEN_FOR_GRANTED.search(question)
    deed = extract_terms(asked["deed"]) if asked else []
    if asked is None or not deed or asked["who"].endswith(POSSESSIVE):  # "… Orrin's name …" is no deed
        return False
    return _is_deed_of_others(set(extract_terms(asked["who"])), deed, map(without_accents, sentences))


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
