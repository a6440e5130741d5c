"""In every kind of place, a document is answered from where all who read there may see it, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.discord.texts import LANGUAGES
from tests.discord.fake import Channel, FakeDiscord, Permission, Person
from tests.discord.fake.forums import add_forum, post
from tests.discord.fake.model import STAGE, VOICE
from tests.discord.fake.private_threads import start_private_thread
from tests.discord.one_program import (
    MILL,
    MILL_QUESTION,
    PATIENCE,
    Place,
    Program,
    ask,
    finished,
    forge,
    listed,
    new_place,
    running_program,
)
from tests.discord.staff_room import (
    SECRET,
    SECRET_QUESTION,
    StaffRoom,
    add_for_staff,
    begin_adding,
    choose,
    new_staff_room,
)

ENGLISH = LANGUAGES["en"]


@pytest.fixture(scope="module")
def program(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    script = "tests.discord.scripts.conversations:note_conversations"
    with FakeDiscord() as discord, running_program(discord, tmp_path_factory.mktemp("places"), script=script) as begun:
        yield begun


@pytest.fixture
def place(program: Program) -> Place:
    return new_place(program.discord)


@pytest.fixture
def room(place: Place) -> StaffRoom:
    return new_staff_room(place)


def tells(person: Person, channel: Channel) -> bool:
    """Whether an answer for all in a channel quotes the secret."""
    return "heron" in ask(person, channel, SECRET_QUESTION).text


def test_threads_forums_and_voice_chats_are_as_open_as_they_are(place: Place, room: StaffRoom) -> None:
    add_for_staff(room)
    carla = room.carla
    assert tells(carla, carla.start_thread(ask(carla, room.channel, MILL_QUESTION)))
    assert not tells(carla, carla.start_thread(ask(carla, place.channel, MILL_QUESTION)))
    for kind in (VOICE, STAGE):
        assert not tells(carla, place.guild.add_channel("talk", kind=kind))
    assert not tells(carla, start_private_thread(place.channel, [carla]))
    assert tells(carla, start_private_thread(room.channel, [carla]))


def test_a_post_in_a_forum_of_the_staff_reads_what_is_for_the_forum(place: Place, room: StaffRoom) -> None:
    forum = add_forum(place.guild, "staff-help")
    for allowed in (None, room.role.id):
        forum.allow(Permission.VIEW_CHANNEL, whom=allowed)
    forum.deny(Permission.VIEW_CHANNEL, whom=place.guild.id)
    thread, _ = post(room.carla, forum, "Vault", "How does it open?")
    choose(room.carla, begin_adding(room.carla, thread), "channel")
    assert forum.mention in listed(place, room.carla).text
    assert tells(room.carla, thread)
    assert not tells(room.carla, place.channel)
    assert "heron" not in ask(place.bruno, place.channel, SECRET_QUESTION, private=True).text


def test_what_is_added_in_a_private_thread_is_for_those_in_it(place: Place) -> None:
    ada, guest = place.ada, place.guild.add_member("Gina")
    thread = start_private_thread(place.channel, [ada, guest])
    choose(ada, begin_adding(ada, thread), "channel")
    assert tells(guest, thread)
    assert SECRET in ask(guest, thread, SECRET_QUESTION, private=True).text
    assert not tells(ada, place.channel)
    for person in (place.bruno, guest, ada):
        assert "heron" not in ask(person, place.channel, SECRET_QUESTION, private=True).text
    assert "The vault" not in listed(place, place.bruno).text


def test_a_channel_that_follows_its_category_is_as_open_as_that(place: Place) -> None:
    category = place.guild.add_category("Staff")
    channel = place.guild.add_channel("plans", category=category)
    room = new_staff_room(place)
    for one in (category, channel):  # Discord copies what a category says to the channels that follow it
        one.allow(Permission.VIEW_CHANNEL)
        one.allow(Permission.VIEW_CHANNEL, whom=room.role.id)
        one.deny(Permission.VIEW_CHANNEL, whom=place.guild.id)
    choose(room.carla, begin_adding(room.carla, channel), "channel")
    assert tells(room.carla, channel)
    assert not tells(room.carla, room.channel)
    assert SECRET in ask(room.carla, place.channel, SECRET_QUESTION, private=True).text
    assert "heron" not in ask(place.bruno, place.channel, SECRET_QUESTION, private=True).text


def test_where_nobody_sees_anything_without_a_role_it_is_asked_in_every_channel(place: Place) -> None:
    members = place.guild.add_role("Members", Permission.VIEW_CHANNEL)
    place.guild.record.roles[place.guild.id].permissions &= ~int(Permission.VIEW_CHANNEL)
    with place.guild.stage.world.lock:
        place.guild.stage.world.tell_about_guild("GUILD_CREATE", place.guild.record)
    ada = place.guild.add_member("Irma", permissions=Permission.MANAGE_GUILD, roles=[members])
    member = place.guild.add_member("Luca", roles=[members])
    choose(ada, begin_adding(ada, place.channel), "channel")
    assert tells(member, place.channel)


def test_a_choice_that_is_never_made_adds_nothing(program: Program, place: Place, room: StaffRoom) -> None:
    adding = begin_adding(room.carla, room.channel, "mill.md", MILL)
    asked = adding.message(PATIENCE)
    code, seconds = program.process.terminate()
    assert code == 0
    assert seconds < 6, "nobody waits for the choice when the bot stops"
    assert adding.states[-1].text == ENGLISH.library_stopped.format(name="mill.md")
    program.restart()
    old = forge(room.carla, adding.states[-1], asked.buttons[0].custom_id)
    assert old.message(PATIENCE).text == ENGLISH.access_too_late
    assert "0 documents" in listed(place, room.carla).text


def test_a_choice_is_waited_for_some_minutes(programs: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder, script = tmp_path_factory.mktemp("hasty"), "tests.discord.scripts.conversations:choose_in_haste"
    with FakeDiscord() as discord, running_program(discord, folder, script=script):
        place = new_place(discord)
        room = new_staff_room(place)
        adding = begin_adding(room.carla, room.channel, "mill.md", MILL)
        cancelled = ENGLISH.access_cancelled.format(names="mill.md")
        adding.message(PATIENCE, until=lambda state: state.text == cancelled and not state.buttons)
        assert "0 documents" in listed(place, room.carla).text


def test_a_role_that_is_deleted_leaves_its_documents_to_whoever_manages_the_server(place: Place) -> None:
    room = new_staff_room(place)
    add_for_staff(room)
    form = room.carla.slash(place.channel, "library access", document="The vault").form()
    finished(room.carla.submit(form, {form.fields[1].custom_id: [room.role]}))
    assert SECRET in ask(room.carla, place.channel, SECRET_QUESTION, private=True).text
    place.guild.delete_role(room.role)
    for person in (place.ada, place.bruno, room.carla):
        assert "heron" not in ask(person, place.channel, SECRET_QUESTION, private=True).text
    assert ENGLISH.list_readers_gone in listed(place).text
    assert "The vault" not in listed(place, place.bruno).text
    opened = finished(place.ada.slash(place.channel, "library access", document="The vault", everybody=True))
    assert opened.text == ENGLISH.access_opened.format(title="The vault")
    assert tells(place.bruno, place.channel)
