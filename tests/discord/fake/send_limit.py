"""Discord's limit for messages in a channel, told in the headers that discord.py keeps to."""

from __future__ import annotations

import time
from dataclasses import dataclass

MESSAGES, SECONDS = 5, 5.0
LIMITED = {("POST", "messages"), ("PATCH", "messages")}


@dataclass
class Window:
    """The requests of a kind in a channel since a moment."""

    opened: float
    count: int = 0


class SendLimit:
    """Lets five messages a channel through in five seconds, and as many edits.

    Args:
        is_on: whether there is a limit at all; most tests do not want to wait for it.
    """

    def __init__(self, is_on: bool) -> None:
        self._is_on = is_on
        self._windows: dict[tuple[str, str], Window] = {}

    def headers(self, method: str, path: str) -> tuple[bool, dict[str, str]]:
        """Count a request; whether it goes through, and the headers that tell of the limit, if it falls under one."""
        _, _, channel, kind, *_ = [*path.split("/"), "", "", "", ""]
        if not self._is_on or not path.startswith("/channels/") or (method, kind) not in LIMITED:
            return True, {}
        now = time.time()
        window = self._windows.setdefault((method, channel), Window(now))
        if now - window.opened >= SECONDS:
            window.opened, window.count = now, 0
        window.count += 1
        left = window.opened + SECONDS - now
        headers = {
            "X-RateLimit-Limit": str(MESSAGES),
            "X-RateLimit-Remaining": str(max(0, MESSAGES - window.count)),
            "X-RateLimit-Reset": f"{now + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
        }
        if window.count <= MESSAGES:
            return True, headers
        return False, headers | {"Via": "1.1 google", "Retry-After": f"{left:.3f}", "X-RateLimit-Scope": "user"}


def too_many(headers: dict[str, str]) -> dict[str, object]:
    """The body of the refusal."""
    after = float(headers["X-RateLimit-Reset-After"])
    return {"message": "You are being rate limited.", "retry_after": after, "global": False}
