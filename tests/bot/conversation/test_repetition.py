"""Who asks for more does not get the same sentences again."""

from __future__ import annotations

import pytest

from bot import Answer, AnswerChain, Question
from bot.conversation import heard_before
from bot.extractive.answerer import ExtractiveAnswerer
from bot.types import Status, Turn
from retrieval import Library
from tests.bot.conftest import ChainOf
from tests.bot.fakes import shipped_selector

KEYS = Turn("Who has a key?", "Ada has  a key. [1]\nTom has one, too. [2]")


@pytest.mark.parametrize("more", ["What else?", "and who else?", "Who else has a key?", "Anything more?", "go on"])
def test_a_question_for_more_follows_on_what_was_said(more: str) -> None:
    assert heard_before(more, [KEYS]) == ("Ada has a key. [1] Tom has one, too. [2]",)


@pytest.mark.parametrize("other", ["Who has a key?", "Or else what happens?", "How many more keys are there?"])
def test_other_questions_may_get_the_same_sentences(other: str) -> None:
    assert heard_before(other, [KEYS]) == ()


def quoted(answer: Answer) -> set[str]:
    return {statement.text for statement in answer.statements}


@pytest.fixture
def chain(fast_library: Library, chain_of: ChainOf) -> AnswerChain:
    """Answers to whatever is asked, so that nothing but what was heard is left out."""
    return chain_of(ExtractiveAnswerer(shipped_selector(), fast_library.term_weights, 0.0, 1.0))


@pytest.mark.parametrize(
    ("first", "more"),
    [("What did the protesters attack?", "What else did the protesters attack?"), ("Who is Tokayev?", "What else?")],
)
def test_sentences_are_quoted_once_until_there_are_no_more(chain: AnswerChain, first: str, more: str) -> None:
    answer = chain.invoke(first)
    history = [Turn(first, answer.text)]
    heard = quoted(answer)
    for _ in range(40):
        answer = chain.invoke(Question(more, tuple(history)))
        if answer.status is Status.NOT_FOUND:
            break
        assert heard.isdisjoint(quoted(answer))
        heard |= quoted(answer)
        history.append(Turn(more, answer.text))
    assert len(history) > 1


def test_less_likely_sentences_are_less_sure(chain: AnswerChain) -> None:
    question = "Who was injured in the violence?"
    answer = chain.invoke(question)
    more = chain.invoke(Question("Who else was injured in the violence?", (Turn(question, answer.text),)))
    assert 0 < more.confidence < answer.confidence
