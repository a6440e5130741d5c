"""Nobody reads a document that they may not see, by any command, button, form or direct message there is."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace

import discord as library
import pytest

import bot.discord
from bot.discord.views.persistent_items import PersistentButton, PersistentItem
from tests.discord import across
from tests.discord.across import BUTTONS, COMMANDS, NAME, QUESTIONS, SECRET, STRONGBOX, WORDS, Attempt, finish
from tests.discord.fake import Message, Permission, Person
from tests.discord.one_program import (
    MILL,
    MILL_QUESTION,
    PATIENCE,
    Place,
    Program,
    add,
    answer_id,
    ask,
    finished,
    listed,
    new_place,
)
from tests.discord.staff_room import StaffRoom, add_for_staff, new_staff_room
from tests.discord.talking import conversing

SPIES = ("bruno", "ada", "dario")


@pytest.fixture(scope="module")
def program(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with conversing(tmp_path_factory.mktemp("across")) as running:
        yield running.program


@pytest.fixture(scope="module")
def place(program: Program) -> Place:
    place = new_place(program.discord)
    add(place.ada, place.channel, "mill.md", MILL)
    place.ada.slash(place.channel, "settings limits", person_minute=1000, person_day=1000).message()
    return place


@pytest.fixture(scope="module")
def room(place: Place) -> StaffRoom:
    room = new_staff_room(place)
    add_for_staff(room, NAME, across.DOCUMENT)
    return room


@pytest.fixture(scope="module")
def theirs(room: StaffRoom) -> Message:
    answer = ask(room.carla, room.channel, STRONGBOX)
    assert SECRET in answer.text
    return answer


@pytest.fixture(scope="module")
def librarian(place: Place) -> Person:
    """Somebody who may change the library and does not see the room."""
    role = place.guild.add_role("Librarians")
    place.ada.slash(place.channel, "settings roles", purpose="change the library", add=role).message()
    return place.guild.add_member("Dario", roles=[role])


@pytest.fixture(params=SPIES)
def attempt(
    request: pytest.FixtureRequest,
    program: Program,
    place: Place,
    room: StaffRoom,
    theirs: Message,
    librarian: Person,
) -> Attempt:
    spy = {"bruno": place.bruno, "ada": place.ada, "dario": librarian}[request.param]
    (choice,) = room.carla.complete(place.channel, "library remove", "document", "ledger").choices()
    return Attempt(program.discord, place, room, spy, str(choice.value), theirs, answer_id(theirs))


def assert_nothing_was_seen(program: Program, person: Person) -> None:
    shown = across.shown_to(program.discord, person)
    assert shown
    assert [one for one in shown if any(word in one for word in WORDS)] == []


def classes_of_components() -> set[str]:
    """The names of all buttons, lists and forms of the program."""
    for module in pkgutil.walk_packages(bot.discord.__path__, "bot.discord."):
        importlib.import_module(module.name)
    kinds = (library.ui.DynamicItem, library.ui.Modal, PersistentItem, PersistentButton)
    return {
        one.__name__
        for kind in kinds
        for one in kind.__subclasses__()
        if one.__module__.startswith("bot.discord.") and one not in kinds
    }


def test_there_is_a_line_for_every_command_button_and_form(program: Program) -> None:
    assert set(across.commands_of(program.discord.commands)) == set(COMMANDS)
    assert classes_of_components() == set(BUTTONS)


def test_no_command_reads_across(program: Program, attempt: Attempt) -> None:
    for line in COMMANDS.values():
        line(attempt)
    assert_nothing_was_seen(program, attempt.spy)


def test_no_button_list_or_form_reads_across(program: Program, attempt: Attempt) -> None:
    for line in BUTTONS.values():
        line(attempt)
    assert_nothing_was_seen(program, attempt.spy)


def test_no_message_reads_across(program: Program, attempt: Attempt) -> None:
    spy, channel = attempt.spy, attempt.place.channel
    answer = finish(spy.say(channel, STRONGBOX, mention_bot=True))
    thread = spy.start_thread(answer)
    for question in QUESTIONS:
        for answering in (
            spy.say(channel, question, mention_bot=True),
            spy.say(channel, question, reply_to=answer, mention_bot=True),
            spy.say(thread, question, mention_bot=True),
            spy.menu(spy.say(channel, question).said, "Ask about this message"),
            spy.dm(question),
            spy.slash(spy.dm_channel, "ask", question=question),
        ):
            finish(answering)
    spy.complete(spy.dm_channel, "ask", "document", "", question=STRONGBOX).choices()
    assert_nothing_was_seen(program, spy)


def test_who_types_the_title_is_told_the_same_as_of_one_that_there_is_not(attempt: Attempt) -> None:
    manager = attempt.place.guild.add_member("Fabio", permissions=Permission.MANAGE_GUILD)  # the others typed no title
    attempt = replace(attempt, spy=manager)
    for command, options in (("library remove", {}), ("library access", {}), ("ask", {"question": STRONGBOX})):
        told = []
        for title in ("Quillon ledger", "Nowhere"):
            called = attempt.call(command, document=title, **options)
            assert called is not None
            told.append(called.message(PATIENCE).text.replace(title, "…"))
        assert told[0] == told[1]


# What others do


def test_a_public_answer_to_somebody_who_may_does_not_quote_it_either(
    program: Program, place: Place, room: StaffRoom
) -> None:
    carla, channel = room.carla, place.channel
    for answering in (
        carla.slash(channel, "ask", question=STRONGBOX),
        carla.say(channel, STRONGBOX, mention_bot=True),
        carla.menu(carla.say(channel, STRONGBOX).said, "Ask about this message"),
        carla.submit(carla.click(ask(carla, channel), "💬").form(), STRONGBOX),
    ):
        finish(answering)
    assert_nothing_was_seen(program, place.bruno)
    private = carla.slash(channel, "ask", question=STRONGBOX, private=True)
    assert private.ephemeral
    answer = finish(private)
    assert SECRET in answer.text
    assert SECRET in finish(carla.submit(carla.click(answer, "💬").form(), "Cite what opens the strongbox?")).text
    assert_nothing_was_seen(program, place.bruno)


def test_what_may_be_read_follows_discord(program: Program, place: Place) -> None:
    room = new_staff_room(place)
    add_for_staff(room, "kestrel.md", "# Kestrel\n\nThe cellar is lit by a lamp of green glass.\n")
    question = "Cite by what the cellar is lit?"
    elena = place.guild.add_member("Elena", roles=[room.role])
    answer = ask(elena, place.channel, question, private=True)
    assert "green glass" in answer.text
    assert "green glass" in elena.click(answer, "📖").message(PATIENCE).text
    place.guild.take_role(elena, room.role)
    assert "green glass" not in elena.click(answer, "📖").message(PATIENCE).text
    assert "green glass" not in ask(elena, place.channel, question, private=True).text
    assert "Kestrel" not in listed(place, elena).text
    room.channel.allow(library_permission := Permission.VIEW_CHANNEL, whom=elena.id)
    assert "green glass" in ask(elena, room.channel, question).text
    assert "green glass" in ask(elena, place.channel, question, private=True).text
    room.channel.allow(library_permission, whom=place.guild.id)
    assert "green glass" in ask(place.bruno, room.channel, question).text, "the channel is for everybody now"
    room.channel.deny(library_permission, whom=place.guild.id)
    assert "green glass" not in ask(place.bruno, place.channel, question, private=True).text
    administrator = place.guild.add_member("Root", permissions=Permission.ADMINISTRATOR)
    assert "green glass" in ask(administrator, place.channel, question, private=True).text
    assert "green glass" not in ask(administrator, place.channel, question).text


def test_a_role_counts_where_all_who_read_have_it(place: Place, room: StaffRoom) -> None:
    add(place.ada, place.channel, "osprey.md", "# Osprey\n\nThe attic is heated by a stove of blue tiles.\n")
    called = room.carla.slash(place.channel, "library access", document="Osprey")
    form = called.form()
    finished(room.carla.submit(form, {form.fields[1].custom_id: [room.role]}))
    question = "Cite by what the attic is heated?"
    assert "blue tiles" not in ask(room.carla, place.channel, question).text
    assert "blue tiles" in ask(room.carla, room.channel, question).text, "only those with the role read there"
    room.channel.allow(Permission.VIEW_CHANNEL, whom=place.bruno.id)
    assert "blue tiles" not in ask(room.carla, room.channel, question).text, "Bruno reads there, too"
    room.channel.deny(Permission.VIEW_CHANNEL, whom=place.bruno.id)


def test_who_may_see_it_finds_it_everywhere(place: Place, room: StaffRoom, theirs: Message) -> None:
    """So that the silence above means something."""
    assert "Quillon ledger" in listed(place, room.carla).text
    assert SECRET in room.carla.click(theirs, "📖").message(PATIENCE).text
    assert SECRET in finish(room.carla.dm(STRONGBOX)).text
    assert "1911" in ask(place.bruno, place.channel, MILL_QUESTION).text
