"""What can go wrong between a question and its answer; the messages are the sentences that people see.

    PullquoteError               (from retrieval)
    ├── QuestionError            (from retrieval) the question cannot be asked as it is
    ├── AnswerError
    │   ├── ReaderError          the reader's weights are missing or altered
    │   ├── CheckerError         the checker's weights are missing or altered
    │   └── ChatModelError       the chat model cannot be opened
    ├── DiscordError             the Discord bot cannot start
    │   └── TokenError           its token is missing, or Discord does not accept it
    └── ServerError              a server for other programs cannot start

"The document does not say" is an answer, not an error.
"""

from __future__ import annotations

from retrieval import PullquoteError, QuestionError, QuestionProblem

__all__ = [
    "AnswerError",
    "ChatModelError",
    "CheckerError",
    "DiscordError",
    "QuestionError",
    "QuestionProblem",
    "ReaderError",
    "ServerError",
    "TokenError",
]


class AnswerError(PullquoteError):
    """Something between a question and its answer went wrong."""


class ReaderError(AnswerError):
    """The reader's weights are missing or altered."""


class CheckerError(AnswerError):
    """The checker's weights are missing or altered."""


class ChatModelError(AnswerError):
    """The chat model cannot be opened as the settings describe it."""


class DiscordError(PullquoteError):
    """The Discord bot cannot start."""


class TokenError(DiscordError):
    """The token of the Discord bot is missing, or Discord does not accept it."""


class ServerError(PullquoteError):
    """A server for other programs cannot start."""
