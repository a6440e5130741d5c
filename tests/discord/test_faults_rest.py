"""Requests that fail on the way to Discord: each question is answered exactly once all the same."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.discord.fake import FakeDiscord, Fault, Interaction, Said
from tests.discord.faults_fixtures import QUESTION, Place, Town, town

__all__ = ["town"]

Break = Callable[[FakeDiscord, str, str], Fault]

BREAKS: dict[str, Break] = {
    "429": lambda discord, method, path: discord.faults.rate_limit(method, path, retry_after=0.3),
    "500 before": lambda discord, method, path: discord.faults.error_before(method, path),
    "500 after": lambda discord, method, path: discord.faults.error_after(method, path),
    "502 after": lambda discord, method, path: discord.faults.error_after(method, path, status=502),
    "503 before": lambda discord, method, path: discord.faults.error_before(method, path, status=503),
    "cut before": lambda discord, method, path: discord.faults.drop_before(method, path),
    "cut after": lambda discord, method, path: discord.faults.drop_after(method, path),
    "cut after, twice": lambda discord, method, path: discord.faults.drop_after(method, path, times=2),
}
SPOTS = ("defer", "edit", "private edit", "reply", "direct reply", "edit of a reply")
GROW = f"{QUESTION} (grow 0.5)"
# Longer than the pauses after which a request is repeated whose connection broke.
SETTLING = 2.6


@dataclass(frozen=True)
class Case:
    """A question on whose way something broke."""

    place: Place
    asked: Interaction | Said
    fault: Fault


@pytest.fixture(scope="module")
def cases(town: Town) -> dict[tuple[str, str], Case]:
    """Every break at every spot, all at once, after everything has settled."""
    begun = {(spot, name): ask_with(town, spot, BREAKS[name]) for spot in SPOTS for name in BREAKS}
    deadline = time.monotonic() + 40
    for case in begun.values():
        while not case.place.answers() and time.monotonic() < deadline:
            time.sleep(0.05)
    time.sleep(SETTLING)
    return begun


def ask_with(town: Town, spot: str, broken: Break) -> Case:
    """Ask in a place of its own, where the request at this spot breaks."""
    discord, place = town.discord, town.place()
    # The lock keeps the bot's requests waiting until the fault is there.
    with discord.world.lock:
        if spot in ("reply", "direct reply", "edit of a reply"):
            text = GROW if spot == "edit of a reply" else QUESTION
            said = (
                place.ada.dm(text) if spot == "direct reply" else place.ada.say(place.channel, text, mention_bot=True)
            )
            path = rf"/channels/{said.said.channel_id}/messages" + (r"/\d+$" if "edit" in spot else "$")
            return Case(place, said, broken(discord, "PATCH" if "edit" in spot else "POST", path))
        asked = place.ada.slash(place.channel, "ask", question=QUESTION, private=spot.startswith("private"))
        token = re.escape(asked.record.token)
        path = rf"/interactions/{asked.id}/" if spot == "defer" else rf"/{token}/messages/@original$"
        return Case(place, asked, broken(discord, "POST" if spot == "defer" else "PATCH", path))


@pytest.mark.parametrize("name", BREAKS)
@pytest.mark.parametrize("spot", SPOTS)
def test_an_answer_is_posted_exactly_once(cases: dict[tuple[str, str], Case], spot: str, name: str) -> None:
    case = cases[spot, name]
    assert case.fault.hits == case.fault.times
    (told,) = case.place.told()
    assert told.buttons
    is_reply = "reply" in spot
    assert ("title" in told.embeds[0]) is not is_reply
    assert told.ephemeral is (spot == "private edit")


def test_answers_never_use_followups(town: Town, cases: dict[tuple[str, str], Case]) -> None:
    assert not town.discord.requests("POST", "/webhooks/")
