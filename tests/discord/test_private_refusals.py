"""Where a server wants it so, only the person who asked is told that the documents do not say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.discord.texts import LANGUAGES, Texts
from tests.discord.discord_markdown import words
from tests.discord.fake import FakeDiscord, Interaction, Message, Permission
from tests.discord.one_program import MILL, PATIENCE, QUESTION, Place, Program, add, ask, new_place, running_program
from tests.discord.talking import follow_up

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
OFF_TOPIC = "Where do penguins breed?"


@dataclass(frozen=True)
class Harbours:
    """The program, and a server of each language that has refusals shown to one person alone."""

    program: Program
    english: Place
    italian: Place


@pytest.fixture(scope="module")
def harbours(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harbours]:
    with (
        FakeDiscord() as discord,
        running_program(discord, tmp_path_factory.mktemp("private")) as program,
    ):
        places = new_place(discord), new_place(discord, "Porto", locale="it")
        settings = "INSERT INTO server_settings VALUES ({}, '{{\"private_refusals\": true}}')"
        program.restart(between=[settings.format(place.guild.id) for place in places])
        for place in places:
            add(place.ada, place.channel, "mill.md", MILL)
        yield Harbours(program, *places)


@pytest.fixture(params=["en", "it"])
def case(harbours: Harbours, request: pytest.FixtureRequest) -> tuple[Place, Texts]:
    """A server, and its language; nothing of its channel is left over for the next test."""
    place = {"en": harbours.english, "it": harbours.italian}[request.param]
    channel = place.guild.add_channel()
    return Place(place.guild, channel, place.ada, place.bruno), LANGUAGES[request.param]


def refused_alone(place: Place, asked: Interaction, texts: Texts) -> Message:
    """Hold that one person alone sees the refusal, with its buttons, and that nothing else is left."""
    told = asked.message(PATIENCE, until=lambda state: state.ephemeral and bool(state.embeds))
    assert words(told.embeds[0]["description"]) == texts.not_found_several
    assert told.ephemeral
    assert place.channel.messages(by_bot=True) == []
    return told


def test_a_command_is_refused_to_one_person_alone(case: tuple[Place, Texts]) -> None:
    place, texts = case
    asked = place.bruno.slash(place.channel, "ask", question=OFF_TOPIC, locale=texts.locale)
    told = refused_alone(place, asked, texts)
    # What follows it is for that person alone, too.
    again = follow_up(place.bruno, told, OFF_TOPIC, locale=texts.locale)
    refused_alone(place, again, texts)
    asked = place.bruno.slash(place.channel, "ask", question=OFF_TOPIC, private=True, locale=texts.locale)
    refused_alone(place, asked, texts)


def test_a_menu_and_a_follow_up_are_refused_to_one_person_alone(case: tuple[Place, Texts]) -> None:
    place, texts = case
    said = place.ada.say(place.channel, OFF_TOPIC).said
    refused_alone(place, place.bruno.menu(said, "Ask about this message", locale=texts.locale), texts)
    answer = ask(place.ada, place.channel, QUESTION)
    asked = follow_up(place.bruno, answer, OFF_TOPIC, locale=texts.locale)
    told = asked.message(PATIENCE, until=lambda state: state.ephemeral and bool(state.embeds))
    assert words(told.embeds[0]["description"]) == texts.not_found_several
    assert [message.id for message in place.channel.messages(by_bot=True)] == [answer.id]


def test_a_message_is_refused_by_direct_message(case: tuple[Place, Texts]) -> None:
    place, texts = case
    before = place.bruno.dm_channel.messages(by_bot=True)[-1:]
    place.bruno.say(place.channel, OFF_TOPIC, mention_bot=True)
    told = place.bruno.dm_channel.wait_message(PATIENCE, after=before[0] if before else None)
    assert told.content == texts.refusal_sent.format(channel=place.channel.mention)
    (embed,) = told.embeds
    assert (embed["title"], words(embed["description"])) == (OFF_TOPIC, texts.not_found_several)
    assert told.buttons == ()
    assert place.channel.messages(by_bot=True) == []
    answer = place.bruno.say(place.channel, "Who raised the mill at the harbour?", mention_bot=True).final(PATIENCE)
    assert "Carla Neri" in answer.text


def test_closed_direct_messages_get_one_line_in_the_channel(case: tuple[Place, Texts]) -> None:
    place, texts = case
    carla = place.guild.add_member("Carla")
    carla.close_dms()
    said = carla.say(place.channel, OFF_TOPIC, mention_bot=True)
    told = said.message(PATIENCE)
    assert (told.content, told.embeds, told.buttons) == (texts.refusal_not_sent, (), ())
    assert [message.id for message in place.channel.messages(by_bot=True)] == [told.id]
    assert not told.pings


def test_a_refusal_by_message_reaches_its_person_where_the_bot_may_not_embed(case: tuple[Place, Texts]) -> None:
    place, texts = case
    place.channel.deny(Permission.EMBED_LINKS)
    before = place.ada.dm_channel.messages(by_bot=True)[-1:]
    place.ada.say(place.channel, OFF_TOPIC, mention_bot=True)
    told = place.ada.dm_channel.wait_message(PATIENCE, after=before[0] if before else None)
    where = texts.refusal_sent.format(channel=place.channel.mention)
    assert told.content == f"{where}\n**{OFF_TOPIC}**\n{texts.not_found_several}"


def test_other_servers_see_refusals_as_before(harbours: Harbours) -> None:
    place = new_place(harbours.program.discord, "Mountain")
    answer = ask(place.ada, place.channel, OFF_TOPIC)
    assert not answer.ephemeral
    assert [message.id for message in place.channel.messages(by_bot=True)] == [answer.id]
    assert not harbours.program.failures()
