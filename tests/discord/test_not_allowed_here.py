"""Where and by whom it may be asked, and how often: what is refused, what is said about it, and to whom."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.discord.formatting.answer_page import PROBLEM
from bot.discord.texts import Texts, texts_for
from tests.discord.answers_fixtures import MENU, PATIENCE, QUESTION, Scene, Town, description, shared_town
from tests.discord.fake import Message, Pings

ENGLISH, ITALIAN = texts_for("en-US"), texts_for("it")
MOMENT = re.compile(r"<t:(\d+):R>")
# The clock of this test and the bot's are the same; a request takes its time.
TOLERANCE = 5


@pytest.fixture(scope="module")
def town(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with shared_town(request.config, tmp_path_factory) as town:
        yield town


@pytest.fixture
def scene(town: Town) -> Scene:
    return town.scene()


def answered(message: Message) -> bool:
    return bool(message.buttons) and message.embeds[0].get("title") in (QUESTION, None)


def holds_private_refusal(told: Message, sentence: str) -> None:
    assert description(told) == sentence
    assert told.ephemeral
    assert (told.embeds[0]["color"], told.buttons, told.pings) == (PROBLEM, (), Pings())


# Channels


def test_outside_of_the_allowed_channels_commands_are_refused_privately_and_messages_not_heard(scene: Scene) -> None:
    ada, here, elsewhere = scene.ada, scene.channel, scene.guild.add_channel("elsewhere")
    before = ada.slash(elsewhere, "ask", question=QUESTION).final(PATIENCE)
    scene.set("settings channels", add=here)
    sentence = ENGLISH.channel_not_allowed.format(channels=here.mention)
    ada.say(elsewhere, QUESTION, mention_bot=True)
    ada.say(elsewhere, "", mention_bot=True)
    ada.say(elsewhere, QUESTION, reply_to=before, ping=False)
    said = ada.say(elsewhere, QUESTION).said
    form = ada.click(before, ENGLISH.button_follow_up).form()
    for asked in (
        ada.slash(elsewhere, "ask", question=QUESTION),
        ada.menu(said, MENU),
        ada.submit(form, QUESTION),
        ada.slash(ada.start_thread(said), "ask", question=QUESTION),
    ):
        holds_private_refusal(asked.message(PATIENCE), sentence)
    italian = ada.slash(elsewhere, "ask", question=QUESTION, locale="it").message(PATIENCE)
    holds_private_refusal(italian, ITALIAN.channel_not_allowed.format(channels=here.mention))
    assert answered(ada.slash(here, "ask", question=QUESTION).final(PATIENCE))
    assert answered(ada.say(here, QUESTION, mention_bot=True).final(PATIENCE))
    assert [message.id for message in elsewhere.messages(by_bot=True)] == [before.id]


def test_threads_follow_their_channel_and_direct_messages_no_server(scene: Scene) -> None:
    ada = scene.ada
    scene.set("settings channels", add=scene.channel)
    scene.set("settings roles", purpose="ask questions", add=scene.role("Millers"))
    assert answered(ada.dm(QUESTION).final(PATIENCE))
    assert answered(ada.slash(ada.dm_channel, "ask", question=QUESTION).final(PATIENCE))
    scene.set("settings roles", purpose="ask questions", clear=True)
    thread = ada.start_thread(ada.say(scene.channel, "the mill").said)
    assert answered(ada.slash(thread, "ask", question=QUESTION).final(PATIENCE))
    assert answered(ada.say(thread, QUESTION, mention_bot=True).final(PATIENCE))


def test_several_channels_are_named_and_an_empty_list_allows_all_again(scene: Scene) -> None:
    second, third = scene.guild.add_channel("second"), scene.guild.add_channel("third")
    scene.set("settings channels", add=scene.channel)
    scene.set("settings channels", add=second)
    refused = scene.ada.slash(third, "ask", question=QUESTION).message(PATIENCE)
    assert description(refused).endswith(f"{scene.channel.mention}, {second.mention}")
    scene.set("settings channels", everywhere=True)
    assert answered(scene.ada.slash(third, "ask", question=QUESTION).final(PATIENCE))


# Roles


def test_only_the_allowed_roles_may_ask_and_others_are_told_which(scene: Scene) -> None:
    millers, ada = scene.role("Millers"), scene.ada
    cara = scene.guild.add_member("Cara", roles=[millers])
    scene.set("settings roles", purpose="ask questions", add=millers)
    sentence = ENGLISH.role_not_allowed.format(roles=millers.mention)
    said = ada.say(scene.channel, QUESTION).said
    for asked in (ada.slash(scene.channel, "ask", question=QUESTION), ada.menu(said, MENU)):
        holds_private_refusal(asked.message(PATIENCE), sentence)
    told = ada.say(scene.channel, QUESTION, mention_bot=True).message(PATIENCE)
    assert (description(told), told.pings, told.buttons) == (sentence, Pings(), ())
    assert answered(cara.slash(scene.channel, "ask", question=QUESTION).final(PATIENCE))
    assert answered(cara.say(scene.channel, QUESTION, mention_bot=True).final(PATIENCE))


def test_who_manages_the_server_is_never_locked_out(scene: Scene) -> None:
    boss, elsewhere = scene.boss, scene.guild.add_channel("elsewhere")
    scene.set("settings roles", purpose="ask questions", add=scene.role("Millers"))
    scene.set("settings channels", add=scene.channel)
    shown = boss.slash(scene.channel, "ask", question=QUESTION).final(PATIENCE)
    assert answered(shown)
    assert not shown.ephemeral
    assert answered(boss.say(scene.channel, QUESTION, mention_bot=True).final(PATIENCE))
    # Where nobody is to be answered, nobody else sees it, and a message, which everybody sees, is not answered.
    boss.say(elsewhere, QUESTION, mention_bot=True)
    alone = boss.slash(elsewhere, "ask", question=QUESTION).final(PATIENCE)
    assert answered(alone)
    assert alone.ephemeral
    form = boss.click(alone, ENGLISH.button_follow_up).form()
    assert boss.submit(form, QUESTION).final(PATIENCE).ephemeral
    assert elsewhere.messages(by_bot=True) == []


# Limits


def opens(told: Message) -> datetime:
    """When the bot says that it opens again."""
    (moment,) = MOMENT.findall(told.text)
    return datetime.fromtimestamp(int(moment), UTC)


def holds_limit(told: Message, sentence: str, count: int, texts: Texts = ENGLISH) -> datetime:
    moment = opens(told)
    when = f"<t:{int(moment.timestamp())}:R>"
    assert description(told) == sentence.format(questions=texts.questions(count), when=when)
    assert (told.embeds[0]["color"], told.buttons, told.pings) == (PROBLEM, (), Pings())
    assert moment > datetime.now(UTC)
    return moment


def test_the_limit_a_minute_tells_within_a_minute_when_it_opens_again(scene: Scene) -> None:
    ada, boss, channel = scene.ada, scene.boss, scene.channel
    scene.set("settings limits", person_minute=2)
    began = datetime.now(UTC)
    for blank in (" ", "x" * 4001):
        ada.slash(channel, "ask", question=blank).message(PATIENCE)
    asked = [ada.slash(channel, "ask", question=QUESTION), ada.say(channel, QUESTION, mention_bot=True)]
    assert all(answered(one.final(PATIENCE)) for one in asked)
    refusals = [
        ada.slash(channel, "ask", question=QUESTION),
        ada.say(channel, QUESTION, mention_bot=True),
        ada.menu(boss.say(channel, QUESTION).said, MENU),
    ]
    moments = {holds_limit(one.message(PATIENCE), ENGLISH.limit_person_minute, 2) for one in refusals}
    assert len(moments) == 1
    assert abs(moments.pop() - began - timedelta(minutes=1)) < timedelta(seconds=TOLERANCE)
    italian = ada.slash(channel, "ask", question=QUESTION, private=True, locale="it").message(PATIENCE)
    holds_limit(italian, ITALIAN.limit_person_minute, 2, ITALIAN)
    assert italian.ephemeral
    assert answered(boss.slash(channel, "ask", question=QUESTION).final(PATIENCE))
    assert answered(ada.dm(QUESTION).final(PATIENCE))
    scene.set("settings limits", person_minute=3)
    assert answered(ada.slash(channel, "ask", question=QUESTION).final(PATIENCE))


def midnight_is_near() -> bool:
    now = datetime.now(UTC)
    return now.hour == 23 and now.minute == 59 and now.second > 20


def tomorrow() -> datetime:
    return (datetime.now(UTC) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def test_the_limits_a_day_open_again_at_midnight(scene: Scene) -> None:
    if midnight_is_near():
        time.sleep(45)
    ada, boss, channel = scene.ada, scene.boss, scene.channel
    scene.set("settings limits", person_day=1)
    assert answered(ada.say(channel, QUESTION, mention_bot=True).final(PATIENCE))
    told = ada.slash(channel, "ask", question=QUESTION).message(PATIENCE)
    assert holds_limit(told, ENGLISH.limit_person_day, 1) == tomorrow()
    assert answered(boss.slash(channel, "ask", question=QUESTION).final(PATIENCE))
    scene.set("settings limits", person_day=10, server_day=2)
    for asked in (ada.say(channel, QUESTION, mention_bot=True), boss.slash(channel, "ask", question=QUESTION)):
        told = asked.message(PATIENCE)
        assert holds_limit(told, ENGLISH.limit_server_day, 2) == tomorrow()
    other = scene.town.scene()
    other.guild.add_member(ada)
    assert answered(ada.slash(other.channel, "ask", question=QUESTION).final(PATIENCE))
    scene.set("settings limits", server_day=3)
    assert answered(boss.slash(channel, "ask", question=QUESTION).final(PATIENCE))


def test_questions_at_once_are_answered_up_to_the_limit_and_no_further(scene: Scene) -> None:
    scene.set("settings limits", person_minute=3)
    asked = [scene.ada.slash(scene.channel, "ask", question=QUESTION) for _ in range(5)]
    shown = [one.message(PATIENCE) for one in asked]
    assert [bool(message.buttons) for message in shown].count(True) == 3
    assert [bool(MOMENT.search(message.text)) for message in shown].count(True) == 2
