"""One change of the library after the other: who has to wait is told, and waits until the time is over."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from retrieval import Library, LibraryBusyError

# Discord forgets an interaction after fifteen minutes; what remains is for the change itself.
WAIT_SECONDS = 12 * 60.0
# Once the others are done, somebody faster may have begun; that is over soon, or waited for anew.
RETRY_SECONDS = 1.0

Result = TypeVar("Result")


def _unheard() -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """A place in the queue of changes.

    Attributes:
        waiting: Called each time that somebody else is changing the library; from another thread.
        until: When the patience ends, by ``time.monotonic``.
    """

    waiting: Callable[[], None] = _unheard
    until: float = field(default_factory=lambda: time.monotonic() + WAIT_SECONDS)

    @property
    def seconds(self) -> float:
        """How long to wait for others yet."""
        return max(0.0, self.until - time.monotonic())


def in_turn(library: Library, change: Callable[[float], Result], turn: QueuePlace) -> Result:
    """Make a change as soon as no other process is making one.

    Args:
        library: What is changed.
        change: Makes it; told for how many seconds to wait for the library's lock.
        turn: How long to wait in all, and who is told.

    Raises:
        LibraryBusyError: If others are busy for longer than that.
    """
    patience = 0.0
    while True:
        try:
            return change(patience)
        except LibraryBusyError:
            if not turn.seconds:
                raise
        turn.waiting()
        with library.storage.lock(wait_seconds=turn.seconds):
            patience = RETRY_SECONDS  # the others are done, and this change is next
