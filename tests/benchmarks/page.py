"""What was measured -> the tables of docs/benchmarks.md and its plot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.evaluation.docs_tables import MARKED, rewrite_tables
from bot.evaluation.plots import COLOURS, STYLE
from tests.benchmarks.measuring import Measured, Row, Spread

PLOT = "growth.svg"
COMPARED = ("what", "Pullquote", "plain pipeline", "ratio", "goal", "reached")
# The least that a part must take to stand in the table by its own name.
NAMED_MS = 5.0
LARGEST_GROWTH = 4.0


def tables(measured: Measured) -> dict[str, str]:
    """The tables of what was measured, by the names of their marks."""
    growth = [growth_row(measured.growth)] if measured.growth else []
    speed = {
        "machine": _table(("what", ""), (*measured.machine, ("corpus", _corpus(measured.corpus)))),
        "speed": _table(COMPARED, _compared([*measured.rows, *growth])),
        "parts": _table(("part", "ms"), _parts(measured.parts)),
        "growth": _table(("chunks", "warm search, ms"), _growth(measured.growth)),
    }
    bot = {
        "bot": _table(("what", "Pullquote"), [(row.what, row.own.shown(row.digits)) for row in measured.bot]),
        "bot-machine": _table(("what", ""), (*measured.machine, ("corpus", _corpus(measured.corpus)))),
    }
    pages = {
        "pages": _table(COMPARED, _compared(measured.pages)),
        "pages-machine": _table(("what", ""), measured.machine),
    }
    return (speed if measured.rows else {}) | (bot if measured.bot else {}) | (pages if measured.pages else {})


def write(page: Path, measured: Measured) -> None:
    """Rewrite the page's tables; what it said of speed before stays as the run before."""
    text = page.read_text("utf-8")
    before = {match["name"]: match["body"].strip("\n") for match in MARKED.finditer(text)}
    found = tables(measured)
    again = "speed" in found and before.get("speed")
    kept = {"before": before["speed"], "before-machine": before["machine"]} if again else {}
    page.write_text(rewrite_tables(text, found | kept), "utf-8")
    if measured.growth:
        draw(measured.growth, page.with_name(PLOT))


def draw(growth: Mapping[int, Spread], path: Path) -> None:
    """The plot of growth: every run a point, the medians a line."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    sizes = sorted(growth)
    with rc_context(STYLE):
        figure = Figure(figsize=(7.2, 3.6), layout="constrained")
        axes = figure.add_subplot()
        axes.plot(sizes, [growth[size].median for size in sizes], color=COLOURS[0], marker="o", markersize=5)
        for size in sizes:
            axes.plot([size] * len(growth[size].values), growth[size].values, ".", color=COLOURS[0], alpha=0.35)
        axes.set_xscale("log")
        axes.set_ylim(bottom=0)
        axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
        axes.minorticks_off()
        axes.set_xlabel("chunks in the library")
        axes.set_ylabel("one warm search, ms")
        figure.savefig(path, metadata={"Date": None, "Creator": None})


def growth_row(growth: Mapping[int, Spread]) -> Row:
    """How much slower a search of the largest library is than one of the smallest."""
    sizes = sorted(growth)
    first, last = growth[sizes[0]], growth[sizes[-1]]
    # Runs of one size are no pairs with those of another, so that there is one figure and no spread.
    times = Spread((last.median / first.median,))
    what = f"warm search of {sizes[-1]:,} chunks, in times of one of {sizes[0]:,}"
    return Row(what, times, most=LARGEST_GROWTH)


def _corpus(corpus: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {what}" for what, count in corpus.items())


def _compared(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    return [
        (
            row.what,
            row.own.shown(row.digits),
            row.plain.shown(row.digits) if row.plain else "–",
            f"{row.times_better:.1f}" if row.plain else "–",
            row.goal or "–",
            ("yes" if row.holds else "**no**") if row.goal else "–",
        )
        for row in rows
    ]


def _parts(parts: Mapping[str, float]) -> list[tuple[str, str]]:
    """The parts, rounded; what rounding takes or gives goes to the small ones, so that the table adds up as printed."""
    named = sorted(((round(ms), part) for part, ms in parts.items() if ms >= NAMED_MS), reverse=True)
    whole = round(sum(parts.values()))
    rest = whole - sum(ms for ms, _ in named)
    rows = [*((part, ms) for ms, part in named), (f"parts under {NAMED_MS:.0f} ms together", rest), ("**all**", whole)]
    return [(part, f"{ms:,}") for part, ms in rows]


def _growth(growth: Mapping[int, Spread]) -> list[tuple[str, str]]:
    return [(f"{size:,}", growth[size].shown(2)) for size in sorted(growth)]


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = [":--" if number == 0 else "--:" for number, _ in enumerate(columns)]
    return "\n".join(f"| {' | '.join(line)} |" for line in (columns, rule, *rows))
