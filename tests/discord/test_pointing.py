"""A mention that points at another message, a thread or a forwarded message; one added by editing; one of the role."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.discord.texts import LANGUAGES
from tests.discord.fake import Interaction, Message, Permission, Pings, Said
from tests.discord.fake.forums import add_forum, post
from tests.discord.fake.forwarding import forward
from tests.discord.fake.stage import Stage
from tests.discord.one_program import PATIENCE, Place, new_place, passage_of
from tests.discord.talking import Bot, conversing, turns

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
MENU = "Ask about this message"


@pytest.fixture(scope="module")
def bot(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """Discord withholds the words of messages that do not mention the bot."""
    with conversing(tmp_path_factory.mktemp("pointing")) as bot:
        yield bot


@pytest.fixture(scope="module")
def reading(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """Discord gives the words of all messages."""
    with conversing(tmp_path_factory.mktemp("reading"), reads_content=True) as bot:
        yield bot


@pytest.fixture
def place(bot: Bot) -> Place:
    return new_place(bot.program.discord)


@pytest.fixture
def shown(reading: Bot) -> Place:
    return new_place(reading.program.discord)


def title(asked: Said | Interaction) -> str:
    """The question that was answered; the answer pings nobody and replies to whoever asked for it."""
    answer = asked.final(PATIENCE)
    assert answer.pings == Pings()
    if isinstance(asked, Said):
        assert answer.reference_id == asked.said.id
    return question_of(answer, asked.stage)


def question_of(answer: Message, stage: Stage) -> str:
    """The question over an answer; over one to a message with the same words there is none."""
    asked = stage.world.messages[answer.reference_id or answer.id]
    words = asked.forwarded.content if asked.forwarded else asked.content
    return passage_of(answer)[0] or words.replace(f"<@{stage.world.bot.id}>", "").strip()


def told(said: Said) -> str:
    """The one line that came instead of an answer."""
    message = said.message(PATIENCE)
    assert (message.buttons, message.reference_id, message.pings) == ((), said.said.id, Pings())
    return passage_of(message)[1]


# A reply to somebody's question


@pytest.mark.parametrize(
    "text",
    ["", "?", "^", "can you help here?", "what do you think?", "can you answer this?", "puoi rispondere?", "aiuto"],
)
def test_a_mention_that_points_answers_the_message_replied_to(reading: Bot, shown: Place, text: str) -> None:
    asked = shown.bruno.say(shown.channel, "Cite who raised the mill?").said
    assert title(shown.ada.say(shown.channel, text, reply_to=asked, mention_bot=True)) == "Cite who raised the mill?"


def test_a_mention_at_the_end_of_what_points_does_the_same(reading: Bot, shown: Place) -> None:
    me = reading.program.discord.bot_mention
    asked = shown.bruno.say(shown.channel, "Cite the end?").said
    assert title(shown.ada.say(shown.channel, f"what do you think {me}?", reply_to=asked)) == "Cite the end?"
    # A question of its own is answered itself, and so is small talk.
    assert title(shown.ada.say(shown.channel, "Cite another?", reply_to=asked, mention_bot=True)) == "Cite another?"
    assert told(shown.ada.say(shown.channel, "thanks", reply_to=asked, mention_bot=True)) == ENGLISH.reply_thanks


def test_where_discord_withholds_the_words_the_menu_is_named(bot: Bot, place: Place) -> None:
    italian = new_place(bot.program.discord, "Porto", locale="it")
    for where, texts in ((place, ENGLISH), (italian, ITALIAN)):
        asked = where.bruno.say(where.channel, "Cite who raised the mill?").said
        for text in ("", "can you help here?", "ci aiuti?"):
            assert told(where.ada.say(where.channel, text, reply_to=asked, mention_bot=True)) == texts.point_withheld
        assert MENU in texts.point_withheld
        assert title(where.ada.menu(asked, MENU)) == "Cite who raised the mill?"


def test_words_that_discord_gives_are_read_without_the_intent(bot: Bot, place: Place) -> None:
    me = bot.program.discord.bot_mention
    asked = place.bruno.say(place.channel, f"I wish {me} knew that").said
    assert title(place.ada.say(place.channel, "?", reply_to=asked, mention_bot=True)) == "I wish knew that"
    direct = place.bruno.dm("Cite directly?")
    assert title(direct) == "Cite directly?"
    assert title(place.bruno.dm("can you answer this?", reply_to=direct.said)) == "Cite directly?"


def test_a_bare_mention_that_points_nowhere_is_told_how_to_ask(bot: Bot, place: Place) -> None:
    how = ENGLISH.how_to_ask.format(mention=bot.program.discord.bot_mention)
    for text in ("", "?", "what do you think?"):
        assert told(place.ada.say(place.channel, text, mention_bot=True)) == how
    assert told(place.ada.say(place.channel, "can you help?", mention_bot=True)) == ENGLISH.reply_help


def test_pointing_goes_through_the_rights_of_whoever_points(reading: Bot, shown: Place) -> None:
    asked = shown.bruno.say(shown.channel, "Cite the rights?").said
    carla = shown.guild.add_member("Carla")
    role = shown.guild.add_role("Millers")
    done = shown.ada.slash(shown.channel, "settings roles", purpose="ask questions", add=role).message(PATIENCE)
    assert role.mention in done.text
    refused = told(carla.say(shown.channel, "?", reply_to=asked, mention_bot=True))
    assert refused == ENGLISH.role_not_allowed.format(roles=role.mention)


def test_the_copy_of_a_question_goes_when_its_author_deletes_it(reading: Bot, shown: Place) -> None:
    asked = shown.bruno.say(shown.channel, "Cite what is deleted?").said
    answer = shown.ada.say(shown.channel, "?", reply_to=asked, mention_bot=True).final(PATIENCE)
    shown.bruno.delete(asked)

    def now() -> Message | None:
        message = reading.program.discord.message(answer.id)
        return message if message is not None and "what is deleted" not in message.text else None

    assert reading.program.discord.wait_until(now, what="the copy to be taken out of the answer")


def test_so_does_the_copy_that_the_menu_made(bot: Bot, place: Place) -> None:
    asked = place.bruno.say(place.channel, "Cite what is deleted?").said
    answer = place.ada.menu(asked, MENU).final(PATIENCE)
    assert passage_of(answer)[0] == "Cite what is deleted?"
    place.bruno.delete(asked)

    def now() -> Message | None:
        message = bot.program.discord.message(answer.id)
        return message if message is not None and "what is deleted" not in message.text else None

    assert bot.program.discord.wait_until(now, what="the copy to be taken out of the answer")


# Threads and posts


def test_in_a_thread_its_first_message_and_title_are_the_question(reading: Bot, shown: Place) -> None:
    asked = shown.bruno.say(shown.channel, "Hi all! Cite who raised the mill?").said
    thread = shown.bruno.start_thread(asked, "The harbour")
    shown.bruno.say(thread, "Nobody knows?")
    first = shown.ada.say(thread, "can you help here?", mention_bot=True)
    assert title(first) == "The harbour: Cite who raised the mill?"
    assert reading.told(first.final()) == []
    second = shown.ada.say(thread, "Second mention?", mention_bot=True).final(PATIENCE)
    assert [question for question, _ in reading.told(second)] == ["The harbour: Cite who raised the mill?"]


def test_in_a_post_the_title_is_read_though_the_words_are_withheld(bot: Bot, place: Place) -> None:
    thread, _ = post(place.bruno, add_forum(place.guild), "Cite who raised the mill?", "I looked everywhere.")
    assert title(place.ada.say(thread, "", mention_bot=True)) == "Cite who raised the mill?"
    second = place.ada.say(thread, "Another one?", mention_bot=True).final(PATIENCE)
    assert [question for question, _ in bot.told(second)] == ["Cite who raised the mill?"]
    nothing, _ = post(place.bruno, add_forum(place.guild), "Help!", "Who raised the mill?")
    assert told(place.ada.say(nothing, "", mention_bot=True)) == ENGLISH.point_withheld


def test_in_a_post_title_and_words_are_read_where_discord_gives_them(reading: Bot, shown: Place) -> None:
    thread, _ = post(shown.bruno, add_forum(shown.guild), "Cite the mill", "Hello. Who raised it?")
    assert title(shown.ada.say(thread, "^", mention_bot=True)) == "Cite the mill: Who raised it?"


def test_a_post_that_mentions_the_bot_is_asked_with_its_title(bot: Bot, place: Place) -> None:
    me, forum = bot.program.discord.bot_mention, add_forum(place.guild)
    assert (
        title(post(place.bruno, forum, "Cite the mill", f"{me} who raised it?")[1]) == "Cite the mill: who raised it?"
    )
    assert title(post(place.bruno, forum, "Cite who raised it?", f"{me}?")[1]) == "Cite who raised it?"
    assert told(post(place.bruno, forum, "Hello", f"hi {me}")[1]).startswith(ENGLISH.reply_greeting)


def test_the_menu_of_a_posts_first_message_knows_the_title(bot: Bot, place: Place) -> None:
    _, first = post(place.bruno, add_forum(place.guild), "Cite the mill", "Who raised it?")
    assert title(place.ada.menu(first.said, MENU)) == "Cite the mill: Who raised it?"


def test_in_a_thread_of_the_bots_own_a_bare_mention_is_told_how_to_ask(bot: Bot, place: Place) -> None:
    thread = place.ada.start_thread(place.ada.slash(place.channel, "ask", question="Own one?").final(PATIENCE))
    how = ENGLISH.how_to_ask.format(mention=bot.program.discord.bot_mention)
    assert told(place.bruno.say(thread, "", mention_bot=True)) == how


# Forwarded messages


def test_a_forwarded_message_is_read(bot: Bot, place: Place) -> None:
    asked = place.bruno.say(place.channel, "Cite what is forwarded?").said
    assert title(forward(place.ada, asked, place.ada.dm_channel)) == "Cite what is forwarded?"
    here = forward(place.ada, asked, place.channel)
    assert title(place.bruno.menu(here.said, MENU)) == "Cite what is forwarded?"
    assert told(place.bruno.say(place.channel, "?", reply_to=here.said, mention_bot=True)) == ENGLISH.point_withheld


def test_a_forwarded_message_that_is_replied_to_is_read(reading: Bot, shown: Place) -> None:
    asked = shown.bruno.say(shown.channel, "Cite what is forwarded?").said
    here = forward(shown.ada, asked, shown.channel)
    assert title(shown.bruno.say(shown.channel, "?", reply_to=here.said, mention_bot=True)) == "Cite what is forwarded?"


# Edits


def test_a_mention_added_by_editing_is_answered_once(bot: Bot, place: Place) -> None:
    me = bot.program.discord.bot_mention
    said = place.ada.say(place.channel, "Edited one?")
    place.ada.edit(said.said, f"{me} Edited one?")
    assert title(said) == "Edited one?"
    place.ada.edit(said.said, f"{me} Edited two?")
    mentioned = place.ada.say(place.channel, "Edited three?", mention_bot=True)
    assert title(mentioned) == "Edited three?"
    place.ada.edit(mentioned.said, f"{me} Edited four?")
    bare = place.ada.say(place.channel, "", mention_bot=True)
    assert told(bare) == ENGLISH.how_to_ask.format(mention=me)
    place.ada.edit(bare.said, f"{me} Edited five?")
    assert title(bare) == "Edited five?"
    about = place.bruno.say(place.channel, "You can ask.")
    place.bruno.edit(about.said, f"You can ask {me}")
    last = place.ada.say(place.channel, "Edited last?", mention_bot=True)
    assert title(last) == "Edited last?"
    answered = [question_of(one, said.stage) for one in place.channel.messages(by_bot=True) if one.buttons]
    assert answered == ["Edited two?", "Edited four?", "Edited five?", "Edited last?"]


def test_an_edit_after_a_restart_is_not_answered_again(bot: Bot, place: Place) -> None:
    me = bot.program.discord.bot_mention
    said = place.ada.say(place.channel, "Restarted one?", mention_bot=True)
    assert title(said) == "Restarted one?"
    missed = place.ada.say(place.channel, "Restarted two?")
    bot.program.restart()
    place.ada.edit(said.said, f"{me} Restarted three?")
    place.ada.edit(missed.said, f"{me} Restarted two?")
    assert title(missed) == "Restarted two?"
    answers = place.channel.messages(by_bot=True)
    assert [one.reference_id for one in answers] == [said.said.id, missed.said.id]


# The role


def test_a_mention_of_the_bots_role_is_told_whom_to_mention(bot: Bot, place: Place) -> None:
    role = next(one.id for one in place.guild.record.roles.values() if one.managed)
    me = bot.program.discord.bot_mention
    italian = new_place(bot.program.discord, "Porto", locale="it")
    there = next(one.id for one in italian.guild.record.roles.values() if one.managed)
    assert told(place.ada.say(place.channel, f"<@&{role}> who raised the mill?")) == ENGLISH.role_mentioned.format(
        mention=me
    )
    assert told(italian.ada.say(italian.channel, f"<@&{there}>")) == ITALIAN.role_mentioned.format(mention=me)
    assert title(place.ada.say(place.channel, f"<@&{role}> {me} Role one?")).endswith("Role one?")
    place.channel.deny(Permission.EMBED_LINKS)
    plain = place.ada.say(place.channel, f"<@&{role}> hi").message(PATIENCE)
    assert plain.content == ENGLISH.role_mentioned.format(mention=me)
    assert plain.pings == Pings()


def test_what_is_known_of_a_thread_of_people(bot: Bot, place: Place) -> None:
    thread = place.ada.start_thread(place.ada.say(place.channel, "Let us talk.").said)
    place.bruno.say(thread, "Known one?", mention_bot=True).final(PATIENCE)
    place.ada.say(thread, "I see.")
    second = place.ada.say(thread, "Known two?", mention_bot=True).final(PATIENCE)
    assert bot.told(second) == turns("Known one?")
