"""What is kept of answers: their citations, in their server, for 90 days."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.citations import Citation, Quote
from bot.discord.records import answers, votes
from bot.discord.records.answers import DAYS_KEPT, AnswerRecord, StoredCitation, new_answer_id
from bot.discord.records.votes import UP, Vote
from retrieval import Span
from tests.bot.discord.records.fresh_records import GUILD, NOON, OTHER_GUILD, fresh_records

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NUMBERS = st.integers(0, 2**40)
CITATIONS = st.lists(
    st.builds(
        StoredCitation,
        number=st.none() | NUMBERS,
        source_id=TEXT,
        sha256=TEXT,
        start=NUMBERS,
        end=NUMBERS,
        title=TEXT,
        uri=TEXT,
        line=NUMBERS,
        page=st.none() | NUMBERS,
        collection=TEXT,
        highlight_start=st.none() | NUMBERS,
        highlight_end=st.none() | NUMBERS,
    ),
    max_size=12,
).map(tuple)
CITATION = StoredCitation(1, "a1b2", "ff00", 3, 9, "Guide", "file:///guide.md", 2, 4, "default")


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with fresh_records() as connection:
        yield connection


def record(name: str, guild_id: int | None = GUILD) -> AnswerRecord:
    return AnswerRecord(name, guild_id, (CITATION, replace(CITATION, number=2)), NOON)


@given(CITATIONS, st.sampled_from([None, GUILD]))
def test_citations_come_back_as_they_were_and_in_order(
    citations: tuple[StoredCitation, ...], guild_id: int | None
) -> None:
    kept = AnswerRecord("one", guild_id, citations, NOON)
    with fresh_records() as connection:
        answers.save(connection, kept)
        assert answers.load(connection, "one", guild_id) == kept


def test_no_server_sees_anothers_answers(connection: sqlite3.Connection) -> None:
    answers.save(connection, record("one"))
    answers.save(connection, record("direct", None))
    assert answers.load(connection, "one", OTHER_GUILD) is None
    assert answers.load(connection, "one", None) is None
    assert answers.load(connection, "direct", GUILD) is None
    assert not answers.delete(connection, "one", OTHER_GUILD)
    assert answers.load(connection, "one", GUILD) == record("one")
    assert answers.load(connection, "direct", None) == record("direct", None)


def test_keeping_an_answer_again_replaces_it_and_leaves_its_votes(connection: sqlite3.Connection) -> None:
    answers.save(connection, record("one"))
    votes.count_vote(connection, Vote("one", GUILD, "a" * 32, UP, NOON))
    again = replace(record("one"), citations=(CITATION,))
    answers.save(connection, again)
    assert answers.load(connection, "one", GUILD) == again
    assert votes.tally(connection, GUILD) == (1, 0)


def test_a_deleted_answer_takes_its_votes_with_it(connection: sqlite3.Connection) -> None:
    for name in ("one", "two"):
        answers.save(connection, record(name))
        votes.count_vote(connection, Vote(name, GUILD, "a" * 32, UP, NOON))
    assert answers.delete(connection, "one", GUILD)
    assert not answers.delete(connection, "one", GUILD)
    assert answers.load(connection, "one", GUILD) is None
    assert votes.tally(connection, GUILD) == (1, 0)
    assert answers.load(connection, "two", GUILD) == record("two")
    assert citations_kept(connection) == 2


def test_citations_are_kept_for_90_days_and_votes_longer(connection: sqlite3.Connection) -> None:
    now = NOON + timedelta(days=DAYS_KEPT)
    tick = timedelta(microseconds=1)
    for name, created in (("older", NOON - tick), ("oldest", NOON - timedelta(days=900)), ("kept", NOON)):
        answers.save(connection, replace(record(name), created=created))
        votes.count_vote(connection, Vote(name, GUILD, "a" * 32, UP, created))
    assert answers.forget_older_than(connection, now - timedelta(days=DAYS_KEPT)) == 2
    assert answers.load(connection, "older", GUILD) is None
    assert answers.load(connection, "kept", GUILD) is not None
    assert citations_kept(connection) == 2
    assert votes.tally(connection, GUILD) == (3, 0)
    assert answers.delete(connection, "older", GUILD) is False
    assert votes.tally(connection, GUILD) == (2, 0), "its votes can still be deleted"


def test_nothing_but_the_place_of_a_quote_is_kept() -> None:
    quote = Quote("a1b2", "ff00", Span(3, 9), "secret")
    citation = Citation(1, quote, "Guide", "file:///guide.md", 2, 4)
    assert StoredCitation.of(citation, "default") == CITATION
    pointed = replace(citation, quote=replace(quote, highlight=Span(4, 8)))
    assert StoredCitation.of(pointed, "default") == replace(CITATION, highlight_start=4, highlight_end=8)


def test_ids_fit_into_a_link_and_are_not_guessed() -> None:
    ids = {new_answer_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{16}", name) for name in ids)


def citations_kept(connection: sqlite3.Connection) -> int:
    (number,) = connection.execute("SELECT count(*) FROM citations").fetchone()
    return int(number)
