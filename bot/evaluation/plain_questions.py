"""The plain format of questions: a question, below it the words that should be quoted, then an empty line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.errors import EvaluationError
from bot.evaluation.written_questions import WrittenQuestion

# What stands below a question that the documents do not answer.
UNANSWERED = "not in the document"
NOT_THERE = re.compile(rf"{UNANSWERED}s?[.!]?", re.IGNORECASE)
SETTING = re.compile(r"(?P<name>document|goal)\s*:\s*(?P<value>.*)", re.IGNORECASE)
NOTE = "#"


@dataclass(frozen=True, slots=True)
class PlainFile:
    """The questions of a file, and the goals that it sets, as they are written."""

    questions: tuple[WrittenQuestion, ...]
    goals: tuple[str, ...]


def read_plain(data: bytes, path: Path) -> PlainFile:
    """Read questions that stand in blocks of lines.

    A line ``document: FILE`` holds for the questions after it, and an empty one for none; ``goal: right=80`` sets a
    goal; lines that begin with ``#`` are notes.

    Raises:
        EvaluationError: If the file is no UTF-8 text, a question has no line below it, or cannot be asked.
    """
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise EvaluationError(f"{path} is no UTF-8 text; save it as UTF-8.") from None
    questions: list[WrittenQuestion] = []
    goals: list[str] = []
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
            goals.append(setting["value"])
        elif setting:
            document = setting["value"]
    return PlainFile(tuple(questions), tuple(goals))


def _question(block: Sequence[str], where: str, document: str) -> WrittenQuestion:
    question, *answers = block
    if not answers:
        raise EvaluationError(
            f"{where}: nothing stands below “{question}”; write the words that should be quoted there, or "
            f"“{UNANSWERED}”."
        )
    if any(NOT_THERE.fullmatch(answer) for answer in answers):
        if len(answers) > 1:
            raise EvaluationError(f"{where}: both words and “{UNANSWERED}” stand below the question; remove one.")
        answers = []
    written = WrittenQuestion(where, question, tuple(dict.fromkeys(answers)), document, where.rpartition(" ")[2])
    written.check()
    return written
