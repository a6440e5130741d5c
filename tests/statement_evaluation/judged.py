"""Pairs of quotes and a statement, of which people said whether it follows, and what the check says of each."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.chat.verification import StatementChecker
from bot.chat.verification.judge import EntailmentJudge

PAIRS = Path(__file__).parent / "pairs.jsonl"
# Thresholds of the published curve.
THRESHOLDS = tuple(number / 20 for number in range(1, 20))


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement with the sentences that it cites.

    Attributes:
        follows: Whether people say that it follows.
        kind: What was done to make it.
        title: What the document is called.
        quotes: The sentences.
        statement: The statement.
    """

    follows: bool
    kind: str
    title: str
    quotes: tuple[str, ...]
    statement: str

    @property
    def text(self) -> str:
        """What the statement is about; pairs on one text are drawn together."""
        return self.title or self.quotes[0]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the check says of a pair.

    Attributes:
        pair: The pair.
        likelihood: From which threshold on it would be refused; 0 where an exact rule refuses it, above 1 where a rule
            lets it pass.
        seconds: How long the check took.
    """

    pair: Pair
    likelihood: float
    seconds: float

    def passes(self, threshold: float) -> bool:
        """Whether the statement is shown."""
        return self.likelihood >= threshold


class _Remembering:
    """A judge that lets everything pass, and tells how likely the last statement was."""

    threshold = 0.0

    def __init__(self, judge: EntailmentJudge) -> None:
        self._judge = judge
        self.last: float | None = None

    def probability(self, premise: str, hypothesis: str) -> float:
        self.last = self._judge.probability(premise, hypothesis)
        return self.last

    def check(self) -> str:
        return self._judge.check()


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    """The pairs of a file of JSON Lines."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Pair(row["verdict"] == "supported", row["kind"], row.get("title", ""), tuple(row["quotes"]), row["statement"])
        for row in rows
    ]


def judge_all(pairs: Iterable[Pair], judge: EntailmentJudge) -> list[Judged]:
    """Check every pair; the same for the same judge, but for the time."""
    remembering = _Remembering(judge)
    checker = StatementChecker(remembering)
    found: list[Judged] = []
    for pair in pairs:
        remembering.last = None
        began = time.perf_counter()
        verdict = checker.check(pair.statement, pair.quotes, title=pair.title)
        seconds = time.perf_counter() - began
        decided = 2.0 if verdict.passed else 0.0
        found.append(Judged(pair, decided if remembering.last is None else remembering.last, seconds))
    return found


def false_passed(judged: Sequence[Judged], threshold: float) -> float:
    """The share of false statements that pass."""
    return _share([one.passes(threshold) for one in judged if not one.pair.follows])


def true_refused(judged: Sequence[Judged], threshold: float) -> float:
    """The share of true statements that are refused."""
    return _share([not one.passes(threshold) for one in judged if one.pair.follows])


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0
