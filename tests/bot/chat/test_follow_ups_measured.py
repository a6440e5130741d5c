"""Follow-ups rewritten by a chat model are measured as those that the rules rewrite."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import Settings
from bot.evaluation.follow_ups import FollowUp, chat_method, drawn, half_of, measure
from bot.types import Turn
from tests.bot.chat.conftest import KEY, MODEL
from tests.bot.chat_server import ChatServer, Say

TITLE = Turn("Skarn Lighthouse", "History")
CASES = [
    FollowUp(
        f"dialog{number}",
        TITLE,
        (Turn("Who designed the lighthouse?", "Ines Moreau designed it."),),
        "Where was she born?",
        "Where was Ines Moreau born?",
    )
    for number in range(40)
]


def test_what_a_chat_model_writes_is_what_is_measured(server: ChatServer, home: Path) -> None:
    method = chat_method(Settings(home=home, chat_model=MODEL, chat_base_url=server.url, chat_api_key=KEY))
    server.script = [Say("Where was Ines Moreau born?")]
    outcome = measure(method, CASES[:1], titled=False)
    assert (outcome.recovered.value, outcome.wrong.value) == (1, 0)
    server.script = [Say("Where was the lighthouse born?")]
    outcome = measure(method, CASES[:1], titled=False)
    assert (outcome.recovered.value, outcome.wrong.value) == (0, 1)
    assert len(server.requests) == 2


@pytest.mark.parametrize("limit", [0, 3, 100])
def test_as_many_of_each_half_are_drawn_and_always_the_same(limit: int) -> None:
    chosen = drawn(CASES, limit)
    assert chosen == drawn(CASES, limit)
    assert [case for case in CASES if case in chosen] == chosen
    for half in ("tuning", "judging"):
        there = sum(half_of(case.dialog) == half for case in CASES)
        assert sum(half_of(case.dialog) == half for case in chosen) == min(limit, there)
