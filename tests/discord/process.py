"""The program in a process of its own, connected to a local Discord."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Mapping
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from types import TracebackType

from tests.discord.fake import FakeDiscord
from tests.discord.forking import fork
from tests.discord.launcher import SCRIPT


class BotProcess:
    """Runs the launcher, collects what it prints, and never leaves it behind.

    Args:
        discord: the Discord that it connects to.
        home: what ``PULLQUOTE_HOME`` is set to.
        token: what ``DISCORD_TOKEN`` is set to; the right one unless told otherwise, and ``None`` for none at all.
        script: callables ``"module:function"``, separated by blanks, that the launcher calls before the program.
        env: more environment variables.
        arguments: what comes after ``pullquote``.
        folder: where it is started; the folder of the caller unless told otherwise.
    """

    def __init__(
        self,
        discord: FakeDiscord,
        home: Path,
        *,
        token: str | None = "",
        script: str = "",
        env: Mapping[str, str] | None = None,
        arguments: tuple[str, ...] = ("discord",),
        folder: Path | None = None,
    ) -> None:
        self.out: list[str] = []
        self.err: list[str] = []
        self._changed = threading.Condition()
        environment = {name: value for name, value in os.environ.items() if name != "DISCORD_TOKEN"}
        if token is not None:
            environment["DISCORD_TOKEN"] = token or discord.token
        environment |= discord.environment | {
            "PULLQUOTE_HOME": str(home),
            # So that no test hangs on how sure an answer is.
            "PULLQUOTE_SURE_THRESHOLD": "0",
            SCRIPT: script,
        }
        self.started = time.monotonic()
        lifeline, self._lifeline = Pipe(duplex=False)
        pipes = [Pipe(duplex=False) for _ in (self.out, self.err)]
        (_, out), (_, err) = pipes
        self.process = fork(
            "tests.discord.launcher", arguments, {**environment, **(env or {})}, folder, (out, err), lifeline
        )
        for connection in (out, err, lifeline):
            connection.close()
        self._readers = [
            threading.Thread(target=self._collect, args=(pipe, lines), daemon=True)
            for (pipe, _), lines in zip(pipes, (self.out, self.err), strict=True)
        ]
        for reader in self._readers:
            reader.start()

    def __enter__(self) -> BotProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if error is not None:
            error.add_note(self.told())

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    @property
    def code(self) -> int | None:
        """The exit code, or ``None`` while it runs."""
        return self.process.exitcode

    @property
    def lines(self) -> list[str]:
        """Everything printed so far, standard output before standard error."""
        with self._changed:
            return [*self.out, *self.err]

    def wait_for_line(self, text: str, timeout: float = 60.0) -> str:
        """Wait until a line that contains ``text`` was printed; return it."""
        deadline = time.monotonic() + timeout
        while True:
            found = next((line for line in self.lines if text in line), None)
            if found is not None:
                return found
            left = deadline - time.monotonic()
            ended = self.code is not None and not any(reader.is_alive() for reader in self._readers)
            assert left > 0, f"no line with {text!r} within {timeout} s\n{self.told()}"
            assert not ended, f"the program ended without a line with {text!r}\n{self.told()}"
            with self._changed:
                self._changed.wait(min(left, 0.1))

    def wait(self, timeout: float = 30.0) -> int:
        """Wait for the program to end by itself; return its exit code, with all that it printed collected."""
        self.process.join(timeout)
        code = self.process.exitcode
        assert code is not None, f"the program still runs after {timeout} s\n{self.told()}"
        for reader in self._readers:
            reader.join(5)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, if it still runs."""
        if self.code is None:
            os.kill(self.pid, number)

    def terminate(self, timeout: float = 30.0) -> tuple[int, float]:
        """Send SIGTERM; return the exit code and the seconds until the end."""
        begun = time.monotonic()
        self.send_signal(signal.SIGTERM)
        return self.wait(timeout), time.monotonic() - begun

    def kill(self) -> None:
        """End it at once, as a crash or a power cut would."""
        self.process.kill()
        self.wait()

    def close(self) -> None:
        """End it if it still runs, and free everything."""
        if self.code is None:
            self.process.kill()
        self.process.join()
        for reader in self._readers:
            reader.join(5)
        self.let_go()

    def let_go(self) -> None:
        """Close the pipe that the program watches, as the end of this process would."""
        self._lifeline.close()

    def told(self) -> str:
        """Return what the program printed, for the message of an assertion."""
        with self._changed:
            return "\n".join(
                [f"exit code {self.code}; standard output:", *self.out[-40:], "standard error:", *self.err[-40:]]
            )

    def _collect(self, pipe: Connection, lines: list[str]) -> None:
        with open(pipe.fileno(), encoding="utf-8", errors="replace", closefd=False) as stream, pipe:
            for line in stream:
                with self._changed:
                    lines.append(line.rstrip("\n"))
                    self._changed.notify_all()
        with self._changed:
            self._changed.notify_all()
