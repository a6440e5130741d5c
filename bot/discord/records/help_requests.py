"""For which answers a person was asked for help: once for each, and a few times an hour from each who asks."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.discord.records.database import to_text

MOST_AN_HOUR = 3
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class HelpCall:
    """The message that calls a person for help."""

    channel_id: int
    message_id: int


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
    connection.execute(
        "INSERT INTO help_requests (guild_id, answer_id, person, asked) VALUES (?, ?, ?, ?)",
        (guild_id, answer_id, person, to_text(now)),
    )
    return HelpClaim.GRANTED


def record_call(connection: sqlite3.Connection, guild_id: int, answer_id: str, call: HelpCall) -> None:
    """Keep which message calls for the help."""
    connection.execute(
        "UPDATE help_requests SET channel_id = ?, message_id = ? WHERE guild_id = ? AND answer_id = ?",
        (call.channel_id, call.message_id, guild_id, answer_id),
    )


def call_about(connection: sqlite3.Connection, guild_id: int, answer_id: str) -> HelpCall | None:
    """The message that calls for help about an answer; None where there is none."""
    row = connection.execute(
        "SELECT channel_id, message_id FROM help_requests "
        "WHERE guild_id = ? AND answer_id = ? AND message_id IS NOT NULL",
        (guild_id, answer_id),
    ).fetchone()
    return HelpCall(*row) if row else None


def release(connection: sqlite3.Connection, guild_id: int, answer_id: str) -> None:
    """Forget that help was asked for, because nobody has heard of it, or because the answer is deleted."""
    connection.execute("DELETE FROM help_requests WHERE guild_id = ? AND answer_id = ?", (guild_id, answer_id))


def forget_older_than(connection: sqlite3.Connection, moment: datetime) -> None:
    """Forget the requests made before ``moment``."""
    connection.execute("DELETE FROM help_requests WHERE asked < ?", (to_text(moment),))
