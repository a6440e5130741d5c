"""A web server on this machine that sends exactly the bytes that a test wants, well-formed or not."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from types import TracebackType
from typing import Any

HOST = "127.0.0.1"
# How long stopping may wait until the accepting thread looks up.
LOOK_UP = 0.02
PAGE = b"<html><body><p>The pump house opens at nine.</p></body></html>"


@dataclass(frozen=True)
class Request:
    """What a client asked for; header names in small letters."""

    target: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wire:
    """The connection on which an answer goes out; ``ended`` is set when nobody wants it any more."""

    connection: socket.socket
    ended: threading.Event
    request: Request

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def drip(self, data: Iterable[bytes], pause: float) -> None:
        """Send the pieces one after the other until the client has had enough, or ten seconds are over."""
        began = time.monotonic()
        for piece in data:
            if self.ended.wait(pause) or time.monotonic() - began > 10:
                return
            self.send(piece)

    def reset(self) -> None:
        """Break off with a TCP reset, which goes out when the connection's last file is closed."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.connection.close()


Answer = bytes | Callable[[Wire], None]


def answer(
    body: bytes = PAGE, status: str = "200 OK", content_type: str | None = "text/html; charset=utf-8", **headers: str
) -> bytes:
    """A well-formed answer; underscores in names of headers stand for hyphens."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if content_type is not None:
        given["Content-Type"] = content_type
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in given.items())]
    lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return answer(b"", status, Location=location)


def versioned(
    body: bytes, etag: str = "", last_modified: str = "", content_type: str = "text/html; charset=utf-8"
) -> Callable[[Wire], None]:
    """A page that is sent unless the client has this version of it."""

    def send(wire: Wire) -> None:
        told = wire.request.headers
        names = {name: value for name, value in (("ETag", etag), ("Last-Modified", last_modified)) if value}
        has_it = etag == told.get("if-none-match") if etag else last_modified == told.get("if-modified-since")
        if has_it:
            wire.send(answer(b"", "304 Not Modified", None, **names))
        else:
            wire.send(answer(body, "200 OK", content_type, **names))

    return send


class Site:
    """``with Site({"/page": answer()}) as site:``; what is not listed is not found, robots.txt included.

    Args:
        answers: What it sends for each target.
        certificate: A file with a certificate and its key, to speak TLS with.
    """

    def __init__(self, answers: dict[str, Answer], certificate: Path | None = None) -> None:
        self.answers = answers
        self.requests: list[Request] = []
        self.certificate = certificate

    @property
    def targets(self) -> list[str]:
        """What was asked for, in order."""
        return [request.target for request in self.requests]

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        scheme = "https" if self.certificate else "http"
        return f"{scheme}://{HOST}:{self.port}"

    def __enter__(self) -> Site:
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(LOOK_UP,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = False  # so that closing waits for them
    request_queue_size = 64

    def __init__(self, site: Site) -> None:
        self.site = site
        self.ended = threading.Event()
        self.tls = None
        if site.certificate:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(site.certificate)
        super().__init__((HOST, 0), _Handler)

    def finish_request(self, request: Any, client_address: Any) -> None:
        request.settimeout(10)
        if self.tls:
            request = self.tls.wrap_socket(request, server_side=True)
        try:
            super().finish_request(request, client_address)
        finally:
            request.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: that a client hangs up is what many tests are about."""


class _Handler(StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        first = self.rfile.readline().decode("ascii").split()
        lines = iter(lambda: self.rfile.readline().decode("ascii").strip(), "")
        headers = dict(line.split(": ", 1) for line in lines)
        site = self.server.site
        site.requests.append(Request(first[1], {name.lower(): value for name, value in headers.items()}))
        found = site.answers.get(first[1], answer(b"no", "404 Not Found"))
        if callable(found):
            found(Wire(self.connection, self.server.ended, site.requests[-1]))
        else:
            self.connection.sendall(found)
