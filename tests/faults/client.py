"""Talks to the fork server: starts programs, waits for them, and says what they did."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]
SECONDS = 60.0


@dataclass(frozen=True)
class Ended:
    """What a program did; ``code`` is None when it had to be killed because it hung."""

    code: int | None
    out: str
    err: str


@dataclass(frozen=True)
class Started:
    """A program that runs."""

    client: Client
    pid: int
    stdout: Path
    stderr: Path

    def send(self, number: signal.Signals) -> None:
        """Send a signal; a program that has ended already keeps its number until it is waited for."""
        os.kill(self.pid, number)

    def wait(self, seconds: float = SECONDS) -> Ended:
        code = self.client.ask({"wait": self.pid, "seconds": seconds})["code"]
        return Ended(code, self.stdout.read_text("utf-8", "replace"), self.stderr.read_text("utf-8", "replace"))


class Client:
    """Owns one server process; ``folder`` takes the programs' output."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._names = count()
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=REPOSITORY,
            env={**os.environ, "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"},
        )
        self._answer()

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._server.stdin is not None
        self._server.stdin.write(json.dumps(request) + "\n")
        self._server.stdin.flush()
        return self._answer()

    def start(
        self,
        *argv: str,
        home: Path | None = None,
        env: dict[str, str] | None = None,
        cwd: Path | None = None,
        stdin: str = "",
        stand_in: bool = True,
        moments: Path | None = None,
        max_file_bytes: int | None = None,
        act: str = "",
        model: Path | None = None,
        few: int | None = None,
    ) -> Started:
        stem = self.folder / str(next(self._names))
        given, out, err = (stem.with_suffix(suffix) for suffix in (".in", ".out", ".err"))
        given.write_text(stdin, "utf-8")
        environment = {**os.environ, **(env or {})}
        if home is not None:
            environment["PULLQUOTE_HOME"] = str(home)
        answer = self.ask(
            {
                "argv": list(argv),
                "env": environment,
                "cwd": str(cwd or self.folder),
                "stdin": str(given),
                "stdout": str(out),
                "stderr": str(err),
                "stand_in": stand_in,
                "moments": str(moments or ""),
                "max_file_bytes": max_file_bytes,
                "act": act,
                "model": str(model or ""),
                "few": few,
            }
        )
        return Started(self, answer["pid"], out, err)

    def run(self, *argv: str, seconds: float = SECONDS, **options: Any) -> Ended:
        return self.start(*argv, **options).wait(seconds)

    def close(self) -> None:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.close()
        self._server.stdout.close()
        self._server.wait(30)

    def _answer(self) -> dict[str, Any]:
        assert self._server.stdout is not None
        line = self._server.stdout.readline()
        assert line, "the fork server ended"
        answer: dict[str, Any] = json.loads(line)
        return answer
