"""What the measuring of a folder makes of its figures; measuring itself takes many minutes."""

from __future__ import annotations

import pytest

from tests.soak.articles import shortfalls


@pytest.mark.parametrize(("answered", "right"), [(None, 0), (49, 46), (10, 9)])
def test_figures_that_hold_are_passed_over(answered: int | None, right: int) -> None:
    assert shortfalls(9.9, 4.9, answered, right) == []


def test_each_figure_that_does_not_hold_is_a_sentence() -> None:
    assert shortfalls(10.0, 5.04, 49, 44) == [
        "The same folder once more took 10.0 s, not less than 10.",
        "One small file more took 5.0 s, not less than 5.",
        "44 of 49 answers cite the right document, not at least 90% of them.",
    ]


def test_no_answer_at_all_does_not_hold() -> None:
    assert shortfalls(1.0, 1.0, 0, 0) == ["0 of 0 answers cite the right document, not at least 90% of them."]
