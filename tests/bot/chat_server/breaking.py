"""Behaviours that break the protocol: connections that end too early, and bodies that nobody can read."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tests.bot.chat_server.behaviour import Behaviour, begin_answer, begin_stream, whole_body
from tests.bot.chat_server.completions import chunk
from tests.bot.chat_server.wire import EVENTS, JSON, Wire

# Two bytes that no UTF-8 text holds.
NO_TEXT = b"\xff\xfe"
# Where they are put.
NUL_IN_JSON = rb"\u0000"


@dataclass(frozen=True)
class Reset(Behaviour):
    """Sends the first pieces of a text and then resets the connection; with none of them, before the answer begins."""

    text: str = ""
    after: int = 0

    def send(self, wire: Wire) -> None:
        if self.after:
            begin_answer(wire, self.text, self.after)
        wire.reset()


@dataclass(frozen=True)
class Cut(Behaviour):
    """Sends the first pieces of a text and then closes the connection in good order, without ``[DONE]``.

    Args:
        text: What it begins to say.
        after: How many pieces of it are sent.
        announced: Whether the body is ended before, as HTTP wants it, so that only what is missing tells of the cut.
    """

    text: str
    after: int = 1
    announced: bool = True

    def send(self, wire: Wire) -> None:
        if self.announced and not wire.request.streams:
            body = whole_body(wire.request, self.text)
            wire.answer(body[: len(body) // 2], JSON)
        else:
            begin_answer(wire, self.text, self.after)
            if self.announced:
                wire.end()
        wire.drop()


@dataclass(frozen=True)
class InvalidUtf8(Behaviour):
    """Says a text with bytes in the middle of it that are no UTF-8."""

    text: str = "Some words follow."

    def send(self, wire: Wire) -> None:
        half = len(self.text) // 2
        text = f"{self.text[:half]}\0{self.text[half:]}"
        if not wire.request.streams:
            wire.answer(whole_body(wire.request, text).replace(NUL_IN_JSON, NO_TEXT), JSON)
            return
        begin_stream(wire)
        event = json.dumps(chunk(wire.request.model, {"content": text})).encode()
        wire.write(b"data: " + event.replace(NUL_IN_JSON, NO_TEXT) + b"\n\n")
        wire.event(chunk(wire.request.model, {}, "stop"))
        wire.event("[DONE]")
        wire.end()


@dataclass(frozen=True)
class Rubbish(Behaviour):
    """Answers with success and a body that is no answer, a web page for one; others have names below."""

    body: bytes = b"<!doctype html><title>Welcome</title><h1>It works!</h1>"
    content_type: str = "text/html"

    def send(self, wire: Wire) -> None:
        wire.answer(self.body, self.content_type)


HTML = Rubbish()
OTHER_JSON = Rubbish(b'{"status": "ok", "version": 3}', JSON)
NO_JSON = Rubbish(b'{"choices": [{"message": ', JSON)
# What stands for an answer of another shape in a stream, and what is no JSON there.
OTHER_EVENTS = Rubbish(b'data: {"status": "ok"}\n\ndata: [DONE]\n\n', EVENTS)
BROKEN_EVENTS = Rubbish(b'data: {"choices": [{"delta": {"content": "Some \n\ndata: [DONE]\n\n', EVENTS)
