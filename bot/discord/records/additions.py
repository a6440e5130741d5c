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


def record(connection: sqlite3.Connection, guild_id: int, addition: Addition) -> None:
    """Keep an addition in place of the one of the same document before."""
    connection.execute(
        "INSERT OR REPLACE INTO additions VALUES (?, ?, ?, ?, ?)",
        (guild_id, addition.source_id, addition.person, to_text(addition.added), addition.size),
    )


def load(connection: sqlite3.Connection, guild_id: int) -> dict[str, Addition]:
    """The additions of a server, by the id of the source; documents of before these were kept have none."""
    rows = connection.execute("SELECT source_id, person, added, bytes FROM additions WHERE guild_id = ?", (guild_id,))
    return {row[0]: Addition.of(*row) for row in rows}


def forget(connection: sqlite3.Connection, guild_id: int, source_id: str | None = None) -> None:
    """Forget the addition of a removed document, or all of a server."""
    if source_id is None:
        connection.execute("DELETE FROM additions WHERE guild_id = ?", (guild_id,))
    else:
        connection.execute("DELETE FROM additions WHERE guild_id = ? AND source_id = ?", (guild_id, source_id))
