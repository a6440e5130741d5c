"""How soon something can be read while a chat model writes: ``python -m tests.bot.chat.first_statement [QUESTIONS]``.

A scripted chat model answers questions about the article at the speed of a hosted one: it states three sentences word
for word, twenty tokens a second, and begins at once, which real ones do not. What is left is what Pullquote adds: the
search, the extractive answer that goes first, and the wait for the end of a line before it is checked.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot import AnswerChain, Settings
from bot.types import EXTRACTIVE
from retrieval import add_article_once
from tests.bot.chat_server import ChatServer, Copies, Model, Request, Say
from tests.bot.chat_server.wire import Wire

ARTICLE = "kazakhstan-protests.txt"
QUESTIONS = Path(__file__).parents[2] / "quality" / "questions.jsonl"
MANY = 20
TOKENS_A_SECOND = 20
# What a token is on average in English.
CHARACTERS_A_TOKEN = 4
STATEMENTS = 3
WRITER = Copies(STATEMENTS)


@dataclass(frozen=True)
class Typist(Model):
    """Writes at the speed of a hosted chat model."""

    def write(self, request: Request) -> str:
        return WRITER.write(request)

    def send(self, wire: Wire) -> None:
        Say(self.write(wire.request), pace=1 / TOKENS_A_SECOND, piece=CHARACTERS_A_TOKEN).send(wire)


@dataclass(frozen=True)
class Times:
    """When things could be read, in seconds from the question."""

    first_statement: float
    whole_answer: float


async def ask(chain: AnswerChain, question: str) -> Times | None:
    """Ask as the Discord bot does; None where the chat model has not answered."""
    began, first = time.perf_counter(), 0.0
    async for snapshot in chain.astream(question):
        now = time.perf_counter() - began
        if snapshot.mode != EXTRACTIVE and snapshot.statements:
            first = first or now
    return Times(first, now) if first else None


async def ask_alone(chain: AnswerChain, question: str) -> float:
    """How long the answer without a chat model takes."""
    began = time.perf_counter()
    await chain.ainvoke(question)
    return time.perf_counter() - began


async def measure(questions: Sequence[str], home: Path, server: ChatServer) -> tuple[list[Times], list[float], int]:
    """Ask them all with the chat model, then those that it answered without; and how many were refused."""
    settings = Settings(home=home, chat_model="openai:scripted", chat_base_url=server.url)
    with_model = AnswerChain.from_settings(settings)
    without = AnswerChain.from_settings(settings.model_copy(update={"chat_model": None}))
    add_article_once(with_model.library)
    server.script = [WRITER]
    for chain in (with_model, without):
        await chain.ainvoke(questions[0])  # so that everything is loaded
    server.script = [Typist()]
    times = {question: await ask(with_model, question) for question in questions}
    answered = [question for question, taken in times.items() if taken]
    alone = [await ask_alone(without, question) for question in answered]
    with_model.close()
    without.close()
    return [taken for taken in times.values() if taken], alone, len(questions) - len(answered)


def row(name: str, seconds: Sequence[float]) -> str:
    return f"| {name} | {statistics.median(seconds):.1f} s | {min(seconds):.1f} s | {max(seconds):.1f} s |"


def main() -> None:
    """Print a table."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    lines = map(json.loads, QUESTIONS.read_text(encoding="utf-8").splitlines())
    questions = [line["question"] for line in lines if line["document"] == ARTICLE and line["answers"]][:many]
    with ChatServer() as server, tempfile.TemporaryDirectory() as home:
        times, alone, others = asyncio.run(measure(questions, Path(home), server))
    lengths = [len(WRITER.write(request)) / CHARACTERS_A_TOKEN for request in server.requests]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    machine = f"{cores} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    written = f"{STATEMENTS} statements, some {statistics.median(lengths):.0f} tokens"
    told = [
        f"{datetime.now(UTC):%d %B %Y}; {machine}",
        f"{len(times)} answered questions ({others} others); {written}, at {TOKENS_A_SECOND} tokens a second",
        "",
        "| until | median | fastest | slowest |",
        "|---|---|---|---|",
        row("the first statement is shown", [one.first_statement for one in times]),
        row("the whole answer is shown", [one.whole_answer for one in times]),
        row("the whole answer without a chat model is shown", alone),
    ]
    sys.stdout.write("\n".join(told) + "\n")


if __name__ == "__main__":
    main()
