"""What no client may keep: a connection without a request, room that others need, a response that it does not read."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest
import uvicorn
from starlette.responses import PlainTextResponse

from bot.http_server import client_connection
from bot.http_server.client_connection import ClientConnection
from bot.http_server.client_limits import ClientLimits

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
PATIENCE = 20
REQUEST = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
# More than the system holds for a client that reads nothing.
LARGE = "x" * 20_000_000


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """Where a server answers that is soon out of patience."""
    for name, value in (("HEAD_SECONDS", 0.5), ("STALLED_SECONDS", 0.5), ("MAX_CONNECTIONS", 5)):
        monkeypatch.setattr(client_connection, name, value)
    app = ClientLimits(PlainTextResponse(LARGE))
    server = uvicorn.Server(uvicorn.Config(app, http=ClientConnection, ws="none", lifespan="off", log_config=None))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    yield listening.getsockname()
    server.should_exit = True
    thread.join(PATIENCE)
    assert not thread.is_alive()


def ended(client: socket.socket) -> bool:
    """Whether the server lets go of a connection, before it has sent a whole response."""
    client.settimeout(PATIENCE)
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True


def whole(client: socket.socket) -> int:
    client.settimeout(PATIENCE)
    size = 0
    while part := client.recv(1_000_000):
        size += len(part)
    return size


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: "])
def test_who_sends_no_whole_request_is_let_go(address: tuple[str, int], sent: bytes) -> None:
    with socket.create_connection(address) as client:
        client.sendall(sent)
        assert ended(client)


def test_a_head_that_comes_byte_by_byte_gains_no_time(address: tuple[str, int]) -> None:
    late = time.monotonic() + PATIENCE
    with socket.create_connection(address) as client, suppress(ConnectionError):
        while time.monotonic() < late:
            client.sendall(b"G")
            time.sleep(0.1)
    assert time.monotonic() < late


def test_who_comes_when_there_is_no_room_is_sent_away(address: tuple[str, int]) -> None:
    with ExitStack() as held:
        for _ in range(5):
            held.enter_context(socket.create_connection(address))
        with socket.create_connection(address) as client:
            began = time.monotonic()
            assert ended(client)
            assert time.monotonic() - began < client_connection.HEAD_SECONDS
    with socket.create_connection(address) as client:  # the others have left
        client.sendall(REQUEST)
        assert whole(client) > len(LARGE)


def test_who_reads_nothing_is_let_go_and_who_reads_slowly_gets_it_all(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as stalled, socket.create_connection(address) as slow:
        for client in (stalled, slow):
            client.sendall(REQUEST)
        size = 0
        for _ in range(4):  # which takes longer than the server waits for somebody who reads nothing
            time.sleep(0.3)
            size += len(slow.recv(4_000_000, socket.MSG_WAITALL))
        assert size + whole(slow) > len(LARGE)
        time.sleep(1)
        assert whole(stalled) < len(LARGE)
