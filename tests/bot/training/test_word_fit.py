"""Weights of the word selector, fitted to documents that were made for the purpose."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot import Settings
from bot.calibration.measurement import Measurement, measure_questions
from bot.evaluation.case import Case
from bot.evaluation.cases import QuestionSet
from bot.evaluation.scoring import Group
from bot.extractive.selection import Weights
from bot.extractive.words import WordSelector
from bot.extractive.words.word_confidence import CONFIDENCE_NAMES
from bot.extractive.words.word_features import NAMES
from bot.training.word_fit import NO_WORD_WEIGHTS, fit_words, judge_by_words
from retrieval import Library, Source
from tests.bot.fakes import HashedWords

THINGS = ["Mühle", "Brücke", "Schule", "Kirche", "Scheune", "Bäckerei"]
MISSING = ["Burg", "Werft"]
DOCUMENTS = 6


def questions() -> QuestionSet:
    documents, cases = [], []
    for number in range(DOCUMENTS):
        text = "\n\n".join(
            f"Das Dorf hat noch viel mehr. Die {thing} wurde im Jahr {1500 + 10 * number + place} gebaut. "
            f"Viele Leute besuchen {thing} und Garten."
            for place, thing in enumerate(THINGS)
        )
        documents.append(Source.from_bytes(uri=f"{number}", title=f"Dorf {number}", data=text.encode(), language="de"))
        for place, thing in enumerate(THINGS):
            year = (str(1500 + 10 * number + place),)
            cases.append(Case(f"{number} {place}", number, f"Wann wurde die {thing} gebaut?", year))
        cases += [Case(f"{number} {thing}", number, f"Wann wurde die {thing} gebaut?") for thing in MISSING]
    return QuestionSet(tuple(documents), tuple(cases), ())


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> list[Measurement]:
    library = Library(Settings(home=tmp_path_factory.mktemp("fit")), HashedWords())
    measurements = measure_questions({"villages": questions()}, library, WordSelector(NO_WORD_WEIGHTS))
    library.close()
    return measurements


@pytest.fixture(scope="module")
def fitted(measured: list[Measurement]) -> Weights:
    return fit_words(measured)


def test_the_sentence_that_answers_wins_and_what_is_missing_is_less_sure(
    measured: list[Measurement], fitted: Weights
) -> None:
    judged = [judge_by_words(each, fitted) for each in measured if each.group is not Group.OFF_DOCUMENT]
    assert all(each.right for each in judged if each.group is Group.ANSWERABLE)
    sure = {group: [each.confidence for each in judged if each.group is group] for group in Group}
    assert min(sure[Group.ANSWERABLE]) > max(sure[Group.UNANSWERABLE])
    assert max(sure[Group.UNANSWERABLE]) < fitted.thresholds.answer <= fitted.thresholds.sure


def test_weights_that_are_stored_come_back(fitted: Weights, tmp_path: Path) -> None:
    back = Weights.from_json(fitted.to_json(NAMES, CONFIDENCE_NAMES), NAMES, CONFIDENCE_NAMES)
    np.testing.assert_allclose(back.ranking, fitted.ranking, atol=1e-4)
    assert back.thresholds == fitted.thresholds


def test_the_same_questions_give_the_same_weights(measured: list[Measurement], fitted: Weights) -> None:
    np.testing.assert_array_equal(fit_words(measured).ranking, fitted.ranking)
