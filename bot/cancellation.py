"""Whether anybody still waits for an answer; known in every thread that works on it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context, ContextVar, copy_context

_ABANDONED: ContextVar[threading.Event | None] = ContextVar("abandoned", default=None)


@contextmanager
def waiting() -> Iterator[Context]:
    """A context for work in another thread, which is abandoned when this block ends before it."""
    abandoned = threading.Event()
    context = copy_context()
    context.run(_ABANDONED.set, abandoned)
    try:
        yield context
    finally:
        abandoned.set()


def is_abandoned() -> bool:
    """Whether nobody waits for the current work any more."""
    abandoned = _ABANDONED.get()
    return abandoned is not None and abandoned.is_set()
