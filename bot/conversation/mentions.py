"""What a text speaks of: names and noun phrases, and what each looks to stand for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# What is longer is no name, and would make no question that people can read.
MAX_CHARACTERS = 80


class MentionKind(StrEnum):
    """What a mention stands for, as far as can be told; the first five are kinds of names."""

    PERSON = "person"
    PLACE = "place"
    WORK = "work"
    THING = "thing"
    UNKNOWN = "unknown"
    ROLE = "role"  # the president
    PEOPLE = "people"  # the protesters
    GROUP = "group"  # the government
    MANY = "many"  # the planes
    ONE = "one"  # the airport


@dataclass(frozen=True, slots=True)
class Mention:
    """A name without its possessive ending, or a phrase with the article "the", and where it begins.

    ``article`` is what a name has before it: "the " in "the Baltic Sea".
    """

    text: str
    kind: MentionKind
    start: int
    article: str = ""
