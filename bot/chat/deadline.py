"""The end of waiting for a stream: no server can make anybody wait longer than they want to.

It is read in a thread of its own. The time limits of HTTP clients begin anew with every byte; a server that sends
comments to keep a connection open, as gateways do while a model thinks, would never run into one.
"""

from __future__ import annotations

import contextvars
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TypeVar

from bot.cancellation import is_abandoned

Item = TypeVar("Item")
# How far the reading may be ahead of whoever is given what was read.
AHEAD = 100
# How often is looked whether anybody still waits.
LOOK_UP_SECONDS = 0.1


@dataclass(frozen=True)
class _End:
    """What ended a reading: an error, or nothing."""

    error: BaseException | None


def stop_after(end: float) -> None:
    """Stop when the moment ``end`` has come, or when nobody waits for the answer any more.

    Raises:
        TimeoutError: If so.
    """
    if is_abandoned() or time.monotonic() >= end:
        raise TimeoutError


def acquire_until(slots: threading.Semaphore, end: float) -> None:
    """Wait for one of ``slots``, until ``end`` and as long as somebody waits for the answer.

    Raises:
        TimeoutError: If none is free by then.
    """
    stop_after(end)
    while not slots.acquire(timeout=max(0.0, min(LOOK_UP_SECONDS, end - time.monotonic()))):
        stop_after(end)
    try:
        stop_after(end)  # it may have come just when nobody waited any more
    except TimeoutError:
        slots.release()
        raise


def read_until(
    begin: Callable[[], Generator[Item, None, None]], end: float, done: Callable[[], None]
) -> Generator[Item, None, None]:
    """What a generator yields, until a moment; closing this closes it, as soon as it comes back from waiting.

    The moment comes earlier when nobody waits for the answer any more.

    Args:
        begin: Makes the generator; called in the reading thread.
        end: When to stop, on the clock of ``time.monotonic``.
        done: Called when the reading has ended, however it did.

    Raises:
        TimeoutError: If there is more to wait for when the moment has come.
        Exception: Whatever the generator raises.
    """
    items: queue.Queue[Item | _End] = queue.Queue(AHEAD)
    stopped = threading.Event()

    def read() -> None:
        error: BaseException | None = None
        try:
            with closing(begin()) as read_items:
                for item in read_items:
                    if not _put(items, item, stopped):
                        return
        except BaseException as raised:  # noqa: BLE001 (it is raised where the items are read)
            error = raised
        finally:
            done()
        _put(items, _End(error), stopped)

    threading.Thread(target=contextvars.copy_context().run, args=(read,), name="pullquote-chat", daemon=True).start()
    try:
        yield from _taken(items, end)
    finally:
        stopped.set()


def _put(items: queue.Queue[Item | _End], item: Item | _End, stopped: threading.Event) -> bool:
    """Hand an item over, and say whether anybody still wants it."""
    while not stopped.is_set():
        try:
            items.put(item, timeout=LOOK_UP_SECONDS)
        except queue.Full:
            continue
        return True
    return False


def _taken(items: queue.Queue[Item | _End], end: float) -> Iterator[Item]:
    while True:
        try:
            item = items.get(timeout=max(0.0, min(LOOK_UP_SECONDS, end - time.monotonic())))
        except queue.Empty:
            stop_after(end)
            continue
        if isinstance(item, _End):
            if item.error is not None:
                raise item.error
            return
        yield item
        stop_after(end)
