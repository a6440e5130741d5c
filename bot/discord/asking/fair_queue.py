"""A few slots, shared fairly: those who wait are served person by person, whoever has many questions."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager


class FairQueue:
    """Lets at most ``slots`` in at once; the others wait.

    Persons take turns in the order in which they began to wait, one question a turn; a person's own questions keep
    their order. So a newcomer waits for at most one question of each of those before. For one event loop.

    Args:
        slots: How many may be inside at once.

    Raises:
        ValueError: If there is no slot at all.
    """

    def __init__(self, slots: int) -> None:
        if slots < 1:
            raise ValueError(f"not a number of slots: {slots}")
        self._free = slots
        self._running = 0
        # Whose turn is next stands first. Somebody waits only while no slot is free.
        self._lines: OrderedDict[Hashable, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def running(self) -> int:
        """How many are inside."""
        return self._running

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(not turn.done() for line in self._lines.values() for turn in line)

    @asynccontextmanager
    async def slot(self, person: Hashable) -> AsyncIterator[None]:
        """Wait for a slot and hold it; whoever is cancelled while waiting takes none."""
        await self._enter(person)
        self._running += 1
        try:
            yield
        finally:
            self._running -= 1
            self._pass_on()

    async def _enter(self, person: Hashable) -> None:
        if self._free:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._lines.setdefault(person, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # cancelled in the moment in which the slot was given: it goes to the next
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        """Give a slot that has become free to whoever is next, or keep it free."""
        while self._lines:
            person, line = next(iter(self._lines.items()))
            turn = line.popleft()
            if not line:
                del self._lines[person]
            if not turn.done():  # whoever was cancelled has no turn to use up
                if line:
                    self._lines.move_to_end(person)
                turn.set_result(None)
                return
        self._free += 1
