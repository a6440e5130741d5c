"""The real model, asked once for each text, and libraries in either place: in a folder and on a Chroma server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot import Settings
from retrieval import Library, LibrarySettings, OnnxEmbeddings
from tests.chroma_server import ChromaServer
from tests.dense_search import kept_by_chroma
from tests.retrieval.fakes import RememberingEmbeddings

__all__ = ["kept_by_chroma"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what is marked ``both_places`` once for each, except what is marked ``folder_only`` as well."""
    marks = {mark.name for mark in metafunc.definition.iter_markers()}
    if "both_places" in marks and "folder_only" not in marks and "settings" in metafunc.fixturenames:
        server = pytest.param("server", marks=pytest.mark.enable_socket)
        metafunc.parametrize("place", ["folder", server], indirect=True)


@pytest.fixture(scope="session")
def chroma_server(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    server = ChromaServer(tmp_path_factory.mktemp("chroma-server"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, _clean_environment: None) -> str:
    """Where the test's library lies: ``folder`` or ``server``."""
    chosen: str = getattr(request, "param", "folder")
    if chosen == "server":
        server: ChromaServer = request.getfixturevalue("chroma_server")
        monkeypatch.setenv("PULLQUOTE_CHROMA_URL", server.url)
        monkeypatch.setenv("PULLQUOTE_CHROMA_DATABASE", server.new_database())
    return chosen


@pytest.fixture
def settings(place: str) -> Settings:
    return Settings.load()


@pytest.fixture(scope="session")
def remembering(embeddings: OnnxEmbeddings) -> RememberingEmbeddings:
    return RememberingEmbeddings(embeddings)


@pytest.fixture
def library(settings: LibrarySettings, remembering: RememberingEmbeddings) -> Iterator[Library]:
    """An empty library in the test's own folder, or in a database of its own."""
    library = Library(settings, remembering)
    yield library
    library.close()
