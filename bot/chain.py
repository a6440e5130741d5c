"""Question -> verified answer: retriever, answerer and verifier in one LangChain Runnable."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.runnables.config import run_in_executor

from bot.abandoning import is_abandoned, waiting
from bot.conversation import bound_history, read_as
from bot.errors import QuestionError
from bot.extractive import ExtractiveAnswerer
from bot.questions import check_question
from bot.quotes import verify_answer
from bot.reader import SpanReader
from bot.selection import Selector, Weights
from bot.settings import Settings
from bot.types import EXTRACTIVE, Answer, Question, Reading, Turn, Usage
from retrieval import HybridRetriever, Library, Passage

# How many asynchronous answers are worked on at once; more questions wait their turn.
MAX_CONCURRENT_ANSWERS = 4


class Answerer(Protocol):
    """What turns passages into an answer; snapshots extend one another and the last one is whole."""

    def answer(self, question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
        """Yield at least one snapshot."""
        ...


# A question that leans on the turns before it -> one that stands on its own.
FollowUpReader = Callable[[str, Sequence[Turn]], Reading]


def _by_the_rules(text: str, history: Sequence[Turn]) -> Reading:
    return Reading(read_as(text, history))


class AnswerChain(Runnable[Question | str, Answer]):
    """Answers questions about a library; give it a ``Question``, or a ``str`` for the collection ``default``.

    Whatever the answerer says, ``verify_answer`` has the last word on every snapshot. The asynchronous calls cross to
    a bounded executor once, so that nothing blocks the event loop; what is cancelled or closed stops there soon.

    Raises (from every call):
        QuestionError: If the question is blank, too long or holds control characters.
        RetrievalError: If the library or the model cannot be used.
    """

    def __init__(self, retriever: HybridRetriever, answerer: Answerer, read_as: FollowUpReader = _by_the_rules) -> None:
        self.retriever = retriever
        self._answerer = answerer
        self._read_as = read_as
        self._executor = ThreadPoolExecutor(MAX_CONCURRENT_ANSWERS, thread_name_prefix="pullquote")

    @classmethod
    def from_settings(cls, settings: Settings | None = None) -> AnswerChain:
        """The chain that the environment and ``.env`` describe, or ``settings`` if given.

        Raises:
            SettingsError: If a setting does not fit.
            ChatModelError: If a chat model is set and cannot be opened.
        """
        settings = settings or Settings.load()
        library = Library(settings)
        retriever = HybridRetriever(library=library, k=settings.passages)
        selector = Selector(SpanReader(), Weights.load())
        extractive = ExtractiveAnswerer(selector, library.term_weights, settings.answer_threshold)
        if settings.chat_model is None:
            return cls(retriever, extractive)
        # A chat model's client takes a second to import, which nobody without one should wait for.
        from bot.chat import ChatAnswerer, ChatCalls, ChatRewriter, TokenBudget, open_chat_model

        budget = TokenBudget(settings.home, settings.chat_max_tokens_a_day)
        calls = ChatCalls(open_chat_model(settings), settings.chat_timeout_seconds, settings.chat_concurrent_calls)
        answerer = ChatAnswerer(calls, settings.chat_model, extractive, budget)
        return cls(retriever, answerer, ChatRewriter(calls, budget))

    @property
    def library(self) -> Library:
        """The library that is asked."""
        return self.retriever.library

    def invoke(self, input: Question | str, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:  # noqa: A002 (the name is LangChain's)
        """Answer one question."""
        return self._call_with_config(self._last, input, config, run_type="chain")

    async def ainvoke(self, input: Question | str, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:  # noqa: A002
        """Answer one question without blocking the event loop."""
        with waiting() as context:
            return await run_in_executor(self._executor, context.run, self.invoke, input, config)

    def stream(
        self,
        input: Question | str,  # noqa: A002
        config: RunnableConfig | None = None,
        **kwargs: Any | None,
    ) -> Iterator[Answer]:
        """Yield snapshots of the answer, each extending the last; the last equals what ``invoke`` returns."""
        yield from self._transform_stream_with_config(iter([input]), self._stream, config, run_type="chain")

    async def astream(
        self,
        input: Question | str,  # noqa: A002
        config: RunnableConfig | None = None,
        **kwargs: Any | None,
    ) -> AsyncIterator[Answer]:
        """As ``stream``, without blocking the event loop."""

        async def inputs() -> AsyncIterator[Question | str]:
            yield input

        stream = self._atransform_stream_with_config(inputs(), self._astream, config, run_type="chain")
        async for snapshot in stream:
            yield snapshot

    def close(self) -> None:
        """Let go of the library's files and the threads."""
        self._executor.shutdown(cancel_futures=True)
        self.library.close()

    def _last(self, question: Question | str) -> Answer:
        *_, last = self._snapshots(question)
        return last

    def _stream(self, questions: Iterator[Question | str]) -> Iterator[Answer]:
        for question in questions:
            yield from self._snapshots(question)

    async def _astream(self, questions: AsyncIterator[Question | str]) -> AsyncIterator[Answer]:
        async for question in questions:
            async for snapshot in self._snapshots_elsewhere(question):
                yield snapshot

    async def _snapshots_elsewhere(self, question: Question | str) -> AsyncIterator[Answer]:
        """``_snapshots`` from a thread of the executor."""
        loop = asyncio.get_running_loop()
        snapshots: asyncio.Queue[Answer | None] = asyncio.Queue()

        def produce() -> None:
            for snapshot in self._snapshots(question):
                if is_abandoned():
                    return
                loop.call_soon_threadsafe(snapshots.put_nowait, snapshot)

        with waiting() as context:
            work = loop.run_in_executor(self._executor, context.run, produce)
            # Also when the work fails, or is cancelled before it begins.
            work.add_done_callback(lambda done: snapshots.put_nowait(None))
            try:
                while (snapshot := await snapshots.get()) is not None:
                    yield snapshot
                await work
            finally:
                # Whoever abandons the stream does not want to hear of what goes wrong afterwards.
                work.add_done_callback(lambda done: done.cancelled() or done.exception())

    def _snapshots(self, question: Question | str) -> Iterator[Answer]:
        if isinstance(question, str):
            question = Question(question)
        if not isinstance(question, Question):
            raise QuestionError("The chain takes a Question or a text; give it one of them.")
        check_question(question.text)
        # Until something is shown, an answer from a library that changed in the middle of it can be begun anew.
        snapshots, first = self.library.read_consistently(partial(self._begin, question))
        yield first
        yield from snapshots

    def _begin(self, question: Question) -> tuple[Iterator[Answer], Answer]:
        snapshots = self._verified(question)
        return snapshots, next(snapshots)

    def _verified(self, question: Question) -> Iterator[Answer]:
        began = time.perf_counter()
        history = bound_history(question.history)
        reading = self._read_as(question.text, history) if history else Reading(None)
        meant = self.retriever.correct(reading.text or question.text, collections=question.collections)
        if reading.text or meant.replaced:
            question = replace(question, wording=meant.text)
        passages = self.retriever.passages(meant.text, collections=question.collections)
        retrieved = time.perf_counter()
        first_statement = 0.0
        for snapshot in self._answerer.answer(question, passages):
            verified = verify_answer(snapshot, self.library.texts.read)
            now = time.perf_counter()
            timings = {"retrieve": retrieved - began, "answer": now - retrieved, "total": now - began}
            if verified.mode != EXTRACTIVE and verified.statements:
                first_statement = first_statement or now - began
                timings["first_statement"] = first_statement
            milliseconds = {part: round(1000 * seconds, 1) for part, seconds in timings.items()}
            yield replace(
                verified,
                timings_ms=milliseconds,
                read_as=question.wording if reading.text else None,
                usage=_sum(reading.usage, verified.usage),
            )


def _sum(one: Usage | None, other: Usage | None) -> Usage | None:
    return one + other if one and other else one or other
