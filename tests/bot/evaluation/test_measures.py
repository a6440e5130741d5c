"""Each measure against a handful of trials whose figures can be counted on fingers."""

from __future__ import annotations

import pytest

from bot.evaluation import measures
from bot.evaluation.case import Case
from bot.evaluation.measures import Curve, Results, measure_all, reliability, risk_coverage, working_point
from bot.evaluation.scoring import Group, SearchTrial, Shown, Trial, contains_answer, judge, rank_of_first_right
from retrieval import Span

RIGHT, WRONG = "It was finished in 1874.", "It is very tall."


def trial(group: Group, confidence: float, *quotes: str, answered: bool = True, document: int = 0) -> Trial:
    case = Case("", document, "When?", ("1874",) if group is not Group.UNANSWERABLE else ())
    return judge(case, document, group, Shown(answered, confidence, quotes, len(quotes)))


def results(*trials: Trial) -> Results:
    return Results("Pullquote", trials, refuses=True)


SOME = results(
    trial(Group.ANSWERABLE, 0.9, RIGHT),
    trial(Group.ANSWERABLE, 0.7, WRONG, RIGHT),
    trial(Group.ANSWERABLE, 0.2, RIGHT, answered=False, document=1),
    trial(Group.ANSWERABLE, 0.1, WRONG, answered=False, document=1),
    trial(Group.UNANSWERABLE, 0.3, WRONG),
    trial(Group.UNANSWERABLE, 0.15, WRONG, answered=False, document=1),
    trial(Group.OFF_DOCUMENT, 0.05, RIGHT, answered=False),
)


def test_right_is_a_quote_that_holds_an_answer_whatever_case_and_white_space() -> None:
    assert contains_answer("a\nLong  WAY home", ("far", "long way"))
    assert not contains_answer("along the way", ("long way",))


def test_one_sentence_of_an_answer_of_several_is_right_unless_it_says_too_little() -> None:
    answer = "Yes. You must return the form within ten days. Keep a copy of it for yourself."
    assert contains_answer("Please note: you must return the form within ten days.", (answer,))
    assert not contains_answer("Yes. You may.", (answer,))
    assert not contains_answer("Mr. J. Smith met R. J. Jones.", ("J. R. Smith",))


def test_off_the_document_nothing_is_right_and_a_fourth_quote_does_not_count() -> None:
    assert not trial(Group.OFF_DOCUMENT, 0.5, RIGHT).any_right
    assert not trial(Group.UNANSWERABLE, 0.5, RIGHT).any_right
    assert not trial(Group.ANSWERABLE, 0.5, WRONG, WRONG, WRONG, RIGHT).any_right
    assert trial(Group.ANSWERABLE, 0.5, WRONG, WRONG, RIGHT).any_right
    assert not trial(Group.ANSWERABLE, 0.0).first_right


def test_a_passage_is_right_when_it_covers_the_whole_answer_in_its_own_document() -> None:
    case = Case("", 2, "When?", ("1874",), (Span(10, 14), Span(50, 54)))
    assert rank_of_first_right(case, [(1, Span(0, 99)), (2, Span(11, 40)), (2, Span(50, 54))]) == 3
    assert rank_of_first_right(case, [(2, Span(0, 13))]) == 0


@pytest.mark.parametrize(
    ("name", "value", "n"),
    [
        ("quotes_exact", 1, 8),
        ("first_right", 2 / 4, 4),
        ("any_right", 3 / 4, 4),
        ("auroc_in_topic", (2 + 2 + 1 + 0) / 8, 6),
        ("auroc_off_document", 1, 5),
        ("answered_right", 1 / 2, 2),
        ("refused_falsely", 2 / 4, 4),
        ("refused_in_topic", 1 / 2, 2),
        ("refused_off_document", 1, 1),
    ],
)
def test_each_figure_by_hand(name: str, value: float, n: int) -> None:
    figure = measure_all(SOME)[name]
    assert figure.value == pytest.approx(value)
    assert figure.n == n


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("refused_falsely", Group.ANSWERABLE),
        ("refused_in_topic", Group.UNANSWERABLE),
        ("refused_off_document", Group.OFF_DOCUMENT),
    ],
)
def test_refusals_are_counted_and_not_answers(name: str, group: Group) -> None:
    trials = [trial(group, 0.5, WRONG, answered=answered) for answered in (True, True, True, False)]
    assert measure_all(results(*trials))[name].value == 0.25


def test_a_quote_that_is_not_the_source_is_counted() -> None:
    forged = judge(Case("", 0, "When?", ("1874",)), 0, Group.ANSWERABLE, Shown(True, 0.5, (RIGHT, WRONG), 1))
    assert measures.quotes_exact(results(forged)).value == 0.5


def test_searches_by_hand() -> None:
    searches = [SearchTrial(Case("", document, "When?"), rank) for document, rank in ((0, 1), (0, 4), (1, 0))]
    found = Results("any", (), searches)
    assert measures.hit_at_one(found).value == pytest.approx(1 / 3)
    assert measures.reciprocal_rank(found).value == pytest.approx((1 + 0.25) / 3)


def test_baselines_are_not_measured_by_what_they_do_not_do() -> None:
    figures = measure_all(Results("BM25 alone", SOME.trials))
    assert set(figures) == {
        "first_right",
        "any_right",
        "auroc_in_topic",
        "auroc_off_document",
        "hit_at_one",
        "reciprocal_rank",
    }


def test_times_are_measured_only_where_answers_were_timed() -> None:
    timed = Results("Pullquote", SOME.trials, seconds=[0.1, 0.3, 0.2], timed_documents=[0, 0, 0], refuses=True)
    assert measure_all(timed)["time_p50"].value == 0.2
    assert "time_p50" not in measure_all(SOME)


def test_equal_parts_are_equal_and_the_same_each_time() -> None:
    parts = measures.equal_parts(SOME)
    assert [one.group for one in parts] == [Group.ANSWERABLE] * 2 + [Group.UNANSWERABLE] * 2
    assert parts == measures.equal_parts(SOME)


def test_risk_and_coverage_by_hand() -> None:
    curve = risk_coverage(
        results(
            trial(Group.ANSWERABLE, 0.9, RIGHT),
            trial(Group.ANSWERABLE, 0.5, RIGHT),
            trial(Group.UNANSWERABLE, 0.5, WRONG),
            trial(Group.UNANSWERABLE, 0.1, WRONG, answered=False),
        )
    )
    assert isinstance(curve, Curve)
    assert curve.coverage.tolist() == [0.25, 0.5, 0.75, 1]
    assert curve.risk.tolist() == pytest.approx([0, 0.25, 1 / 3, 0.5])  # the two that tie share their risk
    assert curve.area == pytest.approx((0.25 + 1 / 3 + 0.5) / 4)
    assert risk_coverage(results(trial(Group.ANSWERABLE, 0.9, RIGHT))) is None


def test_the_working_point_is_what_was_answered_in_fact() -> None:
    some = results(
        trial(Group.ANSWERABLE, 0.9, RIGHT),
        trial(Group.ANSWERABLE, 0.5, WRONG),
        trial(Group.UNANSWERABLE, 0.6, WRONG),
        trial(Group.UNANSWERABLE, 0.1, WRONG, answered=False),
    )
    assert working_point(some) == (0.75, 2 / 3)
    assert working_point(results()) is None


def test_reliability_has_the_bins_that_hold_something() -> None:
    bins = reliability(results(trial(Group.ANSWERABLE, 0.95, RIGHT), trial(Group.UNANSWERABLE, 0.15, WRONG)))
    assert [(one.n, one.confidence, one.right) for one in bins] == [(1, 0.15, 0), (1, 0.95, 1)]
