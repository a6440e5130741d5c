"""Who added a document to a server's library, when, and how large the file was."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from bot.discord.records.database import to_text


@dataclass(frozen=True, slots=True)
class Addition:
    """One document as somebody added it.

    ``person`` is their Discord id: the people of a server see who added what. ``size`` is in bytes.
    """

    source_id: str
    person: int
    added: datetime
    size: int

    @classmethod
    def of(cls, source_id: str, person: int, added: str, size: int) -> Self:
        """The addition as it is stored."""
        return cls(source_id, person, datetime.fromisoformat(added), size)


def record(connection: sqlite3.Connection, guild_id: int, *additions: Addition) -> None:
    """Keep additions, each in place of the one of the same document before."""
    connection.executemany(
        "INSERT OR REPLACE INTO additions VALUES (?, ?, ?, ?, ?)",
        [(guild_id, one.source_id, one.person, to_text(one.added), one.size) for one in additions],
    )


def load(connection: sqlite3.Connection, guild_id: int) -> dict[str, Addition]:
    """The additions of a server, by the id of the source; documents of before these were kept have none."""
    rows = connection.execute("SELECT source_id, person, added, bytes FROM additions WHERE guild_id = ?", (guild_id,))
    return {row[0]: Addition.of(*row) for row in rows}


def documents(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """The servers and ids of all documents of which an addition is kept."""
    return connection.execute("SELECT guild_id, source_id FROM additions").fetchall()


def forget(connection: sqlite3.Connection, guild_id: int, *source_ids: str) -> None:
    """Forget the additions of removed documents."""
    connection.executemany(
        "DELETE FROM additions WHERE guild_id = ? AND source_id = ?", [(guild_id, one) for one in source_ids]
    )
