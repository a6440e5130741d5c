"""Ctrl-C, wherever it falls: Python and compiled modules lose one, or take it for an error of their own."""

from __future__ import annotations

import os
import signal
import sys
import threading

# Python reports what is raised inside the hook as well, so the next one has to wait until the hook has returned.
SECONDS = 0.01


def came_of_interrupt(error: BaseException | None) -> bool:
    """Whether an error began as a Ctrl-C: a compiled module stopped while it loads raises ``ImportError`` from it."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def interrupt_again(unraisable: sys.UnraisableHookArgs) -> None:
    """Let a Ctrl-C fall once more that fell into a callback of Python's own, which drops it and prints a traceback."""
    if unraisable.exc_type is KeyboardInterrupt:
        again = threading.Timer(SECONDS, os.kill, (os.getpid(), signal.SIGINT))
        again.daemon = True
        again.start()
    else:
        sys.__unraisablehook__(unraisable)
