"""JSON Lines: one question a line, about documents that lie in a folder as files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.evaluation.case import Case
from bot.evaluation.errors import EvaluationError
from bot.evaluation.written_questions import WrittenQuestion, cases_of
from retrieval import Source

SAMPLE = '{"document": "rules.md", "question": "…", "answers": ["…"]}'


def read_json_lines(data: bytes, path: Path, folder: Path) -> tuple[list[Case], list[Source], int]:
    """The cases, the documents they are about, and 0: of files that people wrote by hand nothing is left out silently.

    Raises:
        EvaluationError: If a line is not of this format, a document cannot be read, or an answer is not in it.
    """
    written = list(read_rows(data, path))
    return *cases_of(written, folder), 0


def read_rows(data: bytes, path: Path) -> Iterator[WrittenQuestion]:
    """The questions of a file, one a line.

    Raises:
        EvaluationError: If a line is not of this format.
    """
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if line.strip():
            where = f"{path}, line {number}"
            row = _row(line, where)
            answers = tuple(dict.fromkeys(" ".join(answer.split()) for answer in row["answers"]))
            case_id, kind = str(row.get("id", number)), str(row.get("kind", ""))
            written = WrittenQuestion(where, row["question"], answers, row["document"], case_id, kind)
            written.check()
            yield written


def _row(line: bytes, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise EvaluationError(f"{where} is not a JSON object; write it as {SAMPLE}.")
    for key in ("document", "question"):
        if not isinstance(row.get(key), str):
            raise EvaluationError(f"{where} has no text under “{key}”; write it as {SAMPLE}.")
    answers = row.get("answers")
    if not isinstance(answers, list) or not all(isinstance(answer, str) and answer.strip() for answer in answers):
        raise EvaluationError(
            f"{where} has no list of texts under “answers” (empty: the document does not say); add it."
        )
    return row
