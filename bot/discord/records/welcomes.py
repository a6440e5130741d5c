"""Which servers the bot has introduced itself to: it does so once."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.discord.records.database import to_text


@dataclass(frozen=True, slots=True)
class Welcome:
    """The message with which the bot introduced itself."""

    channel_id: int
    message_id: int


def record(connection: sqlite3.Connection, guild_id: int, moment: datetime) -> bool:
    """Note that the bot introduces itself to a server now; False where it has done so before."""
    noted = connection.execute(
        "INSERT OR IGNORE INTO welcomes (guild_id, created) VALUES (?, ?)", (guild_id, to_text(moment))
    )
    return noted.rowcount > 0


def record_message(connection: sqlite3.Connection, guild_id: int, welcome: Welcome) -> None:
    """Keep which message it was."""
    connection.execute(
        "UPDATE welcomes SET channel_id = ?, message_id = ? WHERE guild_id = ?",
        (welcome.channel_id, welcome.message_id, guild_id),
    )


def load(connection: sqlite3.Connection, guild_id: int) -> Welcome | None:
    """The message with which the bot introduced itself to a server; None where there is none."""
    row = connection.execute(
        "SELECT channel_id, message_id FROM welcomes WHERE guild_id = ? AND message_id IS NOT NULL", (guild_id,)
    ).fetchone()
    return Welcome(*row) if row else None
