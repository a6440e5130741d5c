"""Which message asked what an answer shows, so that an answer loses its copy of a question that is deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.discord.records.database import filed_under, to_text

# What is known of a deleted question: that its words stand in the answer until they are taken out, and that they are.
SHOWN_STILL, GONE = 1, 2


@dataclass(frozen=True, slots=True)
class AnsweredMessage:
    """A message with a question, and the message of the bot's that answers it; ``guild_id`` None is direct messages."""

    guild_id: int | None
    channel_id: int
    question_id: int
    message_id: int
    answer_id: str


def save(connection: sqlite3.Connection, answered: AnsweredMessage, created: datetime) -> None:
    """Keep that a message was answered."""
    connection.execute(
        "INSERT OR IGNORE INTO question_messages (guild_id, channel_id, question_id, message_id, answer_id, created) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            filed_under(answered.guild_id),
            answered.channel_id,
            answered.question_id,
            answered.message_id,
            answered.answer_id,
            to_text(created),
        ),
    )


def forget_deleted(connection: sqlite3.Connection, deleted_ids: Collection[int]) -> list[AnsweredMessage]:
    """Forget the questions in deleted messages, also with the votes on their answers; give the answers that show them.

    It stays known of an answer that its question was deleted, for a form that somebody has opened before. Of an answer
    that is itself among the deleted messages, nothing stays known.
    """
    ids = [(one,) for one in deleted_ids]
    connection.executemany("DELETE FROM question_messages WHERE message_id = ?", ids)
    found: list[AnsweredMessage] = []
    for one in ids:
        rows = connection.execute(
            "UPDATE question_messages SET deleted = ? WHERE question_id = ? AND NOT deleted "
            "RETURNING guild_id, channel_id, question_id, message_id, answer_id",
            (SHOWN_STILL, *one),
        )
        found += [AnsweredMessage(guild_id or None, *rest) for guild_id, *rest in rows]
    connection.executemany(
        "UPDATE votes SET question = NULL WHERE guild_id = ? AND answer_id = ?",
        [(filed_under(answered.guild_id), answered.answer_id) for answered in found],
    )
    return found


def shown_still(connection: sqlite3.Connection) -> list[AnsweredMessage]:
    """The answers of which it is not known that they have lost their deleted questions: the program ended before."""
    rows = connection.execute(
        "SELECT guild_id, channel_id, question_id, message_id, answer_id FROM question_messages WHERE deleted = ?",
        (SHOWN_STILL,),
    )
    return [AnsweredMessage(guild_id or None, *rest) for guild_id, *rest in rows]


def record_gone(connection: sqlite3.Connection, answered: AnsweredMessage) -> None:
    """Note that an answer, and what was posted about it, has lost its deleted question."""
    connection.execute(
        "UPDATE question_messages SET deleted = ? WHERE question_id = ? AND message_id = ?",
        (GONE, answered.question_id, answered.message_id),
    )


def answers_among(connection: sqlite3.Connection, message_ids: Collection[int]) -> list[AnsweredMessage]:
    """The answers that are among the messages, as far as they show what was asked by message."""
    found: list[AnsweredMessage] = []
    for one in message_ids:
        rows = connection.execute(
            "SELECT guild_id, channel_id, question_id, message_id, answer_id FROM question_messages "
            "WHERE message_id = ?",
            (one,),
        )
        found += [AnsweredMessage(guild_id or None, *rest) for guild_id, *rest in rows]
    return found


def is_deleted(connection: sqlite3.Connection, answer_id: str) -> bool:
    """Whether a message that asked what this answer shows was deleted."""
    query = "SELECT 1 FROM question_messages WHERE answer_id = ? AND deleted LIMIT 1"
    return connection.execute(query, (answer_id,)).fetchone() is not None


def forget_answer(connection: sqlite3.Connection, answer_id: str) -> None:
    """Forget which message asked what an answer shows."""
    connection.execute("DELETE FROM question_messages WHERE answer_id = ?", (answer_id,))


def forget_older_than(connection: sqlite3.Connection, moment: datetime) -> None:
    """Forget which message asked what was answered before ``moment``."""
    connection.execute("DELETE FROM question_messages WHERE created < ?", (to_text(moment),))
