"""Many people at once: all are answered in a fair order, nobody waits long without a sign, and the event loop keeps up.

``make load`` measures the same with more people and a longer document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.discord.fake import FakeDiscord
from tests.discord.faults_fixtures import HURRY, READY, start
from tests.discord.load.crowd import program, rush
from tests.discord.one_program import new_place

QUESTION = "What triggered the protests?"
SIZES = (12, 3, 2, 1, 1)
PATIENCE = 60.0
LONGEST_SIGN = 15.0
LARGEST_LAG = 0.1
FLOOD = 12


def test_a_rush_is_answered_fairly_while_a_long_document_is_added(
    programs: None, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    with program(tmp_path) as (discord, bot):
        outcome = rush(discord, tmp_path, SIZES, pages_added=40, patience=PATIENCE)
        assert not [line for line in bot.err if line.startswith(("ERROR", "CRITICAL"))]
    record_property("event loop", str(outcome.loop))
    assert len(outcome.waited) == sum(SIZES)
    assert outcome.longest_sign < LONGEST_SIGN
    # Whoever is alone in a server asks last of all, and is answered before most of the big one.
    big = outcome.answers_in(0)
    for server in (3, 4):
        (alone,) = outcome.answers_in(server)
        assert sum(answer < alone for answer in big) <= len(big) / 2
    assert max(outcome.loop.worked) < LARGEST_LAG, outcome.loop
    assert outcome.loop.late_by(0.95) < LARGEST_LAG, outcome.loop


@pytest.fixture
def strict(programs: None, tmp_path: Path) -> Iterator[FakeDiscord]:
    """A Discord that takes five messages a channel in five seconds, with the program in it."""
    with FakeDiscord(limit_sending=True) as discord, start(discord, tmp_path, script=HURRY) as bot:
        bot.wait_for_line(READY)
        yield discord


def test_a_flood_of_mentions_is_answered_in_order_as_fast_as_discord_allows(strict: FakeDiscord) -> None:
    place, other = new_place(strict), new_place(strict)
    people = [place.guild.add_member(f"Person {number}") for number in range(FLOOD)]
    said = [person.say(place.channel, QUESTION, mention_bot=True) for person in people]
    # Where nobody else asks, nobody waits for them.
    elsewhere = other.ada.say(other.channel, QUESTION, mention_bot=True)
    answers = [one.final(PATIENCE) for one in said]
    assert elsewhere.final(PATIENCE).at < answers[-1].at
    # Two are worked on at once, so that neighbours may change places.
    order = sorted(range(FLOOD), key=lambda number: answers[number].id)
    assert max(abs(position - number) for position, number in enumerate(order)) <= 2, order
    assert place.channel.typing_count >= FLOOD
    refused = [one for one in strict.requests("POST", "/messages$") if one.status == 429]
    assert len(refused) <= 2, "the bot runs into the limit instead of keeping to it"
