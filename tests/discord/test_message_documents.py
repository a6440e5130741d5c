"""Channels and pinned messages as documents: they follow what people write, and nobody reads what they may not see."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from bot.discord.library.message_addresses import MessageSet
from bot.discord.texts import LANGUAGES
from bot.discord.views.settings_panel.registry import PanelPage
from bot.settings import Settings
from retrieval import Library
from tests.discord.discord_markdown import words
from tests.discord.fake import Channel, FakeDiscord, Permission, Person
from tests.discord.fake.forums import add_forum, post
from tests.discord.held_documents import document, wait_document, wait_gone
from tests.discord.one_program import QUESTION, QUOTE, Place, Program, ask, finished, listed, new_place, running_program
from tests.discord.scripts.quick_messages import MOST
from tests.discord.settings_panel import choose, open_panel, switch
from tests.discord.staff_room import SECRET, SECRET_QUESTION, new_staff_room

SCRIPTS = (
    "tests.discord.scripts.conversations:note_conversations tests.discord.scripts.quick_messages:follow_soon "
    "tests.discord.scripts.library_reads:refuse_on_the_loop"
)
FERRY = "The ferry to the island leaves at ten past nine."
FERRY_QUESTION = "Cite when the ferry to the island leaves?"
READS = {"PULLQUOTE_MESSAGE_CONTENT": "1"}


@pytest.fixture(scope="module")
def program_online(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    folder = tmp_path_factory.mktemp("messages")
    with (
        FakeDiscord(grant_message_content=True) as discord,
        running_program(discord, folder, script=SCRIPTS, env=READS) as program,
    ):
        yield program


@pytest.fixture
def place(program_online: Program) -> Place:
    return new_place(program_online.discord)


def read_in(place: Place, *channels: Channel, person: Person | None = None) -> None:
    """Choose the channels whose messages are documents."""
    who = person or place.ada
    choose(who, open_panel(place, who, page=PanelPage.SOURCES), "read_channels", channels)


def read_pins(place: Place) -> None:
    switch(place.ada, open_panel(place, page=PanelPage.SOURCES), "read_pins")


def test_a_chosen_channel_answers_with_links_to_its_messages(program_online: Program, place: Place) -> None:
    said = place.bruno.say(place.channel, FERRY).said
    read_in(place, place.channel)
    wait_document(program_online, place.channel, FERRY, "Bruno Corti")
    answer = ask(place.ada, place.channel, FERRY_QUESTION)
    assert FERRY in answer.text
    link = f"https://discord.com/channels/{place.guild.id}/{place.channel.id}/{said.id}"
    assert link in answer.text
    assert not answer.pings


def test_the_document_follows_what_is_written_changed_and_deleted(program_online: Program, place: Place) -> None:
    read_in(place, place.channel)
    ferry = place.bruno.say(place.channel, FERRY).said
    wait_document(program_online, place.channel, FERRY)
    place.bruno.edit(ferry, FERRY.replace("nine", "eight"))
    wait_document(program_online, place.channel, "ten past eight")
    inn = place.bruno.say(place.channel, "The inn is open all night.").said
    wait_document(program_online, place.channel, "The inn", "ten past eight")
    place.bruno.delete(ferry)
    wait_gone(program_online, place.channel, "ten past eight")
    place.channel.purge(inn)
    wait_gone(program_online, place.channel)
    assert "0 documents" in listed(place).text


def test_marks_are_names_and_no_channel_is_named_that_is_not_for_all(program_online: Program, place: Place) -> None:
    room, market = new_staff_room(place), place.guild.add_channel("market")
    marks = f"{place.ada.mention} {room.role.mention} {market.mention} {room.channel.mention}"
    read_in(place, place.channel)
    place.bruno.say(place.channel, f"Ask {marks} about the ferry.")
    text = wait_document(program_online, place.channel, "about the ferry")
    assert "Ask @Ada Lovelace @Staff #market #… about the ferry." in text


def test_switching_it_off_removes_the_document(program_online: Program, place: Place) -> None:
    read_in(place, place.channel)
    place.bruno.say(place.channel, FERRY)
    wait_document(program_online, place.channel, FERRY)
    read_in(place)
    wait_gone(program_online, place.channel)


@pytest.mark.parametrize("language", ["en-GB", "it"])
def test_a_document_of_messages_is_not_removed_by_hand(program_online: Program, place: Place, language: str) -> None:
    read_in(place, place.channel)
    place.bruno.say(place.channel, FERRY)
    wait_document(program_online, place.channel, FERRY)
    (choice,) = place.ada.complete(place.channel, "library remove", "document", "").choices()
    removing = place.ada.slash(place.channel, "library remove", document=choice.value, locale=language)
    told = words(finished(removing).text)
    assert told == words(LANGUAGES[language.partition("-")[0]].messages_not_removed.format(title=choice.name))
    assert document(program_online, place.channel) is not None
    clearing = place.ada.slash(place.channel, "library clear", name=place.guild.name, locale=language)
    assert LANGUAGES[language.partition("-")[0]].messages_return in finished(clearing).text


def test_what_bots_say_and_what_they_are_asked_is_left_out(program_online: Program, place: Place) -> None:
    read_in(place, place.channel)
    place.bruno.say(place.channel, FERRY)
    asked = place.bruno.say(place.channel, f"Really {QUESTION}", mention_bot=True)
    assert QUOTE in words(asked.final(30).text)
    place.bruno.say(place.channel, "The inn is open all night.")
    text = wait_document(program_online, place.channel, FERRY, "The inn")
    assert QUOTE not in text
    assert QUESTION not in text


@pytest.mark.parametrize("language", ["en-US", "it"])
def test_a_long_channel_is_bounded_and_says_so(program_online: Program, language: str) -> None:
    place = new_place(program_online.discord, locale=language)
    for number in range(MOST + 2):
        place.bruno.say(place.channel, f"The ferry number {number} leaves at noon.")
    read_in(place, place.channel)
    text = wait_document(program_online, place.channel, f"number {MOST + 1} leaves")
    assert "number 1 leaves" not in text
    assert "number 2 leaves" in text
    note = LANGUAGES[language.partition("-")[0]].messages_newest.format(count=MOST)
    assert note in listed(place).text


def test_a_channel_that_not_everybody_sees_answers_its_members_alone(program_online: Program, place: Place) -> None:
    room = new_staff_room(place)
    room.carla.say(room.channel, SECRET)
    read_in(place, room.channel, person=room.carla)
    wait_document(program_online, room.channel, "silver heron")
    assert "silver heron" in ask(room.carla, room.channel, SECRET_QUESTION).text
    assert "heron" not in ask(room.carla, place.channel, SECRET_QUESTION).text
    assert "heron" not in ask(place.bruno, place.channel, SECRET_QUESTION, private=True).text
    assert "staff" not in listed(place, place.bruno).text


def test_a_channel_that_is_closed_takes_its_document_along(program_online: Program, place: Place) -> None:
    read_in(place, place.channel)
    place.bruno.say(place.channel, FERRY)
    wait_document(program_online, place.channel, FERRY)
    other = place.guild.add_channel("market")
    assert "ten past nine" in ask(place.bruno, other, FERRY_QUESTION).text
    place.channel.deny(Permission.VIEW_CHANNEL, whom=place.guild.id)
    place.channel.allow(Permission.VIEW_CHANNEL)
    place.channel.allow(Permission.VIEW_CHANNEL, whom=place.ada.id)
    limited = f"guild-{place.guild.id}-for-c{place.channel.id}"

    def is_limited() -> bool:
        return limited in json.dumps(listed_collections(program_online))

    program_online.discord.wait_until(is_limited, what="the document to be limited", timeout=30)
    assert "ten past nine" not in ask(place.bruno, other, FERRY_QUESTION).text


def listed_collections(program: Program) -> list[str]:
    library = Library(Settings(home=program.home))
    try:
        manifest = library.manifest()
        return [name for name, held in manifest.collections.items() if held.sources] if manifest else []
    finally:
        library.close()


def test_a_deleted_channel_takes_its_document_along(program_online: Program, place: Place) -> None:
    market = place.guild.add_channel("market")
    read_in(place, market)
    place.bruno.say(market, FERRY)
    wait_document(program_online, market, FERRY)
    market.delete()
    wait_gone(program_online, market)


def test_each_post_of_a_chosen_forum_is_a_document(program_online: Program, place: Place) -> None:
    forum = add_forum(place.guild)
    ferry, _ = post(place.bruno, forum, "Ferries", "When does the ferry to the island leave?")
    read_in(place, forum)
    wait_document(program_online, ferry, "When does")
    reply = place.ada.say(ferry, FERRY).said
    wait_document(program_online, ferry, FERRY)
    answer = ask(place.bruno, place.channel, FERRY_QUESTION)
    assert f"https://discord.com/channels/{place.guild.id}/{ferry.id}/" in answer.text
    assert "questions › Ferries" in answer.text
    inn, _ = post(place.bruno, forum, "Inns", "The inn is open all night.")
    wait_document(program_online, inn, "The inn")
    inn.archive()
    place.ada.delete(reply)
    wait_gone(program_online, ferry, FERRY)
    assert document(program_online, inn) is not None
    inn.delete()
    wait_gone(program_online, inn)
    forum.deny(Permission.VIEW_CHANNEL)
    wait_gone(program_online, ferry)


def test_a_forum_whose_history_may_not_be_read_is_in_nobodys_way(program_online: Program, place: Place) -> None:
    forum = add_forum(place.guild)
    inn, _ = post(place.bruno, forum, "Inns", "The inn is open all night.")
    inn.archive()
    forum.deny(Permission.READ_MESSAGE_HISTORY)
    place.bruno.say(place.channel, FERRY)
    read_in(place, forum, place.channel)
    wait_document(program_online, place.channel, FERRY)
    assert document(program_online, inn) is None
    forum.allow(Permission.READ_MESSAGE_HISTORY)
    wait_document(program_online, inn, "The inn")


def test_a_channel_that_the_bot_sees_no_more_is_no_document(program_online: Program, place: Place) -> None:
    readers = place.guild.add_role("Readers")
    place.channel.deny(Permission.VIEW_CHANNEL, whom=place.guild.id)
    for who in (readers.id, place.ada.id):
        place.channel.allow(Permission.VIEW_CHANNEL, whom=who)
    place.guild.change_bot_roles(readers)
    place.ada.say(place.channel, FERRY)
    read_in(place, place.channel)
    wait_document(program_online, place.channel, FERRY)
    place.guild.change_bot_roles()
    wait_gone(program_online, place.channel)
    place.guild.change_bot_roles(readers)
    wait_document(program_online, place.channel, FERRY)


@pytest.mark.parametrize("language", ["en-US", "it"])
def test_pinned_messages_are_a_document_of_each_channel(program_online: Program, language: str) -> None:
    place = new_place(program_online.discord, locale=language)
    ferry = place.bruno.say(place.channel, FERRY).said
    place.bruno.say(place.channel, "The inn is open all night.")
    read_pins(place)
    place.channel.pin(ferry)
    text = wait_document(program_online, place.channel, FERRY, which=MessageSet.PINNED)
    assert "The inn" not in text
    assert LANGUAGES[language.partition("-")[0]].messages_pinned in listed(place).text
    assert FERRY in ask(place.ada, place.channel, FERRY_QUESTION).text
    place.channel.pin(ferry, pinned=False)
    wait_gone(program_online, place.channel, which=MessageSet.PINNED)
    place.channel.pin(ferry)
    wait_document(program_online, place.channel, FERRY, which=MessageSet.PINNED)
    place.bruno.delete(ferry)
    wait_gone(program_online, place.channel, which=MessageSet.PINNED)


def test_what_is_pinned_where_not_everybody_reads_is_no_document(program_online: Program, place: Place) -> None:
    room = new_staff_room(place)
    room.channel.pin(room.carla.say(room.channel, SECRET).said)
    place.channel.pin(place.bruno.say(place.channel, FERRY).said)
    read_pins(place)
    wait_document(program_online, place.channel, FERRY, which=MessageSet.PINNED)
    assert document(program_online, room.channel, MessageSet.PINNED) is None
    place.channel.deny(Permission.VIEW_CHANNEL, whom=place.guild.id)
    wait_gone(program_online, place.channel, which=MessageSet.PINNED)


@pytest.mark.usefixtures("programs")
def test_it_is_read_at_the_start_and_removed_when_the_words_are_no_longer_given(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("start")
    with FakeDiscord(grant_message_content=True) as discord:
        place = new_place(discord)
        forum = add_forum(place.guild)
        old, _ = post(place.bruno, forum, "Ovens", "The oven of the mill is lit at five.")
        old.archive()
        with running_program(discord, folder, script=SCRIPTS, env=READS) as program:
            ferry = place.bruno.say(place.channel, FERRY).said
            read_in(place, place.channel, forum)
            wait_document(program, place.channel, FERRY)
            wait_document(program, old, "lit at five")
            code, _ = program.process.terminate()
            assert code == 0
        # What happens while it is away is found at the start.
        place.bruno.delete(ferry)
        place.bruno.say(place.channel, "The inn is open all night.")
        with running_program(discord, folder, script=SCRIPTS, env=READS) as program:
            assert FERRY not in wait_document(program, place.channel, "The inn")
            assert document(program, old) is not None
        with running_program(discord, folder, script=SCRIPTS) as program:
            wait_gone(program, place.channel)
            wait_gone(program, old)
            assert not program.failures()
