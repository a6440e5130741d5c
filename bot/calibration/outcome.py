"""Judged questions -> the figures that people see of a calibration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from bot.calibration.calibrator import Judged
from bot.evaluation.scoring import Group
from bot.evaluation.tables import Table, show_figure
from bot.types import Certainty


def _right(each: Judged) -> bool:
    return each.judgement.right


def _not_found(each: Judged) -> bool:
    return each.thresholds.certainty(each.judgement.confidence) is None


def _sure(each: Judged) -> bool:
    return each.thresholds.certainty(each.judgement.confidence) is Certainty.SURE


# What is measured: of which questions, and which of them count.
Figures = dict[str, float | None]
SHARES: dict[str, tuple[Group, Callable[[Judged], bool]]] = {
    "answerable: first quote right": (Group.ANSWERABLE, _right),
    "answerable: not found": (Group.ANSWERABLE, _not_found),
    "answerable: sure": (Group.ANSWERABLE, _sure),
    "unanswerable inside the topic: not found": (Group.UNANSWERABLE, _not_found),
    "unanswerable inside the topic: sure": (Group.UNANSWERABLE, _sure),
    "off the document: not found": (Group.OFF_DOCUMENT, _not_found),
    "off the document: sure": (Group.OFF_DOCUMENT, _sure),
}
STEPS = 20
RIGHT_OF_SURE = "answerable and sure: first quote right"


def figures(judged: Sequence[Judged]) -> Figures:
    """The shares, by name; every kind of document counts the same. None where there is nothing to measure."""
    found = {
        name: _share([e for e in judged if e.judgement.group is group], hit) for name, (group, hit) in SHARES.items()
    }
    sure = [each for each in judged if each.judgement.group is Group.ANSWERABLE and _sure(each)]
    return found | {RIGHT_OF_SURE: _share(sure, _right)}


def of_kind(judged: Sequence[Judged], kind: str | None) -> list[Judged]:
    """The questions about one kind of documents, or all of them."""
    return [each for each in judged if kind in (None, each.judgement.kind)]


def compare(before: Sequence[Judged], after: Sequence[Judged]) -> Table:
    """The figures of the weights that were there, and of those that were fitted."""
    counts = Counter(str(each.judgement.group) for each in after)
    one, other = figures(before), figures(after)
    rows = [
        (
            name,
            f"{counts[name.partition(':')[0]]:,}" if name in SHARES else "",
            show_figure(one[name]),
            show_figure(other[name]),
        )
        for name in one
    ]
    return Table("calibration", "Before and after", ("share", "n", "as shipped", "calibrated"), tuple(rows))


def _share(judged: Sequence[Judged], hit: Callable[[Judged], bool]) -> float | None:
    counts = Counter(each.judgement.kind for each in judged)
    hits = Counter(each.judgement.kind for each in judged if hit(each))
    return sum(hits[kind] / count for kind, count in counts.items()) / len(counts) if counts else None


def trade_offs(judged: Sequence[Judged]) -> Table:
    """What other thresholds would do, by kind of document.

    Of the answerable questions the share from that confidence on, and how many of these are right first; of the
    unanswerable ones inside the topic the share from there on.
    """
    kinds = list(dict.fromkeys(each.judgement.kind for each in judged))
    rows = []
    for step in range(1, STEPS):
        cells = []
        for kind in kinds:
            own = [each.judgement for each in of_kind(judged, kind)]
            above = [each for each in own if each.confidence >= step / STEPS]
            counts, all_counts = Counter(each.group for each in above), Counter(each.group for each in own)
            right = sum(each.right for each in above if each.group is Group.ANSWERABLE)
            shares = (
                (counts[Group.ANSWERABLE], all_counts[Group.ANSWERABLE]),
                (right, counts[Group.ANSWERABLE]),
                (counts[Group.UNANSWERABLE], all_counts[Group.UNANSWERABLE]),
            )
            cells.append(" ".join(show_figure(part / whole if whole else None) for part, whole in shares))
        rows.append((show_figure(step / STEPS), *cells))
    return Table("trade-offs", "Thresholds", ("confidence", *kinds), tuple(rows))
