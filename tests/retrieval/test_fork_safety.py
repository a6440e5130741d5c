"""A lock that survives forks survives Ctrl-C as well."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor
from types import FrameType

from retrieval.fork_safety import ForkedLock

TIMES, SECONDS = 300, 0.0005


class Interrupt(Exception):  # noqa: N818 (it stands for KeyboardInterrupt)
    """Comes whenever it likes."""


def interrupt(number: int, frame: FrameType | None) -> None:
    raise Interrupt


def take_until_interrupted(lock: ForkedLock) -> None:
    try:
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        while True:
            with lock:
                pass
    except Interrupt:
        pass


def test_an_interrupt_at_any_moment_leaves_no_lock_taken() -> None:
    lock = ForkedLock()
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        for _ in range(TIMES):
            take_until_interrupted(lock)
    finally:
        signal.signal(signal.SIGALRM, before)
    with ThreadPoolExecutor(1) as other:
        assert other.submit(lock.acquire, blocking=False).result()
        other.submit(lock.release).result()
