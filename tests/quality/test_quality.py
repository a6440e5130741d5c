"""The quality of the answers does not fall: every figure stays above its floor, which lies under it by its noise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.quality.figures import Figure, Floor, fallen, floors_under, load_floors, measure, table
from tests.quality.outcomes import Outcome

# Its count depends on the answers themselves.
DEPENDENT = {"right in the first quote, where answered", "right in the first quote, where sure"}


def test_no_figure_is_under_its_floor(outcomes: list[Outcome]) -> None:
    figures, floors = measure(outcomes), load_floors()
    assert {name: figure.n for name, figure in figures.items() if name not in DEPENDENT} == {
        name: floor.n for name, floor in floors.items() if name not in DEPENDENT
    }, "the questions have changed: set the floors anew with `python -m tests.quality --set-floors`"
    if fallen(figures, floors):
        pytest.fail(f"answers got worse:\n{table(figures, floors)}", pytrace=False)


def test_every_quote_is_the_slice_that_it_says_it_is(outcomes: list[Outcome]) -> None:
    shown = [outcome.trial.shown for outcome in outcomes]
    assert [(one.exact, one.quotes) for one in shown if one.exact != len(one.quotes)] == []
    assert sum(one.exact for one in shown) > len(outcomes) / 2


def test_answers_that_are_wrong_more_often_than_noise_explains_are_noticed(outcomes: list[Outcome]) -> None:
    """One right answer in four spoiled: the figures of the first quote fall, those of refusals do not."""
    right = [number for number, outcome in enumerate(outcomes) if outcome.trial.first_right]
    spoiled = list(outcomes)
    for number in right[::4]:
        trial = replace(outcomes[number].trial, first_right=False)
        spoiled[number] = replace(outcomes[number], trial=trial)
    names = fallen(measure(spoiled), floors_under(measure(outcomes)))
    assert "right in the first quote" in names
    assert not [name for name in names if name.startswith("refused")]


def test_a_floor_lies_two_standard_errors_under_what_was_measured() -> None:
    assert floors_under({"share": Figure(0.8, 100, 0.04)}) == {"share": Floor(0.8, 100, 0.72)}


def test_the_table_marks_what_is_too_low() -> None:
    figures = {"high": Figure(0.9, 10, 0.1), "low": Figure(0.5, 10, 0.1)}
    floors = {"high": Floor(0.9, 10, 0.7), "low": Floor(0.8, 10, 0.6)}
    heading, high, low = table(figures, floors).splitlines()
    assert heading.split() == ["now", "n", "was", "floor"]
    assert high.split() == ["high", "0.900", "10", "0.900", "0.700"]
    assert low.endswith("too low")
