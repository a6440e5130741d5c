"""What a check finds: nothing, or the first thing that the cited sentences do not bear out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """Which check a statement fails, or that it fails none."""

    SUPPORTED = "supported"
    NO_WORDS = "no_words"
    NO_QUOTES = "no_quotes"
    LENGTH = "length"
    MARKUP = "markup"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    STITCHED = "stitched"
    ENTAILMENT = "entailment"


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
