"""How sure the answers to questions with known answers were -> from where on an answer is shown, and called sure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.evaluation.scoring import Group
from bot.extractive.selection import Thresholds

# Of the questions that the document answers so many may be not found.
MOST_NOT_FOUND = 0.12
# Of the questions about other documents so many may be shown, or as few more as the share above allows.
MOST_ASTRAY = 0.03
# Of those that are called sure the first quote is right for so many at least.
LEAST_RIGHT = 0.95
# So many of the other questions may be called sure.
MOST_SURE = {Group.UNANSWERABLE: 0.11, Group.OFF_DOCUMENT: 0.005}
# So many unanswerable questions of a kind tell something by themselves.
TELLING = 100
Floats = NDArray[np.float64]
DIGITS = 4
# Sums of shares are off by less.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the selector made of a question with a known answer.

    Attributes:
        kind: The kind of document.
        group: Whether the document answers.
        confidence: How sure the first sentence is, in [0, 1].
        right: Whether it answers.
    """

    kind: str
    group: Group
    confidence: float
    right: bool


def choose_thresholds(judgements: Sequence[Judgement]) -> Thresholds:
    """The thresholds by the rule; every kind of document counts the same.

    ``answer`` is, of the confidences under which at most ``MOST_NOT_FOUND`` of the answerable questions lie, and over
    which at most ``MOST_ASTRAY`` of those about other documents do, or as few more as can be, the one that tells best
    who should be answered: that loses the least share of the answerable questions, and shows the least share of those
    that the document does not answer, and of those about other documents, all three added up (as Youden 1950, "Index
    for rating diagnostic tests", does for two); the lowest of several.
    ``sure`` is the lowest confidence, ``answer`` at least, from which on the first quote is right for ``LEAST_RIGHT``
    of the answerable questions and of the others no more than ``MOST_SURE`` are called sure; 1 where there is none. The
    share that is right is that of the middle kind, because for some kinds only one of several right sentences is known;
    the unanswerable questions of each kind that has ``TELLING`` of them must hold by themselves, too.
    """
    counts = Counter((each.kind, each.group) for each in judgements)
    confidence = np.array([each.confidence for each in judgements])
    right = np.array([each.right for each in judgements], bool)
    kinds = np.unique([each.kind for each in judgements], return_inverse=True)[1]
    worth = {
        group: np.array([float(each.group is group) / max(1, counts[each.kind, group]) for each in judgements])
        for group in Group
    }
    answer = _answer(confidence, worth)
    sure = _sure(confidence, right, kinds, worth, answer)
    return Thresholds(round(answer, DIGITS), round(sure, DIGITS))


def _answer(confidence: Floats, worth: dict[Group, Floats]) -> float:
    best, least_wrong = 0.0, (math.inf, math.inf)
    for least in _cuts(confidence):
        shown = confidence >= least
        lost = _share(worth[Group.ANSWERABLE], ~shown)
        astray = _share(worth[Group.OFF_DOCUMENT], shown)
        wrong = (max(astray, MOST_ASTRAY), round(lost + _share(worth[Group.UNANSWERABLE], shown) + astray, 9))
        if lost <= MOST_NOT_FOUND + ROUNDING and wrong < least_wrong:
            best, least_wrong = least, wrong
    return best


def _sure(
    confidence: Floats, right: NDArray[np.bool_], kinds: NDArray[np.intp], worth: dict[Group, Floats], answer: float
) -> float:
    unanswerable = [(worth[Group.UNANSWERABLE] > 0) & (kinds == kind) for kind in np.unique(kinds)]
    large = [mine for mine in unanswerable if mine.sum() >= TELLING]
    for least in (cut for cut in _cuts(confidence) if cut >= answer):
        above = confidence >= least
        said = above & (worth[Group.ANSWERABLE] > 0)
        shares = [right[said & (kinds == kind)].mean() for kind in np.unique(kinds[said])]
        if not shares or np.median(shares) < LEAST_RIGHT - ROUNDING:
            continue
        if all(_share(worth[group], above) <= most + ROUNDING for group, most in MOST_SURE.items()) and all(
            above[mine].mean() <= MOST_SURE[Group.UNANSWERABLE] + ROUNDING for mine in large
        ):
            return least
    return 1.0


def _cuts(confidence: Floats) -> list[float]:
    """Where the questions can be parted: below all of them, and half-way between one and the next."""
    found = np.unique(confidence)
    return [0.0, *((found[:-1] + found[1:]) / 2).tolist()]


def _share(worth: Floats, hits: NDArray[np.bool_]) -> float:
    """The share of those that hit, by worth; 0 where nothing is worth anything."""
    total = worth.sum()
    return float(worth[hits].sum() / total) if total else 0.0
