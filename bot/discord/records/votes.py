"""What people think of answers: one vote a person and answer, which may change."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.discord.records.database import filed_under, to_text

UP = 1
DOWN = -1
NAMES = {UP: "up", DOWN: "down"}


@dataclass(frozen=True, slots=True)
class Vote:
    """One person's opinion of one answer.

    ``voter`` is a keyed hash; ``guild_id`` None is a direct message; ``value`` is ``UP`` or ``DOWN``.

    Raises:
        ValueError: If the value is neither.
    """

    answer_id: str
    guild_id: int | None
    voter: str
    value: int
    created: datetime

    def __post_init__(self) -> None:
        if self.value not in NAMES:
            raise ValueError(f"not a vote: {self.value}")


def count_vote(connection: sqlite3.Connection, vote: Vote) -> int | None:
    """Count a vote in place of the one that the person gave before, and return that one; None if there was none.

    A changed mind drops the reason and the question; the same vote again changes nothing.
    """
    row = connection.execute(
        "SELECT value FROM votes WHERE guild_id = ? AND answer_id = ? AND voter = ?",
        (filed_under(vote.guild_id), vote.answer_id, vote.voter),
    ).fetchone()
    connection.execute(
        "INSERT INTO votes (guild_id, answer_id, voter, value, created) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET value = excluded.value, created = excluded.created, reason = NULL, question = NULL "
        "WHERE value <> excluded.value",
        (filed_under(vote.guild_id), vote.answer_id, vote.voter, vote.value, to_text(vote.created)),
    )
    return row[0] if row else None


def add_reason(
    connection: sqlite3.Connection, answer_id: str, guild_id: int | None, voter: str, reason: str, question: str | None
) -> bool:
    """Keep why somebody's vote is ``DOWN``, and the question; False when no such vote stands, and nothing is kept."""
    changed = connection.execute(
        "UPDATE votes SET reason = ?, question = ? WHERE guild_id = ? AND answer_id = ? AND voter = ? AND value = ?",
        (reason, question, filed_under(guild_id), answer_id, voter, DOWN),
    )
    return changed.rowcount > 0


def tally(connection: sqlite3.Connection, guild_id: int | None) -> tuple[int, int]:
    """How many votes are up and how many are down."""
    up, down = connection.execute(
        "SELECT count(*) FILTER (WHERE value > 0), count(*) FILTER (WHERE value < 0) FROM votes WHERE guild_id = ?",
        (filed_under(guild_id),),
    ).fetchone()
    return up, down


def export(connection: sqlite3.Connection, guild_id: int) -> list[dict[str, str | None]]:
    """A server's votes, oldest first, ready for JSON Lines; all at once, for the connection stays on its thread."""
    rows = connection.execute(
        "SELECT answer_id, value, reason, question, created, voter FROM votes WHERE guild_id = ? "
        "ORDER BY created, answer_id, voter",
        (guild_id,),
    )
    return [
        {
            "answer": answer_id,
            "vote": NAMES[value],
            "reason": reason,
            "question": question,
            "time": created,
            "voter": voter,
        }
        for answer_id, value, reason, question, created, voter in rows
    ]


def delete_of_answer(connection: sqlite3.Connection, answer_id: str, guild_id: int | None) -> None:
    """Forget every vote on an answer, with its reason and its question."""
    connection.execute("DELETE FROM votes WHERE guild_id = ? AND answer_id = ?", (filed_under(guild_id), answer_id))
