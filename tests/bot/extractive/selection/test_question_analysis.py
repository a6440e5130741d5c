"""What a question asks for is read off its words."""

from __future__ import annotations

import pytest

from bot.extractive.selection import QuestionAnalysis
from bot.extractive.selection.question_analysis import AnswerType, has_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did the fire start?", AnswerType.TIME),
        ("In what year was the lighthouse lit?", AnswerType.TIME),
        ("How many officers were killed?", AnswerType.NUMBER),
        ("What percentage of the votes counted?", AnswerType.NUMBER),
        ("How old is the chair?", AnswerType.NUMBER),
        ("Who resigned?", AnswerType.NAME),
        ("To whom was the letter sent?", AnswerType.NAME),
        ("In which city was the statue?", AnswerType.NAME),
        ("Why was the gate closed?", AnswerType.REASON),
        ("What caused the flood?", AnswerType.REASON),
        ("How was the gate closed?", AnswerType.MANNER),
        ("Did the president resign?", AnswerType.OTHER),
        ("Whenever?", AnswerType.OTHER),
    ],
)
def test_the_kind_of_words_that_would_answer(question: str, kind: AnswerType) -> None:
    assert QuestionAnalysis.of(question).kind is kind


def test_names_and_numbers_are_told_from_other_words() -> None:
    analysis = QuestionAnalysis.of("Which airport did Tokayev visit on January 5, 2022?")
    assert analysis.names == {"tokayev", "januari", "5", "2022"}


def test_a_word_is_no_name_for_opening_the_question() -> None:
    assert QuestionAnalysis.of("Protests began where?").names == frozenset()


def test_terms_stand_once_and_in_order() -> None:
    analysis = QuestionAnalysis.of("gate guards guard the gate")
    assert analysis.terms == ("gate", "guard")
    assert analysis.pairs == {("gate", "guard"), ("guard", "guard"), ("guard", "gate")}


@pytest.mark.parametrize(
    ("words", "kind", "held"),
    [
        ("It opened in 1911.", AnswerType.TIME, 1.0),
        ("It opened on a Sunday.", AnswerType.TIME, 1.0),
        ("It opened late.", AnswerType.TIME, 0.0),
        ("Eight officers died.", AnswerType.NUMBER, 1.0),
        ("Officers died.", AnswerType.NUMBER, 0.0),
        ("The man was Askar Mamin.", AnswerType.NAME, 1.0),
        ("The man was tall.", AnswerType.NAME, 0.0),
        ("It closed because of rain.", AnswerType.REASON, 1.0),
        ("It closed by decree.", AnswerType.MANNER, 1.0),
        ("It closed.", AnswerType.OTHER, 0.5),
    ],
)
def test_whether_words_are_of_the_kind(words: str, kind: AnswerType, held: float) -> None:
    assert has_kind(words, kind) == held
