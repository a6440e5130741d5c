"""What every judge of statements can do, and the one place where one is opened."""

from __future__ import annotations

from functools import cache
from typing import Protocol


class EntailmentJudge(Protocol):
    """Says how likely it is that a statement follows from a text; shared between threads.

    Every method raises a ``CheckerError`` where the judge's files are missing or altered.
    """

    @property
    def threshold(self) -> float:
        """From which likelihood on a statement passes, unless a setting says otherwise; in [0, 1]."""
        ...

    def probability(self, premise: str, hypothesis: str) -> float:
        """How likely it is that ``hypothesis`` follows from ``premise``, in [0, 1]."""
        ...

    def check(self) -> str:
        """Prove the judge's files, and tell in a few words what was found."""
        ...


@cache
def open_judge(model: str | None = None) -> EntailmentJudge:
    """The judge that the setting ``checker_model`` names; one for the whole process, so that it is loaded once.

    Args:
        model: A folder or a hub id, read by PyTorch; without it, the network that comes with the install.
    """
    if model is None:
        from bot.chat.verification.entailment import EntailmentModel

        return EntailmentModel()
    from bot.chat.verification.published_judge import PublishedJudge

    return PublishedJudge(model)
