"""What one question passes through: our modules that are imported and called, and what is looked at more than once.

``python -m tests.benchmarks.route`` prints the table of docs/architecture.md. Each face is counted in a process of its
own, cold, over the article.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OURS = tuple(str(ROOT / package) + os.sep for package in ("bot", "retrieval"))
QUESTION = "How many planes?"
# Functions whose calls are counted, by their qualified names, and what the table calls them.
WATCHED = {
    "check_question": "checks of the question",
    "FolderStorage.stamp": "looks at the manifest",
    "Library._check_index": "checks of the index",
    "Library._guarded": "guards against a change of the library",
    "AnswerPipeline.__init__": "pipelines built",
    "SourceTexts.read_bytes": "texts read and hashed",
}
IMPORTED, CALLED, HOPS = "modules imported", "modules with a function called", "calls from one module to another"
ROWS = (IMPORTED, CALLED, HOPS, *WATCHED.values())


class RouteCounter:
    """Counts calls in our modules while it is the profiler of every thread."""

    def __init__(self) -> None:
        self.called: set[str] = set()
        self.counts: Counter[str] = Counter()

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        code, caller = frame.f_code, frame.f_back
        if event != "call" or not code.co_filename.startswith(OURS) or code.co_name == "<module>":
            return
        self.called.add(code.co_filename)
        if caller is not None and caller.f_code.co_filename.startswith(OURS):
            self.counts[HOPS] += caller.f_code.co_filename != code.co_filename
        if name := WATCHED.get(code.co_qualname):
            self.counts[name] += 1

    def numbers(self) -> list[int]:
        """The numbers, in the order of ``ROWS``."""
        files = [str(getattr(module, "__file__", "")) for module in list(sys.modules.values())]
        self.counts[IMPORTED] = sum(file.startswith(OURS) for file in files)
        self.counts[CALLED] = len(self.called)
        return [self.counts[row] for row in ROWS]


def ask_in_terminal() -> None:
    """``pullquote ask``."""
    from bot.__main__ import main as run

    sys.argv = ["pullquote", "ask", QUESTION]
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), suppress(SystemExit):
        run()


def ask_chain() -> None:
    """What the Discord bot does for a mention, without Discord."""
    from bot.chain import AnswerChain

    chain = AnswerChain.from_settings()
    asyncio.run(chain.ainvoke(QUESTION))


FACES: dict[str, Callable[[], None]] = {"ask": ask_in_terminal, "chain": ask_chain}


def count(face: str) -> list[int]:
    """The numbers of one face, in this process."""
    counter = RouteCounter()
    threading.setprofile(counter)
    sys.setprofile(counter)
    try:
        FACES[face]()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return counter.numbers()


def main() -> None:
    """Print the table, or with a face for an argument its numbers."""
    if sys.argv[1:]:
        print(*count(sys.argv[1]))  # noqa: T201 (a program for a terminal)
        return
    columns = []
    with tempfile.TemporaryDirectory() as home:
        for face in ("ask", *FACES):  # the first adds the article to a new library, which is not counted
            command = [sys.executable, "-m", "tests.benchmarks.route", face]
            told = subprocess.run(
                command,
                cwd=ROOT,
                env={**os.environ, "PULLQUOTE_HOME": home},
                capture_output=True,
                text=True,
                check=True,
            )
            columns.append(told.stdout.split())
    print("| | `ask` | `AnswerChain` |\n|---|---:|---:|")  # noqa: T201
    for row, *numbers in zip(ROWS, *columns[1:], strict=True):
        print(f"| {row} | {' | '.join(numbers)} |")  # noqa: T201


if __name__ == "__main__":
    main()
