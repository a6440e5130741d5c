"""What is said again and again by message (limits, refusals, greetings): said once, then silence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.discord.asking.refusal_notices import MOST_REMARKS
from bot.discord.texts import Texts, texts_for
from tests.discord.answers_fixtures import PATIENCE, QUESTION, Scene, Town, description, shared_town
from tests.discord.fake import Channel, Message, Person
from tests.discord.test_not_allowed_here import answered, holds_limit, holds_private_refusal

ENGLISH, ITALIAN = texts_for("en-US"), texts_for("it")
FLOOD = 15


@pytest.fixture(scope="module")
def town(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with shared_town(request.config, tmp_path_factory) as town:
        yield town


@pytest.fixture
def scene(town: Town) -> Scene:
    return town.scene()


def flood(person: Person, channel: Channel, text: str = QUESTION) -> list[Message]:
    """Mention the bot again and again, and give what it has said in the channel when all that is dealt with.

    It deals with one thing after the other, and a refusal of a command comes after those of the mentions before it.
    """
    before = channel.messages(by_bot=True)
    for _ in range(FLOOD):
        person.say(channel, text, mention_bot=True)
    channel.wait_message(PATIENCE, after=before[-1] if before else None)  # to whichever is looked at first
    last = person.slash(channel, "ask", question=text).message(PATIENCE)
    assert (last.ephemeral, last.buttons) == (True, ())
    return channel.messages(by_bot=True)


@pytest.mark.parametrize(("locale", "texts"), [("en-US", ENGLISH), ("it", ITALIAN)])
def test_a_person_over_the_limit_is_told_once_and_then_met_with_silence(town: Town, locale: str, texts: Texts) -> None:
    scene = town.scene(locale=locale)
    ada, channel = scene.ada, scene.channel
    scene.set("settings limits", person_minute=1)
    first = ada.say(channel, QUESTION, mention_bot=True).final(PATIENCE)
    typed = channel.typing_count
    (told,) = [message for message in flood(ada, channel) if message.id > first.id]
    holds_limit(told, texts.limit_person_minute, 1, texts)
    assert channel.typing_count == typed, "the bot was typing, and then said nothing"
    # Commands are answered each time, privately, and short.
    for _ in range(3):
        refused = ada.slash(channel, "ask", question=QUESTION).message(PATIENCE)
        holds_limit(refused, ENGLISH.limit_person_minute, 1)
        assert refused.ephemeral
    # Others are not met with silence, nor is she where the limit does not hold.
    assert answered(scene.boss.say(channel, QUESTION, mention_bot=True).final(PATIENCE))
    assert answered(ada.dm(QUESTION).final(PATIENCE))


def test_a_limit_that_is_raised_or_another_one_ends_the_silence(scene: Scene) -> None:
    ada, channel = scene.ada, scene.channel
    scene.set("settings limits", person_minute=1)
    assert answered(ada.say(channel, QUESTION, mention_bot=True).final(PATIENCE))
    flood(ada, channel)
    scene.set("settings limits", person_minute=2)
    assert answered(ada.say(channel, QUESTION, mention_bot=True).final(PATIENCE))
    scene.set("settings limits", person_day=2)
    before = len(channel.messages(by_bot=True))
    (told,) = flood(ada, channel)[before:]
    holds_limit(told, ENGLISH.limit_person_day, 2)


def test_a_server_over_its_limit_is_told_once_in_each_channel_whoever_asks(scene: Scene) -> None:
    people = [scene.guild.add_member(f"Person {number}") for number in range(12)]
    other = scene.guild.add_channel("other")
    assert answered(scene.ada.say(scene.channel, QUESTION, mention_bot=True).final(PATIENCE))
    scene.set("settings limits", server_day=1)
    for channel in (scene.channel, other):
        before = len(channel.messages(by_bot=True))
        told = channel.messages(by_bot=True)
        for person in people:
            person.say(channel, QUESTION, mention_bot=True)
        channel.wait_message(PATIENCE, after=told[-1] if told else None)
        private = [person.slash(channel, "ask", question=QUESTION).message(PATIENCE) for person in people]
        for one in private:
            holds_limit(one, ENGLISH.limit_server_day, 1)
            assert one.ephemeral
        assert len(channel.messages(by_bot=True)) == before + 1


def test_other_refusals_are_told_once_a_minute_to_each_person(scene: Scene) -> None:
    ada, channel = scene.ada, scene.channel
    assert [description(one) for one in flood(ada, channel, "a \u0007 bell")] == [ENGLISH.question_broken]
    role = scene.role("Millers")
    scene.set("settings roles", purpose="ask questions", add=role)
    sentence = ENGLISH.role_not_allowed.format(roles=role.mention)
    cara = scene.guild.add_member("Cara")
    for person in (ada, cara):
        before = len(channel.messages(by_bot=True))
        (told,) = flood(person, channel)[before:]
        assert description(told) == sentence
    holds_private_refusal(cara.slash(channel, "ask", question=QUESTION).message(PATIENCE), sentence)


@pytest.mark.parametrize("text", ["", "hello", "help"])
def test_the_same_greeting_or_explanation_is_said_a_few_times_a_minute_to_each_person(scene: Scene, text: str) -> None:
    for person in (scene.ada, scene.boss):
        before = len(scene.channel.messages(by_bot=True))
        for _ in range(FLOOD):
            person.say(scene.channel, text, mention_bot=True)
        # The next answer comes after all that would have been said before it.
        assert answered(person.say(scene.channel, QUESTION, mention_bot=True).final(PATIENCE))
        assert len(scene.channel.messages(by_bot=True)) == before + MOST_REMARKS + 1
