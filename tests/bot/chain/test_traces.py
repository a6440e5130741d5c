"""Whoever traces a chain sees what it retrieved and what a chat model said, each as a run below the chain's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

import pytest
from langchain_core.callbacks import AsyncCallbackHandler, BaseCallbackHandler
from langchain_core.documents import Document
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.runnables import RunnableConfig, RunnableLambda

from bot import Answer, AnswerChain, Question
from bot.chat import ChatClient
from bot.chat.chat_client import Meter
from bot.chat.failures import NoAnswerError
from retrieval import HybridRetriever, Passage, RetrievalError
from tests.bot.conftest import ChainOf
from tests.bot.fakes import ScriptedAnswerer, first_sentences

QUESTION = "Who resigned in 2019?"


class Trace(BaseCallbackHandler):
    """Notes every run with its kind and its parent, what retrievers are asked and give, and how often they fail."""

    def __init__(self) -> None:
        self.runs: dict[UUID, tuple[str, UUID | None]] = {}
        self.queries: list[str] = []
        self.found: list[Sequence[Document]] = []
        self.errors: list[BaseException] = []

    def on_chain_start(self, *args: Any, run_id: UUID, parent_run_id: UUID | None = None, **kwargs: Any) -> None:
        self.runs[run_id] = ("chain", parent_run_id)

    def on_chat_model_start(self, *args: Any, run_id: UUID, parent_run_id: UUID | None = None, **kwargs: Any) -> None:
        self.runs[run_id] = ("chat model", parent_run_id)

    def on_retriever_start(
        self, serialized: Any, query: str, *, run_id: UUID, parent_run_id: UUID | None = None, **kwargs: Any
    ) -> None:
        self.runs[run_id] = (kwargs["name"], parent_run_id)
        self.queries.append(query)

    def on_retriever_end(self, documents: Sequence[Document], **kwargs: Any) -> None:
        self.found.append(documents)

    def on_retriever_error(self, error: BaseException, **kwargs: Any) -> None:
        self.errors.append(error)

    @property
    def kinds(self) -> list[str]:
        """What each run is, those of a chain first: every other one must be the child of a run that is known."""
        roots = [run for run, (_, parent) in self.runs.items() if parent not in self.runs]
        assert [self.runs[run][0] for run in roots] == ["chain"]
        return [kind for kind, _ in self.runs.values()]


async def astreamed(chain: AnswerChain, config: RunnableConfig) -> None:
    async for _ in chain.astream(QUESTION, config):
        pass


async def invoked(chain: AnswerChain, config: RunnableConfig) -> None:
    chain.invoke(QUESTION, config)


async def streamed(chain: AnswerChain, config: RunnableConfig) -> None:
    list(chain.stream(QUESTION, config))


async def ainvoked(chain: AnswerChain, config: RunnableConfig) -> None:
    await chain.ainvoke(QUESTION, config)


WAYS = [invoked, ainvoked, streamed, astreamed]


@pytest.mark.parametrize("ask", WAYS)
async def test_the_retrieval_of_every_call_is_a_run_below_the_chains(
    chain_of: ChainOf, monkeypatch: pytest.MonkeyPatch, ask: Callable[[AnswerChain, RunnableConfig], Awaitable[None]]
) -> None:
    searches: list[str] = []
    passages = HybridRetriever.passages

    def counted(finder: HybridRetriever, question: Any, **options: Any) -> list[Passage]:
        searches.append(getattr(question, "text", question))
        return passages(finder, question, **options)

    monkeypatch.setattr(HybridRetriever, "passages", counted)
    chain, trace = chain_of(ScriptedAnswerer(first_sentences(2))), Trace()
    await ask(chain, {"callbacks": [trace]})
    assert (trace.kinds, trace.queries, searches) == (["chain", "HybridRetriever"], [QUESTION], [QUESTION])
    expected = chain.retriever.passages(QUESTION)
    (found,) = trace.found
    assert [(one.id, one.page_content) for one in found] == [(one.id, one.text) for one in expected]


async def test_asynchronous_handlers_and_events_see_it_too(chain_of: ChainOf) -> None:
    seen: list[str] = []

    class Handler(AsyncCallbackHandler):
        async def on_retriever_end(self, documents: Sequence[Document], **kwargs: Any) -> None:
            seen.append(documents[0].page_content)

    chain = chain_of(ScriptedAnswerer(first_sentences(2)))
    composed = RunnableLambda(str.strip) | chain
    await composed.ainvoke(QUESTION, {"callbacks": [Handler()]})
    assert len(seen) == 1
    events = [event async for event in composed.astream_events(QUESTION)]
    (end,) = [event for event in events if event["event"] == "on_retriever_end"]
    assert end["data"]["output"][0].page_content == seen[0]
    assert [event["name"] for event in events if event["event"] == "on_chain_stream"].count("AnswerChain") == 2


def test_a_search_that_fails_is_a_run_that_failed(chain_of: ChainOf) -> None:
    chain, trace = chain_of(ScriptedAnswerer(first_sentences(1))), Trace()
    chain.invoke(QUESTION)
    for index in (chain.library.settings.home / "texts").glob("*.txt"):
        index.write_bytes(b"Something else.")
    chain.library.close()
    with pytest.raises(RetrievalError):
        chain.invoke(QUESTION, {"callbacks": [trace]})
    assert {type(error) for error in trace.errors} <= {RetrievalError, *RetrievalError.__subclasses__()}
    assert trace.errors


async def test_a_chat_models_calls_are_runs_below_the_chains_and_show_nobody_unproven_words(chain_of: ChainOf) -> None:
    tags: list[Any] = []

    class Tagged(Trace):
        def on_chat_model_start(self, *args: Any, **kwargs: Any) -> None:
            tags.append(kwargs["tags"])
            super().on_chat_model_start(*args, **kwargs)

    model = GenericFakeChatModel(messages=iter([AIMessage("I say so.", response_metadata={"stop_reason": "end"})] * 4))
    client = ChatClient(model, seconds=10, at_once=1)

    def asks_a_model(question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
        with pytest.raises(NoAnswerError):  # the fake never says why it stopped
            list(client.stream([AIMessage("Who?")], Meter()))
        yield from first_sentences(1)(question, passages)

    chain = chain_of(ScriptedAnswerer(asks_a_model))
    for ask in WAYS:
        trace = Tagged()
        await ask(chain, {"callbacks": [trace]})
        assert trace.kinds == ["chain", "HybridRetriever", "chat model"]
    assert tags == [["nostream"]] * len(WAYS)
