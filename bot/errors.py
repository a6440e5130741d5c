"""What can go wrong between a question and its answer; the messages are the sentences that people see.

    PullquoteError               (from retrieval)
    ├── AnswerError
    │   ├── QuestionError        the question cannot be asked as it is
    │   ├── ReaderError          the reader's weights are missing or altered
    │   ├── CheckerError         the checker's weights are missing or altered
    │   └── ChatModelError       the chat model cannot be opened
    └── DiscordError             the Discord bot cannot start

"The document does not say" is an answer, not an error.
"""

from __future__ import annotations

from enum import StrEnum

from retrieval import PullquoteError


class AnswerError(PullquoteError):
    """Something between a question and its answer went wrong."""


class QuestionProblem(StrEnum):
    """Why a question cannot be asked, for faces that say it in another language."""

    BLANK = "blank"
    TOO_LONG = "too_long"
    CHARACTERS = "characters"


class QuestionError(AnswerError):
    """The question cannot be asked as it is; ``problem`` says why in one word."""

    def __init__(self, sentence: str, problem: QuestionProblem = QuestionProblem.CHARACTERS) -> None:
        super().__init__(sentence)
        self.problem = problem


class ReaderError(AnswerError):
    """The reader's weights are missing or altered."""


class CheckerError(AnswerError):
    """The weights with which statements are checked are missing or altered."""


class ChatModelError(AnswerError):
    """The chat model cannot be opened as the settings describe it."""


class DiscordError(PullquoteError):
    """The Discord bot cannot start."""
