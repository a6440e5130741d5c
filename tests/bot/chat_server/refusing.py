"""Behaviours that answer with an error, as OpenAI's server words them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.bot.chat_server.behaviour import Behaviour, begin_answer
from tests.bot.chat_server.completions import error
from tests.bot.chat_server.wire import Wire

INVALID = "invalid_request_error"


@dataclass(frozen=True)
class Error(Behaviour):
    """Answers with an HTTP status that is none of success; the usual ones have names below."""

    status: int
    body: object
    headers: Mapping[str, str] = field(default_factory=dict)

    def send(self, wire: Wire) -> None:
        wire.answer_json(self.body, self.status, self.headers)


@dataclass(frozen=True)
class ErrorInStream(Behaviour):
    """Begins to answer and then sends an error where the next piece should be, as gateways do."""

    text: str
    after: int = 1
    body: object = field(default_factory=lambda: error("The server had an error.", "server_error", None))

    def send(self, wire: Wire) -> None:
        if not wire.request.streams:
            wire.answer_json(self.body, 500)
            return
        begin_answer(wire, self.text, self.after)
        wire.event(self.body)
        wire.event("[DONE]")
        wire.end()


def context_length_exceeded(limit: int = 8192) -> Error:
    """The prompt is too long."""
    told = (
        f"This model's maximum context length is {limit} tokens. However, your messages resulted in {limit + 1} tokens."
    )
    return Error(400, error(told, INVALID, "context_length_exceeded", "messages"))


def wrong_key(key: str = "sk-wrong") -> Error:
    """The API key is not accepted; the message shows it, as real ones show a part of it."""
    return Error(401, error(f"Incorrect API key provided: {key}.", INVALID, "invalid_api_key"))


def no_such_model(name: str = "scripted") -> Error:
    """The model does not exist."""
    told = f"The model `{name}` does not exist or you do not have access to it."
    return Error(404, error(told, INVALID, "model_not_found"))


def too_many_requests(retry_after: float | str | None = None) -> Error:
    """The rate limit is reached; the header says when it will not be any more."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Error(429, error("Rate limit reached for requests.", "requests", "rate_limit_exceeded"), headers)


def quota_exceeded() -> Error:
    """The account is empty, which waiting does not mend."""
    told = "You exceeded your current quota, please check your plan and billing details."
    return Error(429, error(told, "insufficient_quota", "insufficient_quota"))


def broken() -> Error:
    """Something went wrong inside the server."""
    return Error(500, error("The server had an error while processing your request.", "server_error", None))


def overloaded() -> Error:
    """The server has too much to do."""
    return Error(503, error("The engine is currently overloaded, please try again later.", "server_error", None))
