"""What the server was asked, as tests read it."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, eq=False)
class Request:
    """One request; ``headers`` have lower-case names, ``body`` is the parsed JSON, ``at`` is monotonic time.

    ``done`` is set when the server has finished with it, and ``left`` before that, if the client went away first.
    """

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any] = field(default_factory=dict)
    at: float = field(default_factory=time.monotonic)
    done: threading.Event = field(default_factory=threading.Event)
    left: threading.Event = field(default_factory=threading.Event)

    @property
    def key(self) -> str:
        """The API key, or nothing where none was sent."""
        return self.headers.get("authorization", "").removeprefix("Bearer ")

    @property
    def model(self) -> str:
        return str(self.body.get("model", ""))

    @property
    def streams(self) -> bool:
        """Whether the answer is wanted piece by piece."""
        return bool(self.body.get("stream"))

    @property
    def wants_usage(self) -> bool:
        """Whether a stream shall end with the usage figures."""
        return bool((self.body.get("stream_options") or {}).get("include_usage"))

    def texts(self, *roles: str) -> Sequence[str]:
        """The text of each message of these roles (all roles, if none is named), in order."""
        messages = self.body.get("messages", ())
        return [_text(message) for message in messages if not roles or message.get("role") in roles]


def _text(message: Mapping[str, Any]) -> str:
    """A message's text, which a client may send as a string or in parts."""
    content = message.get("content") or ""
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content)
