"""Measured questions in other languages -> the weights of the word selector, and its thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bot.calibration.calibrator import parts_of
from bot.calibration.measurement import Measurement
from bot.calibration.selector_fit import fit_confidence, fit_ranking
from bot.calibration.threshold_rule import Judgement, choose_thresholds
from bot.extractive.selection import Thresholds, Weights
from bot.extractive.words import WordSelector
from bot.extractive.words.word_confidence import CONFIDENCE_NAMES
from bot.extractive.words.word_features import NAMES

NO_WORD_WEIGHTS = Weights(np.zeros(len(NAMES)), np.zeros(len(CONFIDENCE_NAMES)), 0.0, Thresholds(0.0, 1.0))


def fit_words(measurements: Sequence[Measurement]) -> Weights:
    """Fit ranking, confidence and thresholds; these to what such weights say of documents that they were not fitted to.

    The methods are those of the reader's selector (``bot.calibration``).
    """
    judgements: list[Judgement] = []
    for part in parts_of(measurements)[1]:
        weights = fit_word_weights([each for number, each in enumerate(measurements) if number not in part])
        judgements += [judge_by_words(measurements[number], weights) for number in sorted(part)]
    return replace(fit_word_weights(measurements), thresholds=choose_thresholds(judgements))


def fit_word_weights(measurements: Sequence[Measurement]) -> Weights:
    """Fit ranking and confidence."""
    ranking = fit_ranking(measurements, NO_WORD_WEIGHTS.ranking)
    selector = WordSelector(replace(NO_WORD_WEIGHTS, ranking=ranking))
    rows: list[NDArray[np.float64]] = []
    right: list[bool] = []
    for each in measurements:
        order, _, row = selector.order(each.analysis, each.candidates, each.passages, each.weights)
        rows.append(row)
        right.append(bool(each.right[order[0]]))
    counts = np.array([each.weight for each in measurements])
    confidence, offset = fit_confidence(np.array(rows), np.array(right), counts, NO_WORD_WEIGHTS)
    return Weights(ranking, confidence, offset, NO_WORD_WEIGHTS.thresholds)


def judge_by_words(measurement: Measurement, weights: Weights) -> Judgement:
    """What weights say of a question."""
    selection = WordSelector(weights).rank(
        measurement.analysis, measurement.candidates, measurement.passages, measurement.weights
    )
    best = selection.choices[0].candidate
    places = [each.candidate for each in measurement.candidates]
    return Judgement(
        measurement.kind, measurement.group, selection.confidence, bool(measurement.right[places.index(best)])
    )
