"""Outcomes -> figures, each with its noise; the floors under them, and a table that people can read.

Every figure is better when it is higher.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.evaluation.intervals import auroc
from tests.quality.outcomes import Outcome
from tests.quality.questions import ANSWERABLE, FOLDER, INSIDE_THE_TOPIC, LIST, UNANSWERABLE

FLOORS = FOLDER / "floors.json"
# A drop of less than this many standard errors is noise.
NOISE_IN_ERRORS = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """A value in [0, 1], the count it rests on, and its standard error."""

    value: float
    n: int
    error: float


@dataclass(frozen=True, slots=True)
class Floor:
    """What was measured when the floor was set, on how many, and what a figure must not fall below."""

    measured: float
    n: int
    floor: float


def measure(outcomes: Sequence[Outcome]) -> dict[str, Figure]:
    """Every figure, by name."""
    answerable = [outcome for outcome in outcomes if outcome.trial.case.is_answerable]
    unanswerable = [outcome for outcome in outcomes if not outcome.trial.case.is_answerable]
    answered = [outcome for outcome in answerable if not outcome.is_refused]
    sure = [outcome for outcome in answerable if outcome.is_sure]
    figures = {
        "right in the first quote": _share(answerable, lambda outcome: outcome.trial.first_right),
        "right in any quote": _share(answerable, lambda outcome: outcome.trial.any_right),
        "right in the first quote, where answered": _share(answered, lambda outcome: outcome.trial.first_right),
        "right in the first quote, where sure": _share(sure, lambda outcome: outcome.trial.first_right),
        "answerable and not refused": _share(answerable, lambda outcome: not outcome.is_refused),
        "parts of lists shown": _proportion([hit for o in answerable if o.kind == LIST for hit in o.parts_shown]),
    }
    for kind in ANSWERABLE:
        of_kind = [outcome for outcome in answerable if outcome.kind == kind]
        figures[f"right in the first quote: {kind}"] = _share(of_kind, lambda outcome: outcome.trial.first_right)
    for kind in UNANSWERABLE:
        of_kind = [outcome for outcome in unanswerable if outcome.kind == kind]
        figures[f"refused: {kind}"] = _share(of_kind, lambda outcome: outcome.is_refused)
        figures[f"not called sure: {kind}"] = _share(of_kind, lambda outcome: not outcome.is_sure)
    inside = [outcome for outcome in unanswerable if outcome.kind in INSIDE_THE_TOPIC]
    figures["AUROC, inside the topic"] = _auroc(answerable, inside)
    figures["AUROC, all unanswerable"] = _auroc(answerable, unanswerable)
    return figures


def floors_under(figures: Mapping[str, Figure]) -> dict[str, Floor]:
    """Floors that lie under the figures by their noise."""
    return {
        name: Floor(round(figure.value, 3), figure.n, round(max(0.0, figure.value - NOISE_IN_ERRORS * figure.error), 3))
        for name, figure in figures.items()
    }


def load_floors() -> dict[str, Floor]:
    """The floors that are in force."""
    return {name: Floor(**floor) for name, floor in json.loads(FLOORS.read_text("utf-8")).items()}


def save_floors(floors: Mapping[str, Floor]) -> None:
    """Put floors in force."""
    rows = {name: {"measured": f.measured, "n": f.n, "floor": f.floor} for name, f in floors.items()}
    FLOORS.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")


def fallen(figures: Mapping[str, Figure], floors: Mapping[str, Floor]) -> list[str]:
    """The names of the figures that lie under their floors."""
    return [name for name, floor in floors.items() if figures[name].value < floor.floor]


def table(figures: Mapping[str, Figure], floors: Mapping[str, Floor]) -> str:
    """Each figure beside what it was when its floor was set; those under their floors are marked."""
    below = fallen(figures, floors)
    lines = [f"{'':42}{'now':>7}{'n':>6}{'was':>8}{'floor':>8}"]
    for name, figure in figures.items():
        floor = floors[name]
        mark = "  <- too low" if name in below else ""
        lines.append(f"{name:42}{figure.value:7.3f}{figure.n:6}{floor.measured:8.3f}{floor.floor:8.3f}{mark}")
    return "\n".join(lines)


def _share(outcomes: Sequence[Outcome], is_hit: Callable[[Outcome], bool]) -> Figure:
    return _proportion([is_hit(outcome) for outcome in outcomes])


def _proportion(hits: Sequence[bool]) -> Figure:
    """A share and its binomial error.

    The error is that of two more hits and two more misses, so that a share of 1 is not without noise. Source of the
    method: Agresti and Coull, 1998.
    """
    n = len(hits)
    middle = (sum(hits) + 2) / (n + 4)
    return Figure(sum(hits) / n if n else 0.0, n, math.sqrt(middle * (1 - middle) / (n + 4)))


def _auroc(positive: Sequence[Outcome], negative: Sequence[Outcome]) -> Figure:
    """How well confidence tells the two apart. Source of the error: Hanley and McNeil, 1982."""
    area = auroc(
        [outcome.trial.shown.confidence for outcome in positive],
        [outcome.trial.document for outcome in positive],
        [outcome.trial.shown.confidence for outcome in negative],
        [outcome.trial.document for outcome in negative],
    ).value
    assert area is not None
    wins, both = area / (2 - area), 2 * area**2 / (1 + area)
    spread = (len(positive) - 1) * (wins - area**2) + (len(negative) - 1) * (both - area**2)
    variance = (area * (1 - area) + spread) / (len(positive) * len(negative))
    return Figure(area, len(positive) + len(negative), math.sqrt(variance))
