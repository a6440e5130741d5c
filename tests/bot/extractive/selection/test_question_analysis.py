"""What a question asks for is read off its words."""

from __future__ import annotations

import pytest

from bot.extractive.selection import Asking
from bot.extractive.selection.question_analysis import Kind, has_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did the fire start?", Kind.TIME),
        ("In what year was the lighthouse lit?", Kind.TIME),
        ("How many officers were killed?", Kind.NUMBER),
        ("What percentage of the votes counted?", Kind.NUMBER),
        ("How old is the chair?", Kind.NUMBER),
        ("Who resigned?", Kind.NAME),
        ("To whom was the letter sent?", Kind.NAME),
        ("In which city was the statue?", Kind.NAME),
        ("Why was the gate closed?", Kind.REASON),
        ("What caused the flood?", Kind.REASON),
        ("How was the gate closed?", Kind.MANNER),
        ("Did the president resign?", Kind.OTHER),
        ("Whenever?", Kind.OTHER),
    ],
)
def test_the_kind_of_words_that_would_answer(question: str, kind: Kind) -> None:
    assert Asking.of(question).kind is kind


def test_names_and_numbers_are_told_from_other_words() -> None:
    asking = Asking.of("Which airport did Tokayev visit on January 5, 2022?")
    assert asking.names == {"tokayev", "januari", "5", "2022"}


def test_a_word_is_no_name_for_opening_the_question() -> None:
    assert Asking.of("Protests began where?").names == frozenset()


def test_terms_stand_once_and_in_order() -> None:
    asking = Asking.of("gate guards guard the gate")
    assert asking.terms == ("gate", "guard")
    assert asking.pairs == {("gate", "guard"), ("guard", "guard"), ("guard", "gate")}


@pytest.mark.parametrize(
    ("words", "kind", "held"),
    [
        ("It opened in 1911.", Kind.TIME, 1.0),
        ("It opened on a Sunday.", Kind.TIME, 1.0),
        ("It opened late.", Kind.TIME, 0.0),
        ("Eight officers died.", Kind.NUMBER, 1.0),
        ("Officers died.", Kind.NUMBER, 0.0),
        ("The man was Askar Mamin.", Kind.NAME, 1.0),
        ("The man was tall.", Kind.NAME, 0.0),
        ("It closed because of rain.", Kind.REASON, 1.0),
        ("It closed by decree.", Kind.MANNER, 1.0),
        ("It closed.", Kind.OTHER, 0.5),
    ],
)
def test_whether_words_are_of_the_kind(words: str, kind: Kind, held: float) -> None:
    assert has_kind(words, kind) == held
