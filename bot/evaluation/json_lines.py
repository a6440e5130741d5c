"""JSON Lines: one question a line, about documents that lie in a folder as files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from bot.errors import QuestionError
from bot.evaluation.case import Case
from bot.evaluation.errors import EvaluationError
from retrieval import Source, SourceError, Span, check_question, load_path

SAMPLE = '{"document": "rules.md", "question": "…", "answers": ["…"]}'


def read_json_lines(data: bytes, path: Path, folder: Path) -> tuple[list[Case], list[Source], int]:
    """The cases, the documents they are about, and 0: of files that people wrote by hand nothing is left out silently.

    Raises:
        EvaluationError: If a line is not of this format, a document cannot be read, or an answer is not in it.
    """
    documents: dict[str, tuple[int, Source]] = {}
    cases: list[Case] = []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        row = _row(line, where)
        name = row["document"]
        if name not in documents:
            try:
                documents[name] = (len(documents), load_path(folder / name))
            except SourceError as error:
                raise EvaluationError(f"{where}: {error}") from None
        document, source = documents[name]
        answers = tuple(dict.fromkeys(" ".join(answer.split()) for answer in row["answers"]))
        places = tuple(place for answer in answers for place in find_words(answer, source.text))
        if answers and not places:
            raise EvaluationError(
                f"{where}: no answer of that line stands in {name}; write one as it stands there, or none."
            )
        case_id, kind = str(row.get("id", number)), str(row.get("kind", ""))
        cases.append(Case(case_id, document, row["question"], answers, places, kind))
    return cases, [source for _, source in documents.values()], 0


def find_words(words: str, text: str) -> list[Span]:
    """Every place where the words stand in the text, whatever their case and the white space between them."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return [Span(*match.span()) for match in re.finditer(pattern, text, re.IGNORECASE)] if pattern else []


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
    try:
        check_question(row["question"])
    except QuestionError as error:
        raise EvaluationError(f"{where}: {error}") from None
    return row
