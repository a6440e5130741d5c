"""Pullquote in one process that stays: how long searches and answers take when all is loaded; a program of its own.

``search QUESTIONS`` and ``answers QUESTIONS`` print how many milliseconds each question of a JSON file took;
``together QUESTIONS`` asks ten at once, and ten others one after the other; ``read FILE…`` prints how long it takes to
read files.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot import AnswerChain
from bot.pipeline import AnswerPipeline
from retrieval import load_path
from tests.benchmarks.asked import WARM_UP

PEOPLE = 10
REPEATS = 5
TICK_SECONDS = 0.005


def timed(call: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """How many milliseconds each question takes, after a few others that are not counted."""
    milliseconds = []
    for question in [*WARM_UP, *questions]:
        began = time.perf_counter()
        call(question)
        milliseconds.append(1000 * (time.perf_counter() - began))
    return milliseconds[len(WARM_UP) :]


async def together(questions: Sequence[str]) -> dict[str, Any]:
    """Ask ten questions at once and ten others one after the other, several times; none is asked twice.

    Returns:
        ``one`` and ``ten``: seconds for one of them, and for all ten at once, a pair a repeat; ``lag``: by how much the
        event loop was late at most, in milliseconds.
    """
    chain = AnswerChain.from_settings()
    for question in WARM_UP:
        await chain.ainvoke(question)
    one, ten, late = [], [], 0.0
    rounds = min(REPEATS, len(questions) // (2 * PEOPLE))
    for first in range(0, 2 * PEOPLE * rounds, 2 * PEOPLE):
        alone, at_once = questions[first : first + PEOPLE], questions[first + PEOPLE : first + 2 * PEOPLE]
        began = time.perf_counter()
        for question in alone:
            await chain.ainvoke(question)
        one.append((time.perf_counter() - began) / PEOPLE)
        stop = asyncio.Event()
        watching = asyncio.create_task(largest_lag(stop))
        began = time.perf_counter()
        await asyncio.gather(*(chain.ainvoke(question) for question in at_once))
        ten.append(time.perf_counter() - began)
        stop.set()
        late = max(late, await watching)
    chain.close()
    return {"one": one, "ten": ten, "lag": 1000 * late}


def read(files: Sequence[Path]) -> dict[str, float]:
    """How many seconds it takes to read files, the start of the process that reads them included."""
    began = time.perf_counter()
    for file in files:
        load_path(file)
    return {"seconds": time.perf_counter() - began}


async def largest_lag(stop: asyncio.Event) -> float:
    """By how many seconds a short sleep was late at most, until ``stop``."""
    largest = 0.0
    while not stop.is_set():
        began = time.perf_counter()
        await asyncio.sleep(TICK_SECONDS)
        largest = max(largest, time.perf_counter() - began - TICK_SECONDS)
    return largest


def main() -> None:
    """Measure what the first argument says, and print it as JSON."""
    what, *given = sys.argv[1:]
    found: object
    if what == "read":
        print(json.dumps(read(list(map(Path, given)))))  # noqa: T201
        return
    questions = json.loads(Path(given[0]).read_text("utf-8"))
    if what == "together":
        found = asyncio.run(together(questions))
    else:
        pipeline = AnswerPipeline.from_settings()
        found = timed(pipeline.search.passages if what == "search" else pipeline.answer, questions)
    print(json.dumps(found))  # noqa: T201 (a program)


if __name__ == "__main__":
    main()
