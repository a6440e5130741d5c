"""Statement and quotes -> a verdict: the exact rules first, and then a network that reads both."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.verification.exact_rules import compare
from bot.chat.verification.judge import EntailmentJudge
from bot.chat.verification.verdict import SUPPORTED, Rule, Verdict


class StatementChecker:
    """Decides whether a statement is borne out by the very sentences that it cites.

    What can be compared exactly is compared by rules. What follows from what is judged by a network. A statement passes
    if both let it; the same statement always gets the same verdict.

    Args:
        judge: Says how likely it is that a statement follows.
        threshold: From which likelihood on it passes; the judge's own by default.
    """

    def __init__(self, judge: EntailmentJudge, threshold: float | None = None) -> None:
        self._judge = judge
        self._threshold = threshold

    def check(self, text: str, quotes: Sequence[str], question: str = "", title: str = "") -> Verdict:
        """Check one statement.

        Args:
            text: The statement, without its numbers of citations.
            quotes: The sentences that it cites.
            question: What was asked.
            title: What the document is called, which may tell what its sentences are about.

        Raises:
            CheckerError: If the judge's files are missing or altered.
        """
        comparison = compare(text, quotes, question)
        if comparison.verdict is not None:
            return comparison.verdict
        likely = self._judge.probability(premise_of(title, quotes), comparison.wording)
        threshold = self._judge.threshold if self._threshold is None else self._threshold
        if likely < threshold:
            return Verdict(
                Rule.ENTAILMENT,
                "By the judgement of the checking model the cited sentences do not say this "
                f"({likely:.2f}; {threshold:.2f} is needed).",
            )
        return SUPPORTED


def premise_of(title: str, quotes: Sequence[str]) -> str:
    """What a statement is compared with: the title of the document, and its quotes."""
    return " ".join([f"{title}.", *quotes] if title else quotes)
