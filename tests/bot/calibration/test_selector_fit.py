"""Fitting the selector to measurements made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bot.calibration.measurement import Measurement
from bot.calibration.selector_fit import confidence_row, fit_confidence, fit_ranking, fit_weights
from bot.extractive.selection import Weights
from bot.extractive.selection.confidence_features import CONFIDENCE_NAMES
from bot.extractive.selection.features import NAMES
from tests.bot.calibration.measured import LENGTH, READ, SilentReader
from tests.bot.calibration.measured import measurements as made


@pytest.fixture(scope="module")
def measurements() -> list[Measurement]:
    return made()


@pytest.fixture(scope="module")
def weights(measurements: list[Measurement]) -> Weights:
    return fit_weights(measurements, SilentReader())


def confidence(measurement: Measurement, weights: Weights) -> tuple[float, bool]:
    row, right = confidence_row(measurement, weights.ranking, SilentReader())
    return float(1 / (1 + np.exp(-(row @ weights.confidence + weights.offset)))), right


def test_a_number_that_separates_outweighs_the_others(weights: Weights) -> None:
    assert weights.ranking[READ] > 1
    assert abs(weights.ranking[LENGTH]) < weights.ranking[READ] / 5
    assert not weights.ranking[[i for i in range(len(NAMES)) if i not in (READ, LENGTH)]].any()


def test_the_right_one_comes_first_and_is_surer(measurements: list[Measurement], weights: Weights) -> None:
    found = [confidence(each, weights) for each in measurements]
    assert [right for _, right in found] == [each.is_answerable for each in measurements]
    assert min(sure for sure, right in found if right) > 0.5 > max(sure for sure, right in found if not right)


def test_questions_that_count_less_pull_less(measurements: list[Measurement], weights: Weights) -> None:
    lighter = fit_weights(
        [each if each.is_answerable else each.counting(0.01) for each in measurements], SilentReader()
    )
    unanswerable = [each for each in measurements if not each.is_answerable]
    mean = [np.mean([confidence(each, some)[0] for each in unanswerable]) for some in (weights, lighter)]
    assert mean[1] > mean[0]


def test_few_questions_leave_weights_near_where_they_began(measurements: list[Measurement], weights: Weights) -> None:
    begun = Weights(np.full(len(NAMES), 3.0), np.full(len(CONFIDENCE_NAMES), 3.0), -1.0, weights.thresholds)
    few, many = (fit_weights(some, SilentReader(), begun) for some in (measurements[:4], measurements))
    for name in ("ranking", "confidence"):
        moved = [np.linalg.norm(getattr(each, name) - getattr(begun, name)) for each in (few, many)]
        assert 0 < moved[0] < moved[1]
    assert few.thresholds == begun.thresholds
    nothing = [each for each in measurements if not each.is_answerable]
    np.testing.assert_array_equal(fit_ranking(nothing, begun.ranking), begun.ranking)


def test_the_confidence_is_the_share_of_those_that_are_right() -> None:
    rng = np.random.default_rng(7)
    rows = rng.normal(size=(4_000, len(CONFIDENCE_NAMES)))
    true = rng.normal(size=len(CONFIDENCE_NAMES)) / 2
    odds = 1 / (1 + np.exp(-(rows @ true - 1.5)))
    right = rng.uniform(size=len(rows)) < odds
    found, offset = fit_confidence(rows, right, np.ones(len(rows)))
    np.testing.assert_allclose(found, true, atol=0.2)
    assert offset == pytest.approx(-1.5, abs=0.2)
    assert np.mean(1 / (1 + np.exp(-(rows @ found + offset)))) == pytest.approx(right.mean(), abs=1e-3)


def test_weights_go_through_their_file_by_name(tmp_path: Path, weights: Weights) -> None:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(weights.to_json()))
    loaded = Weights.load(path)
    np.testing.assert_allclose(loaded.ranking, weights.ranking, atol=1e-4)
    np.testing.assert_allclose(loaded.confidence, weights.confidence, atol=1e-4)
    assert loaded.offset == pytest.approx(weights.offset, abs=1e-4)
    assert loaded.thresholds == weights.thresholds
    assert json.loads(path.read_text())["ranking"]["read"] == round(float(weights.ranking[READ]), 4)


def test_the_order_of_names_in_the_file_does_not_matter(weights: Weights) -> None:
    stored = weights.to_json()
    stored["ranking"] = dict(reversed(stored["ranking"].items()))
    np.testing.assert_allclose(Weights.from_json(stored).ranking, weights.ranking, atol=1e-4)
