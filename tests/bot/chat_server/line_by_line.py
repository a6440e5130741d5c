"""A model whose lines come when the test wants them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from tests.bot.chat_server.behaviour import Behaviour, begin_stream
from tests.bot.chat_server.completions import chunk
from tests.bot.chat_server.models import Model
from tests.bot.chat_server.wire import Wire

LOOK_UP = 0.01


@dataclass(frozen=True)
class LineByLine(Behaviour):
    """Streams what a model writes, each line only after the test has released ``next_line``."""

    model: Model
    next_line: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0), repr=False)

    def send(self, wire: Wire) -> None:
        name = wire.request.model
        begin_stream(wire)
        for line in self.model.write(wire.request).splitlines():
            while not self.next_line.acquire(blocking=False):
                wire.wait(LOOK_UP)
            wire.event(chunk(name, {"content": f"{line}\n"}))
        wire.event(chunk(name, {}, "stop"))
        wire.event("[DONE]")
        wire.end()
