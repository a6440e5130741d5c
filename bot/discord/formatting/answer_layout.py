"""The layout of an answer's message, which a button's id names, so that the message is read back whatever its words.

Where ``answer_page`` changes so that ``answer_parser`` could not read the messages from before, the new form is a new
layout, such as ``quotes-2``. The old one stays, with what reads it: its messages stay in their channels.
"""

from __future__ import annotations

from enum import StrEnum

from bot.types import EXTRACTIVE, Answer, Certainty, Status


class AnswerLayout(StrEnum):
    """What kind of answer a message shows, and the version of its form."""

    QUOTES = "quotes-1"
    UNSURE = "unsure-1"  # as ``QUOTES``, under a line that says so
    OVERVIEW = "overview-1"  # as ``QUOTES``, under a line with the titles of the documents
    STATEMENTS = "statements-1"
    REFUSAL = "refusal-1"

    @classmethod
    def of(cls, answer: Answer) -> AnswerLayout:
        """The layout in which ``answer_page`` and ``answer_text`` show the answer."""
        if answer.status is Status.NOT_FOUND:
            return cls.REFUSAL
        if answer.mode != EXTRACTIVE:
            return cls.STATEMENTS
        if answer.documents:
            return cls.OVERVIEW
        return cls.QUOTES if answer.certainty is Certainty.SURE else cls.UNSURE
