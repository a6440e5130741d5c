"""Figures against values worked out by hand or by the slow way, and intervals that come out the same twice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.intervals import NOTHING, Figure, auroc, bin_numbers, calibration_error, percentile, share

SCORED = st.lists(st.tuples(st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.integers(0, 3)), min_size=1, max_size=12)


def test_a_share_is_the_mean_over_questions_not_over_documents() -> None:
    figure = share([1, 1, 1, 0], [7, 7, 7, 9])
    assert (figure.value, figure.n) == (0.75, 4)
    # Two documents are drawn: both the first (1.0), both the second (0.0), or one each (0.75).
    assert (figure.low, figure.high) == (0.0, 1.0)


def test_an_interval_is_the_same_each_time_and_holds_the_value() -> None:
    hits = [float(i % 3 > 0) for i in range(300)]
    figure = share(hits, [i // 10 for i in range(300)])
    assert figure == share(hits, [i // 10 for i in range(300)])
    assert figure.value == pytest.approx(2 / 3)
    assert figure.low is not None
    assert figure.high is not None
    assert 0.6 < figure.low <= 2 / 3 <= figure.high < 0.73


def test_questions_that_agree_within_documents_give_a_wider_interval() -> None:
    documents = [i // 10 for i in range(200)]
    alike = share([float(document % 2) for document in documents], documents)
    mixed = share([float(i % 2) for i in range(200)], documents)
    assert alike.value == mixed.value == 0.5
    assert alike.high is not None
    assert mixed.high is not None
    assert alike.high - 0.5 > 0.15
    assert mixed.high == 0.5


def test_one_document_has_no_interval_and_nothing_has_no_value() -> None:
    assert share([1, 0], [4, 4]) == Figure(0.5, 2)
    assert (
        share([], []) == auroc([], [], [1], [0]) == calibration_error([], [], []) == percentile([], [], 50) == NOTHING
    )


def test_auroc_by_hand() -> None:
    assert auroc([0.9, 0.4], [0, 1], [0.5, 0.4], [0, 1]).value == pytest.approx((2 + 0.5) / 4)
    assert auroc([3, 2], [0, 0], [1], [0]) == Figure(1.0, 3)


@given(SCORED, SCORED)
def test_auroc_is_the_share_of_pairs_in_the_right_order(
    positive: list[tuple[float, int]], negative: list[tuple[float, int]]
) -> None:
    pairs = [(p > n) + (p == n) / 2 for p, _ in positive for n, _ in negative]
    scores, documents = zip(*positive, strict=True)
    others, other_documents = zip(*negative, strict=True)
    figure = auroc(scores, documents, others, other_documents)
    assert figure.value == pytest.approx(sum(pairs) / len(pairs))
    if figure.low is not None and figure.high is not None:
        assert 0 <= figure.low <= figure.high <= 1


def test_the_interval_of_an_auroc_is_that_of_whole_documents_drawn_again() -> None:
    random = np.random.default_rng(5)
    documents = random.integers(0, 6, 80)
    scores = random.normal(size=80) + (np.arange(80) < 40) + documents / 4
    positive, negative = np.arange(80)[:40], np.arange(80)[40:]
    slow = []
    for _ in range(400):
        drawn = random.integers(0, 6, 6)
        ups = np.concatenate([scores[positive][documents[positive] == one] for one in drawn])
        downs = np.concatenate([scores[negative][documents[negative] == one] for one in drawn])
        slow.append((ups[:, None] > downs[None, :]).mean())
    figure = auroc(scores[:40].tolist(), documents[:40].tolist(), scores[40:].tolist(), documents[40:].tolist())
    assert figure.low == pytest.approx(np.percentile(slow, 2.5), abs=0.03)
    assert figure.high == pytest.approx(np.percentile(slow, 97.5), abs=0.03)


def test_bins_have_equal_width_and_the_last_takes_certainty_in() -> None:
    assert bin_numbers([0, 0.05, 0.1, 0.95, 1]).tolist() == [0, 0, 1, 9, 9]


def test_calibration_error_by_hand() -> None:
    # Two in the bin of 0.8 (mean 0.85, half right: off by 0.35), two in that of 0.2 (mean 0.25, none right: 0.25).
    figure = calibration_error([0.8, 0.9 - 1e-9, 0.2, 0.3 - 1e-9], [True, False, False, False], [0, 0, 1, 1])
    assert figure.value == pytest.approx((2 * 0.35 + 2 * 0.25) / 4)
    assert calibration_error([0.0, 1.0, 1.0], [False, True, True], [0, 0, 0]).value == 0


def test_percentiles_are_times_that_were_measured() -> None:
    seconds = [0.1 * i for i in range(1, 101)]
    assert percentile(seconds, [0] * 100, 50).value == pytest.approx(5.0)
    assert percentile(seconds, [0] * 100, 50).n == 100
    assert percentile(seconds, [0] * 100, 95).value == pytest.approx(9.5)
    assert percentile([3, 1, 2], [0, 1, 2], 50).value == 2
