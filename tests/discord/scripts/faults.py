"""How the program is made to misbehave: slow, greedy and failing answers, a cheap model, an impatient heartbeat.

An order stands in brackets in the question, "What triggered the protests? (sleep 3)"; without one the answer is the
real one. The retriever and the chain, which proves every quote, are real in any case.
"""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from discord import Client
from discord.backoff import ExponentialBackoff
from discord.state import ConnectionState

from bot.discord.client import PullquoteBot
from bot.discord.cogs.questions import QuestionsCog
from bot.discord.library import document_list
from bot.extractive.answerer import ExtractiveAnswerer
from bot.pipeline import Answerer
from bot.types import Answer, Question
from retrieval import Passage
from tests.bot.fakes import HashedWords

GATES = "FAULTS_GATES"
ORDER = re.compile(r"\((\w+) ([^()]*)\)")
LONGEST_WAIT = 60.0
SECONDS_BETWEEN_LOOKS = 0.02
SAMPLES = "samples"
SECONDS_BETWEEN_SAMPLES = 0.01
HEARTBEAT_TIMEOUT = 2.5


def obey() -> None:
    """Let the answerer do what questions order; the launcher calls this before the program."""

    def obedient(*arguments: Any) -> Answerer:
        return Obedient(ExtractiveAnswerer(*arguments))

    patch("bot.pipeline.ExtractiveAnswerer", obedient).start()


def hurry() -> None:
    """Put hashed words in the place of the model, which takes seconds to load, where it does not matter what is quoted.

    Moreover, the servers that Discord tells of are taken for all that there are after a moment, not after two seconds.
    """
    patch("retrieval.library.open_embedder", lambda model: HashedWords()).start()
    _connect_with(guild_ready_timeout=0.2)


def lose_patience() -> None:
    """Give up after some seconds of silence on the gateway, not after a minute; begin anew without a pause."""

    async def at_once(self: Client, shard_id: int | None, *, initial: bool = False) -> None: ...

    patch.object(Client, "before_identify_hook", at_once).start()
    _connect_with(heartbeat_timeout=HEARTBEAT_TIMEOUT)


def _connect_with(**more: Any) -> None:
    """Set options of discord.py's that the program leaves as they are."""
    real = ConnectionState.__init__

    def init(self: Any, **options: Any) -> None:
        real(self, **options, **more)

    patch.object(ConnectionState, "__init__", init).start()


def pause_long() -> None:
    """Pause between attempts to connect as discord.py does after a long time without Discord."""
    patch.object(ExponentialBackoff, "delay", lambda self: 60.0).start()


def describe_otherwise() -> None:
    """Be another version of the program, whose command has another description."""
    patch.object(QuestionsCog.ask, "description", "Ask otherwise").start()


def index_briefly() -> None:
    """Let a document that says SLOWLY take a second."""
    _slow_down(1.0)


def index_for_ever() -> None:
    """Let a document that says SLOWLY take longer than anybody waits."""
    _slow_down(60.0)


def hash_slowly() -> None:
    """Let the look at the state of the library take longer than anybody waits, as on a slow disk."""
    real = document_list.status_lines

    def status_lines(*arguments: Any, **options: Any) -> list[str]:
        time.sleep(60.0)
        return real(*arguments, **options)

    patch.object(document_list, "status_lines", status_lines).start()


def _slow_down(seconds: float) -> None:
    real = HashedWords.embed_documents

    def embed(self: HashedWords, texts: list[str]) -> list[list[float]]:
        if any("SLOWLY" in text for text in texts):
            time.sleep(seconds)
        return real(self, texts)

    patch.object(HashedWords, "embed_documents", embed).start()


def sample_loop() -> None:
    """Note how late the event loop is, and how much work of its own it did, every few milliseconds."""
    real = PullquoteBot.setup_hook

    async def setup_hook(self: PullquoteBot) -> None:
        self.loop.create_task(_sample(Path(os.environ[GATES]) / SAMPLES))
        await real(self)

    patch.object(PullquoteBot, "setup_hook", setup_hook).start()


async def _sample(path: Path) -> None:
    """Write lines of: the moment, the seconds that the loop was late, the seconds that its thread was at work."""
    with path.open("a", encoding="ascii") as file:
        while True:
            began, worked = time.monotonic(), time.thread_time()
            await asyncio.sleep(SECONDS_BETWEEN_SAMPLES)
            late = time.monotonic() - began - SECONDS_BETWEEN_SAMPLES
            file.write(f"{time.time():.4f} {late:.4f} {time.thread_time() - worked:.4f}\n")
            file.flush()


class Obedient:
    """Answers as the program does, after it has done what the question orders.

    ``sleep`` and ``burn`` take seconds: idle, or at work in Python. ``hold`` waits for a file of that name, ``fail``
    waits for one and raises an error with the words in it. ``break`` shows the beginning of an answer and then fails
    in the same way; ``grow`` does and goes on after so many seconds.
    """

    def __init__(self, real: Answerer) -> None:
        self._real = real

    def answer(self, question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
        """Yield what the program answers, if the order lets it."""
        for order, value in ORDER.findall(question.text):
            match order:
                case "sleep":
                    time.sleep(float(value))
                case "burn":
                    _burn(float(value))
                case "hold":
                    _wait_for(value)
                case "fail":
                    raise RuntimeError(_wait_for(value))
                case "break":
                    *_, whole = self._real.answer(question, passages)
                    yield replace(whole, statements=whole.statements[:1], citations=whole.citations[:1])
                    raise RuntimeError(_wait_for(value))
                case "grow":
                    *_, whole = self._real.answer(question, passages)
                    yield replace(whole, statements=whole.statements[:1], citations=whole.citations[:1])
                    time.sleep(float(value))
        yield from self._real.answer(question, passages)


def _burn(seconds: float) -> None:
    """Keep a processor, and Python's lock, busy."""
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        number = (number * 31 + 7) % 1_000_003


def _wait_for(gate: str) -> str:
    """Wait until a file of that name is there, and return what it says."""
    path = Path(os.environ[GATES]) / gate
    deadline = time.monotonic() + LONGEST_WAIT
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return path.read_text(encoding="utf-8", errors="surrogatepass")
