"""How much is asked and how fast it is answered, by server and UTC day; of persons only a day's count of questions."""

from __future__ import annotations

import math
import sqlite3
from dataclasses import dataclass
from datetime import date

from bot.discord.records.database import filed_under

# Latencies are counted in buckets, each so many times as wide as the one before: a percentile read from them is off by
# at most half a bucket, and a day needs a few dozen numbers however much is asked.
BUCKET_FACTOR = 1.25
SHORTEST_MILLISECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Statistics:
    """A server's answers: how many, how many of them refusals, and how long they took (None when there are none)."""

    questions: int
    refusals: int
    median_ms: float | None
    p95_ms: float | None


def record_answer(
    connection: sqlite3.Connection, guild_id: int | None, day: date, refused: bool, milliseconds: float
) -> None:
    """Count one answer and how long it took; ``refused`` says that the documents do not answer the question.

    Raises:
        ValueError: If the time is negative or not finite.
    """
    guild, text = filed_under(guild_id), day.isoformat()
    connection.execute(
        "INSERT INTO server_days (guild_id, day, answered, refused) VALUES (?, ?, 1, ?) "
        "ON CONFLICT DO UPDATE SET answered = answered + 1, refused = refused + excluded.refused",
        (guild, text, int(refused)),
    )
    connection.execute(
        "INSERT INTO latencies VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET answers = answers + 1",
        (guild, text, _bucket(milliseconds)),
    )


def statistics(connection: sqlite3.Connection, guild_id: int | None, since: date | None = None) -> Statistics:
    """What was counted for a server, from the day ``since`` on or from the beginning."""
    where = (filed_under(guild_id), (since or date.min).isoformat())
    questions, refusals = connection.execute(
        "SELECT coalesce(sum(answered), 0), coalesce(sum(refused), 0) FROM server_days WHERE guild_id = ? AND day >= ?",
        where,
    ).fetchone()
    buckets = connection.execute(
        "SELECT bucket, sum(answers) FROM latencies WHERE guild_id = ? AND day >= ? GROUP BY bucket ORDER BY bucket",
        where,
    ).fetchall()
    return Statistics(questions, refusals, _percentile(buckets, 50), _percentile(buckets, 95))


def counted_between(connection: sqlite3.Connection, guild_id: int, first: date, last: date) -> tuple[int, int, int]:
    """How many questions of a server were asked, answered and refused on these days, both of them included."""
    asked, answered, refused = connection.execute(
        "SELECT coalesce(sum(asked), 0), coalesce(sum(answered - refused), 0), coalesce(sum(refused), 0) "
        "FROM server_days WHERE guild_id = ? AND day BETWEEN ? AND ?",
        (guild_id, first.isoformat(), last.isoformat()),
    ).fetchone()
    return asked, answered, refused


def count_question(connection: sqlite3.Connection, person: str, guild_id: int | None, day: date) -> None:
    """Count a question for the person (a hash that is good for that day only) and for the server."""
    connection.execute(
        "INSERT INTO person_days (day, person, asked) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET asked = asked + 1",
        (day.isoformat(), person),
    )
    connection.execute(
        "INSERT INTO server_days (guild_id, day, asked) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET asked = asked + 1",
        (filed_under(guild_id), day.isoformat()),
    )


def questions_today(connection: sqlite3.Connection, person: str, day: date) -> int:
    """How many questions of the person were counted that day."""
    return _number(connection, "SELECT asked FROM person_days WHERE day = ? AND person = ?", (day.isoformat(), person))


def server_questions_today(connection: sqlite3.Connection, guild_id: int | None, day: date) -> int:
    """How many questions of the server were counted that day."""
    where = (filed_under(guild_id), day.isoformat())
    return _number(connection, "SELECT asked FROM server_days WHERE guild_id = ? AND day = ?", where)


def forget_days_before(connection: sqlite3.Connection, day: date) -> None:
    """Delete what was counted for persons before ``day``; what servers have asked together stays."""
    connection.execute("DELETE FROM person_days WHERE day < ?", (day.isoformat(),))


def _number(connection: sqlite3.Connection, query: str, where: tuple[int | str, ...]) -> int:
    row = connection.execute(query, where).fetchone()
    return int(row[0]) if row else 0


def _bucket(milliseconds: float) -> int:
    """Bucket 0 ends at ``SHORTEST_MILLISECONDS``, each further one at ``BUCKET_FACTOR`` times the end before it."""
    if not (math.isfinite(milliseconds) and milliseconds >= 0):
        raise ValueError(f"not a latency: {milliseconds}")
    ratio = max(milliseconds / SHORTEST_MILLISECONDS, 1.0)
    return math.ceil(math.log(ratio, BUCKET_FACTOR))


def _percentile(buckets: list[tuple[int, int]], percent: int) -> float | None:
    """The (geometric) middle of the bucket in which that percentile lies, by nearest rank."""
    rank = math.ceil(sum(answers for _, answers in buckets) * percent / 100)
    for bucket, answers in buckets:
        rank -= answers
        if rank <= 0:
            middle = max(bucket - 0.5, 0.0)
            return SHORTEST_MILLISECONDS * math.pow(BUCKET_FACTOR, middle)
    return None
