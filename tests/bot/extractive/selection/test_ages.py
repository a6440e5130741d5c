"""An age that stands beside a name is the age of who has it."""

from __future__ import annotations

import pytest

from bot.extractive.selection.ages import tells_age, whose_age
from tests.bot.fakes import answer_from, make_source

THEN = "Rua Tane was just nine years old when he built his first canoe."
NOW = "Six decades later, Tane, 71, has built more than 200 canoes."


@pytest.mark.parametrize(
    ("question", "names", "now"),
    [
        ("How old is Rua Tane?", {"rua", "tane"}, True),
        ("how old are Rúa and Tane", {"rua", "tane"}, True),
        ("How old was Rua Tane?", {"rua", "tane"}, False),
        ("How old is the canoe?", set(), False),
        ("Who is Rua Tane?", set(), False),
    ],
)
def test_whose_age_is_asked_for(question: str, names: set[str], *, now: bool) -> None:
    assert whose_age(question) == names
    assert whose_age(question, now=True) == (names if now else set())


@pytest.mark.parametrize(
    ("sentence", "tells"),
    [
        (NOW, True),
        (THEN, False),
        ("The 71-year-old builder Rua Tane sat down.", True),
        ("Tane (71) met Ada Thorne.", True),
        ("Ada Thorne, 71, met Tane.", False),
    ],
)
def test_an_age_stands_beside_a_name(sentence: str, *, tells: bool) -> None:
    assert tells_age({"rua", "tane"}, sentence) == tells


def test_how_old_somebody_is_comes_before_how_old_somebody_was() -> None:
    source = make_source(f"{THEN}\n\n{NOW}")
    assert answer_from("How old is Rua Tane?", source).citations[0].quote.text == NOW
    then = answer_from("How old was Rua Tane when he built his first canoe?", source)
    assert then.citations[0].quote.text == THEN
