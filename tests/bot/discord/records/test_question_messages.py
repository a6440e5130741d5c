"""Which message asked what an answer shows, and what is forgotten when it is deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.discord.records import answers, question_messages, votes
from bot.discord.records.answers import AnswerRecord
from bot.discord.records.question_messages import AnsweredMessage
from bot.discord.records.votes import DOWN, Vote
from tests.bot.discord.records.fresh_records import GUILD, NOON, fresh_records

ANSWER = "abcdefghijklmnop"
FIRST = AnsweredMessage(GUILD, channel_id=1, question_id=2, message_id=3, answer_id=ANSWER)


@pytest.fixture
def records() -> Iterator[sqlite3.Connection]:
    with fresh_records() as connection:
        question_messages.save(connection, FIRST, NOON)
        yield connection


def test_the_answers_that_show_deleted_questions_are_told_once(records: sqlite3.Connection) -> None:
    direct = AnsweredMessage(None, channel_id=4, question_id=5, message_id=6, answer_id="q" * 16)
    pointed = replace(FIRST, message_id=7, answer_id="p" * 16)
    for one in (direct, pointed):
        question_messages.save(records, one, NOON)
    assert question_messages.forget_deleted(records, [99]) == []
    assert question_messages.forget_deleted(records, [2, 5]) == [FIRST, pointed, direct]
    assert question_messages.forget_deleted(records, [2, 5]) == []
    assert question_messages.is_deleted(records, ANSWER)


def test_the_question_of_a_vote_goes_and_its_reason_stays(records: sqlite3.Connection) -> None:
    votes.count_vote(records, Vote(ANSWER, GUILD, "aa", DOWN, NOON))
    votes.add_reason(records, ANSWER, GUILD, "aa", "Wrong.", "Who?")
    question_messages.forget_deleted(records, [2])
    assert [(vote["reason"], vote["question"]) for vote in votes.export(records, GUILD)] == [("Wrong.", None)]


def test_nothing_is_kept_of_a_deleted_answer(records: sqlite3.Connection) -> None:
    assert question_messages.forget_deleted(records, [3]) == []
    assert question_messages.forget_deleted(records, [2]) == []
    question_messages.save(records, FIRST, NOON)
    answers.save(records, AnswerRecord(ANSWER, GUILD, (), NOON))
    answers.delete(records, ANSWER, GUILD)
    assert question_messages.forget_deleted(records, [2]) == []


def test_it_is_forgotten_with_the_proof_of_the_answer(records: sqlite3.Connection) -> None:
    question_messages.forget_older_than(records, NOON)
    assert question_messages.forget_deleted(records, [2]) == [FIRST]
    question_messages.forget_older_than(records, NOON + timedelta(seconds=1))
    assert not question_messages.is_deleted(records, ANSWER)
