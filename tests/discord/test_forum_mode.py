"""Forum mode: first posts and questions in chosen channels are answered unasked if the answer is sure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import pytest

from bot.discord.texts import LANGUAGES
from tests.discord.fake import Channel, FakeDiscord, Message, Permission, Person, Pings, Said
from tests.discord.fake.forums import add_forum, post, tags_of
from tests.discord.one_program import MILL, PATIENCE, Place, Program, add, new_place, passage_of, running_program

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
SCRIPT = "tests.discord.scripts.conversations:note_conversations tests.discord.scripts.conversations:index_slowly"
# Answered by the scripted answerer, surely; the real one is never sure here.
SURE, UNSURE = "Cite who raised the mill at the harbour?", "Really who raised the mill at the harbour?"
SILENCE_SECONDS = 0.5


@pytest.fixture(scope="module")
def reading(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """Discord gives the words of all messages."""
    env = {"PULLQUOTE_MESSAGE_CONTENT": "1", "PULLQUOTE_SURE_THRESHOLD": "1"}
    with (
        FakeDiscord(grant_message_content=True) as discord,
        running_program(discord, tmp_path_factory.mktemp("forum"), script=SCRIPT, env=env) as program,
    ):
        yield program


@pytest.fixture(scope="module")
def withheld(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """Discord gives the words of messages that mention the bot, and the titles of posts."""
    with (
        FakeDiscord() as discord,
        running_program(discord, tmp_path_factory.mktemp("withheld"), script=SCRIPT) as program,
    ):
        yield program


def place_with(program: Program, *, locale: str = "en-US", tags: Sequence[str] = ()) -> tuple[Place, Channel, Channel]:
    """A server with a document, and a forum and a channel in which the mode is on."""
    place = new_place(program.discord, locale=locale)
    forum, channel = add_forum(place.guild, tags=tags), place.guild.add_channel("help")
    add(place.ada, place.channel, "mill.md", MILL)
    choose(program, place, [forum, channel])
    return place, forum, channel


def choose(program: Program, place: Place, channels: Sequence[Channel]) -> None:
    """Switch the mode on, as the panel does; it needs the program to be started anew."""
    document = json.dumps({"forum_channels": [channel.id for channel in channels]})
    program.restart([f"INSERT OR REPLACE INTO server_settings VALUES ({place.guild.id}, '{document}')"])


def holds_answer(said: Said, question: str, asker: Person) -> Message:
    """Hold that the answer is one whole reply that pings nobody."""
    answer = said.final(PATIENCE)
    assert (answer.reference_id, answer.pings, said.states) == (said.said.id, Pings(), [answer])
    assert passage_of(answer)[0] in (question, "")
    assert answer.button("✅").custom_id == f"pullquote:solved:{asker.id}"
    return answer


def test_a_first_post_is_answered_if_the_answer_is_sure(reading: Program) -> None:
    place, forum, channel = place_with(reading, tags=["Bug", "Solved"])
    thread, first = post(place.bruno, forum, "Cite the mill", "Hi all. Who raised it at the harbour?", ["Bug"])
    answer = holds_answer(first, "Cite the mill: Who raised it at the harbour?", place.bruno)
    assert thread.typing_count == 0
    # Silent: unsure, a statement, small talk, a post that is solved, another channel, a later message in the post.
    silent = [
        post(place.bruno, forum, "Really the mill", "Who raised it at the harbour?")[1],
        post(place.bruno, forum, "News", "The mill is open again.")[1],
        post(place.bruno, forum, "Hello", "hi all!")[1],
        post(place.bruno, forum, "The mill", SURE, ["Solved"])[1],
        post(place.bruno, add_forum(place.guild, "other"), "The mill", SURE)[1],
        place.ada.say(thread, SURE),
    ]
    asked = place.bruno.say(channel, SURE)
    holds_answer(asked, SURE, place.bruno)
    silent += [
        place.bruno.say(channel, UNSURE),
        place.bruno.say(channel, "The mill is open again."),
        place.bruno.say(channel, "Ada, who raised the mill?"),
        place.bruno.say(channel, SURE, reply_to=place.ada.say(channel, "Look at the mill.").said),
        place.bruno.say(place.channel, SURE),
        place.bruno.say(place.bruno.start_thread(place.bruno.say(channel, "A thread.").said), SURE),
    ]
    last = place.ada.say(place.channel, "Cite the last?", mention_bot=True).final(PATIENCE)
    silent[0].silence(SILENCE_SECONDS)
    replied = {message.reference_id for one in (forum, channel, place.channel) for message in one.messages(by_bot=True)}
    assert replied == {asked.said.id, last.reference_id}
    assert [one for one in silent if any(state.reference_id == one.said.id for state in one.states)] == []
    assert thread.messages(by_bot=True) == [answer]


def test_a_post_that_mentions_the_bot_is_answered_once(reading: Program) -> None:
    place, forum, _ = place_with(reading)
    thread, first = post(place.bruno, forum, "The mill", f"{reading.discord.bot_mention} {SURE}")
    answer = first.final(PATIENCE)
    first_id = [message.id for message in thread.messages(by_bot=True)]
    assert first_id == [answer.id]
    with pytest.raises(AssertionError):
        answer.button("✅")


def test_a_mention_added_to_a_post_that_was_answered_is_not_answered_again(reading: Program) -> None:
    place, forum, _ = place_with(reading)
    thread, first = post(place.bruno, forum, "The mill", SURE)
    answer = holds_answer(first, f"The mill: {SURE}", place.bruno)
    place.bruno.edit(first.said, f"{reading.discord.bot_mention} {SURE}")
    last = place.ada.say(place.channel, "Cite the last?", mention_bot=True)
    last.final(PATIENCE)
    first_answers = thread.messages(by_bot=True)
    assert first_answers == [answer]


def test_the_asker_marks_it_as_solved_and_the_tag_is_put_on(reading: Program) -> None:
    place, forum, _ = place_with(reading, locale="it", tags=["Aperto", "✅ Risolto"])
    forum.allow(Permission.MANAGE_THREADS)
    thread, first = post(place.bruno, forum, "Il mulino", SURE, ["Aperto"])
    answer = holds_answer(first, f"Il mulino: {SURE}", place.bruno)
    assert answer.button("✅").label == ITALIAN.button_solved
    carla = place.guild.add_member("Carla")
    assert passage_of(carla.click(answer, "✅").message(PATIENCE))[1] == ENGLISH.solved_not_allowed
    assert tags_of(thread) == ["Aperto"]
    reading.restart()
    solved = place.bruno.click(answer, "✅").updated(PATIENCE)
    assert solved.button("✅").disabled
    assert [one.face for one in solved.buttons] == [one.face for one in answer.buttons]
    assert tags_of(thread) == ["Aperto", "✅ Risolto"]
    # The other buttons go on.
    assert place.bruno.click(solved, "👍").message(PATIENCE).text == ENGLISH.vote_up_counted


def test_without_the_right_to_manage_the_post_only_the_answer_is_marked(reading: Program) -> None:
    place, forum, channel = place_with(reading, tags=["Solved"])
    thread, first = post(place.bruno, forum, "The mill", SURE)
    answer = holds_answer(first, f"The mill: {SURE}", place.bruno)
    assert place.bruno.click(answer, "✅").updated(PATIENCE).button("✅").disabled
    assert tags_of(thread) == []
    asked = holds_answer(place.bruno.say(channel, SURE), SURE, place.bruno)
    assert place.bruno.click(asked, "✅").updated(PATIENCE).button("✅").disabled


def test_without_the_intent_the_title_is_answered_if_it_asks(withheld: Program) -> None:
    place, forum, channel = place_with(withheld)
    holds_answer(post(place.bruno, forum, SURE, "I looked everywhere.")[1], SURE, place.bruno)
    silent = [post(place.bruno, forum, "The mill", SURE)[1], place.bruno.say(channel, SURE)]
    holds_answer(post(place.bruno, forum, "Cite the end of it?", "…")[1], "Cite the end of it?", place.bruno)
    assert [one.states for one in silent] == [[], []]
    assert withheld.discord.gateway.privileged_intents_asked == 0


def test_the_mode_is_off_until_a_channel_is_chosen(reading: Program) -> None:
    place = new_place(reading.discord)
    add(place.ada, place.channel, "mill.md", MILL)
    silent = [post(place.bruno, add_forum(place.guild), "The mill", SURE)[1], place.bruno.say(place.channel, SURE)]
    place.ada.say(place.channel, "Cite the last?", mention_bot=True).final(PATIENCE)
    assert [[one for one in said.states if one.reference_id == said.said.id] for said in silent] == [[], []]


def test_a_post_that_a_person_answers_meanwhile_is_not_answered(reading: Program) -> None:
    place, forum, channel = place_with(reading)
    world = reading.discord.world
    with world.lock:  # the bot asks for what was written since only after both are there
        thread, first = post(place.bruno, forum, "The mill", SURE)
        place.ada.say(thread, "Carla Neri did.")
        asked = place.bruno.say(channel, SURE)
        place.ada.say(channel, "Carla Neri did.", reply_to=asked.said)
    own, follow = post(place.bruno, forum, "The mill", SURE)
    place.bruno.say(own, "It must be long ago.")
    holds_answer(follow, f"The mill: {SURE}", place.bruno)
    other = place.bruno.say(channel, "Who raised the other mill?")
    holds_answer(other, "Who raised the other mill?", place.bruno)
    assert thread.messages(by_bot=True) == []
    assert [one.reference_id for one in channel.messages(by_bot=True)] == [other.said.id]
    assert first.states == []


def test_who_may_not_ask_is_not_answered_and_not_refused(reading: Program) -> None:
    place, forum, channel = place_with(reading)
    role = place.guild.add_role("Millers")
    place.ada.slash(place.channel, "settings roles", purpose="ask questions", add=role).message(PATIENCE)
    carla = place.guild.add_member("Carla", roles=[role])
    silent = [post(place.bruno, forum, "The mill", SURE)[1], place.bruno.say(channel, SURE)]
    holds_answer(post(carla, forum, "The mill", SURE)[1], f"The mill: {SURE}", carla)
    holds_answer(carla.say(channel, "Who raised the mill over there?"), "Who raised the mill over there?", carla)
    assert [[one for one in said.states if one.reference_id == said.said.id] for said in silent] == [[], []]


def test_the_author_of_a_post_that_is_locked_meanwhile_is_not_written_to(reading: Program) -> None:
    place, forum, _ = place_with(reading)
    reading.discord.faults.refuse("POST", "/channels/.*/messages$", 403, 160005, "Thread is locked")
    thread, _ = post(place.bruno, forum, "The mill", SURE)
    reading.discord.wait_for_request("POST", f"/channels/{thread.id}/messages$", timeout=PATIENCE)
    assert place.bruno.slash(place.channel, "ask", question=SURE).final(PATIENCE)
    assert place.bruno.dm_channel.messages(by_bot=True) == []
