"""Questions wait here until there is room for them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from starlette.exceptions import HTTPException

MAX_WAITING = 100


class AnswerQueue:
    """Lets so many questions be answered at once, first come, first served.

    Args:
        at_once: How many.
    """

    def __init__(self, at_once: int) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._waiting = 0

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Wait for a slot, and keep it as long as the block runs.

        Raises:
            HTTPException: If too many wait already.
        """
        if self._waiting >= MAX_WAITING:
            raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, "Too many questions wait already; ask again soon.")
        self._waiting += 1
        try:
            await self._slots.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._slots.release()
