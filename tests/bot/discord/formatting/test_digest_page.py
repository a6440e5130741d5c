"""The text of a weekly digest: counts, and the ten topics that were asked most."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.discord.formatting.digest_page import (
    DIGEST_UNITS,
    Digest,
    WantedTopic,
    digest_text,
    digest_title,
    most_wanted,
)
from bot.discord.formatting.discord_markdown import units
from bot.discord.texts import LANGUAGES

ENGLISH = LANGUAGES["en"]
LINK = "https://discord.com/channels/11111111111111111111/11111111111111111111/11111111111111111111"
TOPIC = WantedTopic("Who *raised* the mill?", 3, (LINK, LINK), answered=False)
DIGEST = Digest(date(2026, 11, 23), 1200, 1190, 10, (TOPIC,))


def test_a_digest() -> None:
    assert digest_title(DIGEST, ENGLISH) == "The week of 2026-11-23 to 2026-11-29"
    assert digest_text(DIGEST, ENGLISH).split("\n") == [
        "Questions answered: 1,190 · not in the documents: 10 · asked in all: 1,200",
        "**Most wanted**",
        rf"1. Who \*raised\* the mill? · 3 questions · [1]({LINK}) [2]({LINK})",
    ]
    assert digest_text(replace(DIGEST, topics=()), ENGLISH).endswith(ENGLISH.digest_no_topics)


def test_the_ten_that_were_asked_most_and_first_those_without_an_answer() -> None:
    topics = [replace(TOPIC, question=str(number), times=number // 2, answered=number % 2 == 0) for number in range(24)]
    assert [int(topic.question) for topic in most_wanted(topics)] == list(range(23, 13, -1))
    assert "✅" in digest_text(replace(DIGEST, topics=tuple(topics)), ENGLISH)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_into_a_message(language: str) -> None:
    long = replace(TOPIC, question="*" * 4000, links=(LINK,) * 50)
    text = digest_text(replace(DIGEST, topics=(long,) * 50), LANGUAGES[language])
    assert units(text) <= DIGEST_UNITS
    assert "\n5. " in text
