"""What a language needs so that its statements can be turned into questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

# What stands where a rule says SUBJECT: up to six words without a mark between them.
WORD = r"[\w'’-]+"
SUBJECT = rf"(?P<subject>{WORD}(?: {WORD}){{0,5}}?)"
NUMBER = r"(?:\d[\d.,]*|{words})"


@dataclass(frozen=True, slots=True)
class QuestionRule:
    """A form of a statement or heading, and the question that it answers.

    Attributes:
        kind: What is asked for; of two examples each asks for something else.
        form: What the statement looks like from its start on; its groups are filled into ``question``.
        question: The question.
    """

    kind: str
    form: re.Pattern[str]
    question: str

    @classmethod
    def of(cls, kind: str, form: str, question: str) -> QuestionRule:
        """The rule; in ``form``, SUBJECT stands for what the statement is about, and blanks for any white space."""
        pattern = form.replace("SUBJECT", SUBJECT).replace(" ", r"\s+")
        return cls(kind, re.compile(rf"\A{pattern}"), question)


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One language.

    Attributes:
        language: Its code (ISO 639-1).
        sentences: The rules for sentences, the most telling first.
        headings: The rules for headings.
        articles: With what a subject may begin that is written small inside a question.
        no_subject: Words that begin no subject which can be understood alone, such as "it" and "in".
        no_part: Words that no subject holds, such as "which".
        addressed: Words said to the reader, and what the reader says instead: "your" and "my".
        keeps_capitals: Whether nouns are written with a capital letter.
    """

    language: str
    sentences: tuple[QuestionRule, ...]
    headings: tuple[QuestionRule, ...]
    articles: frozenset[str]
    no_subject: frozenset[str]
    no_part: frozenset[str]
    addressed: Mapping[str, str]
    keeps_capitals: bool = False


def words(listed: str) -> frozenset[str]:
    """The words of a list with blanks between."""
    return frozenset(listed.split())
