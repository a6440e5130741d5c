"""Running a program from start to exit: how long it took, how much memory it had at most, and what it said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]
PULLQUOTE = (sys.executable, "-m", "bot")
STARTED = "BENCHMARK_STARTED"
# Where this is set, Python compiles modules anew in each process; what is installed has been compiled.
NO_COMPILED_FILES = "PYTHONDONTWRITEBYTECODE"
# What one of the system's units of resident memory is.
MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Ran:
    """What a program did.

    Attributes:
        seconds: From the start of its process to its exit.
        peak_mb: The most memory that it had resident, in millions of bytes.
        output: What it wrote to standard output.
    """

    seconds: float
    peak_mb: float
    output: str

    @property
    def said(self) -> Any:
        """The JSON in the last line of its output."""
        return json.loads(self.output.splitlines()[-1])


def run(*command: str, home: Path, accepted: tuple[int, ...] = (0,)) -> Ran:
    """Run a program with its library in ``home``.

    Raises:
        RuntimeError: If it ends with an exit code that is not accepted.
    """
    began = time.monotonic()
    environment = {**os.environ, "PULLQUOTE_HOME": str(home), STARTED: str(began)}
    environment.pop(NO_COMPILED_FILES, None)
    process = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:
        # Nothing here writes so much to standard error that it would fill the pipe and wait.
        output, errors = process.stdout.read(), process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accepted:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {errors.decode()[-2000:]}")
    return Ran(seconds, used.ru_maxrss * MEMORY_UNIT / 1e6, output.decode())


def module(name: str, *arguments: str) -> tuple[str, ...]:
    """The command that runs a module of this package."""
    return (sys.executable, "-m", f"tests.benchmarks.{name}", *arguments)
