"""Questions by kind of document: what calibrates and what judges share no document; an answer taken away is gone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.evaluation.cases import QuestionSet, load_questions
from bot.training.kinds import ENCYCLOPAEDIA, PARTS, SQUAD, Kind, write_parts
from bot.training.mixture import is_kept
from bot.training.question_sets import AnswerKind, read_lines
from bot.training.split import CALIBRATED, JUDGED

VILLAGES = 150


def context(number: int) -> str:
    return f"Village {number} has a mill. Its mill burned in spring {3000 + number}. Sheep graze at number {number}."


def question(number: int, answer: str, words: str) -> dict[str, object]:
    return {
        "question": f"{words} of village {number}?",
        "answers": [{"text": answer, "start": context(number).index(answer)}],
        "answerable": True,
    }


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("data")
    lines = [
        {
            "title": f"Village {number}",
            "context": context(number),
            "qas": [
                question(number, f"spring {3000 + number}", "What is the fire year"),
                question(number, "a mill", "What is the building"),
            ],
        }
        for number in range(VILLAGES)
    ]
    (data / "reader").mkdir()
    (data / "reader" / "villages.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    articles = [
        {
            "title": f"Article_{number}",
            "paragraphs": [
                {"context": "The mill burned.", "qas": [{"question": "What burned?", "is_impossible": True}]}
            ],
        }
        for number in range(JUDGED + CALIBRATED + 1)
    ]
    (data / SQUAD).parent.mkdir()
    (data / SQUAD).write_text(json.dumps({"data": articles}), encoding="utf-8")
    folder = tmp_path_factory.mktemp("parts")
    kind = Kind("villages", lambda data: read_lines(data / "reader" / "villages.jsonl", AnswerKind.WORDS), learned=True)
    write_parts(data, folder, [kind])
    return folder


def asked(parts: Path, part: str, file: str) -> QuestionSet:
    return load_questions([parts / part / file])


def test_no_document_both_calibrates_and_judges_and_none_was_learned_from(parts: Path) -> None:
    titles = [{source.title for source in asked(parts, part, "villages.jsonl").documents} for part in PARTS]
    assert not titles[0] & titles[1]
    names = {f"villages/{title.replace('-', ' ')}" for title in titles[0] | titles[1]}
    assert names == {name for number in range(VILLAGES) if is_kept(name := f"villages/Village {number}")}


def test_an_answer_that_was_taken_away_is_not_in_the_document(parts: Path) -> None:
    taken = 0
    for part in PARTS:
        questions = asked(parts, part, "villages.jsonl")
        assert {case.kind for case in questions.cases} == {"villages"}
        for case in questions.cases:
            text = questions.documents[case.document].text
            number = case.question.split()[-1].rstrip("?")
            answer = f"spring {3000 + int(number)}" if "fire" in case.question else "a mill"
            assert (answer in text) is case.is_answerable
            taken += not case.is_answerable
    assert taken


def test_the_articles_are_those_of_the_split(parts: Path) -> None:
    counts = []
    for part in PARTS:
        questions = asked(parts, part, f"{ENCYCLOPAEDIA}.json")
        assert {case.kind for case in questions.cases} == {ENCYCLOPAEDIA}
        counts.append(len(questions.documents))
    assert counts == [CALIBRATED, JUDGED]
