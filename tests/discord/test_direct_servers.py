"""Direct messages to a bot that serves servers: answered from one that the person shares with it, which they choose."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bot.discord.custom_ids import SERVERS
from bot.discord.texts import LANGUAGES
from tests.discord.fake import FakeDiscord, Message, Person
from tests.discord.one_program import (
    MILL,
    MILL_QUESTION,
    PATIENCE,
    QUESTION,
    QUOTE,
    Place,
    Program,
    add,
    new_place,
    passage_of,
    running_program,
)
from tests.discord.staff_room import SECRET, SECRET_QUESTION, add_for_staff, new_staff_room

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
INN = "# The inn\n\nThe inn on the mountain was built by Dora Bini in 1890.\n"
INN_QUESTION = "Cite who built the inn on the mountain?"


@pytest.fixture(scope="module")
def program(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    script = "tests.discord.scripts.conversations:note_conversations"
    with (
        FakeDiscord() as discord,
        running_program(discord, tmp_path_factory.mktemp("direct"), script=script) as started,
    ):
        yield started


@pytest.fixture
def harbour(program: Program) -> Place:
    place = new_place(program.discord)
    add(place.ada, place.channel, "mill.md", MILL)
    return place


@pytest.fixture
def mountain(program: Program) -> Place:
    place = new_place(program.discord, "Mountain", locale="it")
    add(place.ada, place.channel, "inn.md", INN)
    return place


def offered(message: Message) -> dict[str, str]:
    """The servers in the list, with their ids."""
    (options,) = [
        part["options"] for row in message.components for part in row["components"] if part.get("custom_id") == SERVERS
    ]
    return {option["label"]: option["value"] for option in options}


def choose(person: Person, message: Message, place: Place) -> Message:
    """Choose a server, and wait for what comes of it."""
    return person.choose(message, SERVERS, [str(place.guild.id)]).final(PATIENCE)


def footer(message: Message) -> str:
    return passage_of(message)[2]


def test_one_shared_server_is_taken_at_once_and_told(harbour: Place, mountain: Place) -> None:
    answer = harbour.bruno.dm(MILL_QUESTION).final(PATIENCE)
    assert "Carla Neri" in answer.text
    assert footer(answer).endswith(" · from Harbour")
    assert ENGLISH.button_server not in {button.label for button in answer.buttons}
    assert "Carla Neri" in passage_of(harbour.bruno.click(answer, "📖").message(PATIENCE))[1]
    follow_up = harbour.bruno.submit(harbour.bruno.click(answer, "💬").form(), "Cite who raised the mill?").final(
        PATIENCE
    )
    assert footer(follow_up).endswith(" · from Harbour")
    assert "Dora" not in harbour.bruno.dm(INN_QUESTION).final(PATIENCE).text
    by_command = harbour.bruno.slash(harbour.bruno.dm_channel, "ask", question=MILL_QUESTION, locale="it")
    assert footer(by_command.final(PATIENCE)).endswith(" · da Harbour")


def test_several_are_offered_the_chosen_one_answers_and_another_may_be_chosen(
    program: Program, harbour: Place, mountain: Place
) -> None:
    bruno = harbour.bruno
    mountain.guild.add_member(bruno)
    new_place(program.discord, "Valley").guild.add_member(bruno)  # has no documents
    asked = bruno.dm(INN_QUESTION).message(PATIENCE)
    assert offered(asked).keys() == {"Harbour", "Mountain"}
    assert "Dora" not in asked.text
    answer = choose(bruno, asked, mountain)
    assert "Dora Bini" in answer.text
    assert "Mountain" in footer(answer)
    assert "Carla" not in bruno.dm(MILL_QUESTION).final(PATIENCE).text
    again = bruno.click(answer, ENGLISH.button_server).message(PATIENCE)
    assert "Harbour" in choose(bruno, again, harbour).text
    assert "Carla Neri" in bruno.dm(MILL_QUESTION).final(PATIENCE).text
    program.restart()
    after = bruno.dm(MILL_QUESTION).final(PATIENCE)
    assert "Carla Neri" in after.text, "the choice is read back from the conversation"
    assert "Mountain" in choose(bruno, asked, mountain).text, "an old list still works"


def test_a_question_that_waited_for_the_choice_leaves_with_its_message(
    program: Program, harbour: Place, mountain: Place
) -> None:
    bruno = harbour.bruno
    mountain.guild.add_member(bruno)
    asked = bruno.dm(INN_QUESTION)
    answer = choose(bruno, asked.message(PATIENCE), mountain)
    assert INN_QUESTION in str(answer.payload)
    bruno.delete(asked.said)

    def is_gone() -> bool:
        now = program.discord.message(answer.id)
        return now is not None and INN_QUESTION not in str(now.payload)

    program.discord.wait_until(is_gone, PATIENCE, what="the question to go")


def test_whoever_shares_none_is_answered_from_what_is_for_all(program: Program, harbour: Place) -> None:
    stranger = new_place(program.discord, "Valley").bruno
    answer = stranger.dm(f"Really {QUESTION}").final(PATIENCE)
    assert QUOTE in answer.text
    assert "Valley" not in footer(answer)
    assert "Carla" not in stranger.dm(MILL_QUESTION).final(PATIENCE).text


def test_small_talk_and_empty_words_ask_for_no_server(harbour: Place, mountain: Place) -> None:
    mountain.guild.add_member(harbour.bruno)
    assert harbour.bruno.dm("thanks!").message(PATIENCE).components == ()


def test_each_is_answered_from_what_they_may_see_and_nobody_who_has_left(harbour: Place) -> None:
    room = new_staff_room(harbour)
    add_for_staff(room)
    answer = room.carla.dm(SECRET_QUESTION).final(PATIENCE)
    assert SECRET in answer.text
    for person in (harbour.bruno, harbour.ada):
        assert "heron" not in person.dm(SECRET_QUESTION).final(PATIENCE).text
    assert "heron" in room.carla.click(answer, "📖").message(PATIENCE).text
    harbour.guild.take_role(room.carla, room.role)
    assert "heron" not in room.carla.dm(SECRET_QUESTION).final(PATIENCE).text
    assert "heron" not in room.carla.click(answer, "📖").message(PATIENCE).text
    mill = room.carla.dm(MILL_QUESTION).final(PATIENCE)
    assert "1911" in mill.text
    harbour.guild.remove_member(room.carla)
    assert "1911" not in room.carla.dm(MILL_QUESTION).final(PATIENCE).text
    assert "1911" not in room.carla.click(mill, "📖").message(PATIENCE).text


def test_whom_a_server_does_not_answer_it_does_not_answer_directly_either(harbour: Place) -> None:
    role = harbour.guild.add_role("Members")
    harbour.ada.slash(harbour.channel, "settings roles", purpose="ask questions", add=role).message()
    refused = harbour.bruno.dm(MILL_QUESTION).message(PATIENCE)
    assert "1911" not in refused.text
    assert role.mention in refused.text
    assert "1911" in harbour.ada.dm(MILL_QUESTION).final(PATIENCE).text


def test_where_discord_does_not_tell_it_is_said_and_nothing_hangs(program: Program, harbour: Place) -> None:
    harbour.bruno.dm(MILL_QUESTION).final(PATIENCE)
    program.discord.faults.error_before("GET", f"/guilds/{harbour.guild.id}/members/", status=503)
    assert re.search("reference: `[2-9A-Z]{6}`", harbour.bruno.dm(MILL_QUESTION).message(PATIENCE).text)
    assert "1911" in harbour.bruno.dm(MILL_QUESTION).final(PATIENCE).text
