"""Whether a sentence, read alone, leaves open whom or what it is about."""

from __future__ import annotations

import re

# A sentence that opens with one of these speaks of something in the sentence before it.
LEANING_WORDS = frozenset(
    {
        "another", "both", "he", "her", "here", "hers", "him", "his", "it", "its", "neither", "others", "she", "such",
        "that", "their", "theirs", "them", "then", "these", "they", "this", "those",
    }
)  # fmt: skip
# "There, …" points back; "There are three" does not.
THERE = re.compile(
    r"there\b(?!\s+(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|exists?)\b)",
    re.IGNORECASE,
)
PERSON = re.compile(r"\b(?:he|him|his|she|her|hers|they|them|their)\b", re.IGNORECASE)
NAME = re.compile(r"(?<=[\w,;:’'\")] )[A-Z]\w|\A[A-Z]\w+ [A-Z]\w")
# What a document calls its subject: "The project is sponsored by …".
SUBJECT = re.compile(
    r"(?:the|this|our)\s+(?:act|agreement|application|app|association|band|book|club|company|course|film|game|institute"
    r"|language|library|museum|novel|organi[sz]ation|package|plugin|policy|program(?:me)?|project|protocol|school|series"
    r"|server|service|site|software|song|tool|treaty|university|website)\b",
    re.IGNORECASE,
)
OPENING_MARKS = "\"'“”‘’(,*_ "


def leans(sentence: str) -> bool:
    """Whether somebody who reads the sentence alone does not know whom or what it is about."""
    words = sentence.lstrip(OPENING_MARKS)
    first = re.match(r"[^\W\d_]+", words)
    if first and (first.group().casefold() in LEANING_WORDS or THERE.match(words)):
        return True
    person, name = PERSON.search(words), NAME.search(words)
    return person is not None and (name is None or person.start() < name.start())


def leans_on_title(sentence: str) -> bool:
    """Whether the sentence calls what the whole document is about by what it is, and not by its name; in English."""
    return SUBJECT.match(sentence.lstrip(OPENING_MARKS)) is not None
