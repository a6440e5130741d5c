"""How an answer was made, in words."""

from __future__ import annotations

import pytest

from bot.discord.formatting.making_line import making_line
from bot.discord.records.answers import AnswerMaking
from bot.discord.texts import texts_for
from bot.types import EXTRACTIVE, Certainty


@pytest.mark.parametrize(
    ("milliseconds", "english", "italian"),
    [(1.0, "0.01 s", "0,01 s"), (41.0, "0.04 s", "0,04 s"), (160.0, "0.2 s", "0,2 s"), (12_340.0, "12.3 s", "12,3 s")],
)
def test_no_answer_seems_to_have_taken_no_time(milliseconds: float, english: str, italian: str) -> None:
    making = AnswerMaking(EXTRACTIVE, Certainty.SURE, 0.73, milliseconds)
    for locale, shown in (("en", english), ("it", italian)):
        line = making_line(making, texts_for(locale))
        assert f" {shown} " in line
        assert "73 %" in line
