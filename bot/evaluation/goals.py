"""Somebody's own goals for the answers to their questions, such as ``right=80``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.evaluation.errors import EvaluationError

# The figures that can have a goal; the first should be high, the others low.
FIGURES = ("right", "refused", "wrong", "unsure")
GOAL = re.compile(r"(?P<figure>[a-z]+)\s*=\s*(?P<percent>\d{1,3})\s*%?")
MOST_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Goal:
    """A share that a figure should have at least or, where it should be low, at most; in percent."""

    figure: str
    percent: int

    def is_met(self, share: float) -> bool:
        """Whether a share between 0 and 1 is good enough."""
        reached = round(100 * share, 6)
        return reached >= self.percent if self.figure == FIGURES[0] else reached <= self.percent

    def __str__(self) -> str:
        return f"{self.figure} at {'least' if self.figure == FIGURES[0] else 'most'} {self.percent}%"


def read_goal(text: str) -> Goal:
    """A goal as people write it.

    Raises:
        EvaluationError: If it is not one.
    """
    match = GOAL.fullmatch(text.strip().lower())
    if match is None or match["figure"] not in FIGURES or int(match["percent"]) > MOST_PERCENT:
        raise EvaluationError(f"“{text}” is not a goal; write it like right=80; there are {', '.join(FIGURES)}.")
    return Goal(match["figure"], int(match["percent"]))
