"""How often the check of a chat model's statements errs: ``python -m tests.statement_evaluation [--write FILE]``.

The pairs were written for this alone, before the network that judges was trained; nothing was tuned on them. Those of
``choosing.jsonl`` were written for choosing the threshold and for mending exact rules, and may be looked at. With
``--write`` the marked tables of a Markdown file are rewritten, and the plot beside it.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.chat.verification import open_judge
from bot.evaluation.docs_tables import rewrite_file
from bot.evaluation.intervals import share
from bot.evaluation.plots import STYLE
from tests.statement_evaluation.judged import (
    PAIRS,
    THRESHOLDS,
    Judged,
    false_passed,
    judge_all,
    read_pairs,
    true_refused,
)

PLOT = "statement-check.svg"


def main() -> None:
    """Judge, print, and write what was asked for."""
    options = argparse.ArgumentParser(prog="python -m tests.statement_evaluation")
    options.add_argument("pairs", nargs="?", type=Path, default=PAIRS, help="JSON Lines (default: the project's own)")
    options.add_argument("--model", help="another checking model: a folder or hub id")
    options.add_argument("--write", type=Path, help="a Markdown file whose marked tables are rewritten")
    options.add_argument("--list", action="store_true", help="list what went wrong, of pairs that may be looked at")
    chosen = options.parse_args()
    judge = open_judge(chosen.model)
    judged = judge_all(read_pairs(chosen.pairs), judge)
    tables = {
        "statement-check": _curve(judged, judge.threshold),
        "statement-kinds": _kinds(judged, judge.threshold),
    }
    sys.stdout.write("\n\n".join([*tables.values(), _times(judged), ""]))
    if chosen.list and chosen.pairs != PAIRS:
        sys.stdout.writelines(_wrong(judged, judge.threshold))
    if chosen.write:
        rewrite_file(chosen.write, tables)
        _draw(judged, judge.threshold, chosen.write.parent / PLOT)


def _curve(judged: Sequence[Judged], in_force: float) -> str:
    lines = ["| threshold | false statements that pass | true statements that are refused |", "|--:|--:|--:|"]
    for threshold in sorted({*THRESHOLDS[1::2], in_force}):
        mark = "**" if threshold == in_force else ""
        cells = (f"{threshold:.2f}", _interval(judged, False, threshold), _interval(judged, True, threshold))
        lines.append("| " + " | ".join(f"{mark}{cell}{mark}" for cell in cells) + " |")
    return "\n".join(lines)


def _interval(judged: Sequence[Judged], follows: bool, threshold: float) -> str:
    """The share of errors, with a 95 % interval drawn over documents."""
    some = [one for one in judged if one.pair.follows is follows]
    texts = sorted({one.pair.text for one in some})
    figure = share(
        [float(one.passes(threshold) is not follows) for one in some], [texts.index(one.pair.text) for one in some]
    )
    return f"{figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f})"


def _kinds(judged: Sequence[Judged], threshold: float) -> str:
    """The errors of each kind."""
    by_kind: dict[tuple[bool, str], list[Judged]] = defaultdict(list)
    for one in judged:
        by_kind[one.pair.follows, one.pair.kind].append(one)
    lines = ["| kind | pairs | errors |", "|---|--:|--:|"]
    for (follows, kind), some in sorted(by_kind.items()):
        errors = sum(one.passes(threshold) is not follows for one in some)
        lines.append(f"| {'true' if follows else 'false'}: {kind.replace('_', ' ')} | {len(some)} | {errors} |")
    return "\n".join(lines)


def _times(judged: Sequence[Judged]) -> str:
    middle, late = np.percentile([one.seconds for one in judged[1:]], [50, 95])
    return f"One statement: p50 {1000 * middle:.1f} ms, p95 {1000 * late:.1f} ms."


def _wrong(judged: Sequence[Judged], threshold: float) -> list[str]:
    return [
        f"{one.likelihood:.2f} {'true' if one.pair.follows else 'false'} ({one.pair.kind}): {one.pair.statement}\n"
        f"     {' / '.join(one.pair.quotes)}\n"
        for one in judged
        if one.passes(threshold) is not one.pair.follows
    ]


def _draw(judged: Sequence[Judged], in_force: float, path: Path) -> None:
    """Draw the curve; the same judgements give the same bytes."""
    from matplotlib import pyplot, rc_context

    with rc_context(STYLE):
        figure, axes = pyplot.subplots(figsize=(6.4, 4.4), layout="constrained")
        thresholds = np.linspace(0.01, 0.99, 99)
        axes.plot(
            [100 * true_refused(judged, threshold) for threshold in thresholds],
            [100 * false_passed(judged, threshold) for threshold in thresholds],
            color="#0f6f8c",
        )
        axes.plot(100 * true_refused(judged, in_force), 100 * false_passed(judged, in_force), "o", color="#c2571a")
        axes.annotate(
            f"threshold {in_force:.2f}",
            (100 * true_refused(judged, in_force), 100 * false_passed(judged, in_force)),
            textcoords="offset points",
            xytext=(8, 8),
        )
        axes.set(
            xlabel="true statements that are refused (%)",
            ylabel="false statements that pass (%)",
            xlim=(0, 100),
            ylim=(0, 100),
            title="What the check lets pass and what it refuses",
        )
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
        pyplot.close(figure)


if __name__ == "__main__":
    main()
