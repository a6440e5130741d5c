"""Measurements -> weights and thresholds, and how well such do on documents that they were not fitted to."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.calibration.measurement import Measurement
from bot.calibration.selector_fit import NO_WEIGHTS, fit_weights
from bot.calibration.threshold_rule import Judgement, choose_thresholds
from bot.extractive.reader import Reader
from bot.extractive.selection import Selector, Thresholds, Weights

# Of so many parts of the documents each is held out once.
PARTS = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement, and the thresholds under which its answer is shown."""

    judgement: Judgement
    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class Fit:
    """What was fitted, and how it does.

    Attributes:
        weights: Weights and thresholds, fitted to all documents.
        held_out: Every question, judged by weights and thresholds that its document had no part in.
        by_document: Whether documents were held out; where there is only one, questions were.
    """

    weights: Weights
    held_out: tuple[Judged, ...]
    by_document: bool


def fit_selector(
    measurements: Sequence[Measurement],
    reader: Reader,
    before: Weights = NO_WEIGHTS,
    telling: Collection[str] = (),
) -> Fit:
    """Fit the weights to all questions, and the thresholds to what such weights say of documents held out.

    Source of the method: cross-fitting; Platt 1999 ("Probabilistic outputs for support vector machines"), section 2.1,
    fits a sigmoid to scores of parts that were held out, because scores of what was fitted are too sure.

    Args:
        measurements: The questions.
        reader: The reader that measured them.
        before: Where the weights begin, and near which few questions leave them.
        telling: The kinds of documents that the thresholds are chosen on; all when empty.
    """
    by_document, parts = parts_of(measurements)
    judgements: dict[int, Judgement] = {}
    for part in parts:
        weights = fit_weights([each for number, each in enumerate(measurements) if number not in part], reader, before)
        judgements |= {number: judge(measurements[number], reader, weights) for number in part}
    telling_ones = {number: each for number, each in judgements.items() if not telling or each.kind in telling}
    held_out: dict[int, Judged] = {}
    for part in parts:
        thresholds = choose_thresholds([each for number, each in telling_ones.items() if number not in part])
        held_out |= {number: Judged(judgements[number], thresholds) for number in part}
    thresholds = choose_thresholds([telling_ones[number] for number in sorted(telling_ones)])
    weights = replace(fit_weights(measurements, reader, before), thresholds=thresholds)
    return Fit(weights, tuple(held_out[number] for number in sorted(held_out)), by_document)


def judge_all(measurements: Iterable[Measurement], reader: Reader, weights: Weights) -> tuple[Judged, ...]:
    """What weights say of every question."""
    return tuple(Judged(judge(each, reader, weights), weights.thresholds) for each in measurements)


def judge(measurement: Measurement, reader: Reader, weights: Weights) -> Judgement:
    """What weights say of a question."""
    candidates = measurement.candidates
    selection = Selector(reader, weights).rank(
        measurement.analysis, candidates, measurement.read, measurement.passages, measurement.weights
    )
    best = selection.choices[0].candidate
    right = next(
        bool(right) for each, right in zip(candidates, measurement.right, strict=True) if each.candidate == best
    )
    return Judgement(measurement.kind, measurement.group, selection.confidence, right)


def parts_of(measurements: Sequence[Measurement]) -> tuple[bool, list[set[int]]]:
    """The numbers of the questions of each part, and whether every document is in one part alone."""
    documents: dict[tuple[str, str], list[int]] = {}
    for number, each in enumerate(measurements):
        documents.setdefault((each.kind, each.document), []).append(number)
    # By the hash of the title within each kind, so that nobody chooses, and every part has documents of each kind.
    order = sorted(documents, key=lambda key: (key[0], hashlib.sha256(key[1].encode()).digest()))
    groups = [documents[key] for key in order] if len(order) > 1 else [[number] for number in range(len(measurements))]
    parts: list[set[int]] = [set() for _ in range(min(PARTS, len(groups)))]
    for place, group in enumerate(groups):
        parts[place % len(parts)].update(group)
    return len(order) > 1, parts
