"""Answers hold together or cannot be made."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.messages import HumanMessage

from bot import NOT_FOUND_TEXT, Answer, Citation, Question, Statement, Status, Turn
from bot.quotes import cite
from bot.replies import Reply, SmallTalk
from bot.types import EXTRACTIVE, Certainty
from retrieval import CollectionError, Span
from tests.bot.fakes import make_source

SOURCE = make_source("One. Two. Three. Four.")
NUMBERS = st.lists(st.integers(0, 4), max_size=3).map(tuple)


def citation(number: int | None) -> Citation:
    return cite(SOURCE, Span(0, 4), number)


def answered(numbers: list[tuple[int, ...]], cited: list[int | None]) -> Answer:
    return Answer(
        "q",
        Status.ANSWERED,
        0.5,
        EXTRACTIVE,
        statements=tuple(Statement("One.", some) for some in numbers),
        citations=tuple(citation(number) for number in cited),
        certainty=Certainty.SURE,
    )


@given(st.lists(NUMBERS, min_size=1, max_size=4), st.lists(st.integers(0, 4) | st.none(), max_size=4))
def test_an_answer_exists_only_when_numbers_and_citations_are_the_same_set_in_order(
    numbers: list[tuple[int, ...]], cited: list[int | None]
) -> None:
    fits = cited == list(range(1, len(cited) + 1)) and {n for some in numbers for n in some} == set(cited)
    if fits:
        assert [c.number for c in answered(numbers, cited).citations] == cited
    else:
        with pytest.raises(ValueError, match="do not match"):
            answered(numbers, cited)


@pytest.mark.parametrize(
    ("numbers", "cited"),
    [
        ([(2,)], [1]),  # a mark without a citation
        ([(1,)], [1, 2]),  # a citation that nothing uses
        ([(1,), (2,)], [2, 1]),  # out of order
        ([(1,)], [1, 1]),  # one number twice
        ([(1,)], [None]),  # no number
        ([(0,)], [0]),  # counted from 0
    ],
)
def test_numbers_and_citations_that_do_not_match_are_refused(
    numbers: list[tuple[int, ...]], cited: list[int | None]
) -> None:
    with pytest.raises(ValueError, match="do not match"):
        answered(numbers, cited)


def test_an_answer_without_statements_cannot_be_answered() -> None:
    with pytest.raises(ValueError, match="answered"):
        Answer("q", Status.ANSWERED, 0.5, EXTRACTIVE)


def test_a_refusal_cannot_carry_statements() -> None:
    with pytest.raises(ValueError, match="not_found"):
        replace(answered([(1,)], [1]), status=Status.NOT_FOUND)


def test_an_answer_that_was_found_has_no_closest_sentence() -> None:
    with pytest.raises(ValueError, match="answered"):
        replace(answered([(1,)], [1]), closest=citation(None))


def test_a_reply_quotes_nothing_and_no_other_answer_is_one() -> None:
    reply = Reply(SmallTalk.GREETING, "en", "Hello.")
    cited = (citation(1),)
    assert Answer("hi", Status.REPLY, 0.0, EXTRACTIVE, reply=reply).text == "Hello."
    parts: list[dict[str, Any]] = [
        {"status": Status.REPLY},
        {"status": Status.REPLY, "reply": reply, "closest": citation(None)},
        {"status": Status.NOT_FOUND, "reply": reply},
        {"status": Status.ANSWERED, "reply": reply, "statements": (Statement("One.", (1,)),), "citations": cited},
        {"status": Status.REPLY, "reply": reply, "statements": (Statement("One.", (1,)),), "citations": cited},
    ]
    for each in parts:
        with pytest.raises(ValueError, match="do not make an answer"):
            Answer("hi", confidence=0.0, mode=EXTRACTIVE, **each)


@pytest.mark.parametrize("confidence", [-0.01, 1.01, float("nan"), float("inf")])
def test_a_confidence_lies_between_0_and_1(confidence: float) -> None:
    with pytest.raises(ValueError, match="not a confidence"):
        replace(answered([(1,)], [1]), confidence=confidence)


def test_an_answer_is_sure_or_unsure_and_a_refusal_is_neither() -> None:
    with pytest.raises(ValueError, match="answered cannot have the certainty None"):
        replace(answered([(1,)], [1]), certainty=None)
    with pytest.raises(ValueError, match="not_found cannot have the certainty sure"):
        Answer("q", Status.NOT_FOUND, 0.1, EXTRACTIVE, certainty=Certainty.SURE)


def test_only_a_sure_answer_that_highlights_words_has_a_short_one() -> None:
    answer = answered([(1,)], [1])
    pointed = replace(answer, citations=(cite(SOURCE, Span(0, 4), 1, Span(0, 3)),))
    assert pointed.short is None
    short = replace(pointed, has_short=True).short
    assert short is not None
    assert short.quote.highlighted == "One"
    for other in (answer, replace(pointed, certainty=Certainty.UNSURE)):
        with pytest.raises(ValueError, match="has no short one"):
            replace(other, has_short=True)


def test_the_closest_sentence_is_offered_where_it_is_on_topic() -> None:
    refusal = Answer("q", Status.NOT_FOUND, 0.1, EXTRACTIVE, closest=citation(None))
    assert refusal.offered is None
    assert replace(refusal, on_topic=True).offered == refusal.closest


def test_the_text_is_each_statement_followed_by_its_marks() -> None:
    answer = Answer(
        "q",
        Status.ANSWERED,
        0.5,
        EXTRACTIVE,
        statements=(Statement("One [7].", (1,)), Statement("Two.", (2, 1)), Statement("Three.", (2,))),
        citations=(citation(1), citation(2)),
        certainty=Certainty.UNSURE,
    )
    assert answer.text == "One [7]. [1] Two. [2] [1] Three. [2]"


def test_the_text_of_a_refusal_is_the_one_sentence() -> None:
    refusal = Answer("q", Status.NOT_FOUND, 0.1, EXTRACTIVE, closest=citation(None))
    assert refusal.text == NOT_FOUND_TEXT == "The document does not say."


def test_timings_do_not_count_when_answers_are_compared() -> None:
    answer = answered([(1,)], [1])
    assert replace(answer, timings_ms={"total": 3.0}) == answer
    assert replace(answer, confidence=0.6) != answer
    assert replace(answer, question="other") != answer


def test_answers_and_questions_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        answered([(1,)], [1]).confidence = 1.0  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        Question("q").text = "other"  # type: ignore[misc]


def test_a_question_asks_the_default_collection_with_no_history() -> None:
    assert Question("q").collections == ("default",)
    assert Question("q").history == ()


def test_statuses_are_the_words_of_the_contract() -> None:
    assert [str(status) for status in Status] == ["answered", "not_found", "reply"]
    assert [str(certainty) for certainty in Certainty] == ["sure", "unsure"]


def test_every_promised_name_can_be_imported_and_no_other() -> None:
    import bot

    assert "Answer" in dir(bot)
    assert all(getattr(bot, name) is not None for name in dir(bot))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = bot.nonsense  # type: ignore[attr-defined]


def test_a_question_that_no_library_could_be_asked_is_refused_when_it_is_made() -> None:
    make: Any = Question
    for collections, sentence in ((), "^No collection is named"), ("rules", r'is a text; write `\("rules",\)`'):
        with pytest.raises(CollectionError, match=sentence):
            make("Who?", collections=collections)
    for history in ([HumanMessage("Who?")], ({"question": "Who?", "answer": "He."},), "Who?"):
        with pytest.raises(TypeError, match=r"^`history` holds a \w+; give Turn objects, or ask with a dict"):
            make("Who?", history=history)
    assert make("Who?", history=[Turn("Who?", "He.")]).history
