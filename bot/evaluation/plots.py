"""Two plots as SVG: what refusing buys (risk against coverage), and whether confidence means what it says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.evaluation.measures import Results, reliability, risk_coverage, working_point

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Each plot, and what it says to somebody who has never seen one.
CAPTIONS = {
    "risk-coverage.svg": "The lower a line stays, the fewer of the answers that people get to see are wrong.",
    "reliability.svg": "A dot on the dashed line means that confidence is honest: of answers that are said to be right "
    "with 70 %, 70 % are.",
}
PICTURES = tuple(CAPTIONS)
INK, QUIET, GRID = "#1f2933", "#66727f", "#e4e8ec"
# The product, and the baselines after it; told apart by the eye and, in grey, by their dashes.
COLOURS = ("#0f6f8c", "#c2571a", "#7a5aa6")
DASHES: tuple[Any, ...] = ("solid", (0, (5, 2)), (0, (1.5, 1.5)))
STYLE: dict[Any, Any] = {
    "svg.hashsalt": "pullquote",
    "svg.fonttype": "path",
    "font.family": ["DejaVu Sans"],
    "font.size": 10.5,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "lines.linewidth": 2.2,
}
# The first few questions of a curve are all or nothing; it is drawn from this share on.
FIRST_COVERAGE = 0.02
POINTS = 300


def draw_plots(results: Sequence[Results], folder: Path) -> None:
    """Draw both; the product's results come first. The same results give the same bytes.

    Raises:
        OSError: If a file cannot be written.
    """
    from matplotlib import rc_context

    with rc_context(STYLE):
        for name, figure in zip(PICTURES, (_risk_coverage(results), _reliability(results[0])), strict=True):
            figure.savefig(folder / name, format="svg", metadata={"Date": None, "Creator": None})


def _risk_coverage(results: Sequence[Results]) -> Figure:
    figure, axes = _canvas(
        "What refusing buys", "Wrong among the answered, the surest first; half of all the questions have no answer"
    )
    ends: list[tuple[float, str, str]] = []
    for system, colour, dashes in zip(results, COLOURS, DASHES, strict=False):
        curve = risk_coverage(system)
        if curve is not None:
            drawn = np.linspace(FIRST_COVERAGE * len(curve.coverage), len(curve.coverage) - 1, POINTS).astype(int)
            axes.plot(curve.coverage[drawn], curve.risk[drawn], color=colour, linestyle=dashes, solid_capstyle="round")
            ends.append((float(curve.risk[-1]), system.system, colour))
    for height, (risk, name, colour) in zip(_apart([risk for risk, _, _ in ends], 0.045), ends, strict=True):
        axes.annotate(
            f"{name}  {risk:.0%}",
            (1, risk),
            (1.02, height),
            color=colour,
            va="center",
            fontweight="bold",
            annotation_clip=False,
        )
    point = working_point(results[0])
    if point is not None:
        coverage, risk = point
        axes.plot(coverage, risk, "o", markersize=9, color=COLOURS[0], markeredgecolor="white", markeredgewidth=1.8)
        axes.annotate(
            f"threshold in force:\n{coverage:.0%} answered,\n{risk:.0%} of these wrong",
            (coverage, risk),
            (0.97, 0.06),  # under the curves there is always room: they end at half of all, at least
            textcoords="axes fraction",
            ha="right",
            color=COLOURS[0],
            linespacing=1.35,
            arrowprops={"arrowstyle": "-", "color": COLOURS[0], "linewidth": 1, "shrinkB": 7, "relpos": (0.5, 1)},
        )
    axes.set(xlim=(0, 1), ylim=(0, None), xlabel="coverage: share of the questions that is answered")
    axes.set_ylabel("risk: share of the answers that is wrong")
    _as_percent(axes)
    return figure


def _reliability(results: Results) -> Figure:
    figure, axes = _canvas("Does confidence mean what it says?", "How often the first quote is right, by confidence")
    bins = reliability(results)
    most = max((one.n for one in bins), default=1)
    sure, right = [one.confidence for one in bins], [one.right for one in bins]
    axes.plot([0, 1], [0, 1], color=QUIET, linewidth=1.2, linestyle=(0, (4, 3)))
    axes.vlines(sure, sure, right, color=COLOURS[1], linewidth=1.8)
    axes.plot(sure, right, color=COLOURS[0], alpha=0.35)
    sizes = [30 + 170 * one.n / most for one in bins]
    axes.scatter(sure, right, sizes, COLOURS[0], edgecolor="white", linewidth=1.4, zorder=3, clip_on=False)
    for one in bins:
        axes.text(one.confidence, 1.06, f"{one.n:,}", ha="center", va="center", color=QUIET, fontsize=8.5)
    for height, words, colour in (
        (1.06, "questions in each tenth", QUIET),
        (0.985, "perfect", QUIET),
        (0.9, "Pullquote", COLOURS[0]),
        (0.83, "the gap to perfect", COLOURS[1]),
    ):
        axes.text(1.03, height, words, va="center", color=colour)
    axes.set(xlim=(0, 1), ylim=(0, 1.1), xlabel="confidence")
    axes.set_ylabel("share that is right")
    axes.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1])
    _as_percent(axes)
    return figure


def _canvas(title: str, subtitle: str) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8.2, 5.2))
    axes = figure.add_axes((0.1, 0.13, 0.64, 0.71))
    figure.text(0.1, 0.945, title, fontsize=15, fontweight="bold", va="center")
    figure.text(0.1, 0.89, subtitle, color=QUIET, va="center")
    return figure, axes


def _as_percent(axes: Axes) -> None:
    from matplotlib.ticker import PercentFormatter

    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.tick_params(length=0, pad=6)


def _apart(heights: Sequence[float], gap: float) -> list[float]:
    """The heights, moved up as far as it takes for labels not to overlap; in the order given."""
    moved = list(heights)
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    for lower, upper in pairwise(order):
        moved[upper] = max(moved[upper], moved[lower] + gap)
    return moved
