"""The layout of an answer's message, which a button's id names, so that the message is read back whatever its words.

Where ``answer_page`` changes so that ``answer_parser`` could not read the messages from before, the new form is a new
layout, such as ``quotes-2``. The old one stays, with what reads it: its messages stay in their channels.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.types import EXTRACTIVE, Answer, Certainty, Status


class AnswerLayout(StrEnum):
    """What kind of answer a message shows, and the version of its form."""

    QUOTES = "quotes-2"
    UNSURE = "unsure-2"  # as ``QUOTES``, under a line that says so
    OVERVIEW = "overview-2"  # as ``QUOTES``, under a line with the titles of the documents
    STATEMENTS = "statements-2"
    REFUSAL = "refusal-2"

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


# The first version of each always had a title, or the question in bold, and all its words were escaped.
WITH_QUESTION = MappingProxyType({f"{layout.partition('-')[0]}-1": layout for layout in AnswerLayout})


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """What a message shows; ``question`` is None where the message that it replies to is the question."""

    question: str | None
    text: str
