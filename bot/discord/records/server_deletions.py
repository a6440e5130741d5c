"""Servers whose data is to be deleted: the bot has left them, or somebody there has asked for it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection
from datetime import datetime

from bot.discord.records.database import DIRECT_MESSAGES, to_text

# A table with this column holds records of servers, whoever adds it.
COLUMN = "guild_id"
TABLE = "server_deletions"


def record_departure(connection: sqlite3.Connection, guild_id: int, moment: datetime) -> None:
    """Start the clock of a server that the bot has left; where it runs already, it runs on."""
    connection.execute("INSERT OR IGNORE INTO server_deletions VALUES (?, ?, 0)", (guild_id, to_text(moment)))


def record_order(connection: sqlite3.Connection, guild_id: int, moment: datetime) -> None:
    """Note that somebody has asked to delete everything of a server now."""
    connection.execute("INSERT OR REPLACE INTO server_deletions VALUES (?, ?, 1)", (guild_id, to_text(moment)))


def record_presence(connection: sqlite3.Connection, guild_ids: Collection[int]) -> None:
    """Stop the clocks of the servers that the bot is in; what somebody has asked for stays to be done."""
    connection.executemany(
        "DELETE FROM server_deletions WHERE guild_id = ? AND ordered = 0", [(guild_id,) for guild_id in guild_ids]
    )


def due(connection: sqlite3.Connection, left_before: datetime) -> list[int]:
    """The servers to delete now: those that were left before that moment, and those where somebody has asked."""
    rows = connection.execute(
        "SELECT guild_id FROM server_deletions WHERE ordered OR begun < ? ORDER BY begun", (to_text(left_before),)
    )
    return [guild_id for (guild_id,) in rows]


def servers_with_records(connection: sqlite3.Connection) -> frozenset[int]:
    """The servers that something is kept of; direct messages belong to none."""
    found: set[int] = set()
    for table in record_tables(connection):
        found.update(row[0] for row in connection.execute(f"SELECT DISTINCT {COLUMN} FROM {table}"))  # noqa: S608
    return frozenset(found - {DIRECT_MESSAGES})


def delete_records(connection: sqlite3.Connection, guild_id: int) -> Counter[str]:
    """Delete all that is kept of a server, also that it was to be deleted, and say how many rows of which tables."""
    deleted: Counter[str] = Counter()
    for table in [*record_tables(connection), TABLE]:
        rows = (f"FROM {table} WHERE {COLUMN} = ?", (guild_id,))
        # Counted first, because deleting an answer deletes its citations, too.
        (deleted[table],) = connection.execute(f"SELECT count(*) {rows[0]}", rows[1]).fetchone()
    for table in deleted:
        connection.execute(f"DELETE FROM {table} WHERE {COLUMN} = ?", (guild_id,))  # noqa: S608
    del deleted[TABLE]
    return deleted


def record_tables(connection: sqlite3.Connection) -> list[str]:
    """The tables that hold records of servers, found by their columns, so that none is forgotten."""
    rows = connection.execute(
        "SELECT m.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c "
        "WHERE m.type = 'table' AND c.name = ? AND m.name <> ? ORDER BY m.name",
        (COLUMN, TABLE),
    )
    return [name for (name,) in rows]
