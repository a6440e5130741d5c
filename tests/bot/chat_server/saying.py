"""Behaviours that give a whole answer."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bot.chat_server.behaviour import PIECE, Behaviour, begin_stream, pieces
from tests.bot.chat_server.completions import Usage, chunk, completion, usage_chunk
from tests.bot.chat_server.wire import Wire

TYPICAL = Usage()


@dataclass(frozen=True)
class Say(Behaviour):
    """Says a text.

    Args:
        text: What it says.
        pace: Seconds between two pieces of a stream.
        piece: Characters of a piece.
        usage: What it claims to have used; None where a server tells nothing.
        finish_reason: Why it ended: "stop", "length", "content_filter", or None where a server tells nothing.
        refusal: What it says in the field for refusals instead.
    """

    text: str
    pace: float = 0.0
    piece: int = PIECE
    usage: Usage | None = TYPICAL
    finish_reason: str | None = "stop"
    refusal: str | None = None

    def send(self, wire: Wire) -> None:
        field, text = ("content", self.text) if self.refusal is None else ("refusal", self.refusal)
        model = wire.request.model
        if not wire.request.streams:
            wire.answer_json(completion(model, {field: text}, self.finish_reason, self.usage))
            return
        begin_stream(wire)
        for number, piece in enumerate(pieces(text, self.piece)):
            if number and self.pace:
                wire.wait(self.pace)
            wire.event(chunk(model, {field: piece}))
        wire.event(chunk(model, {}, self.finish_reason))
        if wire.request.wants_usage and self.usage is not None:
            wire.event(usage_chunk(model, self.usage))
        wire.event("[DONE]")
        wire.end()


@dataclass(frozen=True)
class Empty(Behaviour):
    """Says nothing at all, and that in good order."""

    def send(self, wire: Wire) -> None:
        Say("", usage=Usage(output_tokens=0)).send(wire)
