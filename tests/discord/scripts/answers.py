"""Answers as a test orders them: the question's first word says how, and any other question gets the real answer.

What is made here is no more than what a chat model could say: the real retriever finds the passages, and the real chain
proves every quote.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import bot.chain.answer_chain
from bot.chain import AnswerChain
from bot.pipeline import Answerer
from bot.quotes import cite
from bot.settings import Settings
from bot.types import EXTRACTIVE, SUPPORTED, Answer, Certainty, Question, Statement, Status
from retrieval import Passage, Source, Span
from retrieval.text.sentences import split_sentences

GATES = "SCRIPTED_GATES"
CHAT = "scripted *model*"
SURE = 0.9
LONGEST_WAIT = 20.0
# So many questions can wait at a gate, or grow, at the same time.
PLACES = 12
SECONDS_BETWEEN_WORDS = 0.05
GROWING_SECONDS = 3.8
LENGTHENING_SECONDS = 1.5
END = "and that is the end."
# What a chat model says that nothing may come of: no ping, no link, no broken fence.
SAID = (
    "Call @everyone and <@1> to [the mill](https://a.example/mill) 👩‍👩‍👧‍👦, *please*; see discord.gg/mill.",
    "Run this:\n```py\nfor mill in mills:\n    print('@here', mill)  # 🏭 **not bold**\n```\nand wait.",
    "The wheel turns __slowly__ at https://example.org/wheel_speed_table 👍🏽.",
)
LONG = 30_000


def answer_as_ordered() -> None:
    """Let every chain ask here first; the launcher calls this before the program."""
    bot.chain.answer_chain.MAX_CONCURRENT_ANSWERS = PLACES
    make = AnswerChain.from_settings

    def make_ordered(settings: Settings | None = None) -> AnswerChain:
        chain = make(settings)
        chain._pipeline.answerer = Ordered(chain._pipeline.answerer)
        return chain

    AnswerChain.from_settings = make_ordered  # type: ignore[method-assign]


class Ordered:
    """Answers as the question's first word says."""

    def __init__(self, real: Answerer) -> None:
        self._real = real
        self._orders = {
            "quote": _quote_all,
            "whole": _quote_whole,
            "write": _write,
            "tell": _tell,
            "grow": _grow,
            "endless": _endless,
            "hesitate": _hesitate,
        }

    def answer(self, question: Question, passages: Sequence[Passage]) -> Iterator[Answer]:
        """Yield what was ordered."""
        word, _, rest = question.text.partition(" ")
        if word == "gate":
            _wait_for(rest.partition(" ")[0])
        order = self._orders.get(word)
        yield from order(question, passages[0].source) if order else self._real.answer(question, passages)


def _wait_for(gate: str) -> None:
    """Wait until a file of that name is there."""
    deadline = time.monotonic() + LONGEST_WAIT
    while not (Path(os.environ[GATES]) / gate).exists() and time.monotonic() < deadline:
        time.sleep(0.02)


def _quote_all(question: Question, source: Source) -> Iterator[Answer]:
    """Every sentence of the source, each as a quote."""
    yield _answer(question, source, split_sentences(source.text), None)


def _quote_whole(question: Question, source: Source) -> Iterator[Answer]:
    """The whole source as one quote."""
    yield _answer(question, source, [Span(0, len(source.text))], None)


def _write(question: Question, source: Source) -> Iterator[Answer]:
    """The words of a chat model, 30,000 characters of them, which rest on two quotes."""
    yield _answer(question, source, split_sentences(source.text)[:2], _long_speech())


def _tell(question: Question, source: Source) -> Iterator[Answer]:
    """The same in a single statement."""
    yield _answer(question, source, split_sentences(source.text)[:2], ["\n\n".join(_long_speech())])


def _long_speech() -> list[str]:
    said: list[str] = []
    while sum(map(len, said)) < LONG:
        said.append(SAID[len(said) % len(SAID)])
    return said


def _grow(question: Question, source: Source) -> Iterator[Answer]:
    """Word by word for a while, then the same again and again, and at last an end."""
    began, words = time.monotonic(), 0
    while (passed := time.monotonic() - began) < GROWING_SECONDS:
        words = words + 1 if passed < LENGTHENING_SECONDS else words
        yield _answer(question, source, split_sentences(source.text)[:1], [" ".join(["word"] * words)])
        time.sleep(SECONDS_BETWEEN_WORDS)
    yield _answer(question, source, split_sentences(source.text)[:1], [" ".join([*["word"] * words, END])])


def _hesitate(question: Question, source: Source) -> Iterator[Answer]:
    """Proves nothing for a while, with changing confidence, and then a quote."""
    began = time.monotonic()
    while (passed := time.monotonic() - began) < GROWING_SECONDS:
        yield Answer(question.text, Status.NOT_FOUND, passed / GROWING_SECONDS, CHAT)
        time.sleep(SECONDS_BETWEEN_WORDS)
    yield _answer(question, source, split_sentences(source.text)[:1], [END])


def _endless(question: Question, source: Source) -> Iterator[Answer]:
    """Grows on where no message can show it any more."""
    began, sentences = time.monotonic(), 100
    while time.monotonic() - began < GROWING_SECONDS:
        sentences += 1
        said = [f"{number}. {'word ' * 60}." for number in range(sentences)]
        yield _answer(question, source, split_sentences(source.text)[:1], said)
        time.sleep(SECONDS_BETWEEN_WORDS)


def _answer(question: Question, source: Source, quoted: Sequence[Span], said: list[str] | None) -> Answer:
    """Statements by a chat model, or without one the quotes themselves."""
    numbers = range(1, len(quoted) + 1)
    statements = (
        [Statement(source.slice(span), (number,)) for number, span in zip(numbers, quoted, strict=True)]
        if said is None
        else [Statement(text, tuple(numbers), SUPPORTED) for text in said]
    )
    return Answer(
        question.text,
        Status.ANSWERED,
        SURE,
        EXTRACTIVE if said is None else CHAT,
        statements=tuple(statements),
        citations=tuple(cite(source, span, number) for number, span in zip(numbers, quoted, strict=True)),
        certainty=Certainty.SURE,
    )
