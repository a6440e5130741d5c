"""A few slots, shared fairly: those who wait are served server by server and person by person."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager

Line = OrderedDict[Hashable, deque[asyncio.Future[None]]]


class FairQueue:
    """Lets at most ``slots`` in at once; the others wait.

    Servers take turns in the order in which they began to wait, one question a turn, and so do the people of a server
    among themselves; a person's own questions keep their order. So the first to wait in a server waits for at most one
    question of each server before, however many people ask there. For one event loop.

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
        # Whose turn is next stands first, among servers as among people. Somebody waits only while no slot is free.
        self._servers: OrderedDict[Hashable, Line] = OrderedDict()

    @property
    def running(self) -> int:
        """How many are inside."""
        return self._running

    @property
    def waiting(self) -> int:
        """How many wait."""
        lines = (line for people in self._servers.values() for line in people.values())
        return sum(not turn.done() for line in lines for turn in line)

    @asynccontextmanager
    async def slot(self, server: Hashable, person: Hashable) -> AsyncIterator[None]:
        """Wait for a slot and hold it; whoever is cancelled while waiting takes none.

        Args:
            server: Where it is asked; None in a direct message, where each person counts as a server.
            person: Who asks.
        """
        await self._enter(("direct", person) if server is None else server, person)
        self._running += 1
        try:
            yield
        finally:
            self._running -= 1
            self._pass_on()

    async def _enter(self, server: Hashable, person: Hashable) -> None:
        if self._free:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        people = self._servers.setdefault(server, OrderedDict())
        people.setdefault(person, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # cancelled in the moment in which the slot was given: it goes to the next
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        """Give a slot that has become free to whoever is next, or keep it free."""
        while self._servers:
            server, people = next(iter(self._servers.items()))
            turn = _next_turn(people)
            if not people:
                del self._servers[server]
            if turn is not None:  # whoever was cancelled has no turn to use up
                if people:
                    self._servers.move_to_end(server)
                turn.set_result(None)
                return
        self._free += 1


def _next_turn(people: Line) -> asyncio.Future[None] | None:
    """Take the turn of the person who is next in a server; None if nobody waits there any more."""
    while people:
        person, line = next(iter(people.items()))
        turn = line.popleft()
        if not line:
            del people[person]
        if not turn.done():
            if line:
                people.move_to_end(person)
            return turn
    return None
