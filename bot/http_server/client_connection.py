"""A connection whose client must not keep it for nothing: it has to send a request, and to take the response."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

# There is room for so many; whoever comes on top is sent away, so that the files of the library can still be opened.
MAX_CONNECTIONS = 500
# A request's first line and its headers have to arrive within so long.
HEAD_SECONDS = 10
# Whoever takes nothing of a response for so long is gone.
STALLED_SECONDS = 30


class ClientConnection(H11Protocol):
    """Uvicorn's connection, which waits for its client no longer than these limits say."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._awaits_head: asyncio.TimerHandle | None = None
        self._awaits_reader: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to wait for the first request."""
        super().connection_made(transport)
        if len(self.connections) > MAX_CONNECTIONS:
            transport.abort()
        self._watch_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        super().connection_lost(exc)
        for timer in (self._awaits_head, self._awaits_reader):
            if timer is not None:
                timer.cancel()

    def handle_events(self) -> None:
        """Take what has arrived; each further byte of a request's head gains it no time."""
        super().handle_events()
        self._watch_head()

    def pause_writing(self) -> None:
        """Begin to wait until the client takes more of what is sent."""
        super().pause_writing()
        self._watch_reader()

    def resume_writing(self) -> None:
        """The client has taken most of it."""
        super().resume_writing()
        if self._awaits_reader is not None:
            self._awaits_reader.cancel()

    def _watch_head(self) -> None:
        if self.conn.their_state is not h11.IDLE:
            if self._awaits_head is not None:
                self._awaits_head.cancel()
                self._awaits_head = None
        elif self._awaits_head is None:
            self._awaits_head = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _watch_reader(self, left: int | None = None) -> None:
        """Wait as long as the buffer shrinks: large sources may take their time on a slow line."""
        held = self.transport.get_write_buffer_size()
        if left is not None and held >= left:
            self.transport.abort()
        else:
            self._awaits_reader = self.loop.call_later(STALLED_SECONDS, self._watch_reader, held)
