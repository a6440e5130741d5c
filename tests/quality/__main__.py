"""Prints the figures beside their floors: ``python -m tests.quality [--failures] [--set-floors]``.

With ``--failures`` also what went wrong on the documents that may be looked at; with ``--set-floors`` the figures of
now get floors under them, which is for a change that is meant to alter them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from retrieval import OnnxEmbeddings
from tests.quality.figures import FLOORS, Figure, fallen, floors_under, load_floors, measure, save_floors, table
from tests.quality.outcomes import STEP, Outcome, ask_everything
from tests.quality.questions import Part


def main() -> int:
    """Ask, print, and say with the exit status whether a figure is too low."""
    options = argparse.ArgumentParser(prog="python -m tests.quality", description=(__doc__ or "").split(":")[0])
    options.add_argument("--failures", action="store_true", help="list what went wrong on the documents for tuning")
    options.add_argument("--set-floors", action="store_true", help="write floors under the figures of now")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as home:
        outcomes = ask_everything(Path(home), OnnxEmbeddings())
    held = measure(outcomes[::STEP])
    if chosen.failures:
        _say(*_failures([outcome for outcome in outcomes if outcome.part is Part.TUNE]))
    if chosen.set_floors or not FLOORS.exists():
        save_floors(floors_under(held))
    _say("What the tests hold:", table(held, load_floors()), "", "All questions:", _by_part(outcomes))
    return 1 if fallen(held, load_floors()) else 0


def _by_part(outcomes: Sequence[Outcome]) -> str:
    """The same figures of each part alone, for looking whether what was tuned also helps where nothing was."""
    tune, judge = (_of(outcomes, part) for part in Part)
    lines = [f"{'':42}{Part.TUNE:>7}{'n':>6}{Part.JUDGE:>8}{'n':>6}"]
    lines += [
        f"{name:42}{figure.value:7.3f}{figure.n:6}{judge[name].value:8.3f}{judge[name].n:6}"
        for name, figure in tune.items()
    ]
    return "\n".join(lines)


def _of(outcomes: Sequence[Outcome], part: Part) -> dict[str, Figure]:
    return measure([outcome for outcome in outcomes if outcome.part is part])


def _failures(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Wrong answers and wrong refusals, the surest first."""
    for outcome in sorted(outcomes, key=lambda outcome: -outcome.trial.shown.confidence):
        trial = outcome.trial
        if trial.case.is_answerable:
            wrong = "refused" if outcome.is_refused else "" if trial.first_right else "wrong quote"
        else:
            wrong = "" if outcome.is_refused else "answered"
        if wrong:
            yield f"{trial.shown.confidence:.2f} {wrong}: {trial.case.question} ({outcome.kind}, {outcome.document})"
            yield from (f"       wanted: {answer}" for answer in trial.case.answers)
            yield from (f"       quoted: {quote}" for quote in trial.shown.quotes)


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    sys.exit(main())
