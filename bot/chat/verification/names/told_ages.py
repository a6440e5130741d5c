"""Whose age a text tells: "81-year-old Nazarbayev", "Costa, 52, refused"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

# Who is meant by these stands elsewhere.
PRONOUNS = frozenset({"he", "she", "it", "they", "who", "this", "that", "i", "we", "you"})
_NAME = r"(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)"
_AGE = r"(?P<age>\d{1,3})"
AGES = (
    re.compile(rf"\b{_AGE}-year-old (?:[a-z]+ ){{0,3}}{_NAME}"),
    re.compile(rf"\b{_NAME},? (?:\()?(?:(?:then|now|aged) )?{_AGE}(?=[,;)])"),
    re.compile(rf"\b{_NAME} (?:is|was|turned) (?:aged )?{_AGE}(?: years old)?(?=[,.;]|\Z)"),
)


def first_other_age(text: str, quotes: Sequence[str]) -> str | None:
    """The first age that a statement gives to one name and its quotes to others alone."""
    told: defaultdict[str, set[str]] = defaultdict(set)
    for quote in quotes:
        for age, words in _ages(quote):
            told[age] |= words
    return next((age for age, words in _ages(text) if told[age] and told[age].isdisjoint(words)), None)


def _ages(text: str) -> Iterator[tuple[str, set[str]]]:
    """Each age, and the words of the name that has it."""
    for pattern in AGES:
        for match in pattern.finditer(text):
            words = {word.removesuffix("'s").casefold() for word in match["name"].split()} - PRONOUNS
            if words:
                yield match["age"], words
