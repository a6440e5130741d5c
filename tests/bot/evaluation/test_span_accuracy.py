"""Exact match and F1 as SQuAD counts them."""

from __future__ import annotations

import pytest

from bot.evaluation.case import Case
from bot.evaluation.span_accuracy import exact_match, judge_words, word_overlap


@pytest.mark.parametrize(
    ("words", "answers", "exact", "overlap"),
    [
        ("the Eiffel Tower", ("Eiffel tower.",), 1, 1),
        ("in 1889", ("1889",), 0, 2 / 3),
        ("1889", ("1887", "in 1889"), 0, 2 / 3),
        ("Gustave Eiffel’s company", ("the company of Gustave Eiffel",), 0, 4 / 7),
        ("steel steel", ("steel",), 0, 2 / 3),
        ("stone", ("iron", "steel"), 0, 0),
        ("", ("iron",), 0, 0),
        ("the", ("a",), 1, 1),  # nothing is left of either
    ],
)
def test_words_are_compared_with_the_closest_answer(
    words: str, answers: tuple[str, ...], exact: int, overlap: float
) -> None:
    assert exact_match(words, answers) == exact
    assert word_overlap(words, answers) == pytest.approx(overlap)


def test_a_case_is_judged_by_its_answers() -> None:
    judged = judge_words(Case("1", 0, "When?", ("1889", "in 1889")), "in 1889,")
    assert (judged.exact, judged.overlap) == (1, 1)
