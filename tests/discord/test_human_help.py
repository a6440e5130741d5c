"""*Ask a human*: one role is pinged in one channel, once an answer; the program runs in its own process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.discord.records.help_requests import MOST_AN_HOUR
from bot.discord.texts import LANGUAGES
from tests.discord.fake import FakeDiscord, Message, Permission, Pings
from tests.discord.gap_servers import MOUNTAIN, ROOF, GapServer, hide, new_gap_server, settle
from tests.discord.one_program import QUESTION, Place, Program, ask, new_place, running_program
from tests.discord.talking import SCRIPT

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
NAMES = ("Deleted", "Asked", "Twice", "Often", "Private", "Staff", "Shut", "Quiet", "Porto")
BUTTON = ENGLISH.button_human
REFUSED, UNSURE, SURE = f"Really {MOUNTAIN}", f"Really {QUESTION}", f"Cite {QUESTION}"
Servers = dict[str, GapServer]


@pytest.fixture(scope="module")
def running(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Program, Servers, Place]]:
    # Nothing that the program finds by itself is sure.
    folder, env = tmp_path_factory.mktemp("human"), {"PULLQUOTE_SURE_THRESHOLD": "1"}
    with FakeDiscord() as discord, running_program(discord, folder, script=SCRIPT, env=env) as program:
        servers = {name: new_gap_server(discord, name, "it" if name == "Porto" else "en-US") for name in NAMES}
        unset = new_place(discord, "Unset")
        settle(program, list(servers.values()), gaps_channel=None)
        yield program, servers, unset


@pytest.fixture
def servers(running: tuple[Program, Servers, Place]) -> Servers:
    return running[1]


def calls(server: GapServer) -> list[Message]:
    """What was posted for the helpers."""
    return server.desk.messages(by_bot=True)


def labels(message: Message) -> list[str]:
    return [button.label for button in message.buttons]


def sentence(server: GapServer, text: str) -> str:
    return text.format(role=server.helpers.mention, channel=server.desk.mention)


def pressed(person_is_ada: bool, server: GapServer, answer: Message) -> str:
    """Press the button, and give what is said about it, to that person alone."""
    person = server.place.ada if person_is_ada else server.place.bruno
    clicked = person.click(answer, BUTTON)
    said = clicked.message()
    assert said.ephemeral
    assert not said.pings
    return said.text


def test_the_role_is_pinged_with_the_question_and_a_link_and_the_button_is_switched_off(servers: Servers) -> None:
    server = servers["Asked"]
    place = server.place
    for question in (REFUSED, UNSURE):
        before = len(calls(server))
        answer = ask(place.ada, place.channel, question)
        clicked = place.bruno.click(answer, BUTTON)
        assert clicked.message().text == sentence(server, ENGLISH.human_asked)
        assert not clicked.message().pings
        call = calls(server)[before]
        assert call.content == f"{server.helpers.mention} {ENGLISH.human_wanted}"
        assert call.pings == Pings(roles=frozenset({server.helpers.id}))
        assert call.allowed_mentions == {"parse": [], "roles": [server.helpers.id]}
        first, second = call.embeds[0]["description"].split("\n")
        assert first == question
        assert f"https://discord.com/channels/{place.guild.id}/{place.channel.id}/{answer.id}" in second
        assert place.bruno.mention in second
        off = clicked.updated()
        assert off.button(ENGLISH.button_human_asked).disabled
        assert off.embeds == answer.embeds
        assert [one.face for one in answer.buttons][-4:] == [f"🙋 {BUTTON}", "👍", "👎", f"🗑️ {ENGLISH.button_delete}"]
        assert [one.custom_id for one in off.buttons] == [one.custom_id for one in answer.buttons]
        assert all(len(row["components"]) <= 5 for row in off.components)
        assert place.bruno.click(off, "👍").message().text == ENGLISH.vote_up_counted


def test_a_sure_answer_and_a_server_that_names_nobody_have_no_button(
    running: tuple[Program, Servers, Place],
) -> None:
    _, servers, unset = running
    place = servers["Asked"].place
    assert BUTTON not in labels(ask(place.ada, place.channel, SURE))
    assert BUTTON not in labels(ask(unset.ada, unset.channel, REFUSED))
    assert BUTTON not in labels(place.ada.dm(REFUSED).final())


def test_once_an_answer_also_at_once_and_after_a_restart(running: tuple[Program, Servers, Place]) -> None:
    program, servers, _ = running
    server = servers["Twice"]
    place = server.place
    answer = ask(place.ada, place.channel, REFUSED)
    clicks = [person.click(answer, BUTTON) for person in (place.ada, place.bruno)]
    said = {click.message().text for click in clicks}
    assert said == {sentence(server, ENGLISH.human_asked), sentence(server, ENGLISH.human_already)}
    later = ask(place.ada, place.channel, UNSURE)
    program.restart()
    assert pressed(False, server, later) == sentence(server, ENGLISH.human_asked)
    world = place.guild.stage.world
    with world.lock:  # as if switching the button off had failed
        world.messages[later.id].components = list(later.components)
        world.messages[later.id].states.append(later)
    program.restart()
    assert pressed(True, server, later) == sentence(server, ENGLISH.human_already)
    assert len(calls(server)) == 2
    assert not program.failures()


def test_nobody_asks_all_the_time(servers: Servers) -> None:
    server = servers["Often"]
    place = server.place
    for _ in range(MOST_AN_HOUR):
        assert pressed(False, server, ask(place.ada, place.channel, REFUSED)) == sentence(server, ENGLISH.human_asked)
    one_more = ask(place.ada, place.channel, REFUSED)
    assert pressed(False, server, one_more) == ENGLISH.human_too_many.format(count=MOST_AN_HOUR)
    assert len(calls(server)) == MOST_AN_HOUR
    assert pressed(True, server, one_more) == sentence(server, ENGLISH.human_asked)


def test_a_deleted_question_or_answer_leaves_no_words_in_the_call(running: tuple[Program, Servers, Place]) -> None:
    program, servers, _ = running
    server = servers["Deleted"]
    place = server.place

    def wait_cleared(number: int) -> None:
        def is_cleared() -> bool:
            call = calls(server)[number]
            return "mountain" not in str(call.payload) and ENGLISH.question_deleted in call.text

        program.discord.wait_until(is_cleared, what="the words to be gone from the call")
        call = calls(server)[number]
        assert place.bruno.mention in call.text
        assert call.content == f"{server.helpers.mention} {ENGLISH.human_wanted}"

    said = place.ada.say(place.channel, REFUSED, mention_bot=True)
    pressed(False, server, said.final())
    assert MOUNTAIN in calls(server)[0].text
    place.ada.delete(said.said)
    wait_cleared(0)
    answer = ask(place.ada, place.channel, REFUSED)
    pressed(False, server, answer)
    place.ada.click(answer, "🗑️")
    wait_cleared(1)
    said = place.ada.say(place.channel, REFUSED, mention_bot=True)
    answer = said.final()
    pressed(False, server, answer)
    place.channel.purge(answer)
    wait_cleared(2)


def test_a_private_answer_has_no_link(servers: Servers) -> None:
    server = servers["Private"]
    place = server.place
    answer = ask(place.bruno, place.channel, REFUSED, private=True)
    clicked = place.bruno.click(answer, BUTTON)
    assert clicked.message().text == sentence(server, ENGLISH.human_asked)
    (call,) = calls(server)
    assert MOUNTAIN in call.text
    assert "https" not in call.text
    assert clicked.updated().button(ENGLISH.button_human_asked).disabled


def test_the_words_from_a_staff_channel_are_not_shown_to_more_people(servers: Servers) -> None:
    server = servers["Staff"]
    place = server.place
    staff = place.guild.add_channel("staff")
    hide(staff, place, place.ada.id)
    answer = ask(place.ada, staff, REFUSED)
    assert pressed(True, server, answer) == sentence(server, ENGLISH.human_asked)
    (call,) = calls(server)
    assert "mountain" not in str(call.payload)
    assert f"/{staff.id}/{answer.id}" in call.text
    hide(staff, place, server.helpers.id)
    hide(server.desk, place, server.helpers.id)
    other = ask(place.ada, staff, f"Really {ROOF}")
    assert pressed(True, server, other) == sentence(server, ENGLISH.human_asked)
    assert ROOF in calls(server)[-1].text


def test_what_is_in_the_way_is_said_and_nothing_is_used_up(running: tuple[Program, Servers, Place]) -> None:
    program, servers, _ = running
    server = servers["Shut"]
    place = server.place
    answer = ask(place.ada, place.channel, REFUSED)
    server.desk.deny(Permission.SEND_MESSAGES)
    assert pressed(False, server, answer) == sentence(server, ENGLISH.human_may_not_post)
    server.desk.allow(Permission.SEND_MESSAGES)
    assert pressed(False, server, answer) == sentence(server, ENGLISH.human_asked)
    assert not program.failures()


def test_a_role_that_cannot_be_pinged_is_not_asked_silently(servers: Servers) -> None:
    server = servers["Quiet"]
    place = server.place
    answer = ask(place.ada, place.channel, REFUSED)
    change_role(server, mentionable=False)
    assert pressed(False, server, answer) == sentence(server, ENGLISH.human_may_not_ping)
    assert calls(server) == []
    server.desk.allow(Permission.MENTION_EVERYONE)
    assert pressed(False, server, answer) == sentence(server, ENGLISH.human_asked)
    assert calls(server)[0].pings.roles == {server.helpers.id}


def test_in_italian(servers: Servers) -> None:
    server = servers["Porto"]
    place = server.place
    said = place.bruno.slash(place.channel, "ask", question=REFUSED, locale="it").final()
    clicked = place.bruno.click(said, ITALIAN.button_human, locale="it")
    assert clicked.message().text == sentence(server, ITALIAN.human_asked)
    assert calls(server)[0].content == f"{server.helpers.mention} {ITALIAN.human_wanted}"


def change_role(server: GapServer, *, mentionable: bool) -> None:
    """Let everyone mention the role of the helpers, or nobody."""
    world = server.place.guild.stage.world
    with world.lock:
        server.helpers.record.mentionable = mentionable
        world.tell_about_guild("GUILD_CREATE", server.place.guild.record)
