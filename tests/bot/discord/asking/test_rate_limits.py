"""Limits: exact to the microsecond, fair to each person and server, and small in memory."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.asking.rate_limits import LimitReached, RateLimit, RateLimits
from bot.discord.records import counters
from bot.discord.records.database import Database
from bot.discord.records.pseudonyms import Pseudonyms
from bot.discord.records.server_settings import ServerSettings
from tests.bot.discord.records.fresh_records import GUILD, NOON, OTHER_GUILD, fresh_records

ANNA, BELA = 1, 2
TICK = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
MIDNIGHT = datetime(2026, 3, 15, tzinfo=UTC)
PSEUDONYMS = Pseudonyms(bytes(32))


@dataclass
class Asking:
    """Limits over fresh records, with settings that the test may change."""

    connection: sqlite3.Connection
    settings: ServerSettings = field(default_factory=ServerSettings)
    limits: RateLimits = field(default_factory=lambda: RateLimits(PSEUDONYMS))

    def ask(self, now: datetime, user_id: int = ANNA, guild_id: int | None = GUILD) -> LimitReached | None:
        return self.limits.check_and_count(self.connection, self.settings, guild_id, user_id, now)


@pytest.fixture
def asking() -> Iterator[Asking]:
    with fresh_records() as connection:
        yield Asking(connection)


def test_thirty_a_minute_and_again_when_the_oldest_turns_a_minute_old(asking: Asking) -> None:
    asked = [NOON + second * timedelta(seconds=1) for second in range(30)]
    assert [asking.ask(now) for now in asked] == [None] * 30
    reached = LimitReached(RateLimit.PERSON_MINUTE, NOON + MINUTE)
    assert asking.ask(NOON + MINUTE - TICK) == reached
    assert asking.ask(NOON + MINUTE) is None
    assert asking.ask(NOON + MINUTE) == LimitReached(RateLimit.PERSON_MINUTE, asked[1] + MINUTE)


def test_a_day_ends_at_midnight_utc_wherever_the_clock_hangs(asking: Asking) -> None:
    asking.settings = ServerSettings(questions_per_day=2)
    tokyo = timezone(timedelta(hours=9))
    assert asking.ask(NOON) is None
    assert asking.ask((MIDNIGHT - timedelta(minutes=5)).astimezone(tokyo)) is None
    reached = asking.ask((MIDNIGHT - TICK).astimezone(tokyo))
    assert reached == LimitReached(RateLimit.PERSON_DAY, MIDNIGHT)
    assert reached.opens.tzinfo is UTC
    assert asking.ask(MIDNIGHT) is None


def test_a_minute_does_not_end_at_midnight(asking: Asking) -> None:
    asking.settings = ServerSettings(questions_per_minute=1)
    late = MIDNIGHT - timedelta(seconds=10)
    assert asking.ask(late) is None
    assert asking.ask(MIDNIGHT) == LimitReached(RateLimit.PERSON_MINUTE, late + MINUTE)


def test_the_limit_that_opens_last_is_told(asking: Asking) -> None:
    asking.settings = ServerSettings(questions_per_minute=1, questions_per_day=1)
    assert asking.ask(NOON) is None
    assert asking.ask(NOON) == LimitReached(RateLimit.PERSON_DAY, MIDNIGHT)
    late = MIDNIGHT - timedelta(seconds=10)
    assert asking.ask(late, BELA) is None
    assert asking.ask(late, BELA) == LimitReached(RateLimit.PERSON_MINUTE, late + MINUTE)


def test_the_server_has_a_day_of_its_own_and_direct_messages_have_none(asking: Asking) -> None:
    asking.settings = ServerSettings(server_questions_per_day=2)
    assert [asking.ask(NOON, user) for user in (1, 2, 3)] == [None, None, LimitReached(RateLimit.SERVER_DAY, MIDNIGHT)]
    assert asking.ask(NOON, 3, OTHER_GUILD) is None
    assert [asking.ask(NOON, user, None) for user in (1, 2, 3)] == [None] * 3


def test_nobodys_questions_count_for_others_or_elsewhere(asking: Asking) -> None:
    asking.settings = ServerSettings(questions_per_minute=1, questions_per_day=1)
    for user, guild in [(ANNA, GUILD), (BELA, GUILD), (ANNA, OTHER_GUILD), (ANNA, None)]:
        assert asking.ask(NOON, user, guild) is None
        assert asking.ask(NOON, user, guild) is not None


def test_a_refused_question_is_not_counted(asking: Asking) -> None:
    asking.settings = ServerSettings(questions_per_minute=1)
    asking.ask(NOON)
    for second in range(1, 60):
        assert asking.ask(NOON + timedelta(seconds=second)) == LimitReached(RateLimit.PERSON_MINUTE, NOON + MINUTE)
    assert counters.server_questions_today(asking.connection, GUILD, NOON.date()) == 1
    assert asking.ask(NOON + MINUTE) is None


def test_a_lowered_limit_opens_when_enough_have_turned_old(asking: Asking) -> None:
    seconds = [NOON + timedelta(seconds=second) for second in range(5)]
    for now in seconds:
        asking.ask(now)
    asking.settings = replace(asking.settings, questions_per_minute=2)
    assert asking.ask(seconds[-1]) == LimitReached(RateLimit.PERSON_MINUTE, seconds[3] + MINUTE)
    assert asking.ask(seconds[3] + MINUTE - TICK) is not None
    assert asking.ask(seconds[3] + MINUTE) is None


def test_the_day_is_remembered_after_a_restart(asking: Asking) -> None:
    asking.settings = ServerSettings(questions_per_day=1)
    assert asking.ask(NOON) is None
    asking.limits = RateLimits(PSEUDONYMS)
    assert asking.ask(NOON + MINUTE) == LimitReached(RateLimit.PERSON_DAY, MIDNIGHT)


def test_a_clock_that_is_set_back_locks_nobody_out(asking: Asking) -> None:
    asking.settings = ServerSettings(questions_per_minute=1)
    assert asking.ask(NOON) is None
    assert asking.ask(NOON - timedelta(hours=1)) is None


def test_questions_that_arrive_in_the_other_order_are_counted_all_the_same(asking: Asking) -> None:
    asking.settings = ServerSettings(questions_per_minute=2)
    assert asking.ask(NOON + TICK) is None
    assert asking.ask(NOON) is None
    assert asking.ask(NOON) == LimitReached(RateLimit.PERSON_MINUTE, NOON + MINUTE)


def test_what_no_longer_matters_is_forgotten(asking: Asking) -> None:
    asking.settings = ServerSettings(questions_per_day=1000)
    for number in range(500):
        now = NOON + number * timedelta(seconds=3)
        assert asking.ask(now) is None
        assert asking.ask(now, user_id=1000 + number) is None
        assert len(asking.limits._windows) <= 21
    for number in range(100):
        asking.ask(NOON + timedelta(hours=1) + number * timedelta(seconds=3))
    (window,) = asking.limits._windows.values()
    assert len(window) == 20


def test_a_moment_without_a_time_zone_is_a_mistake(asking: Asking) -> None:
    with pytest.raises(ValueError, match="time zone"):
        asking.ask(NOON.replace(tzinfo=None))


async def test_of_those_who_come_at_once_only_as_many_as_allowed_get_through(tmp_path: Path) -> None:
    limits, database = RateLimits(PSEUDONYMS), Database(tmp_path)
    settings = ServerSettings(questions_per_minute=30, questions_per_day=20)
    asked = [database.run(limits.check_and_count, settings, GUILD, ANNA, NOON) for _ in range(50)]
    reached_limits = await asyncio.gather(*asked)
    database.close()
    assert reached_limits.count(None) == 20
    assert reached_limits.count(LimitReached(RateLimit.PERSON_DAY, MIDNIGHT)) == 30


@given(
    st.builds(
        ServerSettings,
        questions_per_minute=st.integers(1, 4),
        questions_per_day=st.integers(1, 8),
        server_questions_per_day=st.integers(1, 12),
    ),
    st.lists(
        st.tuples(
            st.sampled_from([0, 1, 10, 20, 59.999999, 60, 60.000001, 3600, 40_000]),
            st.sampled_from([ANNA, BELA]),
            st.sampled_from([GUILD, OTHER_GUILD, None]),
        ),
        max_size=40,
    ),
)
def test_limits_hold_and_open_exactly_when_they_say(
    settings: ServerSettings, questions: list[tuple[float, int, int | None]]
) -> None:
    counted: list[tuple[datetime, int, int | None]] = []
    now = NOON
    with fresh_records() as connection:
        asking = Asking(connection, settings)
        for pause, user, guild in questions:
            now += timedelta(seconds=pause)
            own = [moment for moment, *who in counted if who == [user, guild]]
            last_minute = sum(now - moment < MINUTE for moment in own)
            today = sum(moment.date() == now.date() for moment in own)
            server = sum(moment.date() == now.date() for moment, _, where in counted if where == guild)
            full = {
                RateLimit.PERSON_MINUTE: last_minute >= settings.questions_per_minute,
                RateLimit.PERSON_DAY: today >= settings.questions_per_day,
                RateLimit.SERVER_DAY: guild is not None and server >= settings.server_questions_per_day,
            }
            reached = asking.ask(now, user, guild)
            if reached is None:
                assert not any(full.values())
                counted.append((now, user, guild))
            else:
                assert full[reached.limit]
                assert now < reached.opens
                assert asking.ask(reached.opens - TICK, user, guild) is not None
                assert asking.ask(reached.opens, user, guild) is None
                now = reached.opens
                counted.append((now, user, guild))
