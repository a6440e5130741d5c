"""How sure an answer must be to be shown, and to be shown as sure."""

from __future__ import annotations

from dataclasses import dataclass

from bot.types import Certainty


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The least confidence, in [0, 1], of an answer that is shown at all, and of one that is called sure.

    Where ``sure`` is the lower one, every answer that is shown is sure.
    """

    answer: float
    sure: float

    def changed(self, answer: float | None, sure: float | None) -> Thresholds:
        """The same with others where these are given."""
        return Thresholds(self.answer if answer is None else answer, self.sure if sure is None else sure)

    def certainty(self, confidence: float) -> Certainty | None:
        """How an answer of this confidence is shown; None where it is not."""
        if confidence < self.answer:
            return None
        return Certainty.SURE if confidence >= self.sure else Certainty.UNSURE
