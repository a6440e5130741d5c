"""Outcomes -> the table of docs/chat-models.md, and every statement as a line that a person can judge."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.evaluation.errors import EvaluationError
from bot.types import Status
from tests.chat_evaluation.outcomes import Outcome, Written

TABLE = "real-chat-model"
NONE = "–"

Row = tuple[str, str, str]
# The lines that a person has judged, each by its statement, its question and the sentences that it names.
Marks = Mapping[str, Mapping[str, Any]]


def table(outcomes: Sequence[Outcome], model: str, marks: Marks) -> str:
    """The table in Markdown, the chat model's column first."""
    rows: list[Row] = [
        (f"{len(outcomes)} questions", model, "without a chat model"),
        (":--", "--:", "--:"),
        *_form(outcomes),
        *_quality(outcomes),
        *_judged(outcomes, marks),
        *_speed(outcomes),
    ]
    return "\n".join(f"| {' | '.join(row)} |" if row[0] != ":--" else f"|{'|'.join(row)}|" for row in rows)


def statement_lines(outcomes: Sequence[Outcome], marks: Marks) -> list[str]:
    """Every statement as JSON, shown or refused, with its mark, where it has one already.

    Judged ones that were not written this time stay as they are, at the end: somebody has read them.
    """
    lines = {
        _key(identity := _identity(outcome, one)): {
            **identity,
            "quotes": _quotes(outcome, one),
            "shown": one.is_shown,
            "reason": one.reason,
            "true": None,
        }
        for outcome in outcomes
        for one in outcome.written
        if one.keeps_form
    }
    marked = {key: line | {"true": marks[key]["true"]} if key in marks else line for key, line in lines.items()}
    return [
        json.dumps(line, ensure_ascii=False)
        for line in (marked | {key: marks[key] for key in marks if key not in marked}).values()
    ]


def read_marks(path: Path) -> Marks:
    """The marks in a file that ``statement_lines`` has written and a person has gone through.

    Raises:
        EvaluationError: If the file cannot be read, or is none of these.
    """
    try:
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        return {_key(line): line for line in lines if line["true"] is not None}
    except (OSError, ValueError, KeyError, TypeError):
        raise EvaluationError(f"{path} holds no judged statements; name the file that this command wrote.") from None


def _form(outcomes: Sequence[Outcome]) -> list[Row]:
    asked = [outcome for outcome in outcomes if outcome.was_asked]
    written = [one for outcome in asked for one in outcome.written]
    refused = [outcome for outcome in outcomes if outcome.alone.status is Status.NOT_FOUND]
    keeping = [outcome for outcome in asked if all(one.keeps_form for one in outcome.written)]
    return [
        ("refused before a chat model is asked", str(len(refused)), str(len(refused))),
        ("answers of the chat model", str(len(asked)), NONE),
        ("answers that keep the form", _share(len(keeping), len(asked)), NONE),
        ("answers in which statements are shown", _share(sum(one.shows_statements for one in asked), len(asked)), NONE),
        (
            "answers that say that the sentences do not answer",
            _share(sum(map(_found_nothing, asked)), len(asked)),
            NONE,
        ),
        ("statements written", str(len(written)), NONE),
        ("statements that keep the form", _share(sum(one.keeps_form for one in written), len(written)), NONE),
        ("statements shown", _share(sum(one.is_shown for one in written), len(written)), NONE),
    ]


def _quality(outcomes: Sequence[Outcome]) -> list[Row]:
    answerable = [outcome for outcome in outcomes if outcome.case.is_answerable]
    stated = [outcome for outcome in answerable if outcome.shows_statements]
    others = [outcome for outcome in outcomes if not outcome.case.is_answerable]
    return [
        _both_ways("the right quote is cited, where the document answers", answerable),
        _both_ways("the same, where statements are shown", stated),
        (
            "refused, where the document does not answer",
            _share(sum(one.answer.status is Status.NOT_FOUND for one in others), len(others)),
            _share(sum(one.alone.status is Status.NOT_FOUND for one in others), len(others)),
        ),
    ]


def _both_ways(what: str, outcomes: Sequence[Outcome]) -> Row:
    with_model = sum(outcome.cites(outcome.answer) for outcome in outcomes)
    alone = sum(outcome.cites(outcome.alone) for outcome in outcomes)
    return what, _share(with_model, len(outcomes)), _share(alone, len(outcomes))


def _judged(outcomes: Sequence[Outcome], marks: Marks) -> list[Row]:
    """What a person has found, each statement once; nothing where nobody has read any."""
    written = {
        _key(_identity(outcome, one)): one.is_shown for outcome in outcomes for one in outcome.written if one.keeps_form
    }
    judged = [(is_shown, marks[key]["true"]) for key, is_shown in written.items() if key in marks]
    if not judged:
        return []
    shown = [is_true for is_shown, is_true in judged if is_shown]
    refused = [is_true for is_shown, is_true in judged if not is_shown]
    return [
        ("false statements among those shown, read by eye", _share(shown.count(False), len(shown)), NONE),
        ("true statements among the refused, read by eye", _share(sum(refused), len(refused)), NONE),
    ]


def _speed(outcomes: Sequence[Outcome]) -> list[Row]:
    asked = [outcome for outcome in outcomes if outcome.was_asked]
    replies = [reply for outcome in asked for reply in outcome.replies]
    seconds = sum(reply.ended - reply.begun for reply in replies if reply.begun)
    tokens = sum(reply.output_tokens for reply in replies if reply.begun)
    return [
        (
            f"seconds a question, {level}",
            _quantile([outcome.seconds for outcome in asked], share, 1),
            _quantile([outcome.seconds_alone for outcome in asked], share, 2),
        )
        for level, share in (("p50", 0.5), ("p95", 0.95))
    ] + [("tokens a second, once it writes", f"{tokens / seconds:.1f}" if seconds else NONE, NONE)]


def _found_nothing(outcome: Outcome) -> bool:
    return outcome.answer.status is Status.NOT_FOUND


def _quotes(outcome: Outcome, one: Written) -> list[str]:
    """What a reader sees under a statement; under one that is refused, the sentences that it names."""
    quotes = {citation.number: citation.quote.text for citation in outcome.answer.citations}
    numbers = [shown.numbers for shown in outcome.answer.statements if one.is_shown and shown.text == one.text]
    return [quotes[number] for number in numbers[0]] if numbers else list(one.cited)


def _identity(outcome: Outcome, one: Written) -> dict[str, Any]:
    return {
        "document": outcome.source.title,
        "question": outcome.case.question,
        "statement": one.text,
        "cited": list(one.cited),
    }


def _key(line: Mapping[str, Any]) -> str:
    return json.dumps([line["document"], line["question"], line["statement"], line["cited"]])


def _share(count: int, total: int) -> str:
    return f"{count} of {total} ({count / total:.0%})" if total else NONE


def _quantile(values: Sequence[float], share: float, digits: int) -> str:
    return f"{np.quantile(values, share):.{digits}f}" if values else NONE
