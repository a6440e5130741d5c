"""Questions that take a deed of somebody for granted, and sentences that tell it of somebody else."""

from __future__ import annotations

import re
import unicodedata

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


def is_told_of_another(question: str, sentence: str) -> bool:
    """Whether ``sentence`` tells the deed that ``question`` takes for granted, but of another name; both in English."""
    question, sentence = _without_accents(question), _without_accents(sentence)
    asked = TAKEN_FOR_GRANTED.search(question)
    if asked is None:
        return False
    deed, who = extract_terms(asked["deed"]), set(extract_terms(asked["who"]))
    told = [
        set(extract_terms(match["who"])) for match in TOLD.finditer(sentence) if extract_terms(match["deed"]) == deed
    ]
    return bool(deed and told) and not any(not names or names & who for names in told)


def _without_accents(text: str) -> str:
    return "".join(
        character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character)
    )
