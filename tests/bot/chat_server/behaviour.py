"""What every scripted behaviour is, and what those that say something share."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from itertools import islice

from tests.bot.chat_server.completions import chunk, completion
from tests.bot.chat_server.requests import Request
from tests.bot.chat_server.wire import EVENTS, JSON, Wire

PIECE = 12


class Behaviour(ABC):
    """How the server answers one request."""

    @abstractmethod
    def send(self, wire: Wire) -> None:
        """Answer ``wire.request``."""


def pieces(text: str, size: int = PIECE) -> list[str]:
    """The text cut as a stream sends it."""
    return [text[start : start + size] for start in range(0, len(text), size)]


def begin_stream(wire: Wire) -> None:
    """The head of a stream and the chunk that only names the role, with which streams begin."""
    wire.begin(EVENTS)
    wire.event(chunk(wire.request.model, {"role": "assistant", "content": ""}))


def begin_answer(wire: Wire, text: str, after: int) -> None:
    """The first pieces of an answer that breaks off; of an answer that is wanted in one, its first half."""
    if wire.request.streams:
        begin_stream(wire)
        for piece in islice(pieces(text), after):
            wire.event(chunk(wire.request.model, {"content": piece}))
    else:
        body = whole_body(wire.request, text)
        wire.begin(JSON, len(body))
        wire.write(body[: len(body) // 2])


def whole_body(request: Request, text: str) -> bytes:
    """An answer in one, as it goes over the wire."""
    return json.dumps(completion(request.model, {"content": text}, "stop", None)).encode()
