"""Questions that take a deed of somebody for granted, and sentences that tell it of somebody else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

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

POSSESSIVE = ("'s", "’s", "s'", "s’")


def has_false_premise(question: str, sentences: Iterable[str]) -> bool:
    """Whether ``sentences`` tell the deed that ``question`` takes for granted, but never of its name; in English."""
    asked = TAKEN_FOR_GRANTED.search(_without_accents(question))
    deed = extract_terms(asked["deed"]) if asked else []
    if asked is None or not deed or asked["who"].endswith(POSSESSIVE):  # "… Orrin's name …" is no deed
        return False
    who, of_others = set(extract_terms(asked["who"])), False
    for sentence in sentences:
        for told in TOLD.finditer(_without_accents(sentence)):
            if extract_terms(told["deed"]) == deed:
                names = set(extract_terms(told["who"]))
                if not names or names & who:
                    return False
                of_others = True
    return of_others


def _without_accents(text: str) -> str:
    return "".join(
        character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character)
    )
