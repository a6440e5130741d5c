"""Which refusals are told, and which were told before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.discord.asking import refusal_notices
from bot.discord.asking.rate_limits import LimitReached, RateLimit
from bot.discord.asking.refusal_notices import RefusalNotices

NOW = datetime(2030, 5, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HARBOUR, MILL, ADA, BRUNO, HERE, THERE = range(1, 7)


def test_a_limit_is_told_to_each_person_once_until_it_ends() -> None:
    told = RefusalNotices()
    reached = LimitReached(RateLimit.PERSON_MINUTE, NOW + 30 * SECOND)
    for guild, channel, person, now, expected in [
        (HARBOUR, HERE, ADA, NOW, True),
        (HARBOUR, HERE, ADA, NOW + 29 * SECOND, False),
        (HARBOUR, THERE, ADA, NOW, False),
        (HARBOUR, HERE, BRUNO, NOW, True),
        (MILL, HERE, ADA, NOW, True),
        (None, HERE, ADA, NOW, True),
        (HARBOUR, HERE, ADA, NOW + 30 * SECOND, True),
    ]:
        assert told.is_first_of_limit(reached, guild, channel, person, now) is expected
    day = LimitReached(RateLimit.PERSON_DAY, NOW + timedelta(days=1))
    assert told.is_first_of_limit(day, HARBOUR, HERE, ADA, NOW)


def test_a_servers_limit_is_told_to_each_channel_once() -> None:
    told = RefusalNotices()
    reached = LimitReached(RateLimit.SERVER_DAY, NOW + timedelta(days=1))
    asked = [(HERE, ADA), (HERE, BRUNO), (THERE, BRUNO), (THERE, ADA)]
    assert [told.is_first_of_limit(reached, HARBOUR, channel, person, NOW) for channel, person in asked] == [
        True,
        False,
        True,
        False,
    ]


def test_the_same_sentence_is_told_once_a_minute_whatever_its_figures() -> None:
    told = RefusalNotices()
    assert told.is_first_in_a_minute("It has 4,001 characters.", HARBOUR, ADA, NOW)
    assert not told.is_first_in_a_minute("It has 12,345 characters.", HARBOUR, ADA, NOW + 59 * SECOND)
    assert told.is_first_in_a_minute("It is empty.", HARBOUR, ADA, NOW)
    assert told.is_first_in_a_minute("It has 4,001 characters.", HARBOUR, BRUNO, NOW)
    assert told.is_first_in_a_minute("It has 4,001 characters.", HARBOUR, ADA, NOW + 60 * SECOND)


def test_a_remark_is_welcome_a_few_times_a_minute() -> None:
    told = RefusalNotices()
    said = [told.is_welcome("Hello!", HARBOUR, ADA, NOW) for _ in range(5)]
    assert said == [True] * refusal_notices.MOST_REMARKS + [False] * (5 - refusal_notices.MOST_REMARKS)
    assert told.is_welcome("You are welcome.", HARBOUR, ADA, NOW)
    assert told.is_welcome("Hello!", HARBOUR, BRUNO, NOW)
    assert told.is_welcome("Hello!", HARBOUR, ADA, NOW + 60 * SECOND)


def test_of_more_people_than_are_remembered_the_first_are_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusal_notices, "REMEMBERED_NOTICES", 3)
    told = RefusalNotices()
    assert all(told.is_first_in_a_minute("No.", HARBOUR, person, NOW) for person in range(4))
    assert not told.is_first_in_a_minute("No.", HARBOUR, 3, NOW)
    assert told.is_first_in_a_minute("No.", HARBOUR, 0, NOW)
