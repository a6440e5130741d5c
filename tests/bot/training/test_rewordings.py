"""Reworded questions ask the same: names and numbers stay, and most words do."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from bot.training.rewordings import reword_question

QUESTION = "In what year did Ada Thorne leave the 24 people of Velden because it was not safe?"


def reworded(question: str) -> list[str]:
    return [reword_question(question, random.Random(seed)) for seed in range(300)]


def test_names_and_numbers_stay() -> None:
    for worded in reworded(QUESTION):
        assert all(kept in worded.casefold() for kept in ("ada", "24", "ve"))


def test_they_differ_in_case_in_openings_in_short_forms_and_in_slips() -> None:
    found = reworded(QUESTION)
    assert len(set(found)) > 150
    assert sum(worded == worded.lower() for worded in found) > 100
    assert any(worded.startswith("hey, ") for worded in found)
    assert any("n't" in worded for worded in found)
    assert any("ppl" in worded for worded in found)
    assert any("leave" not in worded.casefold() for worded in found)  # "laeve"


@given(st.text(max_size=60), st.integers())
def test_any_question_stays_a_question(question: str, seed: int) -> None:
    assert reword_question(question, random.Random(seed)).strip() or not question.strip()


def test_the_same_draw_words_it_the_same() -> None:
    assert reworded(QUESTION) == reworded(QUESTION)
