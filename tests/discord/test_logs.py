"""What goes wrong inside: a sentence with a reference for people, one line on standard error, the rest in the log."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing

import pytest

from tests.discord.fake import Message
from tests.discord.faults_fixtures import QUESTION, Place, Town, town

__all__ = ["town"]

REFERENCE = re.compile(r"`([2-9A-Z]{6})`")
SORRY = "something went wrong"


def fail(town: Town, place: Place, gate: str, words: str, *, private: bool = False) -> Message:
    """Ask a question whose answer fails with an error that says ``words``."""
    asked = place.ada.slash(place.channel, "ask", question=f"{QUESTION} (fail {gate})", private=private)
    assert asked.deferred
    town.open(gate, words.replace("{interaction}", asked.record.token))
    return asked.message(20)


def reference_in(message: Message) -> str:
    found = REFERENCE.search(message.text)
    assert found, message.text
    return found[1]


@pytest.mark.parametrize("private", [False, True])
def test_an_error_becomes_a_friendly_sentence_with_a_reference_to_the_log(town: Town, private: bool) -> None:
    place, seen = town.place(), len(town.bot.err)
    told = fail(town, place, f"mill-{private}", "the mill has burnt down", private=private)
    assert place.told() == [told]
    assert SORRY in told.text
    assert "mill" not in told.text
    assert told.ephemeral is private
    reference = reference_in(told)
    (record,) = town.records(seen)
    assert reference in record
    assert "Traceback" not in record
    traceback = town.log.split(reference, 1)[1]
    assert "Traceback (most recent call last):" in traceback
    assert "RuntimeError: the mill has burnt down" in traceback
    assert place.ada.slash(place.channel, "ask", question=QUESTION).final(20)


def test_an_error_after_the_beginning_of_an_answer_was_shown_replaces_it(town: Town) -> None:
    place, gate = town.place(), "half"
    said = place.ada.say(place.channel, f"{QUESTION} (break {gate})", mention_bot=True)
    said.message(20)
    town.open(gate, "in the middle")
    told = said.message(20, until=lambda message: SORRY in message.text)
    assert place.told() == [told]
    assert reference_in(told) in town.log


def test_an_error_while_the_beginning_of_an_answer_is_on_its_way_replaces_it_too(town: Town) -> None:
    place, gate = town.place(), "under-way"
    town.discord.faults.slow("POST", f"/channels/{place.channel.id}/messages", 1.5)
    said = place.ada.say(place.channel, f"{QUESTION} (break {gate})", mention_bot=True)
    town.discord.wait_until(place.told, 20, "the beginning")
    town.open(gate, "while it was on its way")
    told = said.message(8, until=lambda message: SORRY in message.text)
    assert place.told() == [told]


def test_a_failed_question_by_message_is_answered_with_a_sentence_too(town: Town) -> None:
    place, gate = town.place(), "said"
    said = place.ada.dm(f"{QUESTION} (fail {gate})")
    town.open(gate, "in a direct message")
    told = said.message(20)
    assert SORRY in told.text
    assert reference_in(told) in town.log


SECRETS = {
    "the bot's token": "Bot {token} was refused",
    "an address with the interaction's token": "404 for https://discord.com/api/v10/webhooks/1/{interaction}/messages",
    "an address of the callback": "404 for http://x/api/v10/interactions/1/{interaction}/callback",
    "a token of an interaction alone": "token=aW50ZXJhY3Rpb246MTU3NDE1MTE5MzQ5NDU1MjU3NjpaeXg5-8_7",
    "another bot's token": "MTE5ODYyMjQ4MzQ3MTkyNTI0OA.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs",
}


@pytest.mark.parametrize("secret", SECRETS)
def test_no_token_reaches_the_log_or_standard_error(town: Town, secret: str) -> None:
    place, gate = town.place(), f"secret-{list(SECRETS).index(secret)}"
    template = SECRETS[secret].replace("{token}", town.discord.token)
    told = fail(town, place, gate, template)
    assert reference_in(told) in town.log
    told_interactions = [record.token for record in town.discord.world.interactions.values()]
    # The test on one secret does not fail for another's.
    secrets = [*re.findall(r"[\w-]{20,}", template), town.discord.token, told_interactions[-1]]
    written = "\n".join([town.log, *town.bot.lines])
    assert "[hidden]" in written
    assert not [secret for secret in secrets if secret in written]


UGLY = {
    "lines": "one\ntwo\r\nthree\u2028four",
    "escapes": "\x1b[31mred\x1b[0m \x07\x00",
    "half a pair": "a file named \udcff\ud83d",
    "percent signs": "100 %s %d %(name)s {0}",
    "much": "word " * 20_000,
}


@pytest.mark.parametrize("name", UGLY)
def test_whatever_an_error_says_standard_error_has_one_line_of_plain_text(town: Town, name: str) -> None:
    place, seen = town.place(), len(town.bot.err)
    reference = reference_in(fail(town, place, f"ugly-{list(UGLY).index(name)}", UGLY[name]))
    (record,) = town.records(seen)
    assert reference in record
    assert record.isprintable()
    assert f"{reference}: answering a question failed" in town.log
    assert "RuntimeError: " in town.log.split(reference, 1)[1]


def test_records_that_another_program_keeps_busy_cost_a_sentence_and_nothing_more(town: Town) -> None:
    place, seen = town.place(), len(town.bot.err)
    with closing(sqlite3.connect(town.home / "discord" / "discord.sqlite3", isolation_level=None)) as records:
        records.execute("BEGIN IMMEDIATE")
        said = place.ada.say(place.channel, QUESTION, mention_bot=True)
        asked = place.ada.slash(place.channel, "ask", question=QUESTION)
        assert asked.wait_acknowledged(15) < 3
        assert asked.message(15).text
        assert said.message(15).text
        records.execute("ROLLBACK")
    assert all("Traceback" not in record for record in town.bot.err[seen:])
    assert place.ada.slash(place.channel, "ask", question=QUESTION).final(20)


def test_an_answer_whose_citations_cannot_be_stored_is_given_all_the_same(town: Town) -> None:
    place, seen = town.place(), len(town.bot.err)
    asked = place.ada.slash(place.channel, "ask", question=f"{QUESTION} (hold storing)")
    said = place.ada.say(place.channel, f"{QUESTION} (hold storing)", mention_bot=True)
    assert asked.deferred
    town.discord.wait_until(lambda: place.channel.typing_count, what="typing")
    time.sleep(0.2)  # both are counted by now
    with closing(sqlite3.connect(town.home / "discord" / "discord.sqlite3", isolation_level=None)) as records:
        records.execute("BEGIN IMMEDIATE")
        town.open("storing")
        assert {asked.final(15).id, said.final(15).id} == {message.id for message in place.told()}
        records.execute("ROLLBACK")
    assert all("recording an answer" in record for record in town.records(seen))


def test_the_log_knows_nothing_of_people_and_their_questions(town: Town) -> None:
    place = town.place()
    fail(town, place, "privacy", "the mill has burnt down")
    place.ada.say(place.channel, QUESTION, mention_bot=True).final(20)
    ids = [str(person.id) for person in town.discord.world.users.values() if not person.bot]
    written = "\n".join([town.log, *town.bot.err])
    assert QUESTION.split()[-1] not in written
    assert not [one for one in (*ids, *map(str, town.discord.world.guilds)) if one in written]


def test_the_log_rotates_and_keeps_five_old_files(town: Town) -> None:
    """The program began with a log that was nearly full and five old ones."""
    logs = town.home / "logs"
    sizes = {path.name: path.stat().st_size for path in logs.iterdir()}
    assert sorted(sizes) == sorted(["pullquote.log", *(f"pullquote.log.{number}" for number in range(1, 6))])
    assert sizes["pullquote.log"] < 1_900_000 < sizes["pullquote.log.1"] <= 2_000_000
    assert (logs / "pullquote.log.5").read_text(encoding="utf-8") == "4\n"
