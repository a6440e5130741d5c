"""Nothing slow runs on the event loop: the bot reacts at once whatever it is working on, and to everybody."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.discord.fake import FakeDiscord
from tests.discord.faults_fixtures import OBEY, QUESTION, READY, SCRIPTS, Town, start, town
from tests.discord.load.crowd import pages
from tests.discord.load.loop_samples import LoopSamples

__all__ = ["town"]

PROMISED_SECONDS = 3.0
LARGEST_LAG = 0.1


@pytest.fixture
def watched(programs: None, tmp_path: Path) -> Iterator[Town]:
    """The program as people run it, with the real model; its event loop is watched."""
    with FakeDiscord() as discord, start(discord, tmp_path, script=f"{OBEY} {SCRIPTS}:sample_loop") as bot:
        bot.wait_for_line(READY)
        yield Town(discord, tmp_path, bot)


def test_the_loop_is_never_late_while_a_document_is_indexed_and_questions_are_answered(
    watched: Town, record_property: Callable[[str, object], None]
) -> None:
    place, began = watched.place(), time.time()
    added = place.ada.slash(place.channel, "library add", file=("long.md", pages(30)))
    added.message(20, until=lambda message: "Indexing" in message.text)
    asked = []
    for _ in range(5):
        other = watched.place()
        asked.append(other.ada.slash(other.channel, "ask", question=QUESTION))
        time.sleep(0.2)
    answers = [question.final(60) for question in asked]
    finished = added.message(90, until=lambda message: "is in the library" in message.text)
    assert answers[0].at < finished.at, "nothing was answered while the document was indexed"
    loop = LoopSamples.since(watched.folder, began)
    record_property("event loop", str(loop))
    # The loop's own work is the same on a busy machine; how late it is, is not, so a few late looks are allowed.
    assert max(loop.worked) < LARGEST_LAG, loop
    assert loop.late_by(0.95) < LARGEST_LAG, loop
    assert sum(late for late in loop.late if late > LARGEST_LAG) < 0.05 * (time.time() - began), loop


def test_everybody_is_acknowledged_at_once_while_ten_slow_answers_run(town: Town) -> None:
    slow = [town.place() for _ in range(10)]
    for place in slow:
        place.ada.slash(place.channel, "ask", question=f"{QUESTION} (burn 0.5)")
    taken = []
    for _ in range(6):
        place = town.place()
        called = [
            place.ada.slash(place.channel, "ask", question=QUESTION),
            place.ada.slash(place.channel, "library list"),
        ]
        taken += [one.wait_acknowledged() for one in called]
        time.sleep(0.1)
    assert sum(bool(place.answers()) for place in slow) < 10, "the slow answers were over too soon"
    assert max(taken) < PROMISED_SECONDS
    assert statistics.median(taken) < PROMISED_SECONDS / 6
    for place in slow:
        town.discord.wait_until(place.answers, 30, "a slow answer")


def test_one_person_with_ten_slow_questions_does_not_hold_up_the_next(town: Town) -> None:
    place = town.place()
    bert = place.guild.add_member("Bert")
    patient = [place.ada.slash(place.channel, "ask", question=f"{QUESTION} (sleep 0.2)") for _ in range(10)]
    assert all(one.deferred for one in patient)
    bert.slash(place.channel, "ask", question=QUESTION).final(20)
    # Two of hers run when he asks, and at most one more is before him, or beside him.
    assert sum(bool(one.states[-1].buttons) for one in patient) <= 4
    for one in patient:
        one.final(20)


def test_a_crowd_in_a_big_server_does_not_hold_up_a_small_one(town: Town) -> None:
    big, small = town.place(), town.place()
    crowd = [big.guild.add_member(f"Person {number}") for number in range(10)]
    patient = [one.slash(big.channel, "ask", question=f"{QUESTION} (sleep 0.2)") for one in crowd]
    assert all(one.deferred for one in patient)
    small.ada.slash(small.channel, "ask", question=QUESTION).final(20)
    assert sum(bool(one.states[-1].buttons) for one in patient) <= 4
    for one in patient:
        one.final(20)
