"""Fitting the selector to measurements made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bot.extractive.selection import QuestionAnalysis, Thresholds, Weights
from bot.extractive.selection.candidates import Candidate, find_candidates
from bot.extractive.selection.confidence_features import CONFIDENCE_NAMES, Look
from bot.extractive.selection.features import NAMES, Measured
from bot.training.selector_fit import Measurement, confidence_row, fit, to_json
from tests.bot.fakes import even_weights, make_passages, make_source

PASSAGES = make_passages(make_source("The mill burned. Sheep graze. The market opens. The river rose."))
CANDIDATES = find_candidates(PASSAGES)
THRESHOLDS = Thresholds(answer=0.25, sure=0.5)
READ, LENGTH = NAMES.index("read"), NAMES.index("length")


def look(question: str, candidate: Candidate) -> Look:
    return Look(0.0, 0.0, 0.0)


def measurement(rng: np.random.Generator, answerable: bool) -> Measurement:
    """The right sentence has the higher ``read``; ``length`` says nothing."""
    right = np.zeros(len(CANDIDATES), dtype=np.bool_)
    if answerable:
        right[rng.integers(len(CANDIDATES))] = True
    measured = []
    for candidate, is_right in zip(CANDIDATES, right, strict=True):
        features = np.zeros(len(NAMES))
        features[READ] = rng.normal(1.0 if is_right else -1.0, 0.3)
        features[LENGTH] = rng.uniform(0, 1)
        measured.append(Measured(candidate, features, None))
    analysis = QuestionAnalysis.of("What burned?")
    return Measurement("d", analysis, PASSAGES, even_weights(analysis.terms, ()), measured, right, answerable, 1.0)


@pytest.fixture(scope="module")
def measurements() -> list[Measurement]:
    rng = np.random.default_rng(3)
    return [measurement(rng, answerable=number % 2 == 0) for number in range(120)]


@pytest.fixture(scope="module")
def weights(measurements: list[Measurement]) -> Weights:
    return fit(measurements, look, THRESHOLDS)


def confidence(measurement: Measurement, weights: Weights) -> tuple[float, bool]:
    row, right = confidence_row(measurement, weights.ranking, look)
    return float(1 / (1 + np.exp(-(row @ weights.confidence + weights.offset)))), right


def test_a_number_that_separates_outweighs_the_others(weights: Weights) -> None:
    assert weights.ranking[READ] > 1
    assert abs(weights.ranking[LENGTH]) < weights.ranking[READ] / 5
    assert not weights.ranking[[i for i in range(len(NAMES)) if i not in (READ, LENGTH)]].any()


def test_the_right_one_comes_first_and_is_surer(measurements: list[Measurement], weights: Weights) -> None:
    found = [confidence(each, weights) for each in measurements]
    assert [right for _, right in found] == [each.answerable for each in measurements]
    assert min(sure for sure, right in found if right) > 0.5 > max(sure for sure, right in found if not right)


def test_questions_that_count_less_pull_less(measurements: list[Measurement], weights: Weights) -> None:
    lighter = fit([each if each.answerable else each.counting(0.01) for each in measurements], look, THRESHOLDS)
    unanswerable = [each for each in measurements if not each.answerable]
    mean = [np.mean([confidence(each, some)[0] for each in unanswerable]) for some in (weights, lighter)]
    assert mean[1] > mean[0]


def test_weights_go_through_their_file_by_name(tmp_path: Path, weights: Weights) -> None:
    path = tmp_path / "weights.json"
    stored = to_json(weights)
    path.write_text(json.dumps(stored))
    loaded = Weights.load(path)
    np.testing.assert_allclose(loaded.ranking, weights.ranking, atol=1e-4)
    np.testing.assert_allclose(loaded.confidence, weights.confidence, atol=1e-4)
    assert loaded.offset == pytest.approx(weights.offset, abs=1e-4)
    assert loaded.thresholds == THRESHOLDS
    assert json.loads(path.read_text())["ranking"]["read"] == round(float(weights.ranking[READ]), 4)
    assert len(loaded.confidence) == len(CONFIDENCE_NAMES)


def test_the_order_of_names_in_the_file_does_not_matter(tmp_path: Path, weights: Weights) -> None:
    stored = json.loads(json.dumps(to_json(weights)))
    stored["ranking"] = dict(reversed(stored["ranking"].items()))
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(stored))
    np.testing.assert_allclose(Weights.load(path).ranking, weights.ranking, atol=1e-4)
