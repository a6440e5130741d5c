"""Figures with 95 % intervals: bootstrap over documents, because questions about one document are alike.

Source of the method: Efron's percentile bootstrap, with whole documents drawn (a cluster bootstrap).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 20221122
RESAMPLES = 2000
INTERVAL = (2.5, 97.5)
BINS = 10

Floats = NDArray[np.float64]
# Each row says how often each document was drawn.
Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value, the count it rests on, and its interval; None where there is nothing to measure it on.

    One document alone has no interval: nothing can be drawn from it but itself.
    """

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None


NOTHING = Figure(None, 0)


def share(hits: Sequence[float], documents: Sequence[int]) -> Figure:
    """The mean of ``hits``; ``documents`` says to which document each belongs."""
    if not hits:
        return NOTHING
    rows = _rows(documents)
    sums, counts = np.bincount(rows, np.asarray(hits, dtype=float)), np.bincount(rows).astype(float)
    return _figure(len(hits), len(counts), lambda weights: (weights @ sums) / (weights @ counts))


def auroc(
    positive: Sequence[float],
    positive_documents: Sequence[int],
    negative: Sequence[float],
    negative_documents: Sequence[int],
) -> Figure:
    """The probability that a positive scores higher than a negative; a tie counts half."""
    if not positive or not negative:
        return NOTHING
    rows = _rows([*positive_documents, *negative_documents])
    positive_rows, negative_rows = rows[: len(positive)], rows[len(positive) :]
    size = int(rows.max()) + 1
    scores = np.asarray(positive, dtype=float)
    wins = np.zeros((size, size))  # of each document's positives over each document's negatives
    for row in range(size):
        others = np.sort(np.asarray(negative, dtype=float)[negative_rows == row])
        won = (np.searchsorted(others, scores, "left") + np.searchsorted(others, scores, "right")) / 2
        wins[:, row] = np.bincount(positive_rows, won, minlength=size)
    positives = np.bincount(positive_rows, minlength=size).astype(float)
    negatives = np.bincount(negative_rows, minlength=size).astype(float)

    def measure(weights: Weights) -> Floats:
        pairs = (weights @ positives) * (weights @ negatives)
        won = np.einsum("bi,ij,bj->b", weights, wins, weights, optimize=True)
        result: Floats = np.divide(won, pairs, out=np.full(len(weights), np.nan), where=pairs > 0)
        return result

    return _figure(len(positive) + len(negative), size, measure)


def calibration_error(confidences: Sequence[float], events: Sequence[bool], documents: Sequence[int]) -> Figure:
    """The expected calibration error over ten bins of equal width (ECE).

    Source of the method: Naeini et al., 2015.
    """
    if not confidences:
        return NOTHING
    rows = _rows(documents)
    size = int(rows.max()) + 1
    cells = rows * BINS + bin_numbers(confidences)
    gaps = np.asarray(confidences, dtype=float) - np.asarray(events, dtype=float)
    sums = np.bincount(cells, gaps, minlength=size * BINS).reshape(size, BINS)
    counts = np.bincount(rows).astype(float)
    return _figure(len(gaps), size, lambda weights: np.abs(weights @ sums).sum(axis=1) / (weights @ counts))


def bin_numbers(confidences: Sequence[float]) -> NDArray[np.int64]:
    """The bin of each confidence: [0, .1), [.1, .2) … [.9, 1]."""
    return np.minimum((np.asarray(confidences, dtype=float) * BINS).astype(np.int64), BINS - 1)


def percentile(values: Sequence[float], documents: Sequence[int], percent: float) -> Figure:
    """A percentile of the values."""
    if not values:
        return NOTHING
    rows = _rows(documents)
    order = np.argsort(np.asarray(values, dtype=float), kind="stable")
    ranked, ranked_rows = np.asarray(values, dtype=float)[order], rows[order]

    def measure(weights: Weights) -> Floats:
        reached = np.cumsum(weights[:, ranked_rows], axis=1)
        at = (reached < percent / 100 * reached[:, -1:]).sum(axis=1)
        result: Floats = ranked[np.minimum(at, len(ranked) - 1)]
        return result

    return _figure(len(values), int(rows.max()) + 1, measure)


def _figure(n: int, documents: int, measure: Callable[[Weights], Floats]) -> Figure:
    value = float(measure(np.ones((1, documents)))[0])
    if documents < 2:
        return Figure(value, n)
    drawn = np.random.default_rng(SEED).multinomial(documents, np.full(documents, 1 / documents), RESAMPLES)
    measured = measure(drawn.astype(float))
    low, high = np.percentile(measured[np.isfinite(measured)], INTERVAL)
    return Figure(value, n, float(low), float(high))


def _rows(documents: Sequence[int]) -> NDArray[np.int64]:
    """The documents numbered anew, without gaps."""
    _, rows = np.unique(np.asarray(documents), return_inverse=True)
    return np.asarray(rows, dtype=np.int64)
