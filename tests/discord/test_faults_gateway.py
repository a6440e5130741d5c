"""The gateway goes away in every way that Discord knows: the process lives on, and each question is answered once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from tests.discord.fake import FakeDiscord
from tests.discord.fake.world import Build
from tests.discord.faults_fixtures import QUESTION, Town, town

__all__ = ["town"]

RESUMED = {
    "operation 7": lambda discord: discord.gateway.ask_reconnect(),
    "operation 9, resumable": lambda discord: discord.gateway.invalidate(resumable=True),
    "close 1000": lambda discord: discord.gateway.close(1000),
    "close 4000": lambda discord: discord.gateway.close(4000),
    "cut": lambda discord: discord.gateway.drop(),
}
BEGUN_ANEW = {
    "operation 9": lambda discord: discord.gateway.invalidate(resumable=False),
    "close 4009": lambda discord: discord.gateway.close(4009),
}
BREAKS: dict[str, Callable[[FakeDiscord], None]] = RESUMED | BEGUN_ANEW
BACK_SECONDS = 20


@dataclass
class Events:
    """What the gateway told, to tell it again."""

    discord: FakeDiscord
    told: list[tuple[str, Build]] = field(default_factory=list)

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Note the events of questions, as long as the block runs."""
        world = self.discord.world
        real = world.emit

        def emit(event: str, intent: int, build: Build) -> None:
            if event in ("INTERACTION_CREATE", "MESSAGE_CREATE"):
                self.told.append((event, build))
            real(event, intent, build)

        with world.lock:
            world.emit = emit
        try:
            yield
        finally:
            with world.lock:
                world.emit = real

    def tell_again(self) -> None:
        """Send them all once more, whatever session the bot has now."""
        with self.discord.world.lock:
            for event, build in self.told:
                self.discord.world.emit(event, 0, build)


def back(town: Town, resumed: int, identified: int) -> None:
    """Wait until the bot has come back."""
    gateway = town.discord.gateway
    town.discord.wait_until(
        lambda: (gateway.resume_count > resumed or len(gateway.identifies) > identified) and gateway.connected,
        BACK_SECONDS,
        "the bot back",
    )


def counts(town: Town) -> tuple[int, int]:
    return town.discord.gateway.resume_count, len(town.discord.gateway.identifies)


@pytest.mark.parametrize("way", BREAKS)
def test_each_question_is_answered_exactly_once(town: Town, way: str) -> None:
    place, other, gate = town.place(), town.place(), f"gateway-{list(BREAKS).index(way)}"
    held = f"{QUESTION} (hold {gate})"
    events = Events(town.discord)
    with events.noted():
        asked = place.ada.slash(place.channel, "ask", question=held)
        said = other.ada.say(other.channel, held, mention_bot=True)
    assert asked.deferred
    town.discord.wait_until(lambda: other.channel.typing_count, what="typing")
    before = counts(town)
    BREAKS[way](town.discord)
    meanwhile = town.place()
    away = meanwhile.ada.say(meanwhile.channel, QUESTION, mention_bot=True)
    back(town, *before)
    resumed, identified = (new - old for new, old in zip(counts(town), before, strict=True))
    assert (resumed, identified) == ((1, 0) if way in RESUMED else (0, 1))
    events.tell_again()
    town.open(gate)
    answers = [asked.final(20), said.final(20)]
    if way in RESUMED:  # what was said while no session was open is lost to Discord's own design
        answers.append(away.final(20))
    events.tell_again()
    after = town.place()
    answers.append(after.ada.slash(after.channel, "ask", question=QUESTION).final(20))
    told = [message for one in (place, other, meanwhile, after) for message in one.told()]
    assert sorted(message.id for message in told) == sorted(message.id for message in answers)
    # Discord itself hides a second answer where it can, so look at what it was asked to do.
    assert len(town.discord.requests("POST", f"/interactions/{asked.id}/")) == 1
    assert len(town.discord.requests("PATCH", asked.record.token)) == 1
    assert len(town.discord.requests("POST", f"/channels/{other.channel.id}/messages$")) == 1
    assert town.bot.code is None


def test_lost_heartbeats_are_noticed_and_the_session_taken_up_again(town: Town) -> None:
    place, gate = town.place(), "heartbeats"
    asked = place.ada.slash(place.channel, "ask", question=f"{QUESTION} (hold {gate})")
    assert asked.deferred
    before, seen = counts(town), len(town.bot.err)
    town.discord.gateway.swallow_heartbeats()
    back(town, *before)
    town.discord.gateway.swallow_heartbeats(swallow=False)
    town.open(gate)
    answer = asked.final(20)
    assert place.told() == [answer]
    assert all(record.startswith(("WARNING ", "ERROR ")) for record in town.bot.err[seen:]), town.bot.told()


def test_a_connection_that_breaks_again_and_again_ends_nothing(town: Town) -> None:
    place = town.place()
    for _ in range(3):
        before = counts(town)
        town.discord.gateway.drop()
        back(town, *before)
    asked = place.ada.slash(place.channel, "ask", question=QUESTION)
    assert asked.final(20) in place.answers()


def test_a_start_says_its_lines_only_once(town: Town) -> None:
    before = counts(town)
    town.discord.gateway.invalidate(resumable=False)
    back(town, *before)
    time.sleep(0.3)
    assert len([line for line in town.bot.out if line.startswith("Token:")]) == 1
