"""A Chroma server that is away, silent, unwilling or failing: one sentence, in bounded time, and well after it."""

from __future__ import annotations

import gc
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from chromadb.api.shared_system_client import SharedSystemClient
from pydantic import SecretStr, ValidationError

from bot import Settings
from retrieval import HybridRetriever, Indexer, Library, LibrarySettings, SettingsError, StorageError, diagnose
from retrieval.storage.server import connection, timeouts
from retrieval.storage.server.connection import Connection
from tests.bot.json_checks import check_sentence
from tests.chroma_server import ChromaServer
from tests.retrieval.fakes import RememberingEmbeddings
from tests.retrieval.strategies import make_source

pytestmark = pytest.mark.enable_socket
# A status, a body, and where a redirect leads.
Reply = Callable[[str], tuple[int, str] | tuple[int, str, str]]
POOL = make_source("The pool opens at nine.", uri="test:pool", title="Pool")


def library_at(url: str, home: Path, embeddings: RememberingEmbeddings) -> Library:
    return Library(Settings(chroma_url=url, home=home), embeddings)


def first(library: Library) -> str:
    return HybridRetriever(library=library, collections=("rules",)).passages("When does the pool open?")[0].text


@contextmanager
def answering(reply: Reply) -> Iterator[str]:
    """Something that speaks HTTP: ``reply`` gives a status and a body for a path, or lets wait for it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = reply(self.path)
            self.send_response(answer[0])
            if len(answer) == 3:
                self.send_header("Location", answer[2])
            self.end_headers()
            with suppress(ConnectionError):
                self.wfile.write(answer[1].encode())

        do_POST = do_GET  # noqa: N815 (as above)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


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


def test_a_server_that_is_not_there_is_told_with_the_remedy(tmp_path: Path, remembering: RememberingEmbeddings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    library = library_at(url, tmp_path, remembering)
    sentence = f"The Chroma server at {url} does not answer; start it, or correct PULLQUOTE_CHROMA_URL."
    with pytest.raises(StorageError) as asking:
        first(library)
    with pytest.raises(StorageError) as adding:
        Indexer(library).add([POOL], "rules")
    assert str(asking.value) == str(adding.value) == sentence


@pytest.mark.usefixtures("hurried")
def test_a_server_that_says_nothing_is_not_waited_for_for_ever(
    tmp_path: Path, remembering: RememberingEmbeddings
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        library = library_at(f"http://127.0.0.1:{silent.getsockname()[1]}", tmp_path, remembering)
        with pytest.raises(StorageError, match="does not answer"):
            first(library)


OTHERS: dict[str, tuple[Reply, str]] = {
    "no token": (lambda path: (401, "{}"), "refuses us; correct PULLQUOTE_CHROMA_TOKEN"),
    "no right": (lambda path: (403, "<html>"), "refuses us"),
    "an error": (
        lambda path: (500, '{"error": "InternalError", "message": "no"}'),
        r"fails \(500 Internal Server Error",
    ),
    "a gateway": (lambda path: (502, "<html>"), r"fails \(502 Bad Gateway\); look at its log"),
    "no database": (
        lambda path: (404, '{"error": "NotFoundError", "message": "no"}'),
        "no database “default_database”",
    ),
    "a name that is none": (
        lambda path: (400, '{"error": "InvalidArgumentError", "message": "no"}'),
        "no database “default_database”",
    ),
    "too many questions": (lambda path: (429, '{"error": "QuotaError"}'), r"fails \(429 Too Many Requests\)"),
    "another program": (lambda path: (404, '{"error": "Not Found", "message": "no"}'), "no Chroma server at"),
    "a web server": (
        lambda path: (404, "<html>"),
        r"no Chroma server at .* \(404 Not Found\); correct PULLQUOTE_CHROMA",
    ),
    "an app": (lambda path: (200, "<html>"), "There is no Chroma server at"),
    "another interface": (lambda path: (200, '{"name": "x"}'), "There is no Chroma server at"),
    "a list": (lambda path: (200, "[1]"), "There is no Chroma server at"),
    "no end": (lambda path: (200, "[" * 10_000_000), "There is no Chroma server at"),
    "an old Chroma": (
        lambda path: (200, '{"nanosecond heartbeat": 1}') if "v1" in path else (404, '{"detail": "Not Found"}'),
        "is too old for Pullquote; run Chroma 1.0 or later",
    ),
    "elsewhere": (
        lambda path: (302, "", "https://a:b@login.example/?secret=1"),
        "leads to https://login.example; set PULLQUOTE_CHROMA_URL",
    ),
    "another page": (lambda path: (307, "", "/login"), "leads to another page; set"),
}


@pytest.mark.parametrize("there", OTHERS, ids=lambda name: name.replace(" ", "-"))
def test_what_is_there_instead_of_a_willing_server_is_told(tmp_path: Path, there: str) -> None:
    reply, words = OTHERS[there]
    with answering(reply) as url, pytest.raises(StorageError, match=words) as caught:
        Connection(Settings(chroma_url=url, home=tmp_path)).version()
    assert "secret" not in str(caught.value)
    check_sentence(str(caught.value))


def test_a_token_is_sent_and_not_told(tmp_path: Path) -> None:
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.headers["X-Chroma-Token"])
            self.send_error(401)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever).start()
        settings = Settings(
            chroma_url=f"http://127.0.0.1:{server.server_port}", home=tmp_path, chroma_token=SecretStr("secret-token\n")
        )
        with pytest.raises(StorageError, match="refuses us") as caught:
            Connection(settings).version()
        server.shutdown()
    assert seen == ["secret-token"]
    assert "secret" not in f"{caught.value}{settings!r}"


@pytest.mark.parametrize("token", ["caf\u00e9", "a\nb", "\u20ac"])
def test_a_token_that_cannot_be_sent_is_told(tmp_path: Path, token: str) -> None:
    settings = Settings(chroma_url="http://127.0.0.1:9", home=tmp_path, chroma_token=SecretStr(token))
    with pytest.raises(StorageError, match="PULLQUOTE_CHROMA_TOKEN holds a character") as caught:
        Connection(settings).version()
    assert token not in str(caught.value)


@pytest.mark.parametrize("url", ["http://xn--", f"http://{'a' * 70}.example", "http://a\x00b"])
def test_an_address_that_no_server_can_have_is_told(tmp_path: Path, url: str) -> None:
    with pytest.raises(StorageError, match="is no address of a server; correct PULLQUOTE_CHROMA_URL"):
        Connection(Settings(chroma_url=url, home=tmp_path)).version()


def test_what_speaks_no_http_or_no_tls_is_told(tmp_path: Path) -> None:
    def greet(listening: socket.socket) -> None:
        held, _ = listening.accept()
        with held:
            held.sendall(b"220 mail.example is ready\r\n\r\n")
            held.recv(1000)

    for scheme, words in (
        ("http", "is no Chroma server; correct"),
        ("https", "No safe connection to the Chroma server"),
    ):
        with socket.create_server(("127.0.0.1", 0)) as listening:
            greeting = threading.Thread(target=greet, args=(listening,))
            greeting.start()
            url = f"{scheme}://127.0.0.1:{listening.getsockname()[1]}"
            with pytest.raises(StorageError, match=words):
                Connection(Settings(chroma_url=url, home=tmp_path)).version()
            greeting.join()


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


def test_connections_that_are_closed_or_forgotten_leave_no_client_behind(
    chroma_server: ChromaServer, tmp_path: Path
) -> None:
    gc.collect()
    before = len(SharedSystemClient._identifier_to_system)
    for number in range(4):
        connection = Connection(Settings(chroma_url=chroma_server.url, home=tmp_path))
        assert connection.version()
        if number % 2:
            connection.close()
    del connection
    gc.collect()
    assert len(SharedSystemClient._identifier_to_system) == before


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


def test_a_server_that_lost_everything_is_an_empty_library(
    chroma_server: ChromaServer, tmp_path: Path, remembering: RememberingEmbeddings
) -> None:
    settings = Settings(chroma_url=chroma_server.url, chroma_database=chroma_server.new_database(), home=tmp_path)
    library = Library(settings, remembering)
    Indexer(library).add([POOL], "rules")
    database = f"{chroma_server.url}/api/v2/tenants/default_tenant/databases/{settings.chroma_database}"
    for held in httpx.get(f"{database}/collections").json():
        httpx.delete(f"{database}/collections/{held['name']}").raise_for_status()
    fresh = Library(settings, remembering)
    assert fresh.manifest() is None
    Indexer(fresh).add([POOL], "rules")
    assert first(fresh) == POOL.text
    fresh.close()
    library.close()


def test_an_unknown_database_is_told(
    chroma_server: ChromaServer, tmp_path: Path, remembering: RememberingEmbeddings
) -> None:
    settings = Settings(chroma_url=chroma_server.url, chroma_database="nobody-made-this", home=tmp_path)
    with pytest.raises(StorageError, match="PULLQUOTE_CHROMA_DATABASE"):
        Library(settings, remembering).manifest()


@pytest.mark.parametrize(
    "url", ["localhost:8000", "ftp://host", "http://", "http://name:word@host:8000", "https://word@host", "http:/host"]
)
def test_an_address_that_is_none_or_holds_a_password_is_refused_and_not_shown(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValidationError):
        Settings(chroma_url=url)
    monkeypatch.setenv("PULLQUOTE_CHROMA_URL", url)
    with pytest.raises(SettingsError, match="PULLQUOTE_CHROMA_URL") as caught:
        LibrarySettings.load()
    assert "word@" not in str(caught.value)


def test_the_doctor_says_which_server_it_is_and_when_it_is_away(chroma_server: ChromaServer, tmp_path: Path) -> None:
    there = Settings(chroma_url=chroma_server.url, chroma_database=chroma_server.new_database(), home=tmp_path)
    found = {finding.name: finding for finding in diagnose(there)}
    assert (found["Chroma server"].ok, found["index"].ok) == (True, True)
    assert chroma_server.url in found["Chroma server"].text
    away = {finding.name: finding for finding in diagnose(Settings(chroma_url="http://127.0.0.1:9", home=tmp_path))}
    assert not away["Chroma server"].ok
    assert "does not answer" in away["Chroma server"].text
