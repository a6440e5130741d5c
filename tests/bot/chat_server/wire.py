"""The connection to a client while it waits for its answer: everything that can be done to it."""

from __future__ import annotations

import json
import selectors
import socket
import struct
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler

from tests.bot.chat_server.requests import Request

JSON = "application/json"
EVENTS = "text/event-stream; charset=utf-8"
# A reset overtakes what the other side has not read yet; this is time enough to read it.
TO_BE_READ = 0.05
# Closing with this option on and no time to linger sends a reset.
AT_ONCE = struct.pack("ii", 1, 0)


class GoneError(Exception):
    """The client went away, or the server is being stopped."""


class Wire:
    """What a behaviour answers through; ``request`` is what it answers.

    Every method raises ``GoneError`` when nobody is there any more.
    """

    def __init__(self, handler: BaseHTTPRequestHandler, request: Request) -> None:
        self.request = request
        self._handler = handler
        self._connection: socket.socket = handler.connection
        self._chunked = False

    def answer(
        self, body: bytes, content_type: str, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        """Send a whole answer."""
        self.begin(content_type, len(body), status, headers)
        self.write(body)

    def answer_json(self, body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        """Send a whole answer in JSON."""
        self.answer(json.dumps(body).encode(), JSON, status, headers)

    def begin(
        self, content_type: str, length: int | None = None, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        """Send the head of an answer; without a length the body comes in chunks, until ``end``."""
        self._chunked = length is None
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", content_type)
        if length is None:
            self._handler.send_header("Transfer-Encoding", "chunked")
        else:
            self._handler.send_header("Content-Length", str(length))
        for name, value in (headers or {}).items():
            self._handler.send_header(name, value)
        try:
            self._handler.end_headers()
        except OSError:
            raise GoneError from None

    def write(self, data: bytes) -> None:
        """Send a part of the body."""
        framed = b"%x\r\n%b\r\n" % (len(data), data) if self._chunked else data
        try:
            self._connection.sendall(framed)
        except OSError:
            raise GoneError from None

    def event(self, data: object) -> None:
        """Send one event of a stream: JSON, or a text as it is."""
        text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
        self.write(f"data: {text}\n\n".encode())

    def end(self) -> None:
        """End a body that came in chunks."""
        self.write(b"")

    def drop(self) -> None:
        """Close the connection once the behaviour returns, whatever is still owed."""
        self._handler.close_connection = True

    def reset(self) -> None:
        """Break the connection off, as a crashing server or a router does."""
        self.wait(TO_BE_READ)
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        self.drop()

    def wait(self, seconds: float | None = None) -> None:
        """Do nothing for so long, or for ever; notices at once when the client goes away."""
        until = None if seconds is None else time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self._connection, selectors.EVENT_READ)
            # A client that waits for its answer sends nothing, so what there is to read is the end.
            if selector.select(None if until is None else max(0.0, until - time.monotonic())):
                raise GoneError
