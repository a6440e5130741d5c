"""Empty records for a test, in memory; those on a disk are in record_files.py."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

from bot.discord.records.database import migrate

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
GUILD, OTHER_GUILD = 11, 22


@contextmanager
def fresh_records() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        migrate(connection)
        yield connection
