"""The questions and documents are what they claim to be; nothing here asks the product."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from bot.evaluation.case import can_be_asked
from tests.quality.questions import ANSWERABLE, DOCUMENTS, QUESTIONS, UNANSWERABLE, Part, part_of_documents

ARTICLE = "kazakhstan-protests.txt"
LEAST_QUESTIONS = 200
LEAST_A_KIND = 15
LEAST_ABOUT_A_DOCUMENT = 20

ROWS: list[dict[str, Any]] = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
TEXTS = {path.name: path.read_text("utf-8") for path in DOCUMENTS.iterdir()}


def test_every_row_has_the_same_fields_and_can_be_asked() -> None:
    assert [row for row in ROWS if list(row) != ["document", "question", "answers", "kind"]] == []
    assert [row["question"] for row in ROWS if not can_be_asked(row["question"])] == []


def test_every_answer_stands_in_its_document() -> None:
    answers = [(row["document"], answer) for row in ROWS for answer in row["answers"]]
    assert [(document, answer) for document, answer in answers if answer not in TEXTS[document]] == []


def test_a_question_has_answers_where_its_kind_says_so() -> None:
    assert [row["question"] for row in ROWS if bool(row["answers"]) != (row["kind"] in ANSWERABLE)] == []


def test_no_question_is_asked_twice() -> None:
    counts = Counter((row["document"], " ".join(row["question"].casefold().split())) for row in ROWS)
    assert [key for key, count in counts.items() if count > 1] == []


def test_there_are_enough_questions_of_every_kind() -> None:
    counts = Counter(row["kind"] for row in ROWS)
    assert set(counts) == {*ANSWERABLE, *UNANSWERABLE}
    assert len(ROWS) >= LEAST_QUESTIONS
    assert min(counts.values()) >= LEAST_A_KIND


def test_about_half_of_the_questions_can_be_answered() -> None:
    assert 0.4 < sum(bool(row["answers"]) for row in ROWS) / len(ROWS) < 0.6


def test_every_document_has_questions_of_both_sorts() -> None:
    answerable = Counter(row["document"] for row in ROWS if row["answers"])
    unanswerable = Counter(row["document"] for row in ROWS if not row["answers"])
    assert set(answerable) == set(unanswerable) == set(TEXTS)
    assert min((answerable + unanswerable).values()) >= LEAST_ABOUT_A_DOCUMENT


def test_every_document_is_in_one_part_and_most_are_only_counted() -> None:
    parts = part_of_documents()
    listed = json.loads((DOCUMENTS.parent / "parts.json").read_text("utf-8"))
    assert sorted(name for names in listed.values() for name in names) == sorted(TEXTS)
    assert parts[ARTICLE] is Part.TUNE
    assert Counter(parts.values())[Part.JUDGE] > Counter(parts.values())[Part.TUNE]


def test_documents_are_of_the_length_of_a_page_or_two() -> None:
    words = {name: len(text.split()) for name, text in TEXTS.items()}
    assert {name: count for name, count in words.items() if not 200 <= count <= 900} == {}
