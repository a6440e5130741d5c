"""A chat model on this machine that speaks OpenAI's protocol and behaves as a test says."""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from types import TracebackType
from typing import Any

from tests.bot.chat_server.behaviour import Behaviour
from tests.bot.chat_server.completions import error
from tests.bot.chat_server.models import SaysNothing
from tests.bot.chat_server.requests import Request
from tests.bot.chat_server.wire import GoneError, Wire

HOST = "127.0.0.1"
COMPLETIONS, MODELS = "/v1/chat/completions", "/v1/models"
# How long stopping may wait until the accepting thread looks up.
LOOK_UP = 0.02

Script = Sequence[Behaviour] | Callable[[Request], Behaviour]
FINDS_NOTHING: Script = (SaysNothing(),)


class ChatServer:
    """``with ChatServer() as server:`` listens at ``server.url`` until the block ends; begun again, at the same place.

    ``script`` holds what it does, in order, the last one over and over, or chooses for each request; a new one begins
    at its start. ``requests`` holds the questions that came, ``lookups`` every other request. A script that fails makes
    the client see a 500, and the block end with the script's error.

    Args:
        script: What it does to begin with; finds nothing, if none is given.
        models: The names that it lists.
    """

    def __init__(self, script: Script = FINDS_NOTHING, models: Sequence[str] = ("scripted",)) -> None:
        self.requests: list[Request] = []
        self.lookups: list[Request] = []
        self.models = models
        self._arrived = threading.Condition()
        self._failures: list[BaseException] = []
        self._port = 0
        self.script = script

    @property
    def script(self) -> Script:
        return self._script

    @script.setter
    def script(self, script: Script) -> None:
        with self._arrived:
            self._script = script
            self._played = 0

    @property
    def url(self) -> str:
        """The base URL, as clients want it."""
        return f"http://{HOST}:{self._port}/v1"

    def __enter__(self) -> ChatServer:
        self._server = _Server(self, self._port)
        self._port = self._server.server_port
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(LOOK_UP,), name="chat server", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()
        if self._failures and error is None:
            raise self._failures[0]

    @contextmanager
    def away(self) -> Iterator[None]:
        """In this block nobody listens, and whoever connects is refused."""
        self.__exit__(None, None, None)
        try:
            yield
        finally:
            self.__enter__()

    def wait_for(self, count: int, seconds: float = 5.0) -> list[Request]:
        """The questions, once there are so many.

        Raises:
            TimeoutError: If they do not come.
        """
        with self._arrived:
            if not self._arrived.wait_for(lambda: len(self.requests) >= count, seconds):
                raise TimeoutError(f"{len(self.requests)} of {count} requests came")
            return list(self.requests)

    def take(self, request: Request) -> None:
        """Note a request that is no question."""
        with self._arrived:
            self.lookups.append(request)

    def behaviour(self, request: Request) -> Behaviour:
        """Note a question and say how to answer it."""
        with self._arrived:
            script, played = self._script, self._played
            self._played += 1
            self.requests.append(request)
            self._arrived.notify_all()
        return script(request) if callable(script) else script[min(played, len(script) - 1)]

    def failed(self, failure: BaseException) -> None:
        """Note that the server or its script is at fault."""
        self._failures.append(failure)


class _Server(ThreadingHTTPServer):
    """Knows its connections, so that it can end them all, and closes each one for what it is worth."""

    daemon_threads = False  # so that closing waits for them
    request_queue_size = 128

    def __init__(self, chat: ChatServer, port: int) -> None:
        self.chat = chat
        self._connections: set[socket.socket] = set()
        super().__init__((HOST, port), _Handler)

    def server_bind(self) -> None:
        TCPServer.server_bind(self)  # HTTPServer's own would ask the network for the machine's name
        self.server_name, self.server_port = HOST, self.socket.getsockname()[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        # The inherited one says goodbye first, which a reset must not do.
        self._connections.discard(request)
        self.close_request(request)

    def hang_up(self) -> None:
        """Wake every thread that waits for a client."""
        for connection in list(self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        failure = sys.exception()
        if failure is not None and not isinstance(failure, ConnectionError):
            self.chat.failed(failure)


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        request = self._request({})
        self.server.chat.take(request)
        listed = [
            {"id": name, "object": "model", "created": 0, "owned_by": "tests"} for name in self.server.chat.models
        ]
        if self.path == MODELS:
            self._play(request, lambda wire: wire.answer_json({"object": "list", "data": listed}))
        else:
            self._play(request, self._nowhere)

    def do_POST(self) -> None:
        request = self._request(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        if self.path == COMPLETIONS:
            self._play(request, lambda wire: self.server.chat.behaviour(request).send(wire))
        else:
            self.server.chat.take(request)
            self._play(request, self._nowhere)

    def _request(self, body: dict[str, Any]) -> Request:
        return Request(self.path, {name.lower(): value for name, value in self.headers.items()}, body)

    def _play(self, request: Request, send: Callable[[Wire], None]) -> None:
        wire = Wire(self, request)
        try:
            send(wire)
        except GoneError:
            request.left.set()
            wire.drop()
        except Exception as failure:  # noqa: BLE001 (the test shall see whatever it is, at the end)
            self.server.chat.failed(failure)
            wire.drop()
            with suppress(GoneError):
                wire.answer_json(error("The script failed.", "server_error", None), 500)
        finally:
            request.done.set()

    @staticmethod
    def _nowhere(wire: Wire) -> None:
        wire.answer_json(
            error(f"Unknown request URL: {wire.request.path}.", "invalid_request_error", "unknown_url"), 404
        )

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (http.server's name)
        """Say nothing: pytest shows what matters."""
