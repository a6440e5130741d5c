"""What is kept of an answer for 90 days: its citations, so that its quotes can be verified again, and its making."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from bot.citations import Citation
from bot.discord.records import help_requests, question_messages, votes
from bot.discord.records.database import filed_under, to_text
from bot.types import Answer, Certainty

DAYS_KEPT = 90
ID_BYTES = 12  # 16 characters, 96 bits: nobody guesses the id of another's answer


@dataclass(frozen=True, slots=True)
class StoredCitation:
    """Where a quote stands, without its words: they are read from the source again and proven again.

    ``number`` is None where the quote is offered but answers nothing; both ends of the highlight are None where no
    words stand out.
    """

    number: int | None
    source_id: str
    sha256: str
    start: int
    end: int
    title: str
    uri: str
    line: int
    page: int | None
    collection: str
    highlight_start: int | None = None
    highlight_end: int | None = None

    @classmethod
    def of(cls, citation: Citation, collection: str) -> Self:
        """What is kept of ``citation``, whose source is in ``collection``."""
        quote, highlight = citation.quote, citation.quote.highlight
        return cls(
            number=citation.number,
            source_id=quote.source_id,
            sha256=quote.sha256,
            start=quote.span.start,
            end=quote.span.end,
            title=citation.title,
            uri=citation.uri,
            line=citation.line,
            page=citation.page,
            collection=collection,
            highlight_start=highlight.start if highlight else None,
            highlight_end=highlight.end if highlight else None,
        )


@dataclass(frozen=True, slots=True)
class AnswerMaking:
    """How an answer was made.

    Attributes:
        mode: The chat model that wrote it, or ``EXTRACTIVE``.
        certainty: Whether it was sure; None where nothing was found.
        confidence: How sure, in [0, 1].
        milliseconds: How long it took; None where that was not measured.
    """

    mode: str
    certainty: Certainty | None
    confidence: float
    milliseconds: float | None

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """How ``answer`` was made."""
        return cls(answer.mode, answer.certainty, answer.confidence, answer.timings_ms.get("total"))


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """An answer's citations, in order; ``guild_id`` None is a direct message.

    ``making`` is None where an older program has kept the answer.
    """

    id: str
    guild_id: int | None
    citations: tuple[StoredCitation, ...]
    created: datetime
    making: AnswerMaking | None = None


def new_answer_id() -> str:
    """An id that fits into a button and cannot be guessed (16 URL-safe characters)."""
    return secrets.token_urlsafe(ID_BYTES)


def save(connection: sqlite3.Connection, record: AnswerRecord) -> None:
    """Keep an answer's citations, in place of those kept under its id before."""
    guild = filed_under(record.guild_id)
    _forget(connection, record.id, guild)
    making = record.making
    made = (making.mode, making.certainty, making.confidence, making.milliseconds) if making else (None,) * 4
    connection.execute(
        "INSERT INTO answers (guild_id, id, created, mode, certainty, confidence, milliseconds) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (guild, record.id, to_text(record.created), *made),
    )
    connection.executemany(
        "INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                guild,
                record.id,
                position,
                citation.number,
                citation.source_id,
                citation.sha256,
                citation.start,
                citation.end,
                citation.title,
                citation.uri,
                citation.line,
                citation.page,
                citation.collection,
                citation.highlight_start,
                citation.highlight_end,
            )
            for position, citation in enumerate(record.citations)
        ],
    )


def load(connection: sqlite3.Connection, answer_id: str, guild_id: int | None) -> AnswerRecord | None:
    """The citations of an answer that was given in this server; None when there is no such answer there."""
    guild = filed_under(guild_id)
    found = connection.execute(
        "SELECT created, mode, certainty, confidence, milliseconds FROM answers WHERE guild_id = ? AND id = ?",
        (guild, answer_id),
    ).fetchone()
    if found is None:
        return None
    rows = connection.execute(
        "SELECT number, source_id, sha256, span_start, span_end, title, uri, line, page, collection, "
        "highlight_start, highlight_end FROM citations WHERE guild_id = ? AND answer_id = ? ORDER BY position",
        (guild, answer_id),
    )
    citations = tuple(StoredCitation(*row) for row in rows)
    created, mode, certainty, confidence, milliseconds = found
    made = AnswerMaking(mode, Certainty(certainty) if certainty else None, confidence, milliseconds) if mode else None
    return AnswerRecord(answer_id, guild_id, citations, datetime.fromisoformat(created), made)


def where_asked(connection: sqlite3.Connection, answer_id: str, guild_id: int | None) -> int | None:
    """The server whose answer it is: the one where its button was clicked, or the one that it came from by message.

    A private answer goes by direct message where the interaction has expired; then its buttons are clicked outside the
    server.
    """
    if guild_id is not None:
        return guild_id
    found = connection.execute("SELECT guild_id FROM answers WHERE id = ?", (answer_id,)).fetchone()
    return (found[0] or None) if found else None


def delete(connection: sqlite3.Connection, answer_id: str, guild_id: int | None) -> bool:
    """Forget an answer that was given in this server, and all votes on it; False when it was not kept any more."""
    votes.delete_of_answer(connection, answer_id, guild_id)
    help_requests.release(connection, filed_under(guild_id), answer_id)
    question_messages.forget_answer(connection, answer_id)
    return _forget(connection, answer_id, filed_under(guild_id))


def forget_older_than(connection: sqlite3.Connection, moment: datetime) -> int:
    """Forget the answers made before ``moment`` and say how many; votes on them stay."""
    return connection.execute("DELETE FROM answers WHERE created < ?", (to_text(moment),)).rowcount


def _forget(connection: sqlite3.Connection, answer_id: str, guild: int) -> bool:
    """Delete an answer; its citations go with it."""
    return connection.execute("DELETE FROM answers WHERE guild_id = ? AND id = ?", (guild, answer_id)).rowcount > 0
