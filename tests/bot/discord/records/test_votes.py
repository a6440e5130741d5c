"""Votes: one a person and answer, changeable, each server's own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.records import votes
from bot.discord.records.votes import DOWN, UP, Vote
from tests.bot.discord.records.fresh_records import GUILD, NOON, OTHER_GUILD, fresh_records

ANNA, BELA = "a" * 32, "b" * 32
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with fresh_records() as connection:
        yield connection


def vote(voter: str, value: int, *, answer: str = "one", guild_id: int | None = GUILD) -> Vote:
    return Vote(answer, guild_id, voter, value, NOON)


def test_two_people_vote_on_one_answer_and_one_changes_her_mind(connection: sqlite3.Connection) -> None:
    assert votes.count_vote(connection, vote(ANNA, UP)) is None
    assert votes.count_vote(connection, vote(BELA, UP)) is None
    assert votes.tally(connection, GUILD) == (2, 0)
    assert votes.count_vote(connection, vote(ANNA, DOWN)) == UP
    assert votes.count_vote(connection, vote(ANNA, DOWN)) == DOWN
    assert votes.tally(connection, GUILD) == (1, 1)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, GUILD, OTHER_GUILD]),
            st.sampled_from(["one", "two"]),
            st.sampled_from([ANNA, BELA]),
            st.sampled_from([UP, DOWN]),
        )
    )
)
def test_the_last_vote_of_each_person_on_each_answer_counts_in_its_server(
    cast: list[tuple[int | None, str, str, int]],
) -> None:
    with fresh_records() as connection:
        for guild_id, answer, voter, value in cast:
            votes.count_vote(connection, vote(voter, value, answer=answer, guild_id=guild_id))
        last = {(guild_id, answer, voter): value for guild_id, answer, voter, value in cast}
        for guild in (None, GUILD, OTHER_GUILD):
            values = [value for (guild_id, _, _), value in last.items() if guild_id == guild]
            assert votes.tally(connection, guild) == (values.count(UP), values.count(DOWN))
        exported = {(line["answer"], line["voter"], line["vote"]) for line in votes.export(connection, GUILD)}
        names = {UP: "up", DOWN: "down"}
        assert exported == {(answer, who, names[value]) for (g, answer, who), value in last.items() if g == GUILD}


def test_a_reason_comes_with_the_question_and_only_for_ones_own_thumb_down(connection: sqlite3.Connection) -> None:
    votes.count_vote(connection, vote(ANNA, DOWN))
    votes.count_vote(connection, vote(BELA, UP))
    votes.count_vote(connection, vote(BELA, DOWN, answer="two"))
    votes.count_vote(connection, vote(BELA, DOWN, guild_id=OTHER_GUILD))
    assert votes.add_reason(connection, "one", GUILD, ANNA, "wrong year", "When?")
    assert not votes.add_reason(connection, "one", GUILD, BELA, "no", "When?")
    assert not votes.add_reason(connection, "two", GUILD, ANNA, "no", "When?")
    assert not votes.add_reason(connection, "one", None, ANNA, "no", "When?")
    reasons = {(line["answer"], line["voter"]): (line["reason"], line["question"]) for line in exported(connection)}
    assert reasons == {
        ("one", ANNA): ("wrong year", "When?"),
        ("one", BELA): (None, None),
        ("two", BELA): (None, None),
    }
    assert votes.export(connection, OTHER_GUILD)[0]["reason"] is None
    assert votes.add_reason(connection, "one", GUILD, ANNA, "wrong day", "When then?")
    assert exported(connection)[0]["reason"] == "wrong day"


def test_a_changed_mind_drops_reason_and_question_for_good(connection: sqlite3.Connection) -> None:
    votes.count_vote(connection, vote(ANNA, DOWN))
    votes.add_reason(connection, "one", GUILD, ANNA, "wrong year", "When?")
    votes.count_vote(connection, Vote("one", GUILD, ANNA, UP, LATER))
    (line,) = exported(connection)
    assert (line["vote"], line["reason"], line["question"]) == ("up", None, None)
    assert line["time"] == LATER.isoformat(timespec="microseconds")
    votes.count_vote(connection, vote(ANNA, DOWN))
    assert exported(connection)[0]["reason"] is None


def test_the_same_vote_again_changes_nothing(connection: sqlite3.Connection) -> None:
    votes.count_vote(connection, vote(ANNA, DOWN))
    votes.add_reason(connection, "one", GUILD, ANNA, "wrong year", "When?")
    before = exported(connection)
    votes.count_vote(connection, Vote("one", GUILD, ANNA, DOWN, LATER))
    assert exported(connection) == before


def test_the_export_is_json_oldest_first(connection: sqlite3.Connection) -> None:
    votes.count_vote(connection, Vote("one", GUILD, ANNA, UP, LATER))
    votes.count_vote(connection, vote(BELA, DOWN, answer="two"))
    votes.add_reason(connection, "two", GUILD, BELA, "„so\nnicht“ 🙃", "Who?")
    lines = exported(connection)
    assert [json.loads(json.dumps(line)) for line in lines] == lines
    assert lines[0] == {
        "answer": "two",
        "vote": "down",
        "reason": "„so\nnicht“ 🙃",
        "question": "Who?",
        "time": "2026-03-14T12:00:00.000000+00:00",
        "voter": BELA,
    }
    assert lines[1]["answer"] == "one"


def test_an_answers_votes_are_deleted_with_it_and_no_others(connection: sqlite3.Connection) -> None:
    votes.count_vote(connection, vote(ANNA, UP))
    votes.count_vote(connection, vote(BELA, DOWN))
    votes.count_vote(connection, vote(ANNA, UP, answer="two"))
    votes.count_vote(connection, vote(ANNA, UP, guild_id=OTHER_GUILD))
    votes.delete_of_answer(connection, "one", GUILD)
    assert votes.tally(connection, GUILD) == (1, 0)
    assert votes.tally(connection, OTHER_GUILD) == (1, 0)


@pytest.mark.parametrize("value", [0, 2, -2])
def test_a_vote_is_up_or_down(value: int) -> None:
    with pytest.raises(ValueError, match="not a vote"):
        vote(ANNA, value)


def exported(connection: sqlite3.Connection) -> list[dict[str, str | None]]:
    return votes.export(connection, GUILD)
