"""Waiting for a Chroma server: long for one that works, and not for one that is gone.

A large write may take a minute, and a server that was stopped takes connections and never answers. What tells them
apart is the heartbeat, which a server at work answers at once: whoever waits asks for it every few seconds.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

# How long a silence may be before the heartbeat is asked for; connecting and the heartbeat may take as long again.
SILENCE_SECONDS = 4.0
# No answer takes longer than this, however lively the heart beats.
ANSWER_SECONDS = 120.0
BUSY = "the server is busy"


class PatientBackend(httpcore.NetworkBackend):
    """Connections on which a read goes on for as long as the server is alive.

    Args:
        is_alive: Asks for the heartbeat.
    """

    def __init__(self, is_alive: Callable[[], bool]) -> None:
        self._backend = httpcore.SyncBackend()
        self._is_alive = is_alive

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """See ``httpcore.NetworkBackend``."""
        stream = self._backend.connect_tcp(host, port, timeout, local_address, socket_options)
        return _PatientStream(stream, self._is_alive)


class _PatientStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, is_alive: Callable[[], bool]) -> None:
        self._stream = stream
        self._is_alive = is_alive

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        end = time.monotonic() + ANSWER_SECONDS
        while True:
            try:
                return self._stream.read(max_bytes, SILENCE_SECONDS)
            except httpcore.ReadTimeout:
                if not self._is_alive():
                    raise
                if time.monotonic() >= end:
                    raise httpcore.ReadTimeout(BUSY) from None

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _PatientStream(self._stream.start_tls(ssl_context, server_hostname, timeout), self._is_alive)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
