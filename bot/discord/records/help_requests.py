"""For which answers a person was asked for help: once for each, and a few times an hour from each who asks."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from enum import Enum

from bot.discord.records.database import to_text

MOST_AN_HOUR = 3
HOUR = timedelta(hours=1)


class HelpClaim(Enum):
    """Whether help may be asked for now."""

    GRANTED = "granted"
    ALREADY = "already"
    TOO_MANY = "too many"


def claim(connection: sqlite3.Connection, guild_id: int, answer_id: str, person: str, now: datetime) -> HelpClaim:
    """Note that help is asked for about an answer, unless it was before, or by this person too often.

    Args:
        connection: The records.
        guild_id: The server.
        answer_id: The answer.
        person: Who asks, as a hash.
        now: The moment.
    """
    if connection.execute(
        "SELECT 1 FROM help_requests WHERE guild_id = ? AND answer_id = ?", (guild_id, answer_id)
    ).fetchone():
        return HelpClaim.ALREADY
    (asked,) = connection.execute(
        "SELECT count(*) FROM help_requests WHERE guild_id = ? AND person = ? AND asked > ?",
        (guild_id, person, to_text(now - HOUR)),
    ).fetchone()
    if asked >= MOST_AN_HOUR:
        return HelpClaim.TOO_MANY
    connection.execute("INSERT INTO help_requests VALUES (?, ?, ?, ?)", (guild_id, answer_id, person, to_text(now)))
    return HelpClaim.GRANTED


def release(connection: sqlite3.Connection, guild_id: int, answer_id: str) -> None:
    """Forget that help was asked for, because nobody has heard of it, or because the answer is deleted."""
    connection.execute("DELETE FROM help_requests WHERE guild_id = ? AND answer_id = ?", (guild_id, answer_id))


def forget_older_than(connection: sqlite3.Connection, moment: datetime) -> None:
    """Forget the requests made before ``moment``."""
    connection.execute("DELETE FROM help_requests WHERE asked < ?", (to_text(moment),))
