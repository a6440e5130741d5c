"""The plain format of questions: a question, below it the words that should be quoted, then an empty line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.errors import EvaluationError
from bot.evaluation.goals import Goal, read_goal
from bot.evaluation.written_questions import WrittenQuestion

# What stands below a question that the documents do not answer.
UNANSWERED = "not in the document"
NOT_THERE = re.compile(rf"{UNANSWERED}s?[.!]?", re.IGNORECASE)
SETTING = re.compile(r"(?P<name>document|goal)\s*:\s*(?P<value>.*)", re.IGNORECASE)
NOTE = "#"


@dataclass(frozen=True, slots=True)
class PlainFile:
    """The questions of a file, and the goals that it sets."""

    questions: tuple[WrittenQuestion, ...]
    goals: tuple[Goal, ...]


def read_plain(data: bytes, path: Path) -> PlainFile:
    """Read questions that stand in blocks of lines.

    A line ``document: FILE`` holds for the questions after it, and an empty one for none; ``goal: right=80`` sets a
    goal; lines that begin with ``#`` are notes.

    Raises:
        EvaluationError: If the file is not UTF-8 text, or something in it is not of this format.
    """
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise EvaluationError(f"{path} is not UTF-8 text; save it as UTF-8.") from None
    questions: list[WrittenQuestion] = []
    goals: list[Goal] = []
    document = ""
    block: list[str] = []
    began = 0
    for number, line in enumerate([*lines, ""], start=1):
        words = " ".join(line.split())
        setting = SETTING.fullmatch(words)
        if words.startswith(NOTE):
            continue
        if words and (block or not setting):
            began = began if block else number
            block.append(words)
        elif block:
            questions.append(_question(block, f"{path}, line {began}", document))
            block = []
        elif setting and setting["name"].lower() == "goal":
            goals.append(_goal(setting["value"], f"{path}, line {number}"))
        elif setting:
            document = setting["value"]
    return PlainFile(tuple(questions), tuple(goals))


def _goal(text: str, where: str) -> Goal:
    try:
        return read_goal(text)
    except EvaluationError as error:
        raise EvaluationError(f"{where}: {error}") from None


def _question(block: Sequence[str], where: str, document: str) -> WrittenQuestion:
    question, *answers = block
    if not answers:
        raise EvaluationError(
            f"{where}: there is nothing below “{question}”; write the words that should be quoted there, or "
            f"“{UNANSWERED}”."
        )
    for answer in answers:
        if SETTING.fullmatch(answer):
            raise EvaluationError(f"{where}: “{answer}” is right below a question; put an empty line above it.")
    if any(NOT_THERE.fullmatch(answer) for answer in answers):
        if len(answers) > 1:
            raise EvaluationError(f"{where}: words and “{UNANSWERED}” are both below the question; remove one.")
        answers = []
    written = WrittenQuestion(where, question, tuple(dict.fromkeys(answers)), document, where.rpartition(" ")[2])
    written.check()
    return written
