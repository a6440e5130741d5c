"""A Chroma server that is away, silent, unwilling or failing: one sentence, in bounded time, and well after it."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr, ValidationError

from bot import Settings
from retrieval import HybridRetriever, Indexer, Library, LibrarySettings, SettingsError, StorageError, diagnose
from retrieval.server import connection
from tests.chroma_server import ChromaServer
from tests.retrieval.fakes import RememberingEmbeddings
from tests.retrieval.strategies import make_source

pytestmark = pytest.mark.enable_socket
POOL = make_source("The pool opens at nine.", uri="test:pool", title="Pool")


def library_at(url: str, home: Path, embeddings: RememberingEmbeddings, token: str | None = None) -> Library:
    secret = SecretStr(token) if token else None
    return Library(Settings(chroma_url=url, home=home, chroma_token=secret), embeddings)


def first(library: Library) -> str:
    return HybridRetriever(library=library, collections=("rules",)).passages("When does the pool open?")[0].text


@contextmanager
def answering(status: int, seen: list[dict[str, str]]) -> Iterator[str]:
    """Something that answers everything with one status, and notes the headers."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps({"error": "no", "message": "no"}).encode())

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


def test_a_server_that_says_nothing_is_not_waited_for_for_ever(
    tmp_path: Path, remembering: RememberingEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "ANSWER_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        library = library_at(f"http://127.0.0.1:{silent.getsockname()[1]}", tmp_path, remembering)
        with pytest.raises(StorageError, match="does not answer"):
            first(library)


@pytest.mark.parametrize(
    ("status", "words"), [(401, "refuses us"), (403, "refuses us"), (500, "failed"), (404, "no database")]
)
def test_a_server_that_will_not_is_told_and_the_token_is_not(
    tmp_path: Path, remembering: RememberingEmbeddings, status: int, words: str
) -> None:
    seen: list[dict[str, str]] = []
    with answering(status, seen) as url:
        library = library_at(url, tmp_path, remembering, "secret-token")
        with pytest.raises(StorageError, match=words) as caught:
            first(library)
    assert "secret" not in str(caught.value)
    assert seen[0]["x-chroma-token"] == "secret-token"
    assert "secret" not in repr(library.settings)


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
