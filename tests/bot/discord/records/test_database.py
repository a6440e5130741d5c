"""The file of the records: private, migrated, whole or refused with a sentence; and never in the event loop's way."""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.records import answers, counters, server_settings, votes
from bot.discord.records.database import (
    FILE,
    Database,
    RecordsBusyError,
    RecordsError,
    migrate,
    open_connection,
    private_folder,
    to_text,
)
from bot.discord.records.schema import MIGRATIONS
from bot.discord.records.server_settings import ServerSettings
from tests.discord.records import GUILD, NOON
from tests.faults.conftest import mounted, remount

__all__ = ["mounted"]

VERSION_1 = (Path(__file__).parent / "version_1.sql").read_text()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def path(home: Path) -> Path:
    """Where the file will lie."""
    return private_folder(home) / FILE


@pytest.fixture
def database(home: Path) -> Iterator[Database]:
    database = Database(home)
    yield database
    database.close()


def keep(connection: sqlite3.Connection, guild_id: int) -> None:
    server_settings.save(connection, guild_id, ServerSettings(language="it"))


def kept(connection: sqlite3.Connection) -> list[int]:
    return [row[0] for row in connection.execute("SELECT guild_id FROM server_settings ORDER BY guild_id")]


def assert_one_sentence(error: RecordsError, *parts: str) -> None:
    text = str(error)
    assert text.endswith(".")
    assert "\n" not in text
    for part in parts:
        assert part in text


def script(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(sql)


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


# Versions


def test_records_of_version_1_are_read(path: Path) -> None:
    script(path, VERSION_1)
    day, answer = date(2026, 3, 14), "abcdefghijklmnop"
    with closing(open_connection(path)) as connection:
        assert server_settings.load_all(connection)[GUILD] == ServerSettings(
            frozenset({5, 7}), frozenset({8}), frozenset(), "it", 10, 100, 1000
        )
        citation = answers.StoredCitation(1, "a1b2", "ff00", 3, 9, "Guide", "file:///guide.md", 2, None, "default")
        assert answers.load(connection, answer, GUILD) == answers.AnswerRecord(answer, GUILD, (citation,), NOON)
        assert votes.export(connection, GUILD) == [
            {
                "answer": answer,
                "vote": "down",
                "reason": "wrong",
                "question": "Who?",
                "time": "2026-03-14T12:00:00.000000+00:00",
                "voter": "aa",
            }
        ]
        statistics = counters.statistics(connection, GUILD)
        assert (statistics.questions, statistics.refusals) == (3, 1)
        assert statistics.median_ms == pytest.approx(1.25**19.5)
        assert counters.questions_today(connection, "bb", day) == 4
        assert counters.server_questions_today(connection, GUILD, day) == 4


def test_old_and_new_records_end_with_the_same_tables(tmp_path: Path) -> None:
    def schema(path: Path) -> list[tuple[str, str]]:
        with closing(open_connection(path)) as connection:
            rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
            return [(name, " ".join(sql.split())) for name, sql in rows]

    script(tmp_path / "old", VERSION_1)
    assert schema(tmp_path / "old") == schema(tmp_path / "new")


def test_an_empty_file_becomes_records(home: Path, path: Path) -> None:
    path.touch()
    Database(home).close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


STEPS = (
    "CREATE TABLE first (a);\nINSERT INTO first VALUES ('this;\nthat');",
    "ALTER TABLE first ADD COLUMN b DEFAULT 2;\nCREATE TABLE second (c);",
)


@pytest.mark.parametrize("begin", [0, 1, 2])
def test_migrations_run_in_order_and_each_once(begin: int) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, STEPS[:begin])
        migrate(connection, STEPS)
        migrate(connection, STEPS)
        assert connection.execute("SELECT a, b FROM first").fetchall() == [("this;\nthat", 2)]
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)


def test_a_migration_that_fails_leaves_the_version_before() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        broken = (STEPS[0], "CREATE TABLE second (c);\nINSERT INTO nowhere VALUES (1);")
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, broken)
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("first",)]
        migrate(connection, STEPS)
        assert connection.execute("SELECT * FROM second").fetchall() == []


def test_records_of_a_newer_version_are_refused_and_left_alone(home: Path, path: Path) -> None:
    script(path, f"CREATE TABLE later (a); PRAGMA user_version = {len(MIGRATIONS) + 1};")
    before = path.read_bytes()
    with pytest.raises(RecordsError) as caught:
        Database(home)
    assert_one_sentence(caught.value, str(path), "newer version")
    assert path.read_bytes() == before


# Damage and disks


def spoil_header(data: bytearray) -> None:
    data[:16] = b"not a database!!"


def spoil_middle(data: bytearray) -> None:
    middle = len(data) // 2
    data[middle : middle + 4096] = random.Random(1).randbytes(4096)


def cut_short(data: bytearray) -> None:
    del data[len(data) // 2 :]


@pytest.mark.parametrize("spoil", [spoil_header, spoil_middle, cut_short])
def test_damaged_records_are_named_and_left_for_their_owner(
    home: Path, path: Path, spoil: Callable[[bytearray], None]
) -> None:
    with closing(open_connection(path)) as connection:
        for number in range(400):
            counters.count_question(connection, f"{number:032x}", number, date(2026, 3, 14))
    data = bytearray(path.read_bytes())
    spoil(data)
    path.write_bytes(data)
    with pytest.raises(RecordsError) as caught:
        Database(home)
    assert_one_sentence(caught.value, str(path), "damaged", "move that file away")
    assert path.read_bytes() == data
    path.rename(path.with_suffix(".old"))
    Database(home).close()  # the remedy works


async def test_damage_that_shows_later_is_told_the_same_way(database: Database) -> None:
    def spoil(connection: sqlite3.Connection) -> None:
        keep(connection, GUILD)
        connection.execute("UPDATE server_settings SET language = CAST(x'FF' AS TEXT)")

    await database.run(spoil)
    with pytest.raises(RecordsError, match="damaged"):
        await database.run(server_settings.load_all)


def test_a_folder_that_cannot_be_made_is_told(home: Path) -> None:
    home.write_text("a file stands here")
    with pytest.raises(RecordsError) as caught:
        Database(home)
    assert_one_sentence(caught.value, str(home), "PULLQUOTE_HOME")


def test_a_folder_in_the_files_place_is_told(home: Path, path: Path) -> None:
    path.mkdir()
    with pytest.raises(RecordsError) as caught:
        Database(home)
    assert_one_sentence(caught.value, str(path), "readable and writable")


@pytest.mark.parametrize("is_there", [False, True])
def test_a_read_only_disk_is_told_and_works_once_it_is_writable(
    mounted: Callable[[str], Path], *, is_there: bool
) -> None:
    home = mounted("4m")
    if is_there:
        Database(home).close()
    remount(home, "ro")
    with pytest.raises(RecordsError) as caught:
        Database(home)
    assert_one_sentence(caught.value, str(home / "discord"), "readable and writable")
    remount(home, "rw")
    Database(home).close()


@pytest.mark.parametrize(("size", "larger"), [("16k", "size=4m"), ("4m,nr_inodes=1", "nr_inodes=100")])
def test_a_disk_that_is_full_at_the_start_is_told_and_works_once_there_is_room(
    mounted: Callable[[str], Path], size: str, larger: str
) -> None:
    home = mounted(size)
    with pytest.raises(RecordsError) as caught:
        Database(home)
    assert_one_sentence(caught.value, str(home / "discord"), "free some space")
    remount(home, larger)
    Database(home).close()


async def test_a_disk_that_fills_up_loses_nothing_that_was_kept(mounted: Callable[[str], Path]) -> None:
    home = mounted("1m")
    database = Database(home)
    await database.run(keep, 1)
    with (home / "ballast").open("wb", buffering=0) as ballast, suppress(OSError):
        while ballast.write(bytes(4096)):
            pass

    def keep_many(connection: sqlite3.Connection) -> None:
        for guild_id in range(2, 10_000):
            keep(connection, guild_id)

    with pytest.raises(RecordsError) as caught:
        await database.run(keep_many)
    assert_one_sentence(caught.value, str(home / "discord"), "free some space")
    assert await database.run(kept) == [1]
    (home / "ballast").unlink()
    await database.run(keep, 2)
    assert await database.run(kept) == [1, 2]
    database.close()


async def test_rights_that_are_lost_while_running_are_told(database: Database) -> None:
    await database.run(lambda connection: connection.execute("PRAGMA query_only = ON") and None)
    with pytest.raises(RecordsError, match="readable and writable"):
        await database.run(keep, 1)


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
