"""What is kept in a file for a test, and what is said where it cannot be."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.discord.records import server_settings
from bot.discord.records.database import RecordsError
from bot.discord.records.server_settings import ServerSettings


def keep(connection: sqlite3.Connection, guild_id: int) -> None:
    server_settings.change(connection, guild_id, lambda _: ServerSettings(language="it"))


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
