"""An evaluation from end to end, on documents of the tests' own."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from bot import Settings
from bot.evaluation import runner
from bot.evaluation.baselines import CHUNK_CHARACTERS, OVERLAP_CHARACTERS, fixed_chunks
from bot.evaluation.cases import load_questions
from bot.evaluation.errors import EvaluationError
from bot.evaluation.measures import Results, measure_all
from bot.evaluation.plots import PICTURES, draw_plots
from bot.evaluation.report import (
    ANSWERED,
    REFUSED,
    WRONG,
    failure,
    make_folder,
    to_json,
    to_markdown,
    worst_failures,
    write_report,
)
from bot.evaluation.runner import Evaluation, asks, library_files
from bot.evaluation.scoring import Group
from bot.evaluation.tables import TABLE_NAMES, make_tables
from bot.extractive.calibration_file import write_calibration
from bot.extractive.selection import Thresholds
from retrieval import Library
from tests.bot.evaluation.documents import write_squad
from tests.bot.extractive.own_weights import OWN, fitted_to


def test_each_question_is_asked_of_its_own_document_and_the_answerable_ones_of_another_too(tmp_path: Path) -> None:
    questions = load_questions([write_squad(tmp_path)])
    asked = asks(questions)
    assert asked == asks(questions)
    assert Counter(group for _, _, group in asked) == {
        Group.ANSWERABLE: 8,
        Group.UNANSWERABLE: 4,
        Group.OFF_DOCUMENT: 8,
    }
    for case, document, group in asked:
        assert (document == case.document) == (group is not Group.OFF_DOCUMENT)


def test_rows_that_are_off_topic_are_off_the_document_and_one_document_alone_has_no_other(tmp_path: Path) -> None:
    questions = load_questions([write_squad(tmp_path)])
    alone = replace(
        questions,
        documents=questions.documents[:1],
        cases=tuple(replace(case, kind="off-topic") for case in questions.cases if case.document == 0),
    )
    assert Counter(group for _, _, group in asks(alone)) == {Group.ANSWERABLE: 4, Group.OFF_DOCUMENT: 2}


def test_the_product_quotes_what_the_documents_say(evaluation: Evaluation) -> None:
    figures = measure_all(evaluation.product)
    assert figures["quotes_exact"].value == 1
    assert figures["quotes_exact"].n >= 20
    assert (figures["first_right"].n, figures["auroc_in_topic"].n, figures["auroc_off_document"].n) == (8, 12, 16)
    assert (figures["span_exact"].n, figures["span_overlap"].n) == (8, 8)
    assert (figures["span_overlap"].value or 0) >= (figures["span_exact"].value or 0) > 0
    for name in ("first_right", "any_right", "hit_at_one"):
        assert (figures[name].value or 0) >= 0.75, name
    assert (figures["auroc_off_document"].value or 0) > 0.9
    assert all(trial.shown.quotes for trial in evaluation.product.trials)


def test_the_baselines_answered_the_same_questions(evaluation: Evaluation) -> None:
    asked = [(trial.case, trial.document) for trial in evaluation.product.trials]
    assert [results.system for results in evaluation.results] == ["Pullquote", "plain LangChain", "BM25 alone"]
    for results in evaluation.results[1:]:
        assert [(trial.case, trial.document) for trial in results.trials] == asked
        assert all(trial.shown.answered for trial in results.trials)
        assert (measure_all(results)["first_right"].value or 0) >= 0.5


def test_answers_are_timed_in_a_library_that_holds_the_others_too(evaluation: Evaluation) -> None:
    assert evaluation.timed_chunks == 3
    assert len(evaluation.product.seconds) == 8
    assert all(seconds > 0 for seconds in evaluation.product.seconds)
    assert 0 < evaluation.longest_passage_words <= 200


def test_the_share_seen_in_training_goes_by_title(evaluation: Evaluation) -> None:
    assert evaluation.seen_in_training == 0.5


def test_the_report_has_every_figure_seed_and_hash(evaluation: Evaluation, tmp_path: Path) -> None:
    make_folder(tmp_path / "new" / "report")
    write_report(evaluation, tmp_path / "new" / "report")
    report = json.loads((tmp_path / "new" / "report" / "report.json").read_text(encoding="utf-8"))
    assert report == json.loads(json.dumps(to_json(evaluation)))
    assert report["data"][0]["sha256"] == evaluation.questions.files[0].sha256
    assert report["documents_seen_in_training"] == 0.5
    figures = report["systems"]["Pullquote"]["figures"]
    assert figures["quotes_exact"]["value"] == 1
    assert {"value", "n", "low", "high"} == set(figures["time_p50"])
    assert report["systems"]["BM25 alone"]["risk_coverage"]["coverage"][-1] == 1
    page = (tmp_path / "new" / "report" / "report.md").read_text(encoding="utf-8")
    assert page == to_markdown(evaluation, PICTURES)
    for name in PICTURES:
        assert f"]({name})" in page
        assert (tmp_path / "new" / "report" / name).read_text(encoding="utf-8").startswith("<?xml")
    failures = (tmp_path / "new" / "report" / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in failures] == worst_failures(evaluation)


def test_tables_say_what_was_measured_on_what(evaluation: Evaluation) -> None:
    tables = {table.name: table for table in make_tables(evaluation)}
    assert tuple(tables) == TABLE_NAMES
    assert tables["quality"].columns == (
        "measure",
        "n",
        "Pullquote",
        "plain LangChain",
        "BM25 alone",
        "95 % interval",
        "goal",
    )
    assert tables["quality"].rows[0][:5] == (
        "quotes exact, of all shown",
        tables["quality"].rows[0][1],
        "1.000",
        "–",
        "–",
    )
    assert [row[0] for row in tables["documents"].rows] == ["Low_Street_bakery", "Skarn_lighthouse"]
    assert [row[1:2] + row[5:6] for row in tables["documents"].rows] == [("4", "2"), ("4", "2")]
    assert [row[0] for row in tables["kinds"].rows] == ["near-miss"]
    assert ("documents", "2, 50% of them seen in training") in tables["data"].rows


def test_failures_come_the_surest_first_and_of_every_kind(evaluation: Evaluation) -> None:
    def spoiled(results: Results, answered: bool) -> Evaluation:
        trials = [
            replace(trial, first_right=False, shown=replace(trial.shown, answered=answered, confidence=i / 100))
            for i, trial in enumerate(results.trials)
        ]
        return replace(evaluation, results=(replace(results, trials=trials),))

    rows = worst_failures(spoiled(evaluation.product, answered=True), count=6)
    assert len(rows) == 6
    assert [row["confidence"] for row in rows] == sorted((row["confidence"] for row in rows), reverse=True)
    assert {row["failure"] for row in rows} == {WRONG, ANSWERED}
    assert all(row["document"] and row["shown"] for row in rows)
    refused = worst_failures(spoiled(evaluation.product, answered=False), count=3)
    assert [(row["failure"], row["confidence"]) for row in refused] == [
        (REFUSED, 0.02),
        (REFUSED, 0.01),
        (REFUSED, 0.0),
    ]
    right = next(trial for trial in evaluation.product.trials if trial.first_right)
    assert failure(replace(right, shown=replace(right.shown, answered=True))) == ""


def test_plots_come_out_the_same_twice(evaluation: Evaluation, tmp_path: Path) -> None:
    drawn = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        draw_plots(evaluation.results, folder)
        drawn.append([(folder / name).read_bytes() for name in PICTURES])
    assert drawn[0] == drawn[1]
    assert all(b"<dc:date>" not in picture for picture in drawn[0])


def test_fixed_chunks_cover_the_text_and_share_what_they_should() -> None:
    text = "".join(f"word{i} " for i in range(900))
    spans = fixed_chunks(text)
    assert spans[0].start == 0
    assert spans[-1].end == len(text)
    for before, after in pairwise(spans):
        assert len(before) <= CHUNK_CHARACTERS
        assert OVERLAP_CHARACTERS <= before.end - after.start <= OVERLAP_CHARACTERS + 20
        assert text[after.start - 1] == " "
    assert [len(span) for span in fixed_chunks("x" * 2500)] == [1000, 1000, 900]
    assert fixed_chunks(" \n") == []


def test_a_library_folder_without_documents_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"x")
    with pytest.raises(EvaluationError, match="holds no"):
        library_files(tmp_path)
    (tmp_path / "a.md").write_text("words", encoding="utf-8")
    assert library_files(tmp_path) == (tmp_path / "a.md",)


def test_what_is_measured_is_what_is_in_force(
    library: Library, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.library.open_embedder", lambda model: library.embeddings)
    measured: list[Thresholds] = []
    monkeypatch.setattr(runner, "_evaluate", lambda *given: measured.append(given[4].thresholds))
    questions = load_questions([write_squad(tmp_path)])
    for calibration in (None, fitted_to(library)):
        if calibration:
            write_calibration(settings.home, calibration)
        runner.run_evaluation(questions, settings)
    assert measured[0] != measured[1] == OWN
