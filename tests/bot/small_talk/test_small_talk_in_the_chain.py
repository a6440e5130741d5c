"""Small talk costs nothing: no search, no answerer, no chat model, and no place in the conversation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot import Answer, Question, Status, Turn
from bot.types import ResolvedQuestion
from retrieval import Passage
from tests.bot.conftest import ChainOf
from tests.bot.fakes import ScriptedAnswerer, first_sentences


def refuses_to_look(question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
    raise AssertionError(f"an answer to {question.text!r} was looked for")


async def test_small_talk_is_replied_to_and_nothing_is_looked_for(chain_of: ChainOf) -> None:
    read: list[str] = []

    def read_as(text: str, history: Sequence[Turn]) -> ResolvedQuestion:
        read.append(text)
        return ResolvedQuestion(None)

    chain = chain_of(ScriptedAnswerer(refuses_to_look), read_as)
    thanks = Question("thanks!", history=(Turn("Who resigned?", "Nazarbayev."),))
    for answer in (chain.invoke(thanks), await chain.ainvoke(thanks), *chain.batch([thanks]), *chain.stream(thanks)):
        assert (answer.status, answer.citations, answer.closest) == (Status.REPLY, (), None)
        assert answer.text == "You're welcome. Ask me more whenever you like."
        assert set(answer.timings_ms) == {"retrieve", "answer", "total"}
    assert read == []


def test_a_question_is_read_without_the_small_talk_around_it_and_before_it(chain_of: ChainOf) -> None:
    asked: list[tuple[str, str | None]] = []
    read: list[tuple[str, Sequence[Turn]]] = []

    def note(question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
        asked.append((question.text, question.wording))
        yield from first_sentences(1)(question, passages)

    def read_as(text: str, history: Sequence[Turn]) -> ResolvedQuestion:
        read.append((text, history))
        return ResolvedQuestion(None)

    chain = chain_of(ScriptedAnswerer(note), read_as)
    before = Turn("Who resigned in 2019?", "Nazarbayev.")
    turns = (
        Turn("Hi! Who resigned in 2019? thx", "Nazarbayev."),
        Turn("thanks", "You're welcome."),
        Turn("👍", "Ask me anything."),
    )
    answer = chain.invoke(Question("Hello! Who asked Russia? Thanks!", history=turns))
    assert (answer.question, answer.read_as) == ("Hello! Who asked Russia? Thanks!", None)
    assert asked == [("Hello! Who asked Russia? Thanks!", "Who asked Russia?")]
    assert read == [("Who asked Russia?", (before,))]
    chain.invoke(Question("What else?", history=turns[1:]))
    assert len(read) == 1
