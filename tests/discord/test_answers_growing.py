"""Answers that come bit by bit, and questions and answers that somebody deletes meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest

from bot.discord.formatting.answer_page import ANSWERED, WRITING
from bot.discord.texts import texts_for
from tests.discord.answers_fixtures import FACES, PATIENCE, QUESTION, Scene, Town, description, shared_town
from tests.discord.fake import Interaction, Message, Permission, Said
from tests.discord.scripts.answers import END

ENGLISH = texts_for("en-US")
SECONDS_BETWEEN_EDITS = 1.5
# Discord's clock and the bot's tick alike, but not at the very same moment.
TOLERANCE = 0.05
WORDY = ("command", "private", "mention", "direct", "plain")
NAMES = (*WORDY, "endless", "hesitating")


@pytest.fixture(scope="module")
def town(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with shared_town(request.config, tmp_path_factory) as town:
        yield town


@pytest.fixture
def scene(town: Town) -> Scene:
    return town.scene()


Growing = dict[str, Said | Interaction]


@pytest.fixture(scope="module")
def begun(town: Town) -> tuple[Growing, Deleted]:
    """Everything that takes its time, begun at the same time."""
    return begin_growing(town), begin_and_delete(town)


@pytest.fixture
def growing(begun: tuple[Growing, Deleted]) -> Growing:
    return begun[0]


@pytest.fixture
def deleted(begun: tuple[Growing, Deleted]) -> Deleted:
    return begun[1]


def begin_growing(town: Town) -> Growing:
    """One answer for each way of asking."""
    scene = town.scene()
    ada, silent, plain = scene.ada, scene.guild.add_channel("silent"), scene.guild.add_channel("plain")
    plain.deny(Permission.EMBED_LINKS)
    return {
        "command": ada.slash(silent, "ask", question="grow"),
        "private": ada.slash(silent, "ask", question="grow", private=True),
        "mention": ada.say(scene.channel, "grow", mention_bot=True),
        "direct": ada.dm("grow"),
        "plain": ada.say(plain, "grow", mention_bot=True),
        "endless": ada.slash(silent, "ask", question="endless"),
        "hesitating": ada.slash(silent, "ask", question="hesitate"),
    }


@dataclass(frozen=True)
class Deleted:
    """Answers that were deleted while they were written."""

    scene: Scene
    paths: list[str]
    later: Interaction  # asked after the others, so that it is finished after them


def begin_and_delete(town: Town) -> Deleted:
    """One more for each way of asking, deleted at its first part."""
    scene = town.scene()
    ada, boss, channel = scene.ada, scene.boss, scene.channel
    by_command = ada.slash(channel, "ask", question="grow")
    private = ada.slash(channel, "ask", question="grow", private=True)
    by_mention = ada.say(channel, "grow", mention_bot=True)
    begun: list[Message] = []
    for asked, person in ((by_command, boss), (private, ada), (by_mention, boss)):
        begun.append(asked.message(PATIENCE))
        person.delete(begun[-1])
    later = ada.slash(scene.guild.add_channel("other"), "ask", question="grow")
    return Deleted(scene, [by_command.record.token, private.record.token, f"/{begun[-1].id}$"], later)


def shown(asked: Said | Interaction) -> list[Message]:
    """All states of the one message, after "thinking", up to the finished answer."""
    asked.final(PATIENCE)
    states = [state for state in asked.states if not state.loading]
    assert len({state.id for state in states}) == 1
    return states


@pytest.mark.parametrize("name", NAMES)
def test_parts_are_shown_at_a_pace_and_never_the_same_twice(growing: Growing, name: str) -> None:
    *parts, final = shown(growing[name])
    assert len(parts) >= (2 if name in WORDY else 1)
    gaps = [later.at - earlier.at for earlier, later in pairwise(parts)]
    assert all(gap >= SECONDS_BETWEEN_EDITS - TOLERANCE for gap in gaps), gaps
    assert not any(earlier.looks_like(later) for earlier, later in pairwise([*parts, final]))


@pytest.mark.parametrize("name", NAMES)
def test_only_the_finished_answer_has_buttons_and_the_colour_of_an_answer(growing: Growing, name: str) -> None:
    *parts, final = shown(growing[name])
    assert [button.face for button in final.buttons] == FACES
    assert not any(part.buttons or part.files for part in parts)
    assert all(ENGLISH.writing.capitalize() in part.text for part in parts)
    assert ENGLISH.writing.capitalize() not in final.text
    assert [embed["color"] for part in parts for embed in part.embeds] == [WRITING] * sum(len(p.embeds) for p in parts)
    assert [embed["color"] for embed in final.embeds] == ([] if name == "plain" else [ANSWERED])


@pytest.mark.parametrize("name", WORDY)
def test_the_finished_answer_is_whole_and_each_part_is_its_beginning(growing: Growing, name: str) -> None:
    *parts, final = shown(growing[name])
    assert END in final.text
    said = [state.text[: state.text.index(" [1]")] for state in parts]
    assert all(final.text.startswith(part) for part in said)
    # The last part may be all of it, when the answer is finished while that is on its way.
    assert END not in said[0]


def test_what_is_not_proven_yet_is_not_called_missing(growing: Growing) -> None:
    part, final = shown(growing["hesitating"])
    assert description(part) == "…"
    assert END in description(final)


def test_typing_is_shown_for_mentions_and_direct_messages_alone(growing: Growing) -> None:
    for name, types in (("mention", True), ("direct", True), ("plain", True), ("command", False)):
        channel_id = shown(growing[name])[0].channel_id
        typed = growing[name].stage.world.channels[channel_id].typing_at
        assert bool(typed) is types
        assert all(at <= shown(growing[name])[0].at for at in typed)


def test_an_answer_that_is_deleted_while_it_is_written_does_not_come_back(deleted: Deleted) -> None:
    deleted.later.final(PATIENCE)
    scene = deleted.scene
    for path in deleted.paths:
        assert scene.discord.requests("PATCH", path)[-1].status == 404
    assert scene.channel.messages(by_bot=True) == []
    assert scene.ada.dm_channel.messages(by_bot=True) == []
    assert scene.errors == []


def test_a_question_that_is_deleted_before_its_answer_gets_none(scene: Scene) -> None:
    ada, channel, gate = scene.ada, scene.channel, f"gate-{scene.guild.id}"
    said = [ada.say(channel, f"gate {gate} {QUESTION}", mention_bot=True), ada.dm(f"gate {gate} {QUESTION}")]
    for one, place in zip(said, (channel, ada.dm_channel), strict=True):
        scene.discord.wait_for_request("POST", f"/channels/{place.id}/typing")
        ada.delete(one.said)
    scene.town.open(gate)
    for place in (channel, ada.dm_channel):
        scene.discord.wait_for_request("POST", f"/channels/{place.id}/messages", timeout=PATIENCE)
    answer = ada.say(channel, QUESTION, mention_bot=True).final(PATIENCE)
    assert channel.messages(by_bot=True) == [answer]
    assert ada.dm_channel.messages(by_bot=True) == []
    assert scene.errors == []
