"""Behaviours that take their time, or all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

from tests.bot.chat_server.behaviour import Behaviour, begin_answer, begin_stream
from tests.bot.chat_server.completions import chunk
from tests.bot.chat_server.wire import EVENTS, JSON, Wire


@dataclass(frozen=True)
class Slow(Behaviour):
    """Does as another behaviour, but so many seconds later."""

    seconds: float
    then: Behaviour

    def send(self, wire: Wire) -> None:
        wire.wait(self.seconds)
        self.then.send(wire)


@dataclass(frozen=True)
class Silent(Behaviour):
    """Takes the request and never answers."""

    def send(self, wire: Wire) -> None:
        wire.wait()


@dataclass(frozen=True)
class Stall(Behaviour):
    """Sends the first pieces of a text and then nothing, and keeps the connection."""

    text: str
    after: int = 1

    def send(self, wire: Wire) -> None:
        begin_answer(wire, self.text, self.after)
        wire.wait()


@dataclass(frozen=True)
class NeverStop(Behaviour):
    """Says the same words over and over until the client goes away; words with a line break in them make lines."""

    words: Sequence[str] = ("and ", "so ", "on, ")
    pace: float = 0.005

    def send(self, wire: Wire) -> None:
        model = wire.request.model
        if wire.request.streams:
            begin_stream(wire)
        else:
            wire.begin(JSON)
            wire.write(b'{"choices": [{"message": {"content": "')
        for word in cycle(self.words):
            if wire.request.streams:
                wire.event(chunk(model, {"content": word}))
            else:
                wire.write(word.encode())
            wire.wait(self.pace)


@dataclass(frozen=True)
class KeepsAlive(Behaviour):
    """Sends comments that keep the connection open, as gateways do while a model thinks, and never a word."""

    pace: float = 0.05

    def send(self, wire: Wire) -> None:
        wire.begin(EVENTS)
        while True:
            wire.write(b": still thinking\n\n")
            wire.wait(self.pace)
