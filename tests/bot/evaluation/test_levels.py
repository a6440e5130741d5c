"""Questions are counted by how sure their answers were."""

from __future__ import annotations

from dataclasses import replace

from bot.evaluation.case import Case
from bot.evaluation.levels import Levels
from bot.evaluation.runner import Evaluation
from bot.evaluation.scoring import Group, Shown, Trial, judge
from bot.evaluation.span_accuracy import SpanTrial
from bot.evaluation.tables import make_tables
from bot.types import Certainty

CASE = Case("", 0, "When?", ("1874",))


def trial(certainty: Certainty | None, quote: str) -> Trial:
    return judge(CASE, 0, Group.ANSWERABLE, Shown(certainty is not None, 0.5, (quote,), 1, certainty))


def test_each_level_has_its_number_and_its_share_of_right_first_quotes() -> None:
    trials = [
        trial(Certainty.SURE, "In 1874."),
        trial(Certainty.SURE, "In 1874."),
        trial(Certainty.SURE, "Never."),
        trial(Certainty.SURE, "In 1874."),
        trial(Certainty.UNSURE, "Never."),
        trial(Certainty.UNSURE, "In 1874."),
        trial(None, "In 1874."),
    ]
    levels = Levels.of(trials)
    assert levels == Levels(4, 2, 1, 0.75, 0.5)
    assert levels.n == len(trials)


def test_where_nothing_is_shown_nothing_is_right_or_wrong() -> None:
    assert Levels.of([trial(None, "In 1874.")]) == Levels(0, 0, 1, None, None)


def test_the_table_has_a_row_for_each_group_and_kind_of_question(evaluation: Evaluation) -> None:
    (table,) = [table for table in make_tables(evaluation) if table.name == "levels"]
    assert [row[0] for row in table.rows] == [*map(str, Group), "near-miss"]
    for _, n, sure, unsure, not_found, *_ in table.rows:
        assert int(n) == int(sure) + int(unsure) + int(not_found) > 0
    trials = evaluation.product.trials
    assert sum(trial.shown.answered for trial in trials) == sum(int(row[2]) + int(row[3]) for row in table.rows[:3])


def test_each_kind_of_document_has_its_own_figures(evaluation: Evaluation) -> None:
    rules, news = replace(CASE, kind="rules"), replace(CASE, kind="news")
    sure, unsure = Shown(True, 0.9, ("In 1874.",), 1, Certainty.SURE), Shown(True, 0.4, ("No.",), 1, Certainty.UNSURE)
    nothing = Shown(False, 0.1, ("No.",), 1)
    trials = [
        *(judge(rules, 0, Group.ANSWERABLE, shown) for shown in (sure, sure, unsure, nothing)),
        judge(replace(rules, answers=()), 0, Group.UNANSWERABLE, unsure),
        judge(news, 0, Group.ANSWERABLE, nothing),
    ]
    product = replace(evaluation.product, trials=trials, spans=[SpanTrial(rules, 1.0, 1.0), SpanTrial(news, 0.0, 0.5)])
    (table,) = [table for table in make_tables(replace(evaluation, results=(product,))) if table.name == "kinds"]
    assert [row[:2] for row in table.rows] == [("rules", "4"), ("news", "1")]
    of_rules = dict(zip(table.columns[2:9], table.rows[0][2:9], strict=True))
    assert of_rules == {
        "first right": ".500", "any right": ".500", "EM": "1.000", "F1": "1.000", "not found": ".250", "sure": ".500",
        "right, of sure": "1.000",
    }  # fmt: skip
    assert table.rows[0][9:13] == ("1", ".000", ".000", ".625")
    assert table.rows[1][4:9] == (".000", ".500", "1.000", ".000", "–")
