"""Counts and latencies: each server's own, as exact as promised, and nobody's after the day."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.records import counters
from bot.discord.records.counters import BUCKET_FACTOR, Statistics
from tests.bot.discord.records.fresh_records import GUILD, OTHER_GUILD, fresh_records

DAY = date(2026, 3, 14)
NEXT_DAY = DAY + timedelta(days=1)
ANNA, BELA = "a" * 32, "b" * 32


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with fresh_records() as connection:
        yield connection


@given(st.lists(st.floats(1, 900_000), min_size=1, max_size=60))
def test_percentiles_are_as_exact_as_the_buckets(latencies: list[float]) -> None:
    with fresh_records() as connection:
        for milliseconds in latencies:
            counters.record_answer(connection, GUILD, DAY, refused=False, milliseconds=milliseconds)
        found = counters.statistics(connection, GUILD)
    assert found.median_ms is not None
    assert found.p95_ms is not None
    latencies.sort()
    for percent, read in ((50, found.median_ms), (95, found.p95_ms)):
        true = latencies[math.ceil(len(latencies) * percent / 100) - 1]
        assert max(read / true, true / read) <= math.sqrt(BUCKET_FACTOR) * (1 + 1e-9)


def test_an_answer_in_no_time_is_counted_too(connection: sqlite3.Connection) -> None:
    counters.record_answer(connection, GUILD, DAY, refused=False, milliseconds=0)
    assert counters.statistics(connection, GUILD) == Statistics(1, 0, 1.0, 1.0)


@pytest.mark.parametrize("milliseconds", [-0.1, math.nan, math.inf])
def test_what_is_no_latency_is_a_mistake(connection: sqlite3.Connection, milliseconds: float) -> None:
    with pytest.raises(ValueError, match="not a latency"):
        counters.record_answer(connection, GUILD, DAY, refused=False, milliseconds=milliseconds)


def test_statistics_are_each_servers_own_and_begin_where_asked(connection: sqlite3.Connection) -> None:
    for guild_id, day, refused, milliseconds in [
        (GUILD, DAY, False, 10.0),
        (GUILD, DAY, True, 10.0),
        (GUILD, DAY, False, 10.0),
        (GUILD, NEXT_DAY, True, 5000.0),
        (OTHER_GUILD, DAY, False, 80.0),
        (None, DAY, True, 90.0),
    ]:
        counters.record_answer(connection, guild_id, day, refused=refused, milliseconds=milliseconds)
    whole, later = counters.statistics(connection, GUILD), counters.statistics(connection, GUILD, NEXT_DAY)
    assert (whole.questions, whole.refusals, later.questions, later.refusals) == (4, 2, 1, 1)
    assert whole.median_ms == pytest.approx(10, rel=0.12)
    assert whole.p95_ms == later.median_ms == pytest.approx(5000, rel=0.12)
    other, direct = counters.statistics(connection, OTHER_GUILD), counters.statistics(connection, None)
    assert (other.questions, other.refusals, direct.questions, direct.refusals) == (1, 0, 1, 1)
    assert counters.statistics(connection, GUILD, NEXT_DAY + timedelta(days=1)) == Statistics(0, 0, None, None)


def test_questions_are_counted_by_person_server_and_day(connection: sqlite3.Connection) -> None:
    for person, guild_id, day in [
        (ANNA, GUILD, DAY),
        (ANNA, GUILD, DAY),
        (BELA, GUILD, DAY),
        (BELA, OTHER_GUILD, DAY),
        (BELA, None, DAY),
        (ANNA, GUILD, NEXT_DAY),
    ]:
        counters.count_question(connection, person, guild_id, day)
    assert counters.questions_today(connection, ANNA, DAY) == 2
    assert counters.questions_today(connection, ANNA, NEXT_DAY) == 1
    assert counters.questions_today(connection, "c" * 32, DAY) == 0
    assert counters.server_questions_today(connection, GUILD, DAY) == 3
    assert counters.server_questions_today(connection, OTHER_GUILD, DAY) == 1
    assert counters.server_questions_today(connection, None, DAY) == 1
    assert counters.server_questions_today(connection, OTHER_GUILD, NEXT_DAY) == 0
    assert counters.statistics(connection, GUILD).questions == 0, "asked is not yet answered"


def test_persons_are_forgotten_the_next_day_and_servers_are_not(connection: sqlite3.Connection) -> None:
    for day in (DAY - timedelta(days=1), DAY, NEXT_DAY):
        counters.count_question(connection, ANNA, GUILD, day)
        counters.record_answer(connection, GUILD, day, refused=False, milliseconds=10)
    counters.forget_days_before(connection, NEXT_DAY)
    assert counters.questions_today(connection, ANNA, DAY) == 0
    assert counters.questions_today(connection, ANNA, NEXT_DAY) == 1
    assert counters.server_questions_today(connection, GUILD, DAY) == 1
    assert counters.statistics(connection, GUILD).questions == 3
