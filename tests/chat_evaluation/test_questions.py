"""The questions and documents are what they claim to be; nothing here asks the product."""

from __future__ import annotations

from collections import Counter

from bot.evaluation.case import can_be_asked
from tests.chat_evaluation.outcomes import own_questions

QUESTIONS = own_questions()
ABOUT_A_DOCUMENT = 15
ARTICLE = "kazakhstan-protests.txt"


def test_each_document_has_fifteen_questions_of_which_it_answers_all_but_two_or_three() -> None:
    counts = Counter((case.document, case.is_answerable) for case in QUESTIONS.cases)
    assert len(QUESTIONS.cases) == len(QUESTIONS.documents) * ABOUT_A_DOCUMENT == 60
    for document, _ in enumerate(QUESTIONS.documents):
        assert counts[document, True] + counts[document, False] == ABOUT_A_DOCUMENT
        assert counts[document, False] in {2, 3}


def test_every_question_is_another_one_and_can_be_asked() -> None:
    asked = [case.question for case in QUESTIONS.cases]
    assert len(set(asked)) == len(asked)
    assert [question for question in asked if not can_be_asked(question)] == []


def test_every_answer_stands_in_its_document_once() -> None:
    places = {answer: len(case.places) - len(case.answers) for case in QUESTIONS.cases for answer in case.answers}
    assert [answer for answer, others in places.items() if others] == []


def test_documents_are_of_the_length_of_a_page_or_two() -> None:
    words = {source.title: len(source.text.split()) for source in QUESTIONS.documents}
    assert {title: count for title, count in words.items() if not 500 <= count <= 900} == {}
