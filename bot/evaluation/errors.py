"""What can go wrong in an evaluation; the message is the sentence that a person sees."""

from __future__ import annotations

from bot.errors import AnswerError


class EvaluationError(AnswerError):
    """The questions cannot be read, or what came of them cannot be written."""
