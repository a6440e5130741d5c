"""Libraries on a real Chroma server, seen from several machines: each has a home of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot import Settings
from retrieval import Library
from retrieval.storage.server import connection, timeouts
from tests.chroma_server import ChromaServer
from tests.dense_search import few
from tests.retrieval.fakes import RememberingEmbeddings

__all__ = ["few"]
Machine = Callable[[str], Library]


@pytest.fixture
def on_server(chroma_server: ChromaServer) -> Settings:
    """Settings that name a database of the test's own."""
    return Settings(chroma_url=chroma_server.url, chroma_database=chroma_server.new_database())


@pytest.fixture
def machine(on_server: Settings, remembering: RememberingEmbeddings, tmp_path: Path) -> Iterator[Machine]:
    """``machine("a")`` gives a new process's view of the library, on a machine of that name."""
    opened: list[Library] = []

    def start(name: str) -> Library:
        library = Library(on_server.model_copy(update={"home": tmp_path / name}), remembering)
        opened.append(library)
        return library

    yield start
    for library in opened:
        library.close()


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A silence is long after a second."""
    monkeypatch.setattr(timeouts, "SILENCE_SECONDS", 1.0)
    monkeypatch.setattr(connection, "SILENT_SECONDS", 0.0)


@pytest.fixture
def own_server(programs: None, tmp_path: Path) -> Iterator[ChromaServer]:
    """A server that the test may stop."""
    server = ChromaServer(tmp_path / "server")
    server.start()
    yield server
    server.stop()
