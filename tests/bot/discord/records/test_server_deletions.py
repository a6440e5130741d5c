"""Deleting all that is kept of a server, in whatever table it lies."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.discord.records import server_deletions
from bot.discord.records.server_deletions import COLUMN, TABLE
from tests.bot.discord.records.fresh_records import GUILD, NOON, OTHER_GUILD, fresh_records

# Tables of no server: what is counted for a person, of whom the server is a part of the hash, for a day.
OF_NO_SERVER = {"person_days"}
DAYS = timedelta(days=30)


@pytest.fixture
def records() -> Iterator[sqlite3.Connection]:
    """Something in every table that holds records of servers, of two servers and of direct messages."""
    with fresh_records() as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for table in server_deletions.record_tables(connection):
            columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
            for guild in (GUILD, OTHER_GUILD, 0):
                # Keys without the server differ from server to server.
                row = [
                    guild if name == COLUMN else guild + 1 if kind == "INTEGER" else "x"
                    for _, name, kind, *_ in columns
                ]
                if table == "votes":
                    row[[column[1] for column in columns].index("value")] = 1
                connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def rows(connection: sqlite3.Connection, guild: int) -> dict[str, int]:
    return {
        table: connection.execute(f"SELECT count(*) FROM {table} WHERE {COLUMN} = ?", (guild,)).fetchone()[0]
        for table in [*server_deletions.record_tables(connection), TABLE]
    }


def test_every_table_belongs_to_servers_or_to_none() -> None:
    with fresh_records() as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        found = set(server_deletions.record_tables(connection))
        assert names == found | {TABLE} | OF_NO_SERVER
        assert {"answers", "citations", "votes", "server_settings", "server_days", "latencies", "additions"} <= found


def test_all_that_is_kept_of_a_server_is_deleted_and_counted(records: sqlite3.Connection) -> None:
    server_deletions.record_order(records, GUILD, NOON)
    others = rows(records, OTHER_GUILD), rows(records, 0)
    deleted = server_deletions.delete_records(records, GUILD)
    assert deleted == dict.fromkeys(server_deletions.record_tables(records), 1)
    assert not any(rows(records, GUILD).values())
    assert (rows(records, OTHER_GUILD), rows(records, 0)) == others


def test_servers_with_records_are_found_and_direct_messages_are_none(records: sqlite3.Connection) -> None:
    assert server_deletions.servers_with_records(records) == {GUILD, OTHER_GUILD}


def test_a_server_is_due_when_it_was_left_long_enough_ago(records: sqlite3.Connection) -> None:
    server_deletions.record_departure(records, GUILD, NOON)
    server_deletions.record_departure(records, GUILD, NOON + DAYS)  # the clock runs on
    assert server_deletions.due(records, NOON) == []
    assert server_deletions.due(records, NOON + timedelta(seconds=1)) == [GUILD]


def test_a_return_stops_the_clock_but_not_what_somebody_has_asked_for(records: sqlite3.Connection) -> None:
    server_deletions.record_departure(records, GUILD, NOON)
    server_deletions.record_order(records, OTHER_GUILD, NOON)
    server_deletions.record_presence(records, [GUILD, OTHER_GUILD])
    assert server_deletions.due(records, NOON + DAYS) == [OTHER_GUILD]
    assert server_deletions.due(records, NOON - DAYS) == [OTHER_GUILD]
