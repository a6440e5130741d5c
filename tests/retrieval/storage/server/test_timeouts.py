"""A Chroma server that is slow, silent or away for a while is waited for while it lives, and asked again after it."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from bot import Settings
from retrieval import Indexer, Library, StorageError
from retrieval.storage.server import connection, timeouts
from retrieval.storage.server.connection import Connection
from tests.chroma_server import ChromaServer
from tests.retrieval.fakes import RememberingEmbeddings
from tests.retrieval.storage.server.replies import POOL, Reply, answering, first, library_at
from tests.retrieval.strategies import make_source

pytestmark = pytest.mark.enable_socket


@pytest.mark.usefixtures("hurried")
def test_a_server_that_says_nothing_is_not_waited_for_for_ever(
    tmp_path: Path, remembering: RememberingEmbeddings
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        library = library_at(f"http://127.0.0.1:{silent.getsockname()[1]}", tmp_path, remembering)
        with pytest.raises(StorageError, match="does not answer"):
            first(library)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("pause", [0.05, 5.0], ids=["drips", "stops"])
def test_a_server_that_breaks_off_in_the_middle_of_its_first_word_is_told(tmp_path: Path, pause: float) -> None:
    over = threading.Event()

    def speak(listening: socket.socket) -> None:
        held, _ = listening.accept()
        with held, suppress(ConnectionError):
            held.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            while not over.is_set():
                held.sendall(b" ")
                over.wait(pause)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        speaking = threading.Thread(target=speak, args=(listening,))
        speaking.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with pytest.raises(StorageError, match="does not answer"):
            Connection(Settings(chroma_url=url, home=tmp_path)).version()
        over.set()
        speaking.join()


def slow(seconds: float, *, heart_beats: bool) -> Reply:
    """A server that takes its time over everything but the first word, and perhaps answers heartbeats meanwhile."""

    def reply(path: str) -> tuple[int, str]:
        if path.endswith("/default_database"):
            return 200, '{"id": "1", "name": "default_database", "tenant": "default_tenant"}'
        if not (heart_beats and path.endswith("/heartbeat")):
            time.sleep(seconds)
        return 200, "[]"

    return reply


@pytest.mark.usefixtures("hurried")
def test_a_server_that_is_slow_but_alive_is_waited_for(tmp_path: Path) -> None:
    with answering(slow(2.5, heart_beats=True)) as url:
        assert Connection(Settings(chroma_url=url, home=tmp_path)).collection_names("x") == []


@pytest.mark.usefixtures("hurried")
def test_a_server_that_is_alive_and_never_done_is_told_to_be_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeouts, "ANSWER_SECONDS", 0.5)
    with (
        answering(slow(4.0, heart_beats=True)) as url,
        pytest.raises(StorageError, match=r"is busy, .* try again later"),
    ):
        Connection(Settings(chroma_url=url, home=tmp_path)).collection_names("x")


@pytest.mark.usefixtures("hurried")
def test_a_server_whose_heart_stopped_is_not_waited_for(tmp_path: Path) -> None:
    began = time.monotonic()
    with answering(slow(5.0, heart_beats=False)) as url:
        with pytest.raises(StorageError, match="does not answer"):
            Connection(Settings(chroma_url=url, home=tmp_path)).collection_names("x")
        assert time.monotonic() - began < 5


def test_a_server_that_was_silent_is_not_waited_for_again_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeouts, "SILENCE_SECONDS", 0.2)
    monkeypatch.setattr(connection, "SILENT_SECONDS", 60.0)
    asked: list[str] = []

    def reply(path: str) -> tuple[int, str]:
        asked.append(path)
        time.sleep(1)
        return 200, "[]"

    with answering(reply) as url:
        for _ in range(3):
            with pytest.raises(StorageError, match="does not answer"):
                Connection(Settings(chroma_url=url, home=tmp_path)).version()
    assert len(asked) == 1


@pytest.mark.usefixtures("hurried")
def test_a_server_that_is_stopped_while_it_is_read_or_written_is_told(
    own_server: ChromaServer, tmp_path: Path, remembering: RememberingEmbeddings
) -> None:
    class Stopping:
        """Stops the server when texts are to be embedded."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            own_server.pause()
            return remembering.embed_documents(texts)

        def embed_query(self, text: str) -> list[float]:
            return remembering.embed_query(text)

    settings = Settings(chroma_url=own_server.url, home=tmp_path)
    library = Library(settings, remembering)
    Indexer(library).add([POOL], "rules")
    with pytest.raises(StorageError, match="does not answer"):
        Indexer(Library(settings, Stopping())).add([make_source("Bees swarm in May.", uri="test:bees")], "rules")
    with pytest.raises(StorageError, match="does not answer"):
        library.manifest(fresh=True)
    own_server.resume()
    assert first(library) == POOL.text
    library.close()


def test_a_server_that_was_away_is_asked_again_without_a_restart(
    own_server: ChromaServer, tmp_path: Path, remembering: RememberingEmbeddings
) -> None:
    library = library_at(own_server.url, tmp_path, remembering)
    Indexer(library).add([POOL], "rules")
    assert first(library) == POOL.text
    own_server.stop()
    with pytest.raises(StorageError, match="does not answer"):
        library.manifest(fresh=True)
    own_server.start()
    assert library.manifest(fresh=True) is not None
    assert first(library) == POOL.text
    library.close()
