"""Questions in other languages: what calibrates and what judges share no title, and texts are joined to documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.evaluation.cases import QuestionSet
from bot.training.language_sets import LanguageSet, calibration_questions, is_judged, judging_questions

VILLAGES = 120
SETS = (LanguageSet("doerfer_de", "German"), LanguageSet("villaggi_it", "Italian", takes=False))
TEXTS = {
    "doerfer_de": "Das Dorf {0} liegt am Fluss. Seine Mühle brannte im Jahr {1}. Die Leute von {0} backen Brot.",
    "villaggi_it": "Il paese {0} sta sul fiume. Il suo mulino bruciò nel {1}. La gente di {0} fa il pane.",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "languages").mkdir()
    for name, text in TEXTS.items():
        lines = []
        for number in range(VILLAGES):
            year, context = str(3000 + number), text.format(f"Nr{number}", 3000 + number)
            answers = [{"text": year, "start": context.index(year)}]
            lines.append(
                {
                    "title": f"Nr{number}",
                    "context": context,
                    "qas": [
                        {
                            "id": f"{number}a",
                            "question": f"{year[-1]} Nr{number}?",
                            "answers": answers,
                            "answerable": True,
                        },
                        {"id": f"{number}b", "question": f"Nr{number}??", "answers": [], "answerable": False},
                    ],
                }
            )
        (folder / "languages" / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return folder


def titles(questions: QuestionSet) -> set[str]:
    return {f"Nr{n}" for n in range(VILLAGES) if any(f" Nr{n} " in source.text for source in questions.documents)}


def test_a_title_calibrates_or_judges_whatever_the_language(data: Path) -> None:
    calibrate, judge = calibration_questions(data, SETS), judging_questions(data, SETS)
    for name in TEXTS:
        assert titles(judge[name]) == {f"Nr{n}" for n in range(VILLAGES) if is_judged(f"Nr{n}")}
        assert not titles(calibrate[name]) & titles(judge[name])
        assert len(titles(calibrate[name])) > len(titles(judge[name])) > VILLAGES / 6


def test_texts_are_joined_to_documents_in_their_language(data: Path) -> None:
    questions = calibration_questions(data, SETS)
    assert {source.language for source in questions["doerfer_de"].documents} == {"de"}
    assert {source.language for source in questions["villaggi_it"].documents} == {"it"}
    assert all(len(source.text) > 2_000 for source in questions["doerfer_de"].documents[:1])


def test_every_answer_stands_in_its_document_and_one_that_was_taken_away_does_not(data: Path) -> None:
    for questions in calibration_questions(data, SETS).values():
        for case in questions.answerable:
            assert all(answer in questions.documents[case.document].text for answer in case.answers)
    german = calibration_questions(data, SETS)["doerfer_de"]
    taken = [case for case in german.cases if not case.is_answerable and not case.question.endswith("??")]
    assert taken
    for case in taken:
        number = int(case.question.rstrip("?").rpartition("Nr")[2])
        assert str(3000 + number) not in german.documents[case.document].text


def test_nothing_is_taken_from_sets_with_unanswerable_questions_of_their_own(data: Path) -> None:
    for questions in (calibration_questions(data, SETS)["villaggi_it"], *judging_questions(data, SETS).values()):
        assert all(case.question.endswith("??") for case in questions.cases if not case.is_answerable)


def test_twice_gives_the_same(data: Path) -> None:
    assert calibration_questions(data, SETS) == calibration_questions(data, SETS)
