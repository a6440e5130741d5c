"""What the tests of chat models share: a scripted server on this machine, and a chain that asks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot import AnswerChain, Settings
from bot.chat import (
    ChatAnswerer,
    ChatClient,
    FollowupRewriter,
    StatementChecker,
    TokenBudget,
    open_chat_model,
    open_judge,
)
from bot.extractive.answerer import ExtractiveAnswerer
from retrieval import HybridRetriever, Library, OnnxEmbeddings
from tests.bot.chat_server import ChatServer
from tests.bot.fakes import shipped_selector

HERE = Path(__file__).parent
MODEL = "openai:scripted"
KEY = "sk-loopback-only"

ChainWith = Callable[..., AnswerChain]


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Let the tests of this folder talk to 127.0.0.1."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@pytest.fixture
def server(programs: None) -> Iterator[ChatServer]:
    with ChatServer() as server:
        yield server


@pytest.fixture
def chain_with(server: ChatServer, home: Path, embeddings: OnnxEmbeddings) -> Iterator[ChainWith]:
    """Make the chain of the product over the article, with the server as its chat model and other settings as given."""
    chains: list[AnswerChain] = []

    def make(**given: Any) -> AnswerChain:
        wanted: dict[str, Any] = {"home": home, "chat_model": MODEL, "chat_base_url": server.url, "chat_api_key": KEY}
        settings = Settings(**(wanted | given))
        library = Library(settings, embeddings)
        retriever = HybridRetriever(library=library, k=settings.passages)
        thresholds = (settings.answer_threshold, settings.sure_threshold)
        extractive = ExtractiveAnswerer(shipped_selector(), library.term_weights, *thresholds)
        checker = StatementChecker(open_judge(settings.checker_model), settings.checker_threshold)
        budget = TokenBudget(settings.home, settings.chat_max_tokens_a_day)
        client = ChatClient(open_chat_model(settings), settings.chat_timeout_seconds, settings.chat_concurrent_calls)
        answerer = ChatAnswerer(client, settings.chat_model or "", extractive, checker, budget)
        chains.append(AnswerChain(retriever, answerer, FollowupRewriter(client, budget)))
        return chains[-1]

    yield make
    for chain in chains:
        chain.close()


@pytest.fixture
def chain(chain_with: ChainWith) -> AnswerChain:
    return chain_with()
