"""What a chat model said to each prompt: recorded while it speaks, and said again where the same is asked.

A check of statements can so be changed and measured again on the very same words, in a minute and without the model.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.evaluation.errors import EvaluationError
from tests.bot.chat_server import Request, Say, Usage
from tests.bot.chat_server.behaviour import Behaviour
from tests.bot.chat_server.completions import error
from tests.bot.chat_server.wire import EVENTS, JSON, GoneError, Wire

Messages = Sequence[Mapping[str, Any]]
HEADERS = {"Content-Type": JSON}
EVENT = b"data: "


@dataclass
class Reply:
    """A prompt and what was said to it; ``begun`` is when the first word came, in seconds as ``ended`` is."""

    model: str
    messages: Messages
    text: str = ""
    finish_reason: str | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    begun: float = 0.0
    ended: float = 0.0


class Replies:
    """The replies of a file, and those that a model adds.

    Args:
        path: The file, JSON Lines, which need not be there yet; None keeps nothing.
        address: Where the model's server listens; called with the first prompt that is not in the file. None where
            there is no model: such prompts are answered with an error and counted in ``missing``.
    """

    def __init__(self, path: Path | None, address: Callable[[], str] | None) -> None:
        self.heard: list[Reply] = []
        self.again: list[Reply] = []
        self.missing = 0
        self.failure: EvaluationError | None = None
        self._starting = 0.0
        self._path = path
        self._address = address
        lines = path.read_text("utf-8").splitlines() if path and path.exists() else []
        self._known = {_key(reply): reply for reply in (Reply(**json.loads(line)) for line in lines)}

    def behaviour(self, request: Request) -> Behaviour:
        """How to answer a request: as before, or as the model does now."""
        new = Reply(request.model, request.body["messages"])
        known = self._known.get(_key(new))
        if known is not None:
            self.again.append(known)
            usage = Usage(known.input_tokens, known.output_tokens)
            return Say(known.text, usage=usage, finish_reason=known.finish_reason)
        began = time.perf_counter()
        try:
            if self._address is not None:
                return _Relay(self._address(), new, self)
        except EvaluationError as error:
            self.failure = error
        finally:
            self._starting += time.perf_counter() - began
        self.missing += 1
        return _Nobody()

    def take(self) -> tuple[list[Reply], float]:
        """The replies since the last call, and the seconds that their question lacks for the time that it takes alone.

        Those that were said again took their time at first, and a model that has to be started counts for no question.

        They are written down now, so that a run that is broken off keeps all but the question that it was at.

        Raises:
            EvaluationError: If the model cannot be started, or its server has gone away.
        """
        if self.failure:
            raise self.failure
        if self._path and self.heard:
            with self._path.open("a", encoding="utf-8") as file:
                file.writelines(f"{json.dumps(asdict(reply), ensure_ascii=False)}\n" for reply in self.heard)
        self._known |= {_key(reply): reply for reply in self.heard}
        taken = self.again + self.heard
        lacking = sum(reply.ended for reply in self.again) - self._starting
        self.again, self.heard, self._starting = [], [], 0.0
        return taken, lacking


@dataclass(frozen=True)
class _Relay(Behaviour):
    """Passes the request on to the server of a model, and its words back as they come.

    Where the client has read enough and goes, the model is stopped, and what it had said is its reply.
    """

    address: str
    reply: Reply
    replies: Replies

    def send(self, wire: Wire) -> None:
        place = urlsplit(self.address)
        began = time.perf_counter()
        server = HTTPConnection(place.hostname or "", place.port)
        try:
            server.request("POST", f"{place.path}/chat/completions", json.dumps(wire.request.body), HEADERS)
            response = server.getresponse()
            if response.status != HTTPStatus.OK:
                wire.answer(response.read(), JSON, response.status)
                return
            with suppress(GoneError):
                wire.begin(EVENTS)
                for line in response:
                    if line.startswith(EVENT + b"{"):  # the stream ends with no JSON
                        self._note(json.loads(line.removeprefix(EVENT)), time.perf_counter() - began)
                    wire.write(line)
                wire.end()
            self.reply.ended = time.perf_counter() - began
            self.replies.heard.append(self.reply)
        except (OSError, HTTPException):
            self.replies.failure = EvaluationError(
                f"The chat model's server at {self.address} does not answer; start it, and run the command again."
            )
            wire.drop()
        finally:
            server.close()

    def _note(self, event: Mapping[str, Any], seconds: float) -> None:
        reply = self.reply
        for choice in event.get("choices", ()):
            if text := choice["delta"].get("content"):
                reply.begun = reply.begun or seconds
                reply.text += text
                reply.output_tokens += 1
            reply.finish_reason = choice.get("finish_reason") or reply.finish_reason
        if usage := event.get("usage"):
            reply.input_tokens, reply.output_tokens = usage["prompt_tokens"], usage["completion_tokens"]


class _Nobody(Behaviour):
    """Says that there is no model; of a kind that no client tries again."""

    def send(self, wire: Wire) -> None:
        wire.answer_json(error("Nobody has said anything to this.", "invalid_request_error", "model_not_found"), 404)


def _key(reply: Reply) -> str:
    return json.dumps([reply.model, reply.messages], sort_keys=True)
