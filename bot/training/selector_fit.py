"""Measured questions -> the selector's weights: how to rank, and how sure to be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from bot.extractive.selection.candidates import Candidate
from bot.extractive.selection.confidence_features import CONFIDENCE_NAMES, Look, measure_confidence
from bot.extractive.selection.features import NAMES, Measured
from bot.extractive.selection.question_analysis import QuestionAnalysis
from bot.extractive.selection.selector import Weights
from bot.extractive.selection.thresholds import Thresholds
from retrieval import Passage

# How much large weights are held back; chosen by cross-validation over the documents of the calibration part.
RANKING_PENALTY = 0.02
CONFIDENCE_STRENGTH = 0.1
# Takes a second look at a candidate for a question.
LookAgain = Callable[[str, Candidate], Look]


@dataclass(frozen=True, slots=True)
class Measurement:
    """A question with its candidates measured.

    Attributes:
        document: The document that was asked.
        analysis: The question.
        passages: What was retrieved and read.
        weights: How rare each of the question's terms is.
        candidates: The sentences.
        right: Which of them answer; none of them when the document does not.
        answerable: Whether the document answers.
        weight: How much the question counts when the confidence is fitted.
    """

    document: str
    analysis: QuestionAnalysis
    passages: Sequence[Passage]
    weights: Mapping[str, float]
    candidates: Sequence[Measured]
    right: NDArray[np.bool_]
    answerable: bool
    weight: float

    def counting(self, weight: float) -> Measurement:
        """The same with another weight."""
        return replace(self, weight=weight)


def fit(measurements: Sequence[Measurement], look: LookAgain, thresholds: Thresholds) -> Weights:
    """Fit ranking and confidence.

    The ranking is a conditional logistic regression: of all candidates, one that is right should win. The confidence
    is a logistic regression (Platt's scaling of several numbers at once) on whether the first one is right.

    Args:
        measurements: What to fit to.
        look: Takes the second look at the candidate that comes first.
        thresholds: How sure an answer must be.
    """
    ranking = fit_ranking(measurements)
    rows, right = zip(*(confidence_row(measurement, ranking, look) for measurement in measurements), strict=True)
    model = LogisticRegression(C=CONFIDENCE_STRENGTH, max_iter=2_000)
    model.fit(np.array(rows), np.array(right), sample_weight=[measurement.weight for measurement in measurements])
    return Weights(ranking, model.coef_[0].astype(np.float64), float(model.intercept_[0]), thresholds)


def fit_ranking(measurements: Sequence[Measurement]) -> NDArray[np.float64]:
    """The weights under which right candidates win most often."""
    choices = [
        (np.array([candidate.features for candidate in measurement.candidates]), measurement.right)
        for measurement in measurements
        if measurement.right.any() and not measurement.right.all()
    ]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = 0.0, np.zeros_like(weights)
        for features, right in choices:
            scores = features @ weights
            odds = np.exp(scores - scores.max())
            mine = odds[right].sum()
            total -= np.log(mine / odds.sum())
            gradient += features.T @ (odds / odds.sum()) - features[right].T @ (odds[right] / mine)
        count = len(choices)
        penalty = RANKING_PENALTY * float(weights @ weights) / 2
        return float(total / count + penalty), gradient / count + RANKING_PENALTY * weights

    found: NDArray[np.float64] = minimize(loss, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B").x
    return found


def confidence_row(
    measurement: Measurement, ranking: NDArray[np.float64], look: LookAgain
) -> tuple[NDArray[np.float64], bool]:
    """What tells how sure to be of a question's best candidate, and whether that one is right."""
    scores = np.array([candidate.features for candidate in measurement.candidates]) @ ranking
    order = np.argsort(-scores, kind="stable")
    ranked = [measurement.candidates[i] for i in order]
    row = measure_confidence(
        measurement.analysis,
        ranked,
        scores[order],
        measurement.passages,
        measurement.weights,
        look(measurement.analysis.text, ranked[0].candidate),
    )
    return row, bool(measurement.right[order[0]])


def to_json(weights: Weights) -> dict[str, object]:
    """The weights as they are stored, by name."""
    return {
        "ranking": dict(zip(NAMES, weights.ranking.round(4).tolist(), strict=True)),
        "certainty": dict(zip(CONFIDENCE_NAMES, weights.confidence.round(4).tolist(), strict=True)),
        "offset": round(weights.offset, 4),
        "thresholds": asdict(weights.thresholds),
    }
