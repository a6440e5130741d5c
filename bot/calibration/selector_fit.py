"""Measured questions -> the selector's weights: how to rank, and how sure to be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.calibration.measurement import Measurement
from bot.calibration.newton import minimise
from bot.extractive.reader import Reader
from bot.extractive.selection import Thresholds, Weights
from bot.extractive.selection.confidence_features import CONFIDENCE_NAMES, measure_confidence
from bot.extractive.selection.features import NAMES
from bot.extractive.selection.reader_cascade import look_again

Floats = NDArray[np.float64]
# How much weights are held back from moving away from where they begin, against the loss of one question; chosen by
# cross-validation over the documents of three articles with 627 answerable questions.
RANKING_PENALTY, CONFIDENCE_PENALTY = 12.5, 10.0
# Where there is nothing before: all numbers count nothing, and nothing is sure.
NO_WEIGHTS = Weights(np.zeros(len(NAMES)), np.zeros(len(CONFIDENCE_NAMES)), 0.0, Thresholds(0.0, 1.0))
LEAST = 1e-12


def fit_weights(measurements: Sequence[Measurement], reader: Reader, before: Weights = NO_WEIGHTS) -> Weights:
    """Fit ranking and confidence; the thresholds stay as they were.

    The ranking is a conditional logistic regression: of all candidates, one that is right should win. The confidence
    is a logistic regression (Platt's scaling of several numbers at once) on whether the first one is right. Both stay
    near ``before`` where there are few questions.

    Args:
        measurements: What to fit to.
        reader: Takes the second look at the candidate that comes first.
        before: Where the weights begin.
    """
    ranking = fit_ranking(measurements, before.ranking)
    rows, right = zip(*(confidence_row(each, ranking, reader) for each in measurements), strict=True)
    counts = np.array([each.weight for each in measurements])
    confidence, offset = fit_confidence(np.array(rows), np.array(right), counts, before)
    return Weights(ranking, confidence, offset, before.thresholds)


def fit_ranking(measurements: Sequence[Measurement], before: Floats = NO_WEIGHTS.ranking) -> Floats:
    """The weights under which right candidates win most often."""
    told = [each for each in measurements if each.right.any() and not each.right.all()]
    if not told:
        return before
    features = np.array([candidate.features for each in told for candidate in each.candidates])
    right = np.concatenate([each.right for each in told])
    counts = np.array([each.weight for each in told])
    sizes = [len(each.candidates) for each in told]
    starts, question = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(told)), sizes)

    def loss(weights: Floats) -> tuple[float, Floats, Floats]:
        scores = features @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[question])
        every = np.add.reduceat(odds, starts)
        mine = np.maximum(np.add.reduceat(np.where(right, odds, 0.0), starts), LEAST)
        of_all = odds / every[question]
        of_right = np.where(right, odds / mine[question], 0.0)
        moved, worth = weights - before, counts[question]
        means = np.add.reduceat(features * of_all[:, None], starts)
        # The curvature of the first half alone, which is that of the whole or larger.
        curvature = (features * (of_all * worth)[:, None]).T @ features - (means * counts[:, None]).T @ means
        return (
            float(counts @ np.log(every / mine) + RANKING_PENALTY * (moved @ moved) / 2),
            features.T @ ((of_all - of_right) * worth) + RANKING_PENALTY * moved,
            curvature + RANKING_PENALTY * np.eye(len(weights)),
        )

    return minimise(loss, before)


def fit_confidence(
    rows: Floats, right: NDArray[np.bool_], counts: Floats, before: Weights = NO_WEIGHTS
) -> tuple[Floats, float]:
    """The weights and the offset under which the confidence is the share of those that are right."""
    columns = np.column_stack([rows, np.ones(len(rows))])
    begin = np.append(before.confidence, before.offset)
    # The offset moves freely: how often documents answer says nothing about other documents.
    penalty = np.append(np.full(rows.shape[1], CONFIDENCE_PENALTY), LEAST)

    def loss(weights: Floats) -> tuple[float, Floats, Floats]:
        logits, moved = columns @ weights, weights - begin
        sure = 1 / (1 + np.exp(-logits))
        return (
            float(counts @ (np.logaddexp(0, logits) - right * logits) + penalty @ moved**2 / 2),
            columns.T @ (counts * (sure - right)) + penalty * moved,
            (columns * (counts * sure * (1 - sure))[:, None]).T @ columns + np.diag(penalty),
        )

    found = minimise(loss, begin)
    return found[:-1], float(found[-1])


def confidence_row(measurement: Measurement, ranking: Floats, reader: Reader) -> tuple[Floats, bool]:
    """What tells how sure to be of a question's best candidate, and whether that one is right."""
    scores = np.array([candidate.features for candidate in measurement.candidates]) @ ranking
    order = np.argsort(-scores, kind="stable")
    ranked = [measurement.candidates[i] for i in order]
    row = measure_confidence(
        measurement.analysis,
        ranked,
        scores[order],
        measurement.read,
        measurement.weights,
        look_again(reader, measurement.analysis.text, ranked[0].candidate),
    )
    return row, bool(measurement.right[order[0]])
