"""Pseudo-terminals: one that the program in this process prints to, one that a program of its own lives in."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from tests.conftest import Run

ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[@-Z\\-_=>])")
ROWS, COLUMNS = 40, 200
RunInTerminal = Callable[..., tuple[int, str]]
# Makes the terminal on standard input its own, as a shell would, so that Ctrl-C becomes a signal.
LAUNCHER = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"


def plain(shown: str) -> str:
    """The words on the screen: without codes, in one line."""
    return " ".join(ESCAPE.sub("", shown).split())


@contextmanager
def open_terminal() -> Iterator[tuple[int, int]]:
    """The two ends of a pseudo-terminal: ours and the program's."""
    ours, theirs = pty.openpty()
    try:
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        yield ours, theirs
    finally:
        os.close(ours)
        os.close(theirs)


def read_available(descriptor: int, seconds: float) -> bytes:
    """What arrives within ``seconds``, at once when something does."""
    ready, _, _ = select.select([descriptor], [], [], seconds)
    try:
        return os.read(descriptor, 65536) if ready else b""
    except OSError:  # the other end is closed
        return b""


class Session:
    """A program in a terminal, typed to and watched."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], ours: int, theirs: int) -> None:
        self._ours = ours
        self._data = b""
        self.process = subprocess.Popen(
            [sys.executable, "-c", LAUNCHER, *command],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={
                **os.environ,
                **environment,
                "TERM": "xterm-256color",
                "COLUMNS": str(COLUMNS),  # whoever runs the tests may have set it for a screen of their own
                "PROMPT_TOOLKIT_NO_CPR": "1",
            },
        )

    def type(self, keys: str) -> None:
        """Press keys; what was shown before them no longer counts for ``wait_for``."""
        self._data = b""
        os.write(self._ours, keys.encode("utf-8"))

    def wait_for(self, words: str, seconds: float = 60, *, raw: bool = False) -> str:
        """What is shown since the last keys, once ``words`` stand in it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            shown = self._data.decode("utf-8", "replace")
            if words in (shown if raw else plain(shown)):
                return shown
            self._data += read_available(self._ours, 0.2)
        raise AssertionError(f"{words!r} was not shown, but {self._data.decode('utf-8', 'replace')!r}")

    def leave(self, seconds: float = 20) -> int:
        """The exit code, once the program has ended by itself."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            read_available(self._ours, 0.1)
        return self.process.wait(0.1)


@contextmanager
def session(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[Session]:
    """Run a program in a terminal of its own; it is killed if it does not end by itself."""
    with open_terminal() as (ours, theirs):
        running = Session(command, environment, ours, theirs)
        try:
            yield running
        finally:
            running.process.kill()
            running.process.wait()


def run_in_terminal(run: Run, *arguments: str, swap: Callable[[object], None]) -> tuple[int, str]:
    """Run the program in this process with standard output on a terminal; the exit code and what was shown."""
    with open_terminal() as (ours, theirs):
        with os.fdopen(os.dup(theirs), "w", encoding="utf-8") as screen:
            swap(screen)
            outcome = run(*arguments)
        data = b""
        while piece := read_available(ours, 0.1):
            data += piece
    return outcome.code, data.decode("utf-8")
