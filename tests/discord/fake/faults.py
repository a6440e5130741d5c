"""What can go wrong between the bot and Discord, switched on by a test for the requests that it names."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field

from tests.discord.fake.errors import Json


@dataclass
class Fault:
    """Something that happens to the next ``times`` requests that match; ``hits`` counts them."""

    name: str
    method: str
    path: re.Pattern[str]
    times: int
    delay: float = 0.0
    status: int | None = None
    body: Json | None = None
    headers: dict[str, str] = field(default_factory=dict)
    after_effect: bool = False
    drop: bool = False
    hits: int = 0

    def matches(self, method: str, path: str) -> bool:
        return self.hits < self.times and self.method in (method, "*") and bool(self.path.search(path))


class Faults:
    """Switches faults on; ``method`` may be ``"*"``, and ``path`` is a pattern searched for in the path.

    The first fault that was switched on and still has hits left is the one that a request meets.
    """

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def rate_limit(self, method: str, path: str, retry_after: float = 0.2, times: int = 1) -> Fault:
        """Answer 429 as Discord does: to be repeated after a while."""
        body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": False}
        headers = {
            "Via": "1.1 google",  # discord.py takes a 429 without it for a ban by the proxy in front of Discord
            "Retry-After": str(max(1, round(retry_after))),
            "X-RateLimit-Scope": "user",
        }
        return self._add(Fault("429", method, re.compile(path), times, status=429, body=body, headers=headers))

    def error_before(self, method: str, path: str, status: int = 500, times: int = 1) -> Fault:
        """Answer 500 (or another status) without doing anything."""
        body = {"message": "Internal Server Error", "code": 0}
        return self._add(Fault(f"{status} before", method, re.compile(path), times, status=status, body=body))

    def error_after(self, method: str, path: str, status: int = 500, times: int = 1) -> Fault:
        """Do what was asked, and answer 500 (or another status) all the same."""
        body = {"message": "Internal Server Error", "code": 0}
        name = f"{status} after"
        return self._add(Fault(name, method, re.compile(path), times, status=status, body=body, after_effect=True))

    def drop_before(self, method: str, path: str, times: int = 1) -> Fault:
        """Cut the connection without doing anything."""
        return self._add(Fault("dropped before", method, re.compile(path), times, drop=True))

    def drop_after(self, method: str, path: str, times: int = 1) -> Fault:
        """Do what was asked, and cut the connection instead of answering."""
        return self._add(Fault("dropped after", method, re.compile(path), times, drop=True, after_effect=True))

    def slow(self, method: str, path: str, seconds: float, times: int = 1) -> Fault:
        """Do what was asked at once, and answer late."""
        return self._add(Fault("slow", method, re.compile(path), times, delay=seconds, after_effect=True))

    def late(self, method: str, path: str, seconds: float, times: int = 1) -> Fault:
        """Let a request arrive late, so that Discord's deadlines run before it is carried out."""
        return self._add(Fault("late", method, re.compile(path), times, delay=seconds))

    def refuse(self, method: str, path: str, status: int, code: int, message: str = "Refused", times: int = 1) -> Fault:
        """Answer a status and a code of Discord's, without doing anything."""
        body = {"message": message, "code": code}
        return self._add(Fault(f"{status}/{code}", method, re.compile(path), times, status=status, body=body))

    def clear(self) -> None:
        """Switch all faults off."""
        with self._lock:
            self._faults.clear()

    def meet(self, method: str, path: str) -> Fault | None:
        """Return the fault that this request meets, and count it."""
        with self._lock:
            for fault in self._faults:
                if fault.matches(method, path):
                    fault.hits += 1
                    return fault
        return None

    def _add(self, fault: Fault) -> Fault:
        with self._lock:
            self._faults.append(fault)
        return fault
