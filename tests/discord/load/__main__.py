"""``make load``: 50 people in 10 servers ask at once while a document of 100 pages is added; prints how it went."""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from tests.discord.load.crowd import Outcome, program, rush

# One big server, some middling ones, and two of a single person each, who ask last.
SIZES = (20, 8, 5, 4, 4, 3, 2, 2, 1, 1)
PAGES = 100
PATIENCE = 120.0


def main() -> None:
    """Let them, as often as told, each time with a program of its own."""
    parser = argparse.ArgumentParser(description="Measure the Discord bot under load.")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pages", type=int, default=PAGES)
    chosen = parser.parse_args()
    for run in range(1, chosen.runs + 1):
        with tempfile.TemporaryDirectory() as folder, program(Path(folder)) as (discord, _):
            outcome = rush(discord, Path(folder), SIZES, pages_added=chosen.pages, patience=PATIENCE)
        sys.stdout.write(f"run {run}: {told(outcome)}\n")


def told(outcome: Outcome) -> str:
    """An outcome in a few lines."""
    answers = sorted(one.answer for one in outcome.waited)
    small = [answer for server, size in enumerate(SIZES) if size == 1 for answer in outcome.answers_in(server)]
    return (
        f"{len(answers)} answered; first sign after {outcome.longest_sign:.2f} s at most; answers after "
        f"{statistics.median(answers):.1f} s (median), {answers[-1]:.1f} s (last); alone in a server: "
        f"{', '.join(f'{one:.1f} s' for one in small)}; document added in {outcome.added:.0f} s\n"
        f"  event loop: {outcome.loop}"
    )


if __name__ == "__main__":
    main()
