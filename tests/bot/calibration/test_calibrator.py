"""Weights and thresholds fitted together, and judged on documents that had no part in them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bot.calibration.calibrator import PARTS, fit_selector, judge_all
from bot.calibration.measurement import Measurement
from bot.calibration.outcome import compare, figures, of_kind, trade_offs
from bot.calibration.remembered_reader import RememberedReader
from bot.calibration.selector_fit import NO_WEIGHTS
from bot.evaluation.scoring import Group
from tests.bot.calibration.measured import READ, SilentReader, measurements


def test_every_question_is_judged_once_and_clear_ones_are_told_apart() -> None:
    made = measurements()
    fit = fit_selector(made, SilentReader())
    assert [each.judgement.group for each in fit.held_out] == [each.group for each in made]
    found = figures(fit.held_out)
    assert found["answerable: first quote right"] == 1
    assert (found["unanswerable inside the topic: not found"] or 0) > 0.95
    assert (found["answerable: not found"] or 0) < 0.05
    assert (found["answerable: sure"] or 0) > 0.9
    assert found["off the document: sure"] is None
    assert 0 < fit.weights.thresholds.answer <= fit.weights.thresholds.sure < 1


def test_a_document_has_no_part_in_what_judges_it() -> None:
    """Of one document the wrong sentences have the higher number; weights that knew of it would judge it otherwise."""
    made = measurements(documents=PARTS)
    turned = [_turned(each) if each.document == "document 0" else each for each in made]
    held_out = fit_selector(turned, SilentReader()).held_out
    judged = [each.judgement for each, one in zip(held_out, turned, strict=True) if one.document == "document 0"]
    assert not any(each.right for each in judged)
    assert min(each.confidence for each in judged if each.group is Group.ANSWERABLE) > 0.5


def test_one_document_alone_is_parted_by_questions() -> None:
    fit = fit_selector(measurements(documents=1), SilentReader())
    assert not fit.by_document
    assert fit_selector(measurements(documents=2), SilentReader()).by_document
    assert figures(fit.held_out)["answerable: first quote right"] == 1


def test_the_same_questions_give_the_same_weights() -> None:
    one, other = (fit_selector(measurements(), SilentReader()).weights for _ in range(2))
    np.testing.assert_array_equal(one.ranking, other.ranking)
    assert (one.offset, one.thresholds) == (other.offset, other.thresholds)


def test_figures_count_every_kind_the_same_and_tables_have_both_sides() -> None:
    made = [replace(each, kind="few" if number < 4 else "many") for number, each in enumerate(measurements())]
    fit = fit_selector(made, SilentReader())
    before = judge_all(made, SilentReader(), NO_WEIGHTS)
    parts = [figures(of_kind(before, kind))["answerable: first quote right"] for kind in ("few", "many")]
    assert None not in parts
    assert figures(before)["answerable: first quote right"] == pytest.approx(np.mean([part or 0.0 for part in parts]))
    table = compare(before, fit.held_out)
    assert [row[0] for row in table.rows] == list(figures(before))
    assert table.rows[0][1] == "60"


def test_what_other_thresholds_would_do_is_told_by_kind() -> None:
    fit = fit_selector(measurements(), SilentReader())
    table = trade_offs(fit.held_out)
    assert table.columns == ("confidence", "k")
    found = [[float(share) for share in row[1].replace("–", "nan").split()] for row in table.rows]
    answerable, right, unanswerable = zip(*found, strict=True)
    assert list(answerable) == sorted(answerable, reverse=True)
    assert list(unanswerable) == sorted(unanswerable, reverse=True)
    assert {share for share in right if not np.isnan(share)} == {1.0}


def test_a_reader_is_asked_about_a_text_once() -> None:
    asked: list[str] = []

    class Counting(SilentReader):
        def read(self, question, texts, meanwhile=None):  # type: ignore[no-untyped-def]
            asked.extend(texts)
            return super().read(question, texts, meanwhile)

    reader = RememberedReader(Counting())
    assert len(reader.read("Who?", ["a", "b", "a"])) == 3
    assert len(reader.read("Who?", ["b"])) == 1
    reader.read("When?", ["b"])
    assert asked == ["a", "b", "b"]


def _turned(measurement: Measurement) -> Measurement:
    candidates = [replace(each, features=each.features.copy()) for each in measurement.candidates]
    for each in candidates:
        each.features[READ] *= -1
    return replace(measurement, candidates=candidates)
