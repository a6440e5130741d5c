"""Connections that go where they were checked to go, and end when the time is over.

A host's name is looked up once for each connection. The addresses that come back are checked, and it is those that are
connected to, so that a name server which answers differently the next time changes nothing. TLS still proves the name.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from threading import Thread
from typing import Any

import httpcore

from retrieval.errors import SourceError
from retrieval.web.networks import not_public

LATER = "check the address, or try again later"
ALLOW = "set PULLQUOTE_ALLOW_PRIVATE_URLS=1 if it is on a network of yours that you trust"

Resolve = Callable[[str, int], Sequence[str]]


class HostError(SourceError):
    """It is the host that cannot be reached, whatever is asked of it."""


class PrivateHostError(HostError):
    """The host is not on the open internet."""


class Clock:
    """The time that one page may take, from the first look-up to its last byte."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds that remain.

        Raises:
            SourceError: If none do.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.over()
        return left

    def extend(self, seconds: float) -> None:
        """Give back time that was spent waiting out of politeness."""
        self._end += seconds

    def over(self) -> SourceError:
        """The error for a page that takes too long."""
        return HostError(
            f"{{name}} takes longer than {self._seconds:g} s; try again later, or save it to a file and index that."
        )


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, in the order in which the system would try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class CheckedBackend(httpcore.NetworkBackend):
    """Opens connections to the open internet alone, unless private addresses are allowed.

    ``clock`` is the page's that is being fetched; whoever fetches the next one sets a new one.
    """

    def __init__(self, resolve: Resolve, *, allow_private: bool, clock: Clock) -> None:
        self._resolve = resolve
        self._allow_private = allow_private
        self._inner = httpcore.SyncBackend()
        self.clock = clock

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Look the host up, check every address, connect to the first that answers."""
        addresses = self._look_up(host, port)
        if not self._allow_private:
            for address in addresses:
                # One bad address spoils them all: a host on the open internet has no business with the others.
                if what := not_public(address):
                    raise PrivateHostError(f"{{name}} leads to {address}, {what}; {ALLOW}.")
        reason = "no address"
        for position, address in enumerate(addresses):
            share = self.clock.left() / (len(addresses) - position)
            try:
                return _TimedStream(self._inner.connect_tcp(address, port, timeout=share), self)
            except httpcore.ConnectTimeout:
                reason = "no answer"
            except httpcore.ConnectError as error:
                reason = _reason(error)
        raise HostError(f"{{name}} cannot be reached ({reason}); {LATER}.")

    def _look_up(self, host: str, port: int) -> Sequence[str]:
        found: Future[Sequence[str]] = Future()

        def look_up() -> None:
            try:
                found.set_result(self._resolve(host, port))
            except (OSError, ValueError) as error:
                found.set_exception(error)

        # The system's resolver takes its own time and cannot be stopped, so it is left behind.
        Thread(target=look_up, name="look-up", daemon=True).start()
        try:
            return found.result(self.clock.left())
        except TimeoutError:
            raise self.clock.over() from None
        except (OSError, ValueError):
            raise HostError(f"{{name}} cannot be reached, because no host {host} is known; {LATER}.") from None


class _TimedStream(httpcore.NetworkStream):
    """Reads and writes until the backend's clock runs out, however little arrives at a time."""

    def __init__(self, inner: httpcore.NetworkStream, backend: CheckedBackend) -> None:
        self._inner = inner
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        clock = self._backend.clock
        try:
            return self._inner.read(max_bytes, timeout=clock.left())
        except httpcore.TimeoutException:
            raise clock.over() from None

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        clock = self._backend.clock
        try:
            self._inner.write(buffer, timeout=clock.left())
        except httpcore.TimeoutException:
            raise clock.over() from None

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        clock = self._backend.clock
        try:
            return _TimedStream(self._inner.start_tls(ssl_context, server_hostname, clock.left()), self._backend)
        except httpcore.TimeoutException:
            raise clock.over() from None
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                reason = error.__cause__.verify_message.rstrip(".")
                raise HostError(
                    f"{{name}} cannot prove who it is ({reason}); check the address, or name the file of your own "
                    "certificate authority in SSL_CERT_FILE."
                ) from None
            raise HostError(
                f"{{name}} cannot be reached by https ({_reason(error)}); check the address, or try again later."
            ) from None

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def close(self) -> None:
        self._inner.close()


def _reason(error: httpcore.ConnectError) -> str:
    cause = error.__cause__
    if isinstance(cause, ssl.SSLError) and cause.reason:
        return cause.reason.replace("_", " ").lower()
    return cause.strerror.lower() if isinstance(cause, OSError) and cause.strerror else "no connection"
