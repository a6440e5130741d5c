"""Questions by message: what the bot hears, what it answers, and when it keeps silent."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from bot.discord.formatting.answer_page import ANSWERED, NOT_FOUND
from bot.discord.texts import texts_for
from tests.discord.answers_fixtures import (
    FACES,
    PATIENCE,
    QUESTION,
    Scene,
    Town,
    description,
    hold_what_holds_always,
    open_town,
    quotes,
    shared_town,
    speak,
    stands_in_article,
)
from tests.discord.fake import Message, Pings, Said
from tests.discord.fake.world import MESSAGE_CONTENT

ENGLISH = texts_for("en-US")
PICTURE = [("harbour.png", b"\x89PNG")]
# Guilds, messages in servers, direct messages: no more is asked of Discord.
UNPRIVILEGED = 1 << 0 | 1 << 9 | 1 << 12


@pytest.fixture(scope="module")
def town(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with shared_town(request.config, tmp_path_factory) as town:
        yield town


@pytest.fixture(scope="module")
def reading_town(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Where the bot may read messages, and was told to; as many answers at once as there are by default."""
    folder = tmp_path_factory.mktemp("reading")
    with open_town(folder, env={"PULLQUOTE_READ_THREADS": "1"}, grant_message_content=True) as town:
        yield town
        hold_what_holds_always(town)


@pytest.fixture
def scene(town: Town) -> Scene:
    return town.scene()


@pytest.fixture
def reading(reading_town: Town) -> Scene:
    return reading_town.scene()


def holds_an_answer(said: Said) -> Message:
    """Hold that one reply with proven quotes came, which does not repeat the question, and that it pings nobody."""
    answer = said.final(PATIENCE)
    assert "title" not in answer.embeds[0]
    assert answer.embeds[0]["color"] in (ANSWERED, NOT_FOUND)
    assert all(stands_in_article(quote, line) for quote, line, _ in quotes(description(answer)))
    assert [button.face for button in answer.buttons] == FACES
    assert answer.reference_id == said.said.id
    assert said.states == [answer]
    assert answer.pings == Pings()
    return answer


def test_a_mention_anywhere_in_a_message_makes_it_a_question(scene: Scene) -> None:
    me, ben = scene.discord.bot_mention, scene.guild.add_member("Ben_the_*miller*")
    for text in (
        f"{me} {QUESTION}",
        f"What triggered {me} the protests, <@!{scene.discord.bot_id}>{QUESTION} {me}",
        f"<@!{ben.id}> {me} {QUESTION}",
    ):
        holds_an_answer(scene.ada.say(scene.channel, text))
    assert scene.channel.typing_count >= 1
    reply = scene.ada.say(scene.channel, QUESTION, reply_to=scene.boss.say(scene.channel, "?").said, mention_bot=True)
    holds_an_answer(reply)


def test_a_reply_that_mentions_the_bot_is_a_follow_up(scene: Scene) -> None:
    first = holds_an_answer(scene.ada.say(scene.channel, QUESTION, mention_bot=True))
    holds_an_answer(scene.boss.say(scene.channel, "Who resigned in 2019?", reply_to=first))


@pytest.mark.parametrize("by_command", [True, False])
def test_a_reply_whose_text_discord_withholds_gets_one_pointer(scene: Scene, by_command: bool) -> None:
    asked = (
        scene.ada.slash(scene.channel, "ask", question=QUESTION)
        if by_command
        else scene.ada.say(scene.channel, QUESTION, mention_bot=True)
    )
    said = scene.ada.say(scene.channel, "Who resigned?", reply_to=asked.final(PATIENCE), ping=by_command)
    pointer = said.message(PATIENCE)
    assert description(pointer) == ENGLISH.text_withheld
    assert (pointer.reference_id, pointer.pings, pointer.buttons) == (said.said.id, Pings(), ())
    mentioned = scene.ada.say(scene.channel, QUESTION, reply_to=asked.final(PATIENCE), ping=False, mention_bot=True)
    holds_an_answer(mentioned)


def test_a_question_about_the_whole_names_the_documents_and_can_be_followed(scene: Scene) -> None:
    scene.set("library add", file=("harbour.txt", b"The harbour of Wexley has been open to boats since 1911."))
    said = scene.ada.say(scene.channel, "Hi! What documents do you have?", mention_bot=True)
    answer = said.final(PATIENCE)
    line, _, quoted = description(answer).partition("\n\n")
    assert line == "2 documents: harbour · Kazakhstan protests, January 2022"
    assert quoted.startswith(
        "“The harbour of Wexley has been open to boats since 1911.” [1]\n-# harbour, line 1\n\n“Neither"
    )
    assert [button.face for button in answer.buttons] == FACES
    assert answer.button("💬").custom_id.endswith(":overview-2")
    follow = scene.ada.say(scene.channel, "Who is Askar Mamin?", reply_to=answer).final(PATIENCE)
    assert "Prime Minister Askar Mamin" in description(follow)


def test_a_mention_without_words_is_told_how_to_ask(scene: Scene) -> None:
    how = ENGLISH.how_to_ask.format(mention=scene.discord.bot_mention)
    for said in (
        scene.ada.say(scene.channel, "", mention_bot=True),
        scene.ada.say(scene.channel, "", mention_bot=True, files=PICTURE),
    ):
        told = said.message(PATIENCE)
        assert (description(told), told.reference_id, told.pings) == (how, said.said.id, Pings())


def test_a_direct_message_is_a_question(scene: Scene) -> None:
    answer = holds_an_answer(scene.ada.dm(QUESTION))
    assert scene.ada.dm_channel.typing_count >= 1
    holds_an_answer(scene.ada.dm("Who resigned in 2019?", reply_to=answer, ping=False))


def test_a_direct_message_of_an_image_alone_is_told_how_to_ask(scene: Scene) -> None:
    answer = scene.ada.dm(QUESTION).final(PATIENCE)
    how = ENGLISH.how_to_ask.format(mention=scene.discord.bot_mention)
    for reply_to, ping in ((None, True), (answer, True), (answer, False)):
        said = scene.ada.say(scene.ada.dm_channel, "", files=PICTURE, reply_to=reply_to, ping=ping)
        assert description(said.message(PATIENCE)) == how


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("y" * 3990, None),
        ("Who\x07 raised the mill?", ENGLISH.question_broken),
        ("** __", None),
    ],
)
def test_odd_questions_by_message_are_answered_too(scene: Scene, text: str, sentence: str | None) -> None:
    said = scene.ada.dm(text)
    if sentence is None:
        said.final(PATIENCE)
    else:
        assert description(said.message(PATIENCE)) == sentence


def test_the_bot_keeps_silent_where_nobody_asked_it(scene: Scene) -> None:
    ada, channel, me = scene.ada, scene.channel, scene.discord.bot_mention
    role = scene.role("Millers")
    answer = scene.boss.say(channel, QUESTION, mention_bot=True).final(PATIENCE)
    plain = ada.say(channel, QUESTION).said
    ada.say(channel, f"@everyone @here {QUESTION}")
    ada.say(channel, f"{role.mention} {QUESTION}")
    ada.say(channel, QUESTION, reply_to=plain)
    ada.say(scene.boss.start_thread(answer), QUESTION)
    ada.say(channel, "", files=PICTURE)
    ada.edit(plain, f"{QUESTION} Really?")
    scene.boss.delete(answer)
    speak(scene, f"{me} {QUESTION}", bot=True)
    speak(scene, f"{me} {QUESTION}", bot=True, webhook=True)
    speak(scene, f"{me} {QUESTION}", bot=False, webhook=True)
    for kind in (6, 7, 8, 18, 21, 24, 46):
        speak(scene, f"{me} {QUESTION}", kind=kind)
    speak(scene, QUESTION, where=ada.dm_channel, kind=6)
    with scene.discord.world.lock:
        reaction = {"user_id": str(ada.id), "channel_id": str(channel.id), "message_id": str(plain.id)}
        scene.discord.world.emit("MESSAGE_REACTION_ADD", 1 << 10, lambda _: reaction | {"emoji": {"name": "👍"}})
    before = len(scene.discord.requests())
    last = ada.say(channel, "Is anybody there?", mention_bot=True)
    last.final(PATIENCE)
    time.sleep(0.5)
    assert channel.messages(by_bot=True) == last.states
    assert ada.dm_channel.messages(by_bot=True) == []
    asked = [request for request in scene.discord.requests()[before:] if "typing" not in request.path]
    assert [(request.method, request.path) for request in asked] == [("POST", f"/channels/{channel.id}/messages")]


def test_no_privileged_intent_is_asked(town: Town) -> None:
    assert [identify.intents for identify in town.discord.gateway.identifies] == [UNPRIVILEGED]
    assert town.discord.gateway.privileged_intents_asked == 0


@pytest.mark.usefixtures("programs")
def test_message_content_is_asked_when_threads_are_to_be_read(reading_town: Town) -> None:
    intents = [identify.intents for identify in reading_town.discord.gateway.identifies]
    assert intents == [UNPRIVILEGED | MESSAGE_CONTENT]
    assert reading_town.discord.gateway.privileged_intents_asked == MESSAGE_CONTENT


def test_plain_messages_in_the_bots_own_threads_are_follow_ups(reading: Scene) -> None:
    ada, boss = reading.ada, reading.boss
    thread = ada.start_thread(ada.slash(reading.channel, "ask", question=QUESTION).final(PATIENCE))
    plain = boss.say(thread, "Who resigned in 2019?")
    holds_a_plain_answer(plain)
    by_command = ada.slash(thread, "ask", question="Who resigned?").final(PATIENCE)
    unpinged = boss.say(thread, "Who was it?", reply_to=by_command, ping=False)
    holds_a_plain_answer(unpinged)


def holds_a_plain_answer(said: Said) -> None:
    answer = said.final(PATIENCE)
    assert "title" not in answer.embeds[0]
    assert said.states == [answer]


def test_plain_messages_elsewhere_are_no_questions_even_where_they_can_be_read(reading: Scene) -> None:
    ada, boss, channel = reading.ada, reading.boss, reading.channel
    answer = ada.slash(channel, "ask", question=QUESTION).final(PATIENCE)
    own, foreign = ada.start_thread(answer), ada.start_thread(boss.say(channel, QUESTION).said)
    told = ada.slash(channel, "help").message(PATIENCE)
    assert told.text
    boss.say(channel, QUESTION)
    boss.say(foreign, QUESTION)
    boss.say(own, QUESTION, reply_to=ada.say(own, "", files=PICTURE).said)
    speak(reading, QUESTION, where=own, bot=True)
    speak(reading, QUESTION, where=own, bot=False, webhook=True)
    last = boss.say(own, "Who resigned in 2019?", mention_bot=True)
    last.final(PATIENCE)
    time.sleep(0.5)
    assert own.messages(by_bot=True) == last.states
    assert foreign.messages(by_bot=True) == []
    assert [message.id for message in channel.messages(by_bot=True)] == [answer.id]


def test_plain_talk_of_people_who_may_not_ask_is_not_refused_in_the_bots_own_threads(reading: Scene) -> None:
    millers = reading.role("Millers")
    cara = reading.guild.add_member("Cara", roles=[millers])
    reading.set("settings roles", purpose="ask questions", add=millers)
    thread = cara.start_thread(cara.slash(reading.channel, "ask", question=QUESTION).final(PATIENCE))
    reading.ada.say(thread, QUESTION)
    answer = cara.say(thread, QUESTION).final(PATIENCE)
    time.sleep(0.5)
    assert thread.messages(by_bot=True) == [answer]
    refused = reading.ada.say(thread, QUESTION, mention_bot=True).message(PATIENCE)
    assert description(refused) == ENGLISH.role_not_allowed.format(roles=millers.mention)


def test_an_image_alone_is_no_withheld_text_where_messages_can_be_read(reading: Scene) -> None:
    answer = reading.ada.slash(reading.channel, "ask", question=QUESTION).final(PATIENCE)
    said = reading.ada.say(reading.channel, "", files=PICTURE, reply_to=answer)
    assert description(said.message(PATIENCE)) == ENGLISH.how_to_ask.format(mention=reading.discord.bot_mention)


def test_questions_at_once_wait_their_turn_and_are_all_answered(reading: Scene) -> None:
    gate = f"gate-{reading.guild.id}"
    questions = [f"gate {gate} {number}?" for number in range(5)]
    asked = [reading.ada.slash(reading.channel, "ask", question=question) for question in questions]
    assert all(one.wait_acknowledged() < 3 for one in asked)
    said = reading.ada.say(reading.channel, QUESTION, mention_bot=True)
    said.silence(0.5)
    reading.town.open(gate)
    assert [one.final(PATIENCE).embeds[0]["title"] for one in asked] == questions
    assert [[state.loading for state in one.states] for one in asked] == [[True, False]] * 5
    holds_a_plain_answer(said)
