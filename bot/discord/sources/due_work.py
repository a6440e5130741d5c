"""Work that is done some time after it is asked for, once however often it was: one piece after the other."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")


class DueWork(Generic[Key]):
    """What is to be done, and when.

    Args:
        work: Does one piece; it must not raise.
    """

    def __init__(self, work: Callable[[Key], Awaitable[None]]) -> None:
        self._work = work
        self._due: dict[Key, float] = {}
        self._news = asyncio.Event()

    def ask(self, key: Key, seconds: float) -> None:
        """Have a piece done in so many seconds at the latest; asked for again, the earlier moment counts."""
        moment = time.monotonic() + seconds
        self._due[key] = min(moment, self._due.get(key, moment))
        self._news.set()

    def forget(self, key: Key) -> None:
        """Take back what was asked for."""
        self._due.pop(key, None)

    async def run(self) -> None:
        """Do what is due, until cancelled."""
        while True:
            self._news.clear()
            key = min(self._due, key=self._due.__getitem__, default=None)
            left = None if key is None else self._due[key] - time.monotonic()
            if key is not None and left is not None and left <= 0:
                del self._due[key]
                await self._work(key)
                continue
            try:
                await asyncio.wait_for(self._news.wait(), left)
            except TimeoutError:
                continue
