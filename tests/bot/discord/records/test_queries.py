"""What is looked up while somebody waits is found by an index, however much is kept."""

from __future__ import annotations

from bot.discord.records import (
    additions,
    answers,
    counters,
    help_requests,
    lost_places,
    question_messages,
    server_settings,
    votes,
    welcomes,
)
from bot.discord.records.additions import Addition
from bot.discord.records.answers import AnswerRecord
from bot.discord.records.question_messages import AnsweredMessage
from bot.discord.records.votes import DOWN, Vote
from tests.bot.discord.records.fresh_records import GUILD, NOON, fresh_records


def test_no_look_up_reads_a_whole_table() -> None:
    asked: list[str] = []
    with fresh_records() as connection:
        connection.set_trace_callback(asked.append)
        answers.save(connection, AnswerRecord("a1", GUILD, (), NOON))
        answers.load(connection, "a1", GUILD)
        answers.where_asked(connection, "a1", None)
        votes.count_vote(connection, Vote("a1", GUILD, "voter", DOWN, NOON))
        votes.add_reason(connection, "a1", GUILD, "voter", "because", None)
        question_messages.save(connection, AnsweredMessage(GUILD, 2, 3, 4, "a1"), NOON)
        question_messages.is_deleted(connection, "a1")
        question_messages.forget_deleted(connection, [3])
        counters.count_question(connection, "person", GUILD, NOON.date())
        counters.questions_today(connection, "person", NOON.date())
        counters.server_questions_today(connection, GUILD, NOON.date())
        help_requests.claim(connection, GUILD, "a1", "person", NOON)
        additions.record(connection, GUILD, Addition("s1", 5, NOON, 1))
        additions.load(connection, GUILD)
        lost_places.load(connection, GUILD)
        server_settings.change(connection, GUILD, lambda old: old)
        welcomes.load(connection, GUILD)
        answers.delete(connection, "a1", GUILD)
        connection.set_trace_callback(None)
        queries = [query for query in asked if query.startswith(("SELECT", "UPDATE", "DELETE"))]
        plans = {query: connection.execute(f"EXPLAIN QUERY PLAN {query}").fetchall() for query in queries}
    assert len(plans) > 15
    scans = [query for query, plan in plans.items() if any(str(step[3]).startswith("SCAN") for step in plan)]
    assert scans == []
