"""A bad line of a batch becomes an error object, and the batch goes on."""

from __future__ import annotations

import json
import sys
from io import BytesIO, TextIOWrapper
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.batch import read_lines, run_batch
from bot.json_output import to_line
from retrieval import RetrievalError
from tests.bot.json_checks import check_answer, check_error, check_sentence, parse_lines
from tests.conftest import Run

GOOD = "How many planes?"
BAD_LINES: dict[str, bytes] = {
    "blank": b"",
    "spaces": b"   \t ",
    "too long": b"x" * 100_000,
    "broken object": b'{"id": 1, "question": ',
    "a brace alone": b"{",
    "an object and more": b'{"question": "q"} trailing',
    "no question": b'{"id": "a"}',
    "question is a number": b'{"id": "a", "question": 5}',
    "question is null": b'{"question": null}',
    "blank question": b'{"id": "a", "question": " "}',
    "not UTF-8": b"caf\xe9?",
    "not UTF-8 object": b'{"question": "caf\xe9?"}',
    "UTF-16": "﻿Who?".encode("utf-16-le"),
    "NaN": b'{"id": NaN, "question": "q"}',
    "Infinity": b'{"id": -Infinity, "question": "q"}',
    "too large a number": b'{"id": 1e999, "question": "q"}',
    "too long a number": b'{"id": ' + b"9" * 5000 + b', "question": "q"}',
    "deep nesting": b'{"id": ' + b"[" * 100_000 + b"]" * 100_000 + b', "question": "q"}',
    "deep nesting that never ends": b'{"question": ' + b'{"a":' * 50_000,
    "lone surrogate": b'{"question": "why \\ud800?"}',
    "surrogate in UTF-8": b"why \xed\xa0\x80?",
    "control character": b"why\x1b[31m?",
    "NUL": b"why\x00?",
}
STRANGE_IDS: list[Any] = [None, True, 0, -1, 1.5, "", "ü\n", "\ud800", [], [1, [2]], {}, {"a": None}, 10**30]


def parse(data: bytes) -> list[tuple[Any, str, str]]:
    return [(line.id, line.question, line.error) for line in read_lines(iter(BytesIO(data).readline, b""))]


def run_over(data: bytes, monkeypatch: pytest.MonkeyPatch, fail: str = "") -> list[dict[str, Any]]:
    """Run a batch whose answers are its questions in capitals; the question ``fail`` cannot be answered."""

    def answer(question: str, question_id: Any) -> dict[str, Any]:
        if question == fail:
            raise RetrievalError("The index is damaged; run `pullquote reindex`.")
        return {"id": question_id, "status": "answered", "text": question.upper()}

    written: list[str] = []
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(data), encoding="utf-8"))
    run_batch(answer, lambda value: written.append(to_line(value)))
    return parse_lines("".join(line + "\n" for line in written))


@pytest.mark.parametrize("bad", BAD_LINES.values(), ids=BAD_LINES.keys())
def test_a_bad_line_is_one_error_object_between_two_answers(bad: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    before, error, after = run_over(b"first\n" + bad + b"\nlast\n", monkeypatch)
    check_error(error)
    assert (before["id"], before["text"]) == (1, "FIRST")
    assert (after["id"], after["text"]) == (3, "LAST")


@pytest.mark.parametrize("depth", [10, 400, 900, 930, 950, 960, 970, 980, 990, 1000, 2000])
def test_an_id_that_can_be_read_can_be_written(depth: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Near Python's recursion limit an id is refused or handed back; it never stops the batch."""
    line = b'{"id": ' + b"[" * depth + b"]" * depth + b', "question": "q"}\n'
    result, after = run_over(line + b"last\n", monkeypatch)
    assert (result["status"] == "answered") == (json.dumps(result["id"]).count("[") == depth)
    assert after["text"] == "LAST"


@pytest.mark.parametrize("value", STRANGE_IDS, ids=ascii)
def test_an_id_may_be_any_json_value(value: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    line = json.dumps({"id": value, "question": "q", "more": [1]}).encode() + b"\n"
    (result,) = run_over(line, monkeypatch)
    assert result == {"id": value, "status": "answered", "text": "Q"}
    assert type(result["id"]) is type(value)


def test_an_error_keeps_the_id_that_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = b'{"id": "a", "question": ""}\n{"id": [1]}\n{"id": null, "question": "why\\u0007"}\n'
    assert [result["id"] for result in run_over(lines, monkeypatch)] == ["a", [1], None]


def test_the_line_number_is_the_id_of_a_line_that_gives_none(monkeypatch: pytest.MonkeyPatch) -> None:
    results = run_over(b'a\n{"question": "b"}\n\n{"id": "x", "question": "c"}\nd', monkeypatch)
    assert [result["id"] for result in results] == [1, 2, 3, "x", 5]


def test_an_answer_that_fails_is_an_error_object_with_its_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    failed, after = run_over(b'{"id": 7, "question": "bad"}\nlast\n', monkeypatch, fail="bad")
    check_error(failed)
    assert failed["error"] == "The index is damaged; run `pullquote reindex`."
    assert failed["id"] == 7
    assert after["text"] == "LAST"


@pytest.mark.parametrize("first", [b"Who?", b'{"question": "Who?"}'])
def test_a_byte_order_mark_at_the_start_and_windows_line_ends_are_no_part_of_a_question(first: bytes) -> None:
    assert parse(b"\xef\xbb\xbf" + first + b"\r\nWhy?\r\n") == [(1, "Who?", ""), (2, "Why?", "")]


def test_json_that_is_no_object_is_a_question_as_it_stands() -> None:
    assert parse(b'["Who?"]\n"Who?"\n42\n') == [(1, '["Who?"]', ""), (2, '"Who?"', ""), (3, "42", "")]


def test_no_lines_are_no_results() -> None:
    assert parse(b"") == []


@given(st.lists(st.binary(max_size=30).filter(lambda line: b"\n" not in line), max_size=5))
def test_any_bytes_give_one_line_each_with_a_question_or_a_sentence(lines: list[bytes]) -> None:
    data = b"".join(line + b"\n" for line in lines)
    parsed = parse(data)
    assert len(parsed) == len(lines)
    for question_id, question, error in parsed:
        to_line({"id": question_id, "question": question, "error": error})
        if error:
            check_sentence(error)
        else:
            assert question.strip()


def test_the_program_answers_good_lines_among_every_kind_of_bad_one(cli: Run) -> None:
    lines = [GOOD.encode(), *BAD_LINES.values(), b'{"id": {"k": 1}, "question": "Who won the 2022 World Cup?"}']
    outcome = cli("ask", "--json", "-", stdin=b"\xef\xbb\xbf" + b"\r\n".join(lines))
    first, *errors, last = parse_lines(outcome.out)
    assert (outcome.code, outcome.err) == (0, "")
    check_answer(first)
    assert "five planes" in first["text"]
    assert first["question"] == GOOD
    assert len(errors) == len(BAD_LINES)
    for error in errors:
        check_error(error)
    check_answer(last)
    assert (last["id"], last["status"]) == ({"k": 1}, "not_found")
