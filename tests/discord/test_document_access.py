"""Who may see a document: asked where not everybody reads, changed afterwards, kept by new versions."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from bot.discord.texts import LANGUAGES
from tests.discord.fake import Channel, Permission, Person, Role
from tests.discord.one_program import (
    MILL,
    MILL_QUESTION,
    PATIENCE,
    Place,
    Program,
    add,
    ask,
    finished,
    listed,
    new_place,
    remove,
    shared_program,
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
    readers = ENGLISH.list_readers.format(readers=f"<#{room.channel.id}>")
    assert added.text == ENGLISH.library_added.format(title="The vault") + f"\n-# {readers}"
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


# Afterwards


def limit(
    person: Person, place: Place, document: str, channels: Sequence[Channel] = (), roles: Sequence[Role] = ()
) -> str:
    """Limit a document with the form, and give what is said about that."""
    called = person.slash(place.channel, "library access", document=document)
    form = called.form()
    chosen = {ENGLISH.access_channels_label: channels, ENGLISH.access_roles_label: roles}
    return finished(person.submit(form, chosen)).text


def test_a_document_is_limited_afterwards_and_opened_again(place: Place, room: StaffRoom) -> None:
    add(place.ada, place.channel, "mill.md", MILL)
    answer = ask(place.bruno, place.channel, MILL_QUESTION)
    assert "1911" in answer.text
    assert place.bruno.slash(place.channel, "library access", document="The mill").message().text == (
        ENGLISH.library_not_allowed
    )
    told = limit(room.carla, place, "The mill", channels=[room.channel])
    assert told == ENGLISH.access_limited.format(title="The mill", readers=room.channel.mention)
    assert "1911" not in ask(place.bruno, place.channel, MILL_QUESTION, private=True).text
    assert "1911" not in place.bruno.click(answer, "📖").message(PATIENCE).text
    assert "1911" in room.carla.click(answer, "📖").message(PATIENCE).text
    assert "1911" in ask(room.carla, room.channel, MILL_QUESTION).text
    # A new version keeps who may see it, whoever adds it where everybody reads.
    assert "replaced" in add(room.carla, place.channel, "mill.md", MILL.replace("1911", "1912")).text
    assert "1912" not in ask(place.bruno, place.channel, MILL_QUESTION, private=True).text
    assert listed(place, room.carla).text.count("The mill") == 1
    told = limit(room.carla, place, "The mill", roles=[room.role])
    assert room.role.mention in told
    assert "1912" in ask(room.carla, place.channel, MILL_QUESTION, private=True).text
    opened = finished(room.carla.slash(place.channel, "library access", document="The mill", everybody=True))
    assert opened.text == ENGLISH.access_opened.format(title="The mill")
    assert "1912" in ask(place.bruno, place.channel, MILL_QUESTION).text


def test_a_form_sent_after_its_right_was_lost_limits_nothing(place: Place, room: StaffRoom) -> None:
    add(place.ada, place.channel, "mill.md", MILL)
    form = room.carla.slash(place.channel, "library access", document="The mill").form()
    take_rights(place, room.carla)
    chosen = {ENGLISH.access_channels_label: [room.channel], ENGLISH.access_roles_label: []}
    assert finished(room.carla.submit(form, chosen)).text == ENGLISH.library_not_allowed
    assert "1911" in ask(place.bruno, place.channel, MILL_QUESTION).text


def test_a_form_sent_after_its_document_was_closed_to_the_sender_opens_nothing(place: Place, room: StaffRoom) -> None:
    add(place.ada, place.channel, "mill.md", MILL)
    form = place.ada.slash(place.channel, "library access", document="The mill").form()
    limit(room.carla, place, "The mill", channels=[room.channel])
    chosen = {ENGLISH.access_channels_label: [place.channel], ENGLISH.access_roles_label: []}
    told = finished(place.ada.submit(form, chosen)).text
    assert told == ENGLISH.library_unknown.format(name="The mill")
    assert "1911" not in ask(place.bruno, place.channel, MILL_QUESTION).text


def test_a_choice_made_after_its_right_was_lost_adds_nothing(place: Place, room: StaffRoom) -> None:
    adding = begin_adding(room.carla, room.channel)
    take_rights(place, room.carla)
    asked = adding.message()
    button = next(one for one in asked.buttons if ":all:" in one.custom_id)
    assert room.carla.click(asked, button.custom_id).message().text == ENGLISH.library_not_allowed
    told = adding.message(PATIENCE, until=lambda state: not state.buttons)
    assert told.text == ENGLISH.access_cancelled.format(names="vault.md")
    assert "0 documents" in listed(place).text


def take_rights(place: Place, person: Person) -> None:
    """Take away what lets somebody manage the server."""
    world = place.guild.stage.world
    with world.lock:
        member = place.guild.record.members[person.id]
        managing = {role.id for role in place.guild.record.roles.values() if role.permissions & Permission.MANAGE_GUILD}
        member.role_ids[:] = [one for one in member.role_ids if one not in managing]


def test_nothing_chosen_is_no_choice_and_who_is_left_out_is_told(place: Place, room: StaffRoom) -> None:
    add(place.ada, place.channel, "mill.md", MILL)
    assert limit(room.carla, place, "The mill") == ENGLISH.access_nothing_chosen
    channels = [place.guild.add_channel(f"room-{number}") for number in range(5)]
    roles = [place.guild.add_role(f"Role {number}") for number in range(4)]
    assert limit(room.carla, place, "The mill", channels, roles) == ENGLISH.access_too_many.format(count=8)
    assert "1911" in ask(place.bruno, place.channel, MILL_QUESTION).text
    assert ENGLISH.access_not_for_you in limit(place.ada, place, "The mill", roles=[room.role])
    assert "The mill" not in listed(place).text


def test_who_may_not_see_a_document_does_not_learn_of_it_and_cannot_replace_it(place: Place, room: StaffRoom) -> None:
    add_for_staff(room, "mill.md", MILL)
    other = MILL.replace("Carla Neri", "Dora Bini")
    assert add(place.ada, place.channel, "mill.md", other).text == ENGLISH.library_added.format(title="The mill")
    assert "Dora Bini" in ask(place.bruno, place.channel, MILL_QUESTION, private=True).text
    assert listed(place, room.carla).text.count("The mill") == 2
    assert listed(place).text.count("The mill") == 1
    remove(place, "The mill")
    assert "Carla Neri" in ask(room.carla, room.channel, MILL_QUESTION).text
    add(place.ada, place.channel, "mill.md", other)
    role = place.guild.add_role("Librarians")
    place.ada.slash(place.channel, "settings roles", purpose="change the library", add=role).message()
    librarian = place.guild.add_member("Dario", roles=[role])
    cleared = finished(librarian.slash(place.channel, "library clear", name="Harbour"))
    assert cleared.text == ENGLISH.library_cleared.format(documents="1 document")
    assert "The mill" in listed(place, room.carla).text
    assert finished(place.ada.slash(place.channel, "library clear", name="Harbour")).text == cleared.text
    assert "The mill" not in listed(place, room.carla).text


def test_the_list_tells_who_when_how_large_and_for_whom(place: Place, room: StaffRoom) -> None:
    add(place.ada, place.channel, "mill.md", MILL)
    add_for_staff(room)
    shown = listed(place, room.carla).text
    mill, vault = (shown.split(f"- {title}\n")[1].split("\n")[0] for title in ("The mill", "The vault"))
    assert re.fullmatch(rf"-# Added by {place.ada.mention} on <t:\d+:d> · 1 kB · for everybody", mill)
    assert re.fullmatch(rf"-# Added by {room.carla.mention} on <t:\d+:d> · 1 kB · for {room.channel.mention}", vault)
    in_italian = room.carla.slash(place.channel, "library list", locale="it").message().text
    assert f"aggiunto da {place.ada.mention}" in in_italian.lower()
    assert not listed(place, room.carla).pings


def test_one_document_is_asked_alone_and_suggested_to_those_who_may_see_it(place: Place, room: StaffRoom) -> None:
    add(place.ada, place.channel, "mill.md", MILL)
    add_for_staff(room)

    def suggested(person: Person) -> dict[str, str]:
        choices = person.complete(place.channel, "ask", "document", "", question=SECRET_QUESTION).choices()
        return {choice.name: str(choice.value) for choice in choices}

    assert {"The mill", "The vault"} <= suggested(room.carla).keys()
    assert "The vault" not in suggested(place.bruno)
    both = "Cite who raised the mill, and with which words does the vault open?"
    assert "1911" in ask(place.bruno, place.channel, both, document=suggested(place.bruno)["The mill"]).text
    vault = suggested(room.carla)["The vault"]
    alone = room.carla.slash(place.channel, "ask", question=both, document=vault)
    assert alone.ephemeral, "others in the channel may not see it"
    assert SECRET in alone.final(PATIENCE).text
    for named in (vault, "The vault", "Nowhere"):
        refused = place.bruno.slash(place.channel, "ask", question=both, document=named)
        assert refused.message().text == ENGLISH.ask_unknown_document.format(name=named)
    assert SECRET in ask(room.carla, room.channel, both, document="The vault").text


def test_a_channel_that_is_deleted_leaves_its_documents_to_whoever_manages_the_server(
    place: Place, room: StaffRoom
) -> None:
    add_for_staff(room)
    assert "The vault" not in listed(place).text
    place.guild.delete_channel(room.channel)
    place.ada.slash(place.channel, "about").message()  # what Discord has told before is known by now
    shown = listed(place).text
    assert ENGLISH.list_readers_gone in shown
    assert "The vault" not in listed(place, place.bruno).text
    for person in (place.ada, place.bruno, room.carla):
        assert "heron" not in ask(person, place.channel, SECRET_QUESTION, private=True).text
    assert room.role.mention in limit(place.ada, place, "The vault", roles=[room.role])
    assert SECRET in ask(room.carla, place.channel, SECRET_QUESTION, private=True).text
    assert "The vault" not in listed(place).text


@pytest.mark.parametrize("language", ["en-GB", "it"])
def test_who_may_see_more_alone_is_told_alone_where_a_public_answer_found_nothing(
    place: Place, room: StaffRoom, language: str
) -> None:
    add(place.ada, place.channel, "mill.md", MILL)
    add_for_staff(room)
    hint = LANGUAGES[language.partition("-")[0]].access_ask_alone
    question = "Really how tall is the highest mountain near Almaty?"
    asked = room.carla.slash(place.channel, "ask", question=question, locale=language)
    told = asked.message(PATIENCE, until=lambda state: state.text == hint)
    assert told.ephemeral
    for other in (
        place.bruno.slash(place.channel, "ask", question=question),
        room.carla.slash(room.channel, "ask", question=question),
        room.carla.slash(place.channel, "ask", question=question, private=True),
        room.carla.slash(place.channel, "ask", question=f"Really {MILL_QUESTION}"),
    ):
        other.final(PATIENCE)
        place.ada.slash(place.channel, "about").message()  # whatever follows an answer has followed by then
        assert not other.followups
