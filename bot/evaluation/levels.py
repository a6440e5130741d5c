"""How many questions were answered as sure, as unsure and not at all, and how often the first quote was right then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.scoring import Trial
from bot.types import Certainty


@dataclass(frozen=True, slots=True)
class Levels:
    """Numbers of questions, and the share of first quotes that are right; None where there is no quote to be right."""

    sure: int
    unsure: int
    not_found: int
    right_when_sure: float | None
    right_when_unsure: float | None

    @property
    def n(self) -> int:
        """All of the questions."""
        return self.sure + self.unsure + self.not_found

    @classmethod
    def of(cls, trials: Sequence[Trial]) -> Levels:
        """Count them."""
        sure, unsure, neither = (
            [trial.first_right for trial in trials if trial.shown.certainty is level] for level in (*Certainty, None)
        )
        return cls(len(sure), len(unsure), len(neither), _share(sure), _share(unsure))


def _share(right: Sequence[bool]) -> float | None:
    return sum(right) / len(right) if right else None
