"""One question of an evaluation, with what answers it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import QuestionError
from retrieval import Span, check_question


@dataclass(frozen=True, slots=True)
class Case:
    """One question about one document, and every wording of its answer; none when the document does not say.

    ``places`` are where the answer stands in the document's text. ``kind`` is a free label, or empty.
    """

    id: str
    document: int
    question: str
    answers: tuple[str, ...] = ()
    places: tuple[Span, ...] = ()
    kind: str = ""

    @property
    def is_answerable(self) -> bool:
        """Whether the document answers."""
        return bool(self.answers)


def can_be_asked(question: str) -> bool:
    """Whether the product takes the question at all."""
    try:
        check_question(question)
    except QuestionError:
        return False
    return True
