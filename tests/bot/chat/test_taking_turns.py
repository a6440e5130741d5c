"""A call to a chat model takes a place only for somebody who still waits."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack

import pytest

from bot.cancellation import waiting
from bot.chat.deadline import acquire_until

PATIENCE = 20


def test_a_place_that_comes_when_nobody_waits_any_more_is_given_back() -> None:
    with ExitStack() as asked:
        context = asked.enter_context(waiting())

        class LeftAsItComes(threading.Semaphore):
            def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:
                taken = super().acquire(blocking, timeout)
                asked.close()
                return taken

        places = LeftAsItComes(1)
        with pytest.raises(TimeoutError):
            context.run(acquire_until, places, time.monotonic() + PATIENCE)
    assert places.acquire(blocking=False)
