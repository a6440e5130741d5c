"""Answers reach a channel in the order in which they were ready, also when Discord's limit holds them up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary


class SendOrder:
    """One new message at a time in each channel, first come, first served; for one event loop.

    Discord takes five messages in five seconds. Those that wait for it inside discord.py overtake each other.
    """

    def __init__(self) -> None:
        # A lock goes with the last one who waits for it.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, channel_id: int) -> AsyncIterator[None]:
        """Wait until all who came before have sent to the channel."""
        lock = self._locks.get(channel_id)
        if lock is None:
            lock = self._locks[channel_id] = asyncio.Lock()
        async with lock:
            yield
