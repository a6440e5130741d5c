"""What the tests of the bot share: a fast library, and the program in this process with the model loaded once."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from bot import AnswerChain, Settings
from bot.pipeline import Answerer, FollowUpReader, by_the_rules
from retrieval import HybridRetriever, Library, OnnxEmbeddings, add_article_once
from tests.bot.fakes import HashedWords
from tests.bot.terminals import RunInTerminal, run_in_terminal
from tests.conftest import Run


class ChainOf(Protocol):
    """Makes chains over the fast library."""

    def __call__(self, answerer: Answerer, read_as: FollowUpReader = by_the_rules) -> AnswerChain: ...


@pytest.fixture
def fast_library(settings: Settings) -> Iterator[Library]:
    """A library on disk with real Chroma, and hashed words instead of the model."""
    library = Library(settings, HashedWords())
    add_article_once(library)
    yield library
    library.close()


@pytest.fixture
def chain_of(fast_library: Library) -> Iterator[ChainOf]:
    """Make chains over the fast library from answerers."""
    chains: list[AnswerChain] = []

    def make(answerer: Answerer, read_as: FollowUpReader = by_the_rules) -> AnswerChain:
        chains.append(AnswerChain(HybridRetriever(library=fast_library), answerer, read_as))
        return chains[-1]

    yield make
    for chain in chains:
        chain.close()


@pytest.fixture(scope="session")
def seeded_home(tmp_path_factory: pytest.TempPathFactory, embeddings: OnnxEmbeddings) -> Path:
    """A library that holds the shipped article; to be copied, never used."""
    home = tmp_path_factory.mktemp("seeded") / "home"
    library = Library(Settings(home=home), embeddings)
    add_article_once(library)
    library.close()
    return home


@pytest.fixture
def home(seeded_home: Path, tmp_path: Path) -> Path:
    """The test's own copy of that library, where ``PULLQUOTE_HOME`` points."""
    shutil.copytree(seeded_home, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def cli(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, embeddings: OnnxEmbeddings) -> Run:
    """``run`` over a library that holds the article, with the real model loaded once for all tests."""
    assert home.is_dir()
    monkeypatch.setattr("retrieval.library.open_embedder", lambda model: embeddings)
    return run


@pytest.fixture
def in_terminal(monkeypatch: pytest.MonkeyPatch) -> RunInTerminal:
    """Run a runner with standard output on a terminal: ``code, shown = in_terminal(cli, "ask", "…")``."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)

    def call(runner: Run, *arguments: str) -> tuple[int, str]:
        with monkeypatch.context() as patch:
            return run_in_terminal(runner, *arguments, swap=lambda screen: patch.setattr(sys, "stdout", screen))

    return call
