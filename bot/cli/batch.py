"""Many questions from standard input, one a line; a bad line never stops the rest."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.cli.terminal import unexpected
from bot.errors import QuestionError
from bot.json_output import error_to_json
from retrieval import PullquoteError, check_question

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One line of the batch: its id, its question, and the sentence that says why it cannot be asked, if so."""

    id: Any
    question: str
    error: str = ""


def run_batch(answer: Callable[[str, Any], Mapping[str, Any]], write: Callable[[Any], None]) -> None:
    """Answer every line of standard input in order, writing each result at once."""
    gc.enable()  # a single question is answered without
    for line in read_lines(iter(sys.stdin.buffer.readline, b"")):
        if line.error:
            write(error_to_json(line.question, line.error, line.id))
            continue
        try:
            result: Mapping[str, Any] = answer(line.question, line.id)
        except PullquoteError as error:
            result = error_to_json(line.question, str(error), line.id)
        except Exception as error:  # noqa: BLE001 (one question that trips something must not end the others)
            result = error_to_json(line.question, unexpected(error), line.id)
        write(result)


def read_lines(lines: Iterator[bytes]) -> Iterator[BatchLine]:
    """Parse lines of plain text or of ``{"id": …, "question": …}``; the id is the given one, else the line number."""
    for number, raw in enumerate(lines, start=1):
        # Files that are joined with `cat` can bring a byte order mark on any line.
        yield _parse(raw.rstrip(b"\r\n").removeprefix(BYTE_ORDER_MARK), number)


def _parse(data: bytes, number: int) -> BatchLine:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return BatchLine(number, data.decode("utf-8", "replace"), "The line is not UTF-8 text; send it again as UTF-8.")
    line = BatchLine(number, text)
    if text.lstrip().startswith("{"):
        line = _parse_object(text, number)
    if line.error:
        return line
    try:
        check_question(line.question)
    except QuestionError as error:
        return BatchLine(line.id, line.question, str(error))
    return line


def _parse_object(text: str, number: int) -> BatchLine:
    try:
        given = json.loads(text)
        json.dumps(given, allow_nan=False)  # NaN, and a number too large for JSON such as 1e999, are found here
    except (ValueError, RecursionError):
        return BatchLine(
            number, text, "The line starts with { but is not JSON; correct it or write the question alone."
        )
    question = given.get("question")
    if not isinstance(question, str):
        return BatchLine(given.get("id", number), text, 'The object has no text under "question"; add it.')
    return BatchLine(given.get("id", number), question)
