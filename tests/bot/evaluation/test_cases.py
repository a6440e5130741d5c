"""Files of questions: what is read from them, and the sentence for those that cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.cases import load_questions
from bot.evaluation.errors import EvaluationError
from bot.evaluation.written_questions import find_words
from retrieval import Span
from tests.bot.evaluation.documents import BAKERY, LIGHTHOUSE, QUESTIONS, squad, write_json_lines, write_squad
from tests.bot.json_checks import check_sentence


@pytest.mark.parametrize("write", [write_squad, write_json_lines])
def test_both_formats_give_the_same_documents_cases_and_places(write: Callable[[Path], Path], tmp_path: Path) -> None:
    asked = load_questions([write(tmp_path)])
    assert [source.text for source in asked.documents] == ["\n\n".join(LIGHTHOUSE), "\n\n".join(BAKERY)]
    assert sorted((case.document, case.question, case.answers) for case in asked.cases) == sorted(
        (document, question, (answer,) if answer else ()) for document, _, question, answer in QUESTIONS
    )
    for case in asked.cases:
        held = [asked.documents[case.document].slice(place) for place in case.places]
        assert held == list(case.answers)
        assert case.is_answerable == bool(held)
    assert sum(file.left_out for file in asked.files) == 0


def test_a_title_is_written_with_spaces(tmp_path: Path) -> None:
    assert load_questions([write_squad(tmp_path)]).documents[0].title == "Skarn lighthouse"


def test_a_wrong_offset_is_mended_and_an_answer_that_stands_nowhere_is_left_out(tmp_path: Path) -> None:
    data = squad()
    entries = [entry for paragraph in data["data"][0]["paragraphs"] for entry in paragraph["qas"]]
    entries[0]["answers"][0]["answer_start"] = 3
    entries[1]["answers"] = [{"text": "Napoleon", "answer_start": 0}]
    data["data"][0]["paragraphs"][0]["qas"].append({"question": "  ", "answers": [], "is_impossible": True})
    path = tmp_path / "q.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    asked = load_questions([path])
    case = asked.cases[0]
    assert [asked.documents[0].slice(place) for place in case.places] == ["1874"]
    assert "Who replaced the rape oil with paraffin?" not in {case.question for case in asked.cases}
    assert [file.left_out for file in asked.files] == [2]


def test_version_1_of_squad_has_no_flag_and_every_answer_counts(tmp_path: Path) -> None:
    context = "Eels swim to the Sargasso Sea."
    answers = [{"text": "the Sargasso Sea", "answer_start": 13}, {"text": "Sargasso Sea", "answer_start": 17}]
    answers.append(answers[0])
    entry = {"id": "1", "question": "Where do eels swim?", "answers": answers}
    path = tmp_path / "one.json"
    path.write_text(json.dumps({"data": [{"paragraphs": [{"context": context, "qas": [entry]}]}]}), encoding="utf-8")
    (case,) = load_questions([path]).cases
    assert case.answers == ("the Sargasso Sea", "Sargasso Sea")
    assert case.places == (Span(13, 29), Span(17, 29))


def test_a_folder_stands_for_its_files_and_the_same_document_is_one(tmp_path: Path) -> None:
    write_squad(tmp_path)
    (tmp_path / "again.json").write_text(json.dumps(squad()), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no questions", encoding="utf-8")
    asked = load_questions([tmp_path])
    assert [file.name for file in asked.files] == ["again.json", "questions.json"]
    assert len(asked.documents) == 2
    assert len(asked.cases) == 2 * len(QUESTIONS)


def test_a_limit_keeps_as_many_of_each_document_and_of_each_sort(tmp_path: Path) -> None:
    everything = load_questions([write_squad(tmp_path)])
    asked = everything.limited(1)
    assert asked == everything.limited(1)
    assert everything.limited(99) == everything
    assert sorted((case.document, case.is_answerable) for case in asked.cases) == [
        (0, False),
        (0, True),
        (1, False),
        (1, True),
    ]


def test_words_are_found_whatever_their_case_and_line_breaks() -> None:
    text = "Twice\na minute, and TWICE  A MINUTE (not twice a minutes)"
    assert find_words("twice a minute", text) == [Span(0, 14), Span(20, 35), Span(41, 55)]
    assert find_words(" ", text) == []


GOOD = {"document": "doc.txt", "question": "Where do eels swim?", "answers": ["Sargasso"]}


@pytest.mark.parametrize(
    "row",
    [
        "{",
        "[]",
        json.dumps(GOOD | {"question": 7}),
        json.dumps({"question": "Where?", "answers": []}),
        json.dumps({"document": "doc.txt", "question": "Where?"}),
        json.dumps(GOOD | {"answers": [""]}),
        json.dumps(GOOD | {"answers": ["Baltic"]}),
        json.dumps(GOOD | {"question": " "}),
        json.dumps(GOOD | {"document": "missing.txt"}),
        json.dumps(GOOD | {"document": "."}),
    ],
)
def test_a_bad_line_is_one_sentence_that_names_file_and_line(row: str, tmp_path: Path) -> None:
    (tmp_path / "doc.txt").write_text("Eels swim to the Sargasso Sea.", encoding="utf-8")
    path = tmp_path / "rows.jsonl"
    path.write_text(f"{json.dumps(GOOD)}\n\n{row}\n", encoding="utf-8")
    with pytest.raises(EvaluationError) as caught:
        load_questions([path])
    check_sentence(str(caught.value))
    assert f"{path}, line 3" in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        "\xff",
        '{"data": 3}',
        '{"data": [3]}',
        '{"data": [{"title": "a"}]}',
        '{"data": [{"paragraphs": [{"context": " ", "qas": []}]}]}',
        '{"data": [{"paragraphs": [{"context": "a b", "qas": [{"question": 1}]}]}]}',
        '{"data": [{"paragraphs": [{"context": "a b", "qas": [{"question": "a?", "answers": ["a"]}]}]}]}',
        '{"data": []}',
    ],
)
def test_a_file_that_is_not_squad_is_one_sentence_that_names_it(content: str, tmp_path: Path) -> None:
    path = tmp_path / "q.json"
    path.write_text(content, encoding="latin-1")
    with pytest.raises(EvaluationError) as caught:
        load_questions([path])
    check_sentence(str(caught.value))
    assert str(path) in str(caught.value)


def test_missing_paths_empty_folders_and_other_endings_are_sentences(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "table.csv").write_text("a,b", encoding="utf-8")
    for name in ("missing.json", "empty", "table.csv"):
        with pytest.raises(EvaluationError) as caught:
            load_questions([tmp_path / name])
        check_sentence(str(caught.value))
        assert name in str(caught.value)


def test_the_documents_of_json_lines_may_lie_elsewhere(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "doc.txt").write_text("Eels swim to the Sargasso Sea.", encoding="utf-8")
    path = tmp_path / "rows.jsonl"
    rows: list[dict[str, Any]] = [GOOD, GOOD | {"answers": [], "kind": "off-topic"}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    asked = load_questions([path], docs)
    assert [case.kind for case in asked.cases] == ["", "off-topic"]
    assert len(asked.documents) == 1
