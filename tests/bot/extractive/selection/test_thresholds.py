"""Two thresholds make three levels."""

from __future__ import annotations

import pytest

from bot.extractive.selection import Thresholds
from bot.types import Certainty

FITTED = Thresholds(answer=0.3, sure=0.6)


@pytest.mark.parametrize(
    ("confidence", "certainty"),
    [
        (0.0, None),
        (0.29, None),
        (0.3, Certainty.UNSURE),
        (0.59, Certainty.UNSURE),
        (0.6, Certainty.SURE),
        (1.0, Certainty.SURE),
    ],
)
def test_an_answer_is_not_found_unsure_or_sure(confidence: float, certainty: Certainty | None) -> None:
    assert FITTED.certainty(confidence) is certainty


def test_settings_take_the_place_of_what_was_fitted() -> None:
    assert FITTED.changed(None, None) == FITTED
    assert FITTED.changed(0.0, None) == Thresholds(0.0, 0.6)
    assert FITTED.changed(None, 1.0) == Thresholds(0.3, 1.0)


def test_where_the_answers_threshold_is_the_higher_one_all_that_is_shown_is_sure() -> None:
    raised = FITTED.changed(0.8, None)
    assert [raised.certainty(confidence) for confidence in (0.7, 0.8)] == [None, Certainty.SURE]
