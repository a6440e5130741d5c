"""The chain answers as a LangChain Runnable does, and the verifier has the last word on every snapshot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.runnables import RunnableConfig, RunnableLambda

from bot import Answer, AnswerChain, Question, QuestionError, Status
from bot.extractive.answerer import ExtractiveAnswerer
from retrieval import Correction, Library, Passage, RetrievalError
from tests.bot.conftest import ChainOf
from tests.bot.fakes import ScriptedAnswerer, first_sentences, lying, make_source, quoting, shipped_selector

GROWING = 4
BAD_QUESTIONS = ["", " \n", "x" * 4001, "why\x00", "why\x1b[31m", "why\udcff"]


@pytest.fixture
def extractive(fast_library: Library, chain_of: ChainOf) -> AnswerChain:
    """The chain as it ships, but with hashed words for meaning."""
    return chain_of(ExtractiveAnswerer(shipped_selector(), fast_library.term_weights, 0.1))


@pytest.fixture
def growing(chain_of: ChainOf) -> AnswerChain:
    """A chain whose answer grows by a quote a snapshot."""
    return chain_of(ScriptedAnswerer(first_sentences(GROWING)))


class Recorder(BaseCallbackHandler):
    """Notes the chain runs that begin, end and fail."""

    def __init__(self) -> None:
        self.inputs: list[Any] = []
        self.outputs: list[Any] = []
        self.ended_with: list[Any] = []
        self.errors: list[BaseException] = []
        self.parents: list[UUID | None] = []

    def on_chain_start(
        self, serialized: dict[str, Any], inputs: Any, *, parent_run_id: UUID | None = None, **kwargs: Any
    ) -> None:
        self.inputs.append(inputs)
        self.parents.append(parent_run_id)

    def on_chain_end(self, outputs: Any, **kwargs: Any) -> None:
        self.outputs.append(outputs)
        self.ended_with.append(kwargs.get("inputs"))

    def on_chain_error(self, error: BaseException, **kwargs: Any) -> None:
        self.errors.append(error)


def test_a_string_is_a_question_to_the_default_collection(extractive: AnswerChain) -> None:
    answer = extractive.invoke("Who resigned in 2019?")
    assert answer == extractive.invoke(Question("Who resigned in 2019?"))
    assert answer.question == "Who resigned in 2019?"
    assert set(answer.timings_ms) == {"retrieve", "answer", "total"}
    assert answer.timings_ms["total"] >= max(answer.timings_ms["retrieve"], answer.timings_ms["answer"])


def test_slips_are_looked_for_once(extractive: AnswerChain, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    correct = Library.correct

    def counted(library: Library, question: str, collections: Sequence[str]) -> Correction:
        asked.append(question)
        return correct(library, question, collections)

    monkeypatch.setattr(Library, "correct", counted)
    extractive.invoke("How many planes?")
    assert asked == ["How many planes?"]


async def test_every_way_to_ask_gives_the_same_answer(extractive: AnswerChain) -> None:
    question = "Who resigned in 2019?"
    expected = extractive.invoke(question)
    assert expected.status is Status.ANSWERED
    assert await extractive.ainvoke(question) == expected
    assert extractive.batch([question, Question(question)]) == [expected, expected]
    assert await extractive.abatch([question, question]) == [expected, expected]
    assert list(extractive.stream(question)) == [expected]
    assert [snapshot async for snapshot in extractive.astream(question)] == [expected]


async def test_the_chain_composes_with_other_runnables(extractive: AnswerChain) -> None:
    def status(answer: Answer) -> str:
        return str(answer.status)

    composed = RunnableLambda(str.strip) | extractive | RunnableLambda(status)
    assert composed.invoke("  Who resigned in 2019?  ") == "answered"
    assert await composed.ainvoke("  Who resigned in 2019?  ") == "answered"
    assert list(composed.stream("Who resigned in 2019?")) == ["answered"]


async def test_what_follows_a_growing_answer_gets_the_whole_one(growing: AnswerChain) -> None:
    def count(answer: Answer) -> int:
        return len(answer.citations)

    composed = growing | RunnableLambda(count)
    assert list(composed.stream("q")) == [GROWING]
    assert [number async for number in composed.astream("q")] == [GROWING]


async def test_callbacks_see_each_run_with_its_question_and_its_answer(extractive: AnswerChain) -> None:
    recorder = Recorder()
    config: RunnableConfig = {"callbacks": [recorder]}
    answer = extractive.invoke("How many planes?", config)
    assert (recorder.inputs, recorder.outputs) == (["How many planes?"], [answer])
    await extractive.ainvoke("How many planes?", config)
    assert (recorder.inputs, recorder.outputs) == (["How many planes?"] * 2, [answer] * 2)
    with pytest.raises(QuestionError):
        extractive.invoke("", config)
    assert [type(error) for error in recorder.errors] == [QuestionError]


def test_callbacks_see_a_streamed_run(growing: AnswerChain) -> None:
    recorder = Recorder()
    *_, last = growing.stream("q", {"callbacks": [recorder]})
    assert (len(recorder.inputs), recorder.ended_with) == (1, ["q"])
    assert recorder.outputs == [last]


async def test_callbacks_see_a_run_that_is_streamed_asynchronously(growing: AnswerChain) -> None:
    recorder = Recorder()
    snapshots = [snapshot async for snapshot in growing.astream("q", {"callbacks": [recorder]})]
    assert (len(recorder.inputs), recorder.ended_with) == (1, ["q"])
    assert recorder.outputs == [snapshots[-1]]


async def test_callbacks_see_a_streamed_run_that_fails(growing: AnswerChain) -> None:
    recorder = Recorder()
    with pytest.raises(QuestionError):
        list(growing.stream("", {"callbacks": [recorder]}))
    with pytest.raises(QuestionError):
        _ = [snapshot async for snapshot in growing.astream("", {"callbacks": [recorder]})]
    assert [type(error) for error in recorder.errors] == [QuestionError] * 2


async def test_a_call_inside_another_runnable_is_a_part_of_its_run(extractive: AnswerChain) -> None:
    """LangChain hands the parent run on through context variables, which threads must be given."""

    async def inner(question: str) -> Answer:
        return await extractive.ainvoke(question)

    recorder = Recorder()
    await RunnableLambda(inner).ainvoke("How many planes?", {"callbacks": [recorder]})
    assert len(recorder.parents) == 2
    assert recorder.parents[0] is None
    assert recorder.parents[1] is not None


def extends(longer: Answer, shorter: Answer) -> bool:
    return longer.text.startswith(shorter.text) and longer.citations[: len(shorter.citations)] == shorter.citations


def check_snapshots(snapshots: Sequence[Answer], whole: Answer) -> None:
    assert len(snapshots) == GROWING
    assert all(extends(b, a) and b != a for a, b in pairwise(snapshots))
    assert snapshots[-1] == whole
    assert len(whole.citations) == GROWING


async def test_each_snapshot_extends_the_last_and_the_last_is_the_whole_answer(growing: AnswerChain) -> None:
    whole = growing.invoke("q")
    check_snapshots(list(growing.stream("q")), whole)
    check_snapshots([snapshot async for snapshot in growing.astream("q")], whole)


class BrokenChatModelError(Exception):
    """What a chat model behind an answerer might raise."""


def breaks_midway(question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
    source = passages[0].source
    yield quoting(question.text, source, passages[0].span)
    raise BrokenChatModelError


async def test_an_error_midway_reaches_the_caller_after_the_snapshots_before_it(chain_of: ChainOf) -> None:
    chain = chain_of(ScriptedAnswerer(breaks_midway))
    with pytest.raises(BrokenChatModelError):
        chain.invoke("q")
    with pytest.raises(BrokenChatModelError):
        await chain.ainvoke("q")
    stream = chain.stream("q")
    assert next(stream).status is Status.ANSWERED
    with pytest.raises(BrokenChatModelError):
        next(stream)
    later: AsyncIterator[Answer] = chain.astream("q")
    assert (await anext(later)).status is Status.ANSWERED
    with pytest.raises(BrokenChatModelError):
        await asyncio.wait_for(anext(later), 10)


LIE = "The president flew to Paris."


def lies(question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
    """First a lie alone, then another one."""
    yield lying(question.text, passages[0].source, LIE)
    yield lying(question.text, passages[0].source, LIE.upper())


async def test_a_quote_that_is_not_in_the_source_is_never_shown(chain_of: ChainOf) -> None:
    chain = chain_of(ScriptedAnswerer(lies))
    shown = [chain.invoke("q"), await chain.ainvoke("q"), *chain.batch(["q"]), *chain.stream("q")]
    shown += [snapshot async for snapshot in chain.astream("q")]
    assert len(shown) == 7
    for answer in shown:
        assert (answer.status, answer.statements, answer.citations) == (Status.NOT_FOUND, (), ())
        assert "paris" not in repr(answer).casefold()


def invents_a_source(question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
    invented = make_source(LIE)
    yield lying(question.text, invented, LIE)


async def test_a_source_that_is_not_in_the_library_is_never_quoted(chain_of: ChainOf) -> None:
    """Its quote agrees with its own hash, so only the library can tell that the source was invented."""
    chain = chain_of(ScriptedAnswerer(invents_a_source))
    shown: list[Answer] = []
    for ask in (chain.invoke, lambda q: list(chain.stream(q))[-1]):
        try:
            shown.append(ask("q"))
        except RetrievalError:
            continue
    assert not [answer for answer in shown if answer.citations or "Paris" in repr(answer)]


@pytest.mark.parametrize("text", BAD_QUESTIONS, ids=["empty", "blank", "long", "nul", "escape", "surrogate"])
async def test_what_cannot_be_asked_raises_a_sentence_from_every_call(growing: AnswerChain, text: str) -> None:
    for question in (text, Question(text)):
        with pytest.raises(QuestionError, match=r"\.$"):
            growing.invoke(question)
        with pytest.raises(QuestionError):
            await growing.ainvoke(question)
        with pytest.raises(QuestionError):
            growing.batch([question])
        with pytest.raises(QuestionError):
            list(growing.stream(question))
        with pytest.raises(QuestionError):
            _ = [snapshot async for snapshot in growing.astream(question)]


async def test_a_batch_can_hand_its_errors_back_in_place(growing: AnswerChain) -> None:
    outcomes = await growing.abatch(["q", ""], return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [Answer, QuestionError]


def test_an_unknown_collection_is_an_error_not_a_refusal(growing: AnswerChain) -> None:
    with pytest.raises(RetrievalError, match="no collection “nope”"):
        growing.invoke(Question("q", collections=("nope",)))


def test_damaged_stored_text_is_an_error_not_an_answer(growing: AnswerChain) -> None:
    assert growing.invoke("q").status is Status.ANSWERED
    (stored,) = (growing.library.settings.home / "texts").glob("*.txt")
    stored.write_bytes(stored.read_bytes().replace(b"Almaty", b"Astana"))
    with pytest.raises(RetrievalError, match="damaged"):
        growing.invoke("q")


async def test_a_keyword_that_nothing_reads_is_refused_by_every_call(extractive: AnswerChain) -> None:
    question = "How many planes?"
    for asked in (extractive, extractive.as_text()):
        for keyword in ({"kk": 2}, {"quotes": 0}, {"collections": ("nope",)}):
            sentence = f"^AnswerChain takes no “{next(iter(keyword))}” here; give a Question, or a dict with the keys "
            with pytest.raises(TypeError, match=sentence):
                asked.invoke(question, **keyword)
            with pytest.raises(TypeError, match=sentence):
                asked.bind(**keyword).invoke(question)
            with pytest.raises(TypeError, match=sentence):
                asked.batch([question], **keyword)
            with pytest.raises(TypeError, match=sentence):
                list(asked.stream(question, **keyword))
            with pytest.raises(TypeError, match=sentence):
                await asked.ainvoke(question, **keyword)
            with pytest.raises(TypeError, match=sentence):
                [piece async for piece in asked.astream(question, **keyword)]
    assert extractive.with_config(tags=["a"]).invoke(question, {"run_name": "b"}) == extractive.invoke(question)


def test_a_chain_lets_go_of_its_library_at_the_end_of_a_with(chain_of: ChainOf) -> None:
    with chain_of(ScriptedAnswerer(first_sentences(1))) as chain:
        assert chain.invoke("Who resigned?").status is Status.ANSWERED
    with pytest.raises(RuntimeError, match="shutdown"):
        asyncio.run(chain.ainvoke("Who resigned?"))
