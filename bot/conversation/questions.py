"""The parts of an English question: what it opens with, its subject, what it is about."""

from __future__ import annotations

import re

YEAR = re.compile(r"\b(?:1\d{3}|20\d\d)\b(?!s)")
AUXILIARY = (
    r"(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must)(?:n[’']t)?"
)
# Questions that open so keep their order of words when another of these takes the place.
ADVERB = (
    r"(?:since when|until when|from where|when|where|why|how (?:long|often|far|fast|soon|late|early|well)|how"
    r"|(?:in |on |at )?(?:what|which) (?:year|month|day|date|city|country|town|place)"
    r"|(?:by|with|for|to|from|against|about) (?:whom|who|what))"
)
PREPOSITION = r"(?:in|on|at|for|by|with|to|from|of)"
OPENING = (
    rf"(?:(?:{PREPOSITION} )?(?:who|whom|whose|how (?:many|much|old|big|large|tall|high))(?: else)?"
    rf"|{ADVERB}|(?:{PREPOSITION} )?(?:what|which)(?: else)?)"
)
BY_ADVERB = re.compile(rf"(?P<opening>{ADVERB})(?: exactly)? (?P<auxiliary>{AUXILIARY}) (?P<rest>.+)", re.IGNORECASE)
YES_OR_NO = re.compile(rf"(?P<auxiliary>{AUXILIARY}) (?P<rest>.+)", re.IGNORECASE)
OPENED = re.compile(rf"(?:{OPENING} )?(?:{AUXILIARY} )?(?P<rest>.+)", re.IGNORECASE)
# "…, and why" behind a question that was completed before.
TAIL = re.compile(rf",? and (?:{ADVERB}|who|what|which|how many|how much)$", re.IGNORECASE)
MAX_TOPIC = 120
MAX_LAST = 200  # a longer question does not finish a short one in words that people read


def bare(question: str) -> str:
    """The question on one line, without the marks at its end and what was put behind it before."""
    text = " ".join(question.split()).rstrip("?!. ")
    text = re.sub(r" \([^()]*\)$", "", text)
    return TAIL.sub("", text)


def asked_anew(opening: str, last: str) -> str | None:
    """The last question, asked with another opening: "where" and "When did it begin" -> "Where did it begin".

    None where the order of words would have to change.
    """
    match = BY_ADVERB.fullmatch(last) or YES_OR_NO.fullmatch(last)
    if match is None or not re.fullmatch(ADVERB, opening, re.IGNORECASE):
        return None
    return f"{opening[0].upper()}{opening[1:]} {match['auxiliary'].lower()} {match['rest']}"


def topic(question: str) -> str:
    """What a question is about: its words behind the opening; empty where they are too many."""
    match = OPENED.fullmatch(bare(question))
    words = match["rest"] if match else ""
    return words if len(words) <= MAX_TOPIC else ""
