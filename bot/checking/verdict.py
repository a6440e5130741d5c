"""What a check finds: nothing, or the first thing that the cited sentences do not support."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """Which rule a statement fails, or that it fails none."""

    SUPPORTED = "supported"
    NO_QUOTES = "no_quotes"
    MARKUP = "markup"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    NEARNESS = "nearness"
    NEGATION = "negation"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one statement may be shown.

    ``reason`` is one plain sentence, for people and for the chat model; it is empty when the statement is supported.
    """

    kind: Rule
    reason: str = ""

    @property
    def passed(self) -> bool:
        """Whether the cited sentences support the statement."""
        return self.kind is Rule.SUPPORTED


SUPPORTED = Verdict(Rule.SUPPORTED)
