"""Questions put to documents: which to which, and how much each counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import Settings
from bot.calibration.measurement import MOST_COUNT, STRANGERS_COUNT, Measurement, measure_questions
from bot.calibration.selector_fit import NO_WEIGHTS
from bot.evaluation.case import Case
from bot.evaluation.cases import QuestionSet
from bot.evaluation.scoring import Group
from bot.extractive.selection import Selector
from retrieval import Library
from tests.bot.calibration.measured import SilentReader
from tests.bot.fakes import HashedWords, make_source

MILL, OVEN = "The mill burned in 1874. Sheep graze beside it.", "The oven was lit at five. Rye bread rests in it."


def questions(name: str, text: str, answer: str, answerable: int, others: int, documents: int = 2) -> QuestionSet:
    """Documents with the same text, and as many questions about each."""
    cases = [
        Case(
            f"{name} {number}",
            document,
            f"When was number {number} of {name}?",
            (answer,) if number < answerable else (),
        )
        for document in range(documents)
        for number in range(answerable + others)
    ]
    return QuestionSet(tuple(make_source(text, f"{name} {number}") for number in range(documents)), tuple(cases), ())


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Library]:
    library = Library(Settings(home=tmp_path / "measured"), HashedWords())
    yield library
    library.close()


def measured(library: Library, **kinds: QuestionSet) -> list[Measurement]:
    return measure_questions(kinds, library, Selector(SilentReader(), NO_WEIGHTS))


def worth(rows: list[Measurement], kind: str, group: Group) -> float:
    return sum(row.weight for row in rows if (row.kind, row.group) == (kind, group))


def test_every_kind_and_every_group_in_it_counts_the_same(empty: Library) -> None:
    mills, ovens = questions("mills", MILL, "1874", 4, 3), questions("ovens", OVEN, "five", 2, 2)
    rows = measured(empty, mills=mills, ovens=ovens)
    for group in (Group.ANSWERABLE, Group.UNANSWERABLE):
        assert worth(rows, "mills", group) == pytest.approx(worth(rows, "ovens", group)) == pytest.approx(6)
    strangers = [row for row in rows if row.group is Group.OFF_DOCUMENT]
    assert strangers
    assert all(row.weight < 2 * STRANGERS_COUNT for row in strangers)
    assert max(row.weight for row in rows) <= MOST_COUNT


def test_right_are_the_sentences_that_hold_an_answer_of_the_own_document(empty: Library) -> None:
    for row in measured(empty, mills=questions("mills", MILL, "1874", 3, 1)):
        held = ["1874" in each.candidate.text for each in row.candidates]
        assert row.right.tolist() == (held if row.is_answerable else [False] * len(held))


def test_strangers_are_of_other_kinds_where_there_are_some(empty: Library) -> None:
    rows = measured(empty, mills=questions("mills", MILL, "1874", 4, 0), ovens=questions("ovens", OVEN, "five", 4, 0))
    for row in rows:
        assert (row.kind in row.analysis.text) == (row.group is not Group.OFF_DOCUMENT)


def test_strangers_of_one_kind_alone_are_about_its_other_documents(empty: Library) -> None:
    rows = measured(empty, mills=questions("mills", MILL, "1874", 4, 0))
    assert [row.group for row in rows].count(Group.OFF_DOCUMENT) == 2


def test_few_questions_of_a_kind_do_not_outweigh_all_others(empty: Library) -> None:
    many, few = questions("mills", MILL, "1874", 12, 0), questions("ovens", OVEN, "five", 1, 0, documents=1)
    rows = measured(empty, mills=many, ovens=few)
    assert worth(rows, "ovens", Group.ANSWERABLE) == MOST_COUNT < worth(rows, "mills", Group.ANSWERABLE)
