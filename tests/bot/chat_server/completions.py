"""The JSON of the protocol: whole completions, the chunks of a stream, errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

IDENTIFIER = "chatcmpl-scripted"
CREATED = 1_700_000_000


@dataclass(frozen=True)
class Usage:
    """How many tokens a request took, as the server claims."""

    input_tokens: int = 120
    output_tokens: int = 30

    def as_json(self) -> Json:
        return {
            "prompt_tokens": self.input_tokens,
            "completion_tokens": self.output_tokens,
            "total_tokens": self.input_tokens + self.output_tokens,
        }


def completion(model: str, message: Mapping[str, Any], finish_reason: str | None, usage: Usage | None) -> Json:
    """A whole answer."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": None, "refusal": None, **message},
        "logprobs": None,
        "finish_reason": finish_reason,
    }
    made = _frame("chat.completion", model) | {"choices": [choice]}
    return made if usage is None else made | {"usage": usage.as_json()}


def chunk(model: str, delta: Mapping[str, Any], finish_reason: str | None = None) -> Json:
    """A piece of a stream."""
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
    return _frame("chat.completion.chunk", model) | {"choices": [choice]}


def usage_chunk(model: str, usage: Usage) -> Json:
    """What a stream ends with when its usage is asked for."""
    return _frame("chat.completion.chunk", model) | {"choices": [], "usage": usage.as_json()}


def error(message: str, kind: str, code: str | None, parameter: str | None = None) -> Json:
    """What comes instead of an answer."""
    return {"error": {"message": message, "type": kind, "param": parameter, "code": code}}


def _frame(kind: str, model: str) -> Json:
    return {"id": IDENTIFIER, "object": kind, "created": CREATED, "model": model}
