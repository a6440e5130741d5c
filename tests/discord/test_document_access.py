"""Who may see a document: asked where not everybody reads, changed afterwards, kept by new versions."""

from __future__ import annotations

import pytest

from bot.discord.texts import LANGUAGES
from tests.discord.one_program import (
    MILL,
    MILL_QUESTION,
    PATIENCE,
    Place,
    Program,
    ask,
    listed,
    new_place,
    shared_program,
)
from tests.discord.staff_room import (
    SECRET,
    SECRET_QUESTION,
    StaffRoom,
    begin_adding,
    choose,
    new_staff_room,
)

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]


@pytest.fixture(scope="module")
def program_online(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return shared_program(request, tmp_path_factory)[0]


@pytest.fixture
def place(program_online: Program) -> Place:
    return new_place(program_online.discord)


@pytest.fixture
def room(place: Place) -> StaffRoom:
    return new_staff_room(place)


def test_what_is_added_where_not_everybody_reads_is_asked_about_first(place: Place, room: StaffRoom) -> None:
    adding = begin_adding(room.carla, room.channel)
    asked = adding.message()
    assert adding.ephemeral
    assert not asked.pings
    assert "vault.md" in asked.text
    assert room.channel.mention in asked.text
    assert "0 documents" in listed(place, room.carla).text
    added = choose(room.carla, adding, "channel")
    assert added.text == ENGLISH.library_added.format(title="The vault")
    assert "The vault" not in listed(place, place.bruno).text
    assert "The vault" not in listed(place, place.ada).text
    assert "The vault" in listed(place, room.carla).text
    assert SECRET in ask(room.carla, room.channel, SECRET_QUESTION).text
    assert "heron" not in ask(room.carla, place.channel, SECRET_QUESTION).text
    assert SECRET in ask(room.carla, place.channel, SECRET_QUESTION, private=True).text
    assert "heron" not in ask(place.bruno, place.channel, SECRET_QUESTION, private=True).text


@pytest.mark.parametrize("language", ["en-GB", "it"])
def test_a_cancelled_document_is_not_added_and_one_for_all_is_for_all(
    place: Place, room: StaffRoom, language: str
) -> None:
    texts = LANGUAGES[language.partition("-")[0]]
    adding = room.carla.slash(room.channel, "library add", file=("mill.md", MILL.encode()), locale=language)
    asked = adding.message(PATIENCE, until=lambda state: bool(state.buttons))
    assert {button.label for button in asked.buttons} == {
        texts.button_access_all,
        texts.button_access_channel,
        texts.button_access_cancel,
    }
    assert choose(room.carla, adding, "cancel").text == texts.access_cancelled.format(names="mill.md")
    assert "0 documents" in listed(place, room.carla).text
    choose(room.carla, begin_adding(room.carla, room.channel, "mill.md", MILL), "all")
    assert "Carla Neri" in ask(place.bruno, place.channel, MILL_QUESTION).text
