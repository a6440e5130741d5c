"""The questions and where they lie; which documents may be looked at while the product is improved, and which not."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path

from bot.evaluation.cases import QuestionSet, load_questions

FOLDER = Path(__file__).parent
QUESTIONS = FOLDER / "questions.jsonl"
DOCUMENTS = FOLDER / "documents"
PARTS = FOLDER / "parts.json"

ANSWERABLE = ("fact", "list", "yes-no", "why", "paraphrase", "slips")
UNANSWERABLE = ("near-miss", "false-premise", "off-topic", "command")
# What looks as if the document answered it.
INSIDE_THE_TOPIC = ("near-miss", "false-premise")
LIST = "list"


class Part(StrEnum):
    """Whether failures on a document may be read and mended, or only counted."""

    TUNE = "tune"
    JUDGE = "judge"


def own_questions() -> QuestionSet:
    """Every question about every document."""
    return load_questions([QUESTIONS], DOCUMENTS)


def part_of_documents() -> dict[str, Part]:
    """The part of each document, by its file name."""
    return {name: Part(part) for part, names in json.loads(PARTS.read_text("utf-8")).items() for name in names}
