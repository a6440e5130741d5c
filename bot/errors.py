"""What can go wrong between a question and its answer; the messages are the sentences that people see.

    PullquoteError               (from retrieval)
    └── AnswerError
        └── QuestionError        the question cannot be asked as it is

"The document does not say" is an answer, not an error.
"""

from __future__ import annotations

from retrieval import PullquoteError


class AnswerError(PullquoteError):
    """Something between a question and its answer went wrong."""


class QuestionError(AnswerError):
    """The question cannot be asked as it is."""
