"""The way from a question to its answer as a LangChain Runnable, which no event loop waits for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.runnables.config import run_in_executor

from bot.cancellation import is_abandoned, waiting
from bot.pipeline import Answerer, AnswerPipeline, FollowUpReader, Search, by_the_rules
from bot.settings import Settings
from bot.types import Answer, Question
from retrieval import Library
from retrieval.fork_safety import renewed_in_fork

# How many asynchronous answers are worked on at once; more questions wait their turn.
MAX_CONCURRENT_ANSWERS = 4


class AnswerChain(Runnable[Question | str, Answer]):
    """Answers questions about a library; give it a ``Question``, or a ``str`` for the collection ``default``.

    Whatever the answerer says, ``verify_answer`` has the last word on every snapshot. The asynchronous calls cross to
    a bounded executor once, so that nothing blocks the event loop; what is cancelled or closed stops there soon.

    Raises (from every call):
        QuestionError: If the question is blank, too long or holds control characters.
        RetrievalError: If the library or the model cannot be used.
    """

    def __init__(
        self,
        retriever: Search,
        answerer: Answerer,
        read_as: FollowUpReader = by_the_rules,
        notice: str | None = None,
        quoting: Answerer | None = None,
    ) -> None:
        self._pipeline = AnswerPipeline(retriever, answerer, read_as, notice, quoting)
        self._begin()
        renewed_in_fork(self, AnswerChain._begin)

    def _begin(self) -> None:
        self._executor = ThreadPoolExecutor(MAX_CONCURRENT_ANSWERS, thread_name_prefix="pullquote")

    @classmethod
    def from_settings(cls, settings: Settings | None = None) -> AnswerChain:
        """The chain that the environment and ``.env`` describe, or ``settings`` if given.

        Raises:
            SettingsError: If a setting does not fit.
            ReaderError: If the reader that is set cannot be loaded, or its weights are missing or altered.
            ChatModelError: If a chat model is set and cannot be opened.
        """
        pipeline = AnswerPipeline.from_settings(settings)
        return cls(pipeline.search, pipeline.answerer, pipeline.read_follow_up, pipeline.notice, pipeline.quoting)

    @property
    def retriever(self) -> Search:
        """What finds the passages."""
        return self._pipeline.search

    @property
    def quoting_pipeline(self) -> AnswerPipeline:
        """What answers from the same library with quotes alone, and so calls no chat model."""
        return AnswerPipeline(self.retriever, self._pipeline.quoting)

    @property
    def notice(self) -> str | None:
        """What whoever runs it should know of the weights that answers are chosen by."""
        return self._pipeline.notice

    @property
    def library(self) -> Library:
        """The library that is asked."""
        return self._pipeline.library

    def invoke(self, input: Question | str, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:  # noqa: A002 (the name is LangChain's)
        """Answer one question."""
        return self._call_with_config(self._pipeline.answer, input, config, run_type="chain")

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

    def _stream(self, questions: Iterator[Question | str]) -> Iterator[Answer]:
        for question in questions:
            yield from self._pipeline.snapshots(question)

    async def _astream(self, questions: AsyncIterator[Question | str]) -> AsyncIterator[Answer]:
        async for question in questions:
            async for snapshot in self._snapshots_elsewhere(question):
                yield snapshot

    async def _snapshots_elsewhere(self, question: Question | str) -> AsyncIterator[Answer]:
        """The pipeline's snapshots from a thread of the executor."""
        loop = asyncio.get_running_loop()
        snapshots: asyncio.Queue[Answer | None] = asyncio.Queue()

        def produce() -> None:
            for snapshot in self._pipeline.snapshots(question):
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
