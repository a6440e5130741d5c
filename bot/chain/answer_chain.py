"""The way from a question to its answer as a LangChain Runnable, which no event loop waits for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self

from langchain_core.runnables import Runnable, RunnableConfig, RunnableGenerator
from langchain_core.runnables.config import run_in_executor
from langchain_core.tools import BaseTool
from pydantic import BaseModel, create_model

from bot.cancellation import is_abandoned, waiting
from bot.chain.answer_text import text_pieces, text_pieces_async
from bot.chain.answer_tool import make_answer_tool
from bot.chain.chain_input import INPUT_TYPE, QUESTION_KEYS, ChainInput, read_question
from bot.chain.traced_search import TracedSearch
from bot.pipeline import Answerer, AnswerPipeline, FollowUpReader, Search, by_the_rules, open_answerers
from bot.settings import Settings
from bot.types import Answer
from retrieval import DEFAULT_COLLECTION, HybridRetriever, Library
from retrieval.fork_safety import renewed_in_fork

# How many asynchronous answers are worked on at once; more questions wait their turn.
MAX_CONCURRENT_ANSWERS = 4


class AnswerChain(Runnable[ChainInput, Answer]):
    """Answers questions about a library; give it a ``Question``, or a ``str`` for the collection ``default``.

    It takes what LangChain's chat models take as well: messages, of which the last one by a person is the question, or
    a prompt; and a dict with ``question`` and, where they are wanted, ``history``, ``collections`` and ``quotes``.

    Whatever the answerer says, ``verify_answer`` has the last word on every snapshot. The asynchronous calls cross to
    a bounded executor once, so that nothing blocks the event loop; what is cancelled or closed stops there soon. A
    pickle or a copy opens everything anew.

    Raises (from every call):
        QuestionError: If there is no question, or if it is blank, too long or holds control characters.
        RetrievalError: If the library or the model cannot be used.
        TypeError: If it is called with keywords, such as ``k``, which neither it nor LangChain reads.
    """

    def __init__(
        self,
        retriever: Search,
        answerer: Answerer,
        read_as: FollowUpReader = by_the_rules,
        notice: str | None = None,
        quoting: Answerer | None = None,
    ) -> None:
        self.retriever = retriever
        self._pipeline = AnswerPipeline(TracedSearch(retriever), answerer, read_as, notice, quoting)
        # How a pickle or a copy is opened.
        self._opening: tuple[Callable[..., AnswerChain], tuple[Any, ...]]
        self._opening = (type(self), (retriever, answerer, read_as, notice, quoting))
        self._begin()
        renewed_in_fork(self, AnswerChain._begin)

    def _begin(self) -> None:
        self._executor = ThreadPoolExecutor(MAX_CONCURRENT_ANSWERS, thread_name_prefix="pullquote")

    @classmethod
    def from_settings(cls, settings: Settings | None = None) -> AnswerChain:
        """The chain that the environment and ``.env`` describe, or ``settings`` if given.

        Raises:
            SettingsError: If a setting does not fit.
            RetrievalError: If the library or the model cannot be used.
            ReaderError: If the reader that is set cannot be loaded, or its weights are missing or altered.
            ChatModelError: If a chat model is set and cannot be opened.
        """
        settings = Settings.given(settings)
        retriever = HybridRetriever.from_settings(settings)
        chain = cls(retriever, *open_answerers(settings, retriever.library))
        chain._opening = (cls.from_settings, (settings,))
        return chain

    def __reduce__(self) -> tuple[Callable[..., AnswerChain], tuple[Any, ...]]:
        return self._opening

    @property
    def InputType(self) -> Any:  # noqa: N802 (the name is LangChain's)
        """What it takes, for schemas."""
        return INPUT_TYPE

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

    def invoke(self, input: ChainInput, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:  # noqa: A002 (the name is LangChain's)
        """Answer one question."""
        _refuse(kwargs)
        return self._call_with_config(self._answer, input, config, run_type="chain")

    async def ainvoke(self, input: ChainInput, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:  # noqa: A002
        """Answer one question without blocking the event loop."""
        _refuse(kwargs)
        with waiting() as context:
            return await run_in_executor(self._executor, context.run, self.invoke, input, config)

    def stream(
        self,
        input: ChainInput,  # noqa: A002
        config: RunnableConfig | None = None,
        **kwargs: Any | None,
    ) -> Iterator[Answer]:
        """Yield snapshots of the answer, each extending the last; the last equals what ``invoke`` returns."""
        _refuse(kwargs)
        yield from self._transform_stream_with_config(iter([input]), self._stream, config, run_type="chain")

    async def astream(
        self,
        input: ChainInput,  # noqa: A002
        config: RunnableConfig | None = None,
        **kwargs: Any | None,
    ) -> AsyncGenerator[Answer, None]:
        """As ``stream``, without blocking the event loop."""
        _refuse(kwargs)

        async def inputs() -> AsyncIterator[ChainInput]:
            yield input

        stream = self._atransform_stream_with_config(inputs(), self._astream, config, run_type="chain")
        async for snapshot in stream:
            yield snapshot

    def as_text(self) -> Runnable[ChainInput, str]:
        """The chain with text for its output: what ``pullquote ask`` prints, with marks, quotes and their places.

        A stream yields pieces that make the text together: statements of a chat model as they come, then the quotes.
        """
        text = RunnableGenerator(text_pieces, text_pieces_async, name="AnswerText")
        return self | text.with_types(output_type=str)

    def as_tool(
        self,
        args_schema: type[BaseModel] | None = None,
        *,
        name: str | None = None,
        description: str | None = None,
        arg_types: dict[str, type] | None = None,
        collections: tuple[str, ...] = (DEFAULT_COLLECTION,),
    ) -> BaseTool:
        """The chain as a tool for agents; it needs no arguments.

        The model reads the text of ``as_text``. The tool message's ``artifact`` is the ``Answer``, whose quotes stay
        proven whatever the model makes of them.

        Args:
            args_schema: What a model calls it with, where that is not ``question`` alone: keys of a dict that is asked.
            name: What models call it.
            description: What models are told that it does.
            arg_types: The same as ``args_schema``, as names and types.
            collections: Which collections are asked.

        Raises:
            CollectionError: If no collection is named.
            ValueError: If no model could call it by its name, or its arguments are no keys of a question.
        """
        if arg_types:
            fields: dict[str, Any] = {key: (kind, ...) for key, kind in arg_types.items()}
            args_schema = create_model("ToolArguments", **fields)
        return make_answer_tool(
            self, name=name, description=description, args_schema=args_schema, collections=collections
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the library's files and the threads."""
        self._executor.shutdown(cancel_futures=True)
        self.library.close()

    def _answer(self, given: ChainInput) -> Answer:
        return self._pipeline.answer(read_question(given))

    def _stream(self, inputs: Iterator[ChainInput]) -> Iterator[Answer]:
        for given in inputs:
            yield from self._pipeline.snapshots(read_question(given))

    async def _astream(self, inputs: AsyncIterator[ChainInput]) -> AsyncIterator[Answer]:
        async for given in inputs:
            async for snapshot in self._snapshots_elsewhere(given):
                yield snapshot

    async def _snapshots_elsewhere(self, given: ChainInput) -> AsyncIterator[Answer]:
        """The pipeline's snapshots from a thread of the executor."""
        loop = asyncio.get_running_loop()
        snapshots: asyncio.Queue[Answer | None] = asyncio.Queue()

        def produce() -> None:
            for snapshot in self._pipeline.snapshots(read_question(given)):
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


def _refuse(keywords: Mapping[str, Any]) -> None:
    """Take no keyword of a call, since nothing would read it; LangChain hands on those of ``bind`` as well."""
    if keywords:
        raise TypeError(f"AnswerChain takes no “{next(iter(keywords))}” here; {QUESTION_KEYS}.")
