"""Channels and roles that were deleted in Discord and so left a server's settings, until somebody has seen that."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from bot.discord.records import server_settings


@dataclass(frozen=True, slots=True)
class LostPlace:
    """One channel or role that left one setting.

    Attributes:
        field: The setting.
        id: The channel or role.
        name: What it was called; None where it was deleted while the bot was away.
        was_last: Whether the setting has lost its only one.
    """

    field: str
    id: int
    name: str | None
    was_last: bool

    @classmethod
    def of(cls, field: str, id_: int, name: str | None, was_last: int) -> Self:
        """The place as it is stored."""
        return cls(field, id_, name, bool(was_last))


def record(
    connection: sqlite3.Connection, guild_id: int, gone: Mapping[int, str | None], fields: Iterable[str]
) -> list[LostPlace]:
    """Note which of the server's settings name what is gone, each with its name; what they are is not changed here."""
    settings = server_settings.load(connection, guild_id)
    lost = []
    for field in fields:
        named = server_settings.ids_in(settings, field)
        leaving = sorted(named & gone.keys())
        lost += [LostPlace(field, one, gone[one], named <= gone.keys()) for one in leaving]
    connection.executemany(
        "INSERT OR REPLACE INTO lost_places VALUES (?, ?, ?, ?, ?)",
        [(guild_id, one.field, one.id, one.name, one.was_last) for one in lost],
    )
    return lost


def load(connection: sqlite3.Connection, guild_id: int) -> list[LostPlace]:
    """What nobody has seen yet."""
    rows = connection.execute(
        "SELECT field, id, name, was_last FROM lost_places WHERE guild_id = ? ORDER BY id, field", (guild_id,)
    )
    return [LostPlace.of(*row) for row in rows]


def forget(connection: sqlite3.Connection, guild_id: int, seen: Iterable[LostPlace]) -> None:
    """Forget what somebody has seen."""
    connection.executemany(
        "DELETE FROM lost_places WHERE guild_id = ? AND field = ? AND id = ?",
        [(guild_id, one.field, one.id) for one in seen],
    )
