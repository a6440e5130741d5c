"""What is measured: each row of the table, ours and the plain pipeline's turn by turn."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.programs import PULLQUOTE, Ran, module, run
from tests.benchmarks.where import COMMAND as WATCHED_ASK

RUNS = 5
# A refusal is an answer, too.
ANSWERS = (0, 1)
INDEXED_FILES = 30
MILLISECONDS = 1000
IMPORT = "import time, json; began = time.perf_counter(); import {}; print(json.dumps(time.perf_counter() - began))"


@dataclass(frozen=True)
class Spread:
    """What several runs gave."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.values)

    def shown(self, digits: int) -> str:
        """The median and, where there were several, the least and the most after it."""
        median, low, high = (f"{value:,.{digits}f}" for value in (self.median, min(self.values), max(self.values)))
        return f"{median} ({low}–{high})" if len(self.values) > 1 else median


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        what: What was measured, with its unit.
        own: Pullquote's figures, one a run.
        plain: The plain pipeline's; None where only ours are measured.
        most: What ours may be at most; None where nothing is to be reached.
        times: How many times better than the plain pipeline ours must be; None where it need not be.
        more_is_better: As it is with words a second.
        digits: How many digits after the point are shown.
    """

    what: str
    own: Spread
    plain: Spread | None = None
    most: float | None = None
    times: float | None = None
    more_is_better: bool = False
    digits: int = 2

    @property
    def times_better(self) -> float:
        """By how much the medians differ, above 1 where ours is the better one; 0 where there is no other."""
        if self.plain is None:
            return 0.0
        quotient = self.plain.median / self.own.median
        return 1 / quotient if self.more_is_better else quotient

    @property
    def goal(self) -> str:
        """What is to be reached, in words; empty where nothing is."""
        times = [f"{self.times:g} times better"] if self.times is not None else []
        most = [f"at most {self.most:g}"] if self.most is not None else []
        return ", ".join([*times, *most])

    @property
    def holds(self) -> bool:
        """Whether the goal is reached."""
        within = self.most is None or self.own.median <= self.most
        return within and self.times_better >= (self.times or 0.0)


def say(line: str) -> None:
    """Tell whoever waits how far it is."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 (a program for a terminal)


def told(rows: Sequence[Row]) -> list[Row]:
    """The rows, after they were told: what is measured later may fail, and takes long."""
    for row in rows:
        say(
            f"  {row.what}: {row.own.shown(row.digits)}"
            + (f", plain {row.plain.shown(row.digits)}" if row.plain else "")
        )
    return list(rows)


@dataclass
class Measured:
    """Everything that one run of the benchmark found.

    Attributes:
        rows: The first table.
        parts: Where the time of one question goes, in milliseconds.
        growth: How long a warm search takes in milliseconds, by the number of chunks.
        corpus: How many documents, words and chunks were indexed.
        machine: What it ran on: each thing with its name.
        pages: The table of PDF files.
        bot: The table of the Discord bot.
    """

    rows: list[Row] = field(default_factory=list)
    parts: dict[str, float] = field(default_factory=dict)
    growth: dict[int, Spread] = field(default_factory=dict)
    corpus: dict[str, int] = field(default_factory=dict)
    machine: tuple[tuple[str, str], ...] = ()
    pages: list[Row] = field(default_factory=list)
    bot: list[Row] = field(default_factory=list)


def turn_by_turn(own: Callable[[], Ran], plain: Callable[[], Ran]) -> tuple[list[Ran], list[Ran]]:
    """Run both in turns, so that a machine that is slower for a while is so for both."""
    pairs = [(own(), plain()) for _ in range(RUNS)]
    return [one for one, _ in pairs], [other for _, other in pairs]


def measure_asking(home: Path, store: Path, question: str) -> list[Row]:
    """One question about the article, from the start of the process to its exit."""
    own, plain = turn_by_turn(
        lambda: run(*PULLQUOTE, "ask", question, home=home, accepted=ANSWERS),
        lambda: run(*module("plain", "ask", str(store), question), home=home),
    )
    seconds, plain_seconds = (Spread(tuple(one.seconds for one in side)) for side in (own, plain))
    memory, plain_memory = (Spread(tuple(one.peak_mb for one in side)) for side in (own, plain))
    return [
        Row("one question, from process start to exit, s", seconds, plain_seconds, most=1.5, times=5),
        Row("its peak memory, MB", memory, plain_memory, most=350, digits=0),
    ]


def measure_searching(home: Path, store: Path, questions: Path) -> list[Row]:
    """Searches of the article when all is loaded; the figure of a run is the median of its questions."""
    own, plain = turn_by_turn(
        lambda: run(*module("own", "search", str(questions)), home=home),
        lambda: run(*module("plain", "search", str(store), str(questions)), home=home),
    )
    times, plain_times = (Spread(tuple(median(one.said) for one in side)) for side in (own, plain))
    return [Row("warm search over the article, ms", times, plain_times, times=5)]


def measure_indexing(files: Sequence[Path], scratch: Path) -> list[Row]:
    """The same files into an empty library, from process start to exit."""
    words = sum(len(file.read_text("utf-8").split()) for file in files)
    names = [str(file) for file in files]
    homes = iter(range(10_000))

    def own() -> Ran:
        return run(*PULLQUOTE, "index", *names, home=scratch / f"own-{next(homes)}")

    def plain() -> Ran:
        folder = scratch / f"plain-{next(homes)}"
        return run(*module("plain", "index", str(folder), *names), home=folder)

    speed, plain_speed = (Spread(tuple(words / one.seconds for one in side)) for side in turn_by_turn(own, plain))
    what = f"indexing {len(files)} documents ({words:,} words), words a second"
    return [Row(what, speed, plain_speed, times=2, more_is_better=True, digits=0)]


def measure_corpus(
    folder: Path, files: Sequence[Path], home: Path, store: Path | None
) -> tuple[list[Row], dict[str, int]]:
    """The whole corpus into one library, once, and what it holds then.

    Args:
        folder: The corpus.
        files: What is in it.
        home: Where the library is made.
        store: Where the plain pipeline makes its own, which takes it long; None where it need not.
    """
    words = sum(len(file.read_text("utf-8").split()) for file in files)
    own = run(*PULLQUOTE, "index", str(folder), home=home)
    plain = run(*module("plain", "index", str(store), *map(str, files)), home=home) if store else None
    listed = run(*PULLQUOTE, "sources", "list", "--json", home=home).output.splitlines()
    chunks = sum(json.loads(line)["chunks"] for line in listed)
    plain_speed, plain_memory = (Spread((words / plain.seconds,)), Spread((plain.peak_mb,))) if plain else (None, None)
    speed, memory = Spread((words / own.seconds,)), Spread((own.peak_mb,))
    rows = [
        Row("indexing the whole corpus, once, words a second", speed, plain_speed, more_is_better=True, digits=0),
        Row("peak memory of that, MB", memory, plain_memory, digits=0),
    ]
    return rows, {"documents": len(files), "words": words, "chunks": chunks}


def measure_answering(home: Path, questions: Path) -> list[Row]:
    """Whole answers over the corpus when all is loaded, and ten at once."""
    runs = [sorted(run(*module("own", "answers", str(questions)), home=home).said) for _ in range(RUNS)]
    half, nearly_all = (Spread(tuple(times[int(share * len(times))] for times in runs)) for share in (0.5, 0.95))
    crowd: dict[str, Any] = run(*module("own", "together", str(questions)), home=home).said
    one, ten = (Spread(tuple(MILLISECONDS * seconds for seconds in crowd[name])) for name in ("one", "ten"))
    times = Spread(tuple(late / early for early, late in zip(one.values, ten.values, strict=True)))
    return [
        Row("warm answer over the corpus, half of them within, ms", half, most=120, digits=0),
        Row("warm answer over the corpus, 95 % of them within, ms", nearly_all, most=250, digits=0),
        Row("one answer alone, the mean of ten, ms", one, digits=0),
        Row("ten answers at once, ms", ten, digits=0),
        Row("ten answers at once, in times of one alone", times, most=8, digits=1),
        Row("how late the event loop was at most meanwhile, ms", Spread((crowd["lag"],)), most=100, digits=0),
    ]


def measure_imports(home: Path) -> list[Row]:
    """``import retrieval`` and ``import bot``, each in a process of its own."""
    rows = []
    for package in ("retrieval", "bot"):
        seconds = tuple(run(sys.executable, "-c", IMPORT.format(package), home=home).said for _ in range(RUNS))
        rows.append(Row(f"`import {package}`, s", Spread(seconds), most=0.3, digits=3))
    return rows


def measure_parts(home: Path, question: str) -> dict[str, float]:
    """Where the time of one question goes, in milliseconds: the run of several that took the median time."""
    runs = []
    for _ in range(RUNS):
        ran = run(*WATCHED_ASK, question, home=home, accepted=ANSWERS)
        parts = {part: MILLISECONDS * seconds for part, seconds in ran.said["parts"].items()}
        parts["Python ends"] = MILLISECONDS * ran.seconds - sum(parts.values())
        runs.append(parts)
    return sorted(runs, key=lambda parts: sum(parts.values()))[RUNS // 2]
