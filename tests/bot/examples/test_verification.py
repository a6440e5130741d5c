"""Only what is answered surely, from the place that is meant, is offered as an example."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.examples import MOST_TRIES, sure_questions
from bot.quotes import cite
from bot.types import EXTRACTIVE, Answer, Certainty, Question, Statement, Status
from retrieval import Source, Span, load_bytes

TEXT = "# Club\n\nThe card costs 25 euros.\n\nBoats must be returned within 14 days.\n\nThe house opens at 10:00.\n"
CLUB = load_bytes(TEXT.encode(), name="a.md", uri="test:a")
CARD, BOATS, HOUSE = (
    "How much does the card cost?",
    "Within how many days must boats be returned?",
    "When does the house open?",
)
ASKED = Question("-", (), ("guild-1",))


def quoting(source: Source, words: str, certainty: Certainty = Certainty.SURE) -> Answer:
    span = Span(source.text.index(words), source.text.index(words) + len(words))
    citation = cite(source, span, 1)
    statements = (Statement(words, (1,)),)
    return Answer("-", Status.ANSWERED, 0.9, EXTRACTIVE, statements, (citation,), certainty=certainty)


def test_each_question_is_asked_of_the_collections_that_are_meant() -> None:
    asked: list[Question] = []

    def ask(question: Question) -> Answer:
        asked.append(question)
        return quoting(CLUB, {CARD: "The card costs", BOATS: "Boats must be", HOUSE: "The house opens"}[question.text])

    assert list(sure_questions(CLUB, ASKED, ask)) == [BOATS, CARD, HOUSE]
    assert asked == [replace(ASKED, text=text) for text in (BOATS, CARD, HOUSE)]


@pytest.mark.parametrize(
    "answer",
    [
        quoting(CLUB, "The house opens"),  # from elsewhere
        quoting(CLUB, "The card costs", Certainty.UNSURE),
        quoting(load_bytes(b"The card costs 25 euros.", name="b.md", uri="test:b"), "The card costs"),
        Answer("-", Status.NOT_FOUND, 0.1, EXTRACTIVE),
    ],
    ids=["elsewhere", "unsure", "another document", "refused"],
)
def test_what_is_not_answered_surely_from_its_place_is_not_offered(answer: Answer) -> None:
    found = list(sure_questions(CLUB, ASKED, lambda question: answer))
    assert CARD not in found


def test_a_document_that_answers_nothing_is_not_asked_for_ever() -> None:
    lines = (f"## What is the rule number {index}?\n\nNo.\n" for index in range(3 * MOST_TRIES))
    source = load_bytes("\n".join(lines).encode(), name="a.md", uri="test:a")
    refused = Answer("-", Status.NOT_FOUND, 0.1, EXTRACTIVE)
    assert list(sure_questions(source, ASKED, lambda question: refused)) == [None] * MOST_TRIES
