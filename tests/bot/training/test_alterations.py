"""Altered questions: much like the real one, never the same."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.training.alterations import NAME, NUMBER, OPPOSITES, Names, alter_question
from tests.bot.training.data import LIGHTHOUSE, ORRIN, SCHOOL

NAMES = Names.of([ORRIN, SCHOOL, LIGHTHOUSE])
NOTHING = Names((), ())


def drawn(question: str, names: Names, text: str = ORRIN) -> set[str | None]:
    return {alter_question(question, text, names, random.Random(seed)) for seed in range(60)}


def test_names_and_numbers_of_a_document_are_collected() -> None:
    assert {"Ada Thorne", "Orrin", "Marek Vale", "Ines Holt"} <= set(NAMES.names)
    assert {"1843", "312", "24"} <= set(NAMES.numbers)
    assert not {"The", "It", "Its", "Every", "In"} & set(NAMES.names)


def test_a_name_is_replaced_by_another_of_the_document() -> None:
    found = drawn("Why go to Velden?", Names(("Brenn", "Skarn", "Velden"), ()))
    assert found == {"Why go to Brenn?", "Why go to Skarn?"}


def test_a_year_is_replaced_by_a_year_and_a_number_by_a_number() -> None:
    years = drawn("Who built it in 1843?", Names((), ("1871", "24")))
    assert len(years) > 2
    assert "Who built it in 1871?" in years
    assert all(year is not None and NUMBER.findall(year)[0].startswith("18") for year in years)
    assert drawn("Who taught 24 children?", Names((), ("1871", "312", "24"))) == {"Who taught 312 children?"}


def test_a_word_is_replaced_by_its_opposite() -> None:
    assert drawn("Who won early?", NOTHING) == {"Who lost early?", "Who won late?"}


@pytest.mark.parametrize(
    ("question", "negated"),
    [
        ("Who can swim?", "Who can't swim?"),
        ("Who will swim?", "Who won't swim?"),
        ("Who did swim?", "Who didn't swim?"),
    ],
)
def test_a_question_is_negated(question: str, negated: str) -> None:
    assert drawn(question, NOTHING) == {negated}


def test_a_deed_is_replaced_by_one_of_its_kind_that_the_text_does_not_tell() -> None:
    found = drawn("Whom did they call injured?", NOTHING, "Two were killed, three injured and nine arrested.")
    assert "Whom did they call rescued?" in found
    assert not {"Whom did they call killed?", "Whom did they call arrested?"} & found


def test_when_becomes_why_only_where_the_text_gives_no_reason() -> None:
    assert "Why was the mill burned?" in drawn("When was the mill burned?", NOTHING, "The mill burned in 1843.")
    reason = "The mill burned in 1843 because of lightning."
    assert "Why was the mill burned?" not in drawn("When was the mill burned?", NOTHING, reason)


def test_what_is_negated_already_is_not_negated_twice() -> None:
    assert drawn("Why can't it?", NOTHING) == {None}


def test_a_comma_or_a_range_is_no_part_of_a_number() -> None:
    assert NUMBER.findall("In 1,250, or 12.5, of 1914-18 and 2003–04, 7.") == ["1,250", "12.5", "1914", "2003", "7"]


@pytest.mark.parametrize("question", ["", "Who swam?", "How tall?", "Velden?"])
def test_nothing_comes_of_a_question_with_nothing_to_change(question: str) -> None:
    assert drawn(question, NAMES) == {None}


PIECES = ["Who", "did", "Ada Thorne", "in", "1843", "24", "first", "Velden", "burn", "can", "before", "was", "312"]


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.integers(0, 10_000))
def test_what_comes_is_never_the_question_itself(words: list[str], seed: int) -> None:
    question = " ".join(words) + "?"
    altered = alter_question(question, ORRIN, NAMES, random.Random(seed))
    assert altered != question
    names = any(match.start() > 0 for match in NAME.finditer(question))
    numbers = bool(NUMBER.search(question))
    changeable = names or not {"did", "can", "was", *OPPOSITES}.isdisjoint(words)
    if changeable:
        assert altered is not None
    elif not numbers:  # a number may be the only one that the document has
        assert altered is None


def test_every_opposite_is_another_word() -> None:
    assert all(word != opposite for word, opposite in OPPOSITES.items())
