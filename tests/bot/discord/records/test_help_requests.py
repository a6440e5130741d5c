"""Help is asked for once an answer, and a few times an hour by one person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.discord.records.help_requests import (
    MOST_AN_HOUR,
    HelpCall,
    HelpClaim,
    call_about,
    claim,
    forget_older_than,
    record_call,
    release,
)
from tests.bot.discord.records.fresh_records import fresh_records

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with fresh_records() as connection:
        yield connection


def test_once_an_answer_until_it_is_released(connection: sqlite3.Connection) -> None:
    assert claim(connection, 1, "a", "ada", NOW) is HelpClaim.GRANTED
    assert claim(connection, 1, "a", "bruno", NOW) is HelpClaim.ALREADY
    assert claim(connection, 2, "a", "ada", NOW) is HelpClaim.GRANTED
    release(connection, 1, "a")
    assert claim(connection, 1, "a", "bruno", NOW) is HelpClaim.GRANTED


def test_a_few_times_an_hour(connection: sqlite3.Connection) -> None:
    for number in range(MOST_AN_HOUR):
        assert claim(connection, 1, str(number), "ada", NOW) is HelpClaim.GRANTED
    assert claim(connection, 1, "more", "ada", NOW + timedelta(minutes=59)) is HelpClaim.TOO_MANY
    assert claim(connection, 1, "0", "ada", NOW) is HelpClaim.ALREADY
    assert claim(connection, 1, "more", "bruno", NOW) is HelpClaim.GRANTED
    assert claim(connection, 1, "later", "ada", NOW + timedelta(minutes=61)) is HelpClaim.GRANTED


def test_old_requests_are_forgotten(connection: sqlite3.Connection) -> None:
    claim(connection, 1, "a", "ada", NOW)
    forget_older_than(connection, NOW)
    assert claim(connection, 1, "a", "ada", NOW) is HelpClaim.ALREADY
    forget_older_than(connection, NOW + timedelta(seconds=1))
    assert claim(connection, 1, "a", "ada", NOW) is HelpClaim.GRANTED


def test_the_call_is_known_until_the_answer_is_forgotten(connection: sqlite3.Connection) -> None:
    assert claim(connection, 1, "a", "ada", NOW) is HelpClaim.GRANTED
    assert call_about(connection, 1, "a") is None
    record_call(connection, 1, "a", HelpCall(5, 7))
    assert call_about(connection, 1, "a") == HelpCall(5, 7)
    assert call_about(connection, 2, "a") is None
    release(connection, 1, "a")
    assert call_about(connection, 1, "a") is None
