"""The file of the records: private, whole, and never in the event loop's way."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
import time
from contextlib import closing, suppress
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.records import counters
from bot.discord.records.database import (
    FILE,
    Database,
    RecordsBusyError,
    open_connection,
    to_text,
)
from tests.bot.discord.records.fresh_records import NOON
from tests.bot.discord.records.record_files import assert_one_sentence, keep, kept

# What is kept and for whom to see


async def test_what_was_kept_is_there_after_a_restart(home: Path) -> None:
    for guild_id in (1, 2):
        database = Database(home)
        await database.run(keep, guild_id)
        database.close()
    database = Database(home)
    assert await database.run(kept) == [1, 2]
    database.close()


async def test_nobody_else_may_look_inside(home: Path, path: Path) -> None:
    previous = os.umask(0)
    try:
        database = Database(home)
        await database.run(keep, 1)
        files = list(path.parent.iterdir())
        assert {file.name for file in files} == {FILE, f"{FILE}-wal", f"{FILE}-shm"}
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
        assert path.parent.stat().st_mode & 0o777 == 0o700
        database.close()
    finally:
        os.umask(previous)


def test_rights_that_were_too_wide_are_withdrawn(home: Path, path: Path) -> None:
    Database(home).close()
    path.chmod(0o644)
    path.parent.chmod(0o755)
    Database(home).close()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_what_is_deleted_leaves_no_trace_in_the_file(path: Path) -> None:
    with closing(open_connection(path)) as connection:
        counters.count_question(connection, "the-hash-of-somebody", 1, date(2026, 3, 14))
        counters.forget_days_before(connection, date(2026, 3, 15))
    assert b"the-hash-of-somebody" not in path.read_bytes()


async def test_the_file_is_set_up_as_promised(database: Database) -> None:
    def asked(connection: sqlite3.Connection, pragma: str) -> object:
        return connection.execute(f"PRAGMA {pragma}").fetchone()[0]

    found = {name: await database.run(asked, name) for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert found == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1}
    assert await database.run(asked, "busy_timeout") == 2000


# Transactions and threads


async def test_a_run_that_fails_keeps_nothing_and_the_next_one_works(database: Database) -> None:
    def half(connection: sqlite3.Connection) -> None:
        keep(connection, 1)
        raise KeyError("in the middle")

    with pytest.raises(KeyError):
        await database.run(half)
    await database.run(keep, 2)
    assert await database.run(kept) == [2]


async def test_a_mistake_of_ours_is_not_dressed_up_as_a_broken_disk(database: Database) -> None:
    def wrong(connection: sqlite3.Connection) -> None:
        connection.execute("SELECT * FROM nowhere")

    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await database.run(wrong)
    with pytest.raises(sqlite3.ProgrammingError):
        await database.run(lambda connection: connection.execute("SELECT ?", ()))


async def test_everything_happens_on_one_thread_that_is_not_the_loops(database: Database) -> None:
    threads = await asyncio.gather(*(database.run(lambda _: threading.get_ident()) for _ in range(20)))
    assert len(set(threads)) == 1
    assert threading.get_ident() not in threads


async def test_the_loop_goes_on_while_the_disk_is_slow(database: Database) -> None:
    slow = asyncio.create_task(database.run(lambda _: time.sleep(0.3)))
    ticks = 0
    while not slow.done():
        await asyncio.sleep(0.01)
        ticks += 1
    assert ticks > 5


async def test_a_cancelled_run_happens_whole_or_not_at_all(database: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly(connection: sqlite3.Connection) -> None:
        keep(connection, 1)
        begun.set()
        go_on.wait(10)
        keep(connection, 2)

    running = asyncio.create_task(database.run(slowly))
    waiting = asyncio.create_task(database.run(keep, 3))
    await asyncio.to_thread(begun.wait, 10)
    running.cancel()
    waiting.cancel()
    await asyncio.gather(running, waiting, return_exceptions=True)
    assert running.cancelled()
    assert waiting.cancelled()
    go_on.set()
    assert await database.run(kept) == [1, 2]


async def test_closing_waits_for_what_is_running(home: Path) -> None:
    database = Database(home)
    begun = threading.Event()

    def slowly(connection: sqlite3.Connection) -> None:
        begun.set()
        time.sleep(0.2)
        keep(connection, 1)

    running = asyncio.create_task(database.run(slowly))
    await asyncio.to_thread(begun.wait, 10)
    database.close()
    await running
    again = Database(home)
    assert await again.run(kept) == [1]
    again.close()


async def test_another_process_that_writes_makes_us_wait_and_then_say_so(database: Database, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(RecordsBusyError) as caught:
        await database.run(keep, 1)
    assert caught.value.retryable
    assert_one_sentence(caught.value, str(path), "try again in a moment")
    waiting = asyncio.create_task(database.run(keep, 2))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    other.execute("COMMIT")
    await waiting
    other.close()
    assert await database.run(kept) == [2]


async def test_who_reads_and_then_writes_is_not_overtaken(database: Database, path: Path) -> None:
    def read_and_write(connection: sqlite3.Connection) -> None:
        assert kept(connection) == []
        with closing(sqlite3.connect(path, timeout=0)) as other, suppress(sqlite3.OperationalError), other:
            keep(other, 1)
        keep(connection, 2)

    await database.run(read_and_write)
    assert await database.run(kept) == [2]


# Moments

ZONES = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
MOMENTS = st.builds(datetime.fromtimestamp, st.floats(-6e10, 2e11), ZONES)


@given(MOMENTS, MOMENTS)
def test_moments_come_back_and_sort_as_text(one: datetime, other: datetime) -> None:
    assert datetime.fromisoformat(to_text(one)) == one
    assert (to_text(one) < to_text(other)) == (one < other)


def test_a_moment_without_a_time_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_text(NOON.replace(tzinfo=None))
