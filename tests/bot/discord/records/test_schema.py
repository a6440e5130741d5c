"""Records of every version: migrated, or refused with a sentence."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.discord.records import answers, counters, server_settings, votes
from bot.discord.records.database import (
    Database,
    RecordsError,
    migrate,
    open_connection,
)
from bot.discord.records.schema import MIGRATIONS
from bot.discord.records.server_settings import ServerSettings
from tests.bot.discord.records.fresh_records import GUILD, NOON
from tests.bot.discord.records.record_files import assert_one_sentence, script

VERSION_1 = (Path(__file__).parent / "version_1.sql").read_text()


def test_records_of_version_1_are_read(path: Path) -> None:
    script(path, VERSION_1)
    day, answer = date(2026, 3, 14), "abcdefghijklmnop"
    with closing(open_connection(path)) as connection:
        assert server_settings.load_all(connection)[GUILD] == ServerSettings(
            channels=frozenset({5, 7}),
            asking_roles=frozenset({8}),
            language="it",
            questions_per_minute=10,
            questions_per_day=100,
            server_questions_per_day=1000,
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


def test_lists_that_were_stored_empty_still_mean_all(path: Path) -> None:
    emptied = "UPDATE server_settings SET channels = '[]', asking_roles = '[]', library_roles = '[]';"
    script(path, VERSION_1 + emptied)
    with closing(open_connection(path)) as connection:
        settings = server_settings.load_all(connection)[GUILD]
    assert (settings.channels, settings.asking_roles, settings.library_roles) == (None, None, frozenset())


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
