"""From where on an answer is shown, and called sure: the rule, for any judgements."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.calibration.threshold_rule import LEAST_RIGHT, MOST_NOT_FOUND, MOST_SURE, Judgement, choose_thresholds
from bot.evaluation.scoring import Group
from bot.extractive.selection import Thresholds

judgements = st.lists(
    st.builds(
        Judgement,
        kind=st.just("k"),
        group=st.sampled_from(Group),
        confidence=st.integers(0, 100).map(lambda percent: percent / 100),
        right=st.booleans(),
    ),
    max_size=60,
)


def answerable(*confidences: float, right: bool = True, kind: str = "k") -> list[Judgement]:
    return [Judgement(kind, Group.ANSWERABLE, confidence, right) for confidence in confidences]


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0


@given(judgements)
def test_the_rule_holds_and_no_other_threshold_would_do_better(given_: list[Judgement]) -> None:
    chosen = choose_thresholds(given_)
    assert lost(given_, chosen.answer) <= MOST_NOT_FOUND
    for other in {each.confidence for each in given_}:
        if lost(given_, other) <= MOST_NOT_FOUND:
            assert wrong(given_, chosen.answer) <= wrong(given_, other) + 1e-6
    assert chosen.sure >= chosen.answer
    sure = [each for each in given_ if each.confidence >= chosen.sure]
    if chosen.sure < 1:
        assert share([each.right for each in sure if each.group is Group.ANSWERABLE]) >= LEAST_RIGHT
        for group, most in MOST_SURE.items():
            assert share([each in sure for each in given_ if each.group is group]) <= most


def lost(given_: list[Judgement], threshold: float) -> float:
    return share([each.confidence < threshold for each in given_ if each.group is Group.ANSWERABLE])


def wrong(given_: list[Judgement], threshold: float) -> float:
    """The shares that are on the wrong side."""
    shown = [share([each.confidence >= threshold for each in given_ if each.group is group]) for group in MOST_SURE]
    return lost(given_, threshold) + sum(shown)


def test_nothing_is_sure_where_no_confidence_is_right_often_enough() -> None:
    assert choose_thresholds(answerable(0.2, 0.5, 0.9, right=False)).sure == 1


def test_where_the_documents_always_answer_nothing_is_refused() -> None:
    assert choose_thresholds(answerable(0.2, 0.5, 0.9)) == Thresholds(0.0, 0.0)
    assert choose_thresholds([]) == Thresholds(0.0, 1.0)


def test_what_is_sure_begins_above_the_questions_that_the_document_does_not_answer() -> None:
    others = [Judgement("k", Group.UNANSWERABLE, each / 10, right=False) for each in range(10)]
    thresholds = choose_thresholds([*answerable(*(each / 20 for each in range(20))), *others])
    assert thresholds == Thresholds(0.025, 0.825)


def test_one_kind_of_which_right_sentences_are_not_known_makes_nothing_unsure() -> None:
    kinds = [judgement for kind in "abc" for judgement in answerable(0.2, 0.4, 0.6, right=kind != "b", kind=kind)]
    assert choose_thresholds(kinds) == Thresholds(0.0, 0.0)
    assert choose_thresholds([each for each in kinds if each.kind == "b"]).sure == 1


def test_every_kind_of_document_counts_the_same() -> None:
    others = [Judgement(kind, Group.UNANSWERABLE, 0.35, right=False) for kind in ("easy", "hard")]
    easy, hard = answerable(*[0.9] * 90, kind="easy"), answerable(*(each / 10 for each in range(10)), kind="hard")
    assert choose_thresholds([*easy, *hard, *others]).answer == 0.0
    alike = [*answerable(*[0.9] * 90), *answerable(*(each / 10 for each in range(10)))]
    assert choose_thresholds([*alike, Judgement("k", Group.UNANSWERABLE, 0.35, right=False)]).answer == 0.375
