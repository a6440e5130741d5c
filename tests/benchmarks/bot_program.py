"""The Discord bot as people run it: when its first answer is shown after its start, and its memory much later.

It is the real program in a process of its own, connected to the local Discord of the tests over sockets.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

from tests.benchmarks.measuring import RUNS, Row, Spread
from tests.benchmarks.programs import NO_COMPILED_FILES, REPOSITORY
from tests.discord.fake import Channel, FakeDiscord, Person

QUESTIONS = 1000
# So many ask at once, each in a server of their own.
PEOPLE = 10
READY = "Ready."
PATIENCE = 120.0
# The launcher ends the program when its standard input is closed, and so when this process ends, however it does.
PROGRAM = """import sys
from tests.discord.launcher import launch

sys.argv = ["pullquote", "discord"]
sys.exit(launch(0))"""
UNIT = 1024  # of the memory that ps tells


def measure_bot(home: Path, questions: Sequence[str], *, asked: int = QUESTIONS, runs: int = RUNS) -> list[Row]:
    """Start the bot several times, and let people ask the last one that was started.

    Args:
        home: Where its library lies.
        questions: What is asked, from the first one again where they are too few.
        asked: How many questions the last one is asked.
        runs: How often it is started.
    """
    first_answers, memory = [], []
    with FakeDiscord() as discord:
        people = [_newcomer(discord, number) for number in range(PEOPLE)]
        for run in range(runs):
            with started(discord, home) as (process, began):
                first_answers.append(ask(people[:1], questions[:1]) - began)
                memory.append(resident_mb(process.pid))
                if run == runs - 1:
                    rest = islice(cycle(questions), 1, asked)
                    while wave := list(islice(rest, PEOPLE)):
                        ask(people, wave)
                    later = resident_mb(process.pid)
    return [
        Row("from the start of the bot's process to its first answer, s", Spread(tuple(first_answers))),
        Row("its memory then, MB", Spread(tuple(memory)), digits=0),
        Row(f"its memory after {asked:,} questions, MB", Spread((later,)), digits=0),
    ]


@contextmanager
def started(discord: FakeDiscord, home: Path) -> Iterator[tuple[subprocess.Popen[str], float]]:
    """Start the bot, and wait until it says that it is ready; it ends with the block.

    Yields:
        Its process, and the time at which it was started.

    Raises:
        RuntimeError: If it ends before it is ready.
    """
    environment = {**os.environ, **discord.environment, "PULLQUOTE_HOME": str(home), "DISCORD_TOKEN": discord.token}
    environment.pop(NO_COMPILED_FILES, None)
    began = time.time()
    with subprocess.Popen(
        (sys.executable, "-u", "-c", PROGRAM),
        cwd=REPOSITORY,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            # After that it says so little that it would not fill the pipe and wait.
            said: list[str] = []
            while not said or READY not in said[-1]:
                said.append(process.stdout.readline())
                if not said[-1]:
                    raise RuntimeError(f"The bot ended before it was ready: {''.join(said)[-2000:]}")
            yield process, began
        finally:
            process.kill()


def ask(people: Sequence[tuple[Person, Channel]], questions: Sequence[str]) -> float:
    """Have each of several people ask one question at once; the time at which the last answer is shown."""
    pairs = zip(people, questions, strict=False)
    asked = [person.slash(channel, "ask", question=question) for (person, channel), question in pairs]
    return max(one.message(PATIENCE).at for one in asked)


def resident_mb(pid: int) -> float:
    """The memory that a process has resident, in millions of bytes."""
    told = subprocess.run(("ps", "-o", "rss=", "-p", str(pid)), capture_output=True, text=True, check=True)
    return int(told.stdout) * UNIT / 1e6


def _newcomer(discord: FakeDiscord, number: int) -> tuple[Person, Channel]:
    guild = discord.add_guild(f"Server {number}")
    return guild.add_member(f"Person {number}"), guild.add_channel()
