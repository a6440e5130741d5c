"""Waiting for something to happen, and saying what happened instead when it does not."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from tests.discord.fake.request_log import Request
from tests.discord.fake.world import World

T = TypeVar("T")
LINES_TOLD = 25


class Waiter:
    """Looks again whenever the world changes, until a deadline."""

    def __init__(self, world: World, log: list[Request]) -> None:
        self._world = world
        self._log = log
        self._started = time.time()

    def until(self, look: Callable[[], T | None], timeout: float, what: str) -> T:
        """Return the first result of ``look`` that counts as true, or fail the test with the latest requests."""
        deadline = time.monotonic() + timeout
        with self._world.changed:
            while True:
                found = look()
                if found:
                    return found
                left = deadline - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"Not within {timeout} s: {what}\n{self.tail()}")
                self._world.changed.wait(min(left, 0.1))

    def tail(self) -> str:
        """Return the latest requests, one a line."""
        lines = [request.line(self._started) for request in self._log[-LINES_TOLD:]]
        return "\n".join([f"The latest of {len(self._log)} requests:", *lines])
