"""An answer is shown while it grows, and edited no more often than Discord bears."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Generic, TypeVar

SECONDS_BETWEEN_EDITS = 1.5
# How long a snapshot waits for the stream to turn out to be over: an answer that comes in one piece is shown once.
SETTLING_SECONDS = 0.1

Snapshot = TypeVar("Snapshot")

logger = logging.getLogger(__name__)


async def throttle_edits(
    snapshots: AsyncIterator[Snapshot],
    show: Callable[[Snapshot], Awaitable[None]],
    *,
    seconds: float = SECONDS_BETWEEN_EDITS,
) -> Snapshot:
    """Show snapshots while they come and return the last one, which the caller always shows itself.

    Between the end of one ``show`` and the next lie at least ``seconds``; only the newest snapshot is shown, and never
    one that equals what stands there. The stream is read on meanwhile. When it ends, no pause is waited for, but a
    ``show`` under way is: an older edit must not arrive after the last one. When the stream fails or the caller is
    cancelled, a ``show`` under way is cancelled.

    A ``show`` that fails loses nothing, since the last snapshot holds everything: it is logged and streaming goes on.

    Raises:
        ValueError: If the stream holds no snapshot at all.
    """
    display = _Display(show, seconds)
    showing = asyncio.create_task(display.follow())
    try:
        async for snapshot in snapshots:
            display.offer(snapshot)
        await display.finish(showing)
        return display.newest()
    finally:
        showing.cancel()
        await asyncio.gather(showing, return_exceptions=True)


class _Display(Generic[Snapshot]):
    """Shows the newest snapshot, as often as it may."""

    def __init__(self, show: Callable[[Snapshot], Awaitable[None]], seconds: float) -> None:
        self._show, self._seconds = show, seconds
        self._offered: list[Snapshot] = []  # the newest one, once there is one
        self._news = asyncio.Event()
        self._is_showing = False
        self._is_over = False

    def offer(self, snapshot: Snapshot) -> None:
        """Make ``snapshot`` the newest one."""
        self._offered = [snapshot]
        self._news.set()

    def newest(self) -> Snapshot:
        """The newest snapshot."""
        if not self._offered:
            raise ValueError("the stream holds no snapshot")
        return self._offered[0]

    async def follow(self) -> None:
        """Show what is offered, until cancelled or finished."""
        shown: list[Snapshot] = []
        while not self._is_over:
            await self._news.wait()
            await asyncio.sleep(SETTLING_SECONDS)
            self._news.clear()
            if self._offered == shown:
                continue
            offered = self._offered
            self._is_showing = True
            try:
                await self._show(offered[0])
                shown = offered
            except Exception:
                logger.warning("A part of an answer could not be shown; the whole answer follows.", exc_info=True)
            finally:
                self._is_showing = False
            if not self._is_over:
                await asyncio.sleep(self._seconds)

    async def finish(self, following: asyncio.Task[None]) -> None:
        """Show nothing more, and wait for what is being shown."""
        self._is_over = True
        if self._is_showing:
            await asyncio.wait([following])
