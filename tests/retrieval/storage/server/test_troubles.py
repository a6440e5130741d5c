"""A Chroma server that is not there, unwilling or failing: one sentence with the remedy."""

from __future__ import annotations

import gc
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from chromadb.api.shared_system_client import SharedSystemClient
from pydantic import SecretStr

from bot import Settings
from retrieval import Indexer, Library, LibrarySettings, SettingsError, StorageError, diagnose
from retrieval.storage.server.connection import Connection
from tests.bot.json_checks import check_sentence
from tests.chroma_server import ChromaServer
from tests.retrieval.fakes import RememberingEmbeddings
from tests.retrieval.storage.server.replies import POOL, Reply, answering, first, library_at

pytestmark = pytest.mark.enable_socket


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
    with pytest.raises(SettingsError, match=r"^The setting “chroma_url” does not fit") as refused:
        Settings(chroma_url=url)
    assert "word@" not in str(refused.value)
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
