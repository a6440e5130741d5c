"""``pullquote calibrate``: weights for one's own questions, kept, in force, and gone again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.extractive.calibration_file import FILE, read_calibration
from bot.extractive.reader import SpanScores, open_reader
from tests.bot.fakes import HashedWords
from tests.bot.json_checks import check_sentence
from tests.conftest import Run

TOWNS = ["Arden", "Brill", "Corby", "Dunmore", "Esk", "Fenwick"]
FACTS = ["mill", "bridge", "school", "market", "church", "station", "library", "harbour", "theatre", "well"]
MISSING = ["castle", "prison", "airport", "palace"]


class YearReader:
    """Holds a year for the answer, and says that there is none where the text lacks the question's last word."""

    name = "the year"
    sha256 = "1" * 64
    selector_weights: Path = open_reader().selector_weights

    def knows(self, language: str) -> bool:
        return True

    def read(
        self, question: str, texts: Sequence[str], meanwhile: Callable[[], object] | None = None
    ) -> list[SpanScores]:
        return [self._read(question.rstrip("?").split()[-1], text) for text in texts]

    def _read(self, word: str, text: str) -> SpanScores:
        words = list(re.finditer(r"\w+", text))
        near = {match.start() for match in re.finditer(rf"\d+(?= was the year of the {word})", text)}
        scores = np.array([4.0 if match.start() in near else -4.0 for match in words], np.float32)
        return SpanScores([match.span() for match in words], scores, scores)

    def load_all(self) -> None:
        """There is nothing to load."""

    def check(self) -> str:
        return self.name

    def documents_trained_on(self) -> tuple[str, ...]:
        return ()


@pytest.fixture
def fast(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run`` with hashed words for the embedding model and a reader without a network."""
    monkeypatch.setattr("retrieval.library.open_embedder", lambda model: HashedWords())
    reader = YearReader()
    for module in ("bot.extractive.reader", "bot.pipeline", "bot.cli.doctor"):
        monkeypatch.setattr(f"{module}.open_reader", lambda model=None: reader)
    return run


def write_questions(folder: Path, facts: Sequence[str] = FACTS) -> Path:
    """A document a town, a question a fact, and some about what the document does not say."""
    folder.mkdir(exist_ok=True)
    rows = []
    for number, town in enumerate(TOWNS):
        years = {fact: 1700 + 10 * number + place for place, fact in enumerate(facts)}
        text = " ".join(f"In {town}, {year} was the year of the {fact}." for fact, year in years.items())
        (folder / f"{town}.txt").write_text(text, encoding="utf-8")
        rows += [asked(town, fact, str(year)) for fact, year in years.items()]
        rows += [asked(town, missing, None) for missing in MISSING]
    path = folder / "towns.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def asked(town: str, thing: str, year: str | None) -> dict[str, object]:
    question = f"What was the year of the {thing}?"
    return {"document": f"{town}.txt", "question": question, "answers": [year] if year else []}


def confidence(run: Run) -> float:
    return float(json.loads(run("ask", "--json", "What was the year of the mill?").out)["confidence"])


def test_weights_are_fitted_kept_in_force_and_removed(fast: Run, tmp_path: Path) -> None:
    questions = write_questions(tmp_path / "towns")
    shipped = confidence(fast)
    outcome = fast("calibrate", str(questions))
    assert (outcome.code, outcome.err) == (0, "")
    for words in (
        "Before and after",
        "as shipped",
        "about 6 documents",
        "other documents than those",
        "answerable: sure",
    ):
        assert words in outcome.out
    calibration = read_calibration(tmp_path / "home")
    assert calibration is not None
    assert (calibration.reader, calibration.asked, len(calibration.documents)) == ("the year", 84, 6)
    assert 0 < calibration.selector["thresholds"]["answer"] <= calibration.selector["thresholds"]["sure"] <= 1
    assert confidence(fast) != shipped
    assert "ok   calibration: 84 questions about 6 documents" in fast("doctor").out
    again = fast("calibrate", "--reset")
    assert "removed" in again.out
    assert confidence(fast) == shipped
    assert "There is no calibration" in fast("calibrate", "--reset").out


def test_figures_are_of_documents_that_were_held_out(fast: Run, tmp_path: Path) -> None:
    out = fast("calibrate", str(write_questions(tmp_path / "towns"))).out
    rows = {row[0]: row[1:] for line in out.splitlines() if len(row := re.split(r"\s{2,}", line.strip())) == 4}
    assert rows["answerable: first quote right"][0] == "60"
    assert float(rows["answerable: first quote right"][2]) > 0.9
    assert float(rows["answerable: not found"][2]) <= 0.2
    assert rows["unanswerable inside the topic: sure"][0] == "24"
    assert float(rows["off the document: not found"][2]) >= 0


def test_a_calibration_for_another_reader_is_told_and_the_question_answered(
    fast: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = confidence(fast)
    fast("calibrate", str(write_questions(tmp_path / "towns")))
    monkeypatch.setattr(YearReader, "sha256", "2" * 64)
    outcome = fast("ask", "--json", "What was the year of the mill?")
    assert json.loads(outcome.out)["confidence"] == shipped
    assert "made for the year with other weights; run `pullquote calibrate` again" in outcome.err
    doctor = fast("doctor")
    assert "FAIL calibration: The calibration of" in doctor.out
    assert doctor.code == 2


def test_documents_that_the_reader_cannot_read_are_left_out_and_told(
    fast: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = write_questions(tmp_path / "towns")
    town = tmp_path / "towns" / "Arden.txt"
    years = " ".join(f"Il {1700 + place} fu l’anno in cui la città costruì una scuola." for place in range(10))
    town.write_text(years, encoding="utf-8")
    monkeypatch.setattr(YearReader, "knows", lambda self, language: language == "en")
    out = fast("calibrate", str(questions)).out
    assert "1 of 6 documents are in languages that the reader does not know, and are left out." in out
    assert "about 5 documents" in out
    monkeypatch.setattr(YearReader, "knows", lambda self, language: language == "it")
    outcome = fast("calibrate", str(questions))
    check_sentence(outcome.err)
    assert (outcome.code, "There are 10 questions" in outcome.err) == (2, True)


def test_too_few_questions_and_none_are_one_sentence(fast: Run, tmp_path: Path) -> None:
    outcome = fast("calibrate", str(write_questions(tmp_path / "towns", FACTS[:2])))
    assert outcome.code == 2
    check_sentence(outcome.err)
    assert "There are 12 questions that the documents answer and 24 that they do not" in outcome.err
    assert not (tmp_path / "home" / FILE).exists()
    for arguments in ([], ["questions.jsonl", "--reset"]):
        wrong = fast("calibrate", *arguments)
        assert wrong.code == 2
        check_sentence(wrong.err)


def test_thresholds_that_are_set_stay_in_force_and_are_named(
    fast: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_ANSWER_THRESHOLD", "0.5")
    out = fast("calibrate", str(write_questions(tmp_path / "towns"))).out
    assert "PULLQUOTE_ANSWER_THRESHOLD is set, and stays in force." in out
