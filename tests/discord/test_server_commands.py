"""Votes and their form, ``/settings``, ``/stats``, ``/export votes``, ``/help`` and ``/about``, and that servers are
kept apart; against the program in its own process."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from typing import Any

import pytest

from bot.discord.records.server_settings import LIMITS
from bot.discord.texts import LANGUAGES
from tests.discord.discord_markdown import words
from tests.discord.fake import Message, NotOfferedError, Permission, Person
from tests.discord.one_program import (
    PATIENCE,
    QUESTION,
    UNANSWERED,
    Place,
    Program,
    add,
    ask,
    new_place,
    new_role,
    passage_of,
    shared_program,
)

ENGLISH, ITALIAN = LANGUAGES["en"], LANGUAGES["it"]
UP, DOWN = "👍", "👎"


@pytest.fixture(scope="module")
def program_online(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return shared_program(request, tmp_path_factory)[0]


@pytest.fixture
def place(program_online: Program) -> Place:
    return new_place(program_online.discord)


def tell(place: Place, command: str, person: Person | None = None, **options: Any) -> str:
    """Call a command, and give what it says; privately, as all of them do."""
    called = (person or place.ada).slash(place.channel, command, **options)
    assert called.ephemeral
    return called.message().text


def votes(program: Program, answer: Message) -> list[tuple[int, str | None, str | None]]:
    """The votes on an answer: value, reason and question."""
    answer_id = answer.button(UP).custom_id.rpartition(":")[2]
    rows = program.read("SELECT value, reason, question FROM votes WHERE answer_id = ? ORDER BY created", answer_id)
    return [(value, reason, question) for value, reason, question in rows]


def wait_votes(program: Program, answer: Message, *wanted: tuple[int, str | None, str | None]) -> None:
    program.discord.wait_until(lambda: votes(program, answer) == list(wanted), what=f"the votes {wanted}")


def exported(place: Place) -> list[dict[str, Any]]:
    called = place.ada.slash(place.channel, "export votes")
    assert called.ephemeral
    file = called.message().files["votes.jsonl"].decode("utf-8")
    assert file.endswith("\n")
    return [json.loads(line) for line in file[:-1].split("\n")]


# Votes


def test_a_thumb_counts_on_click_and_the_form_stores_reason_and_question(program_online: Program, place: Place) -> None:
    question = "*What* `triggered` the protests, @everyone? \u201ctold\u201d 🏭"
    read = "What triggered the protests, @everyone? \u201ctold\u201d 🏭"
    answer = ask(place.ada, place.channel, question)
    pressed = place.bruno.click(answer, DOWN)
    form = pressed.form()
    wait_votes(program_online, answer, (-1, None, None))
    assert form.title == ENGLISH.reason_title
    (field,) = form.fields
    assert "stores your question" in field.description
    sent = place.bruno.submit(form, "Too *long*\nand @everyone 🏭")
    assert sent.message().text == ENGLISH.reason_stored
    assert sent.ephemeral
    assert votes(program_online, answer) == [(-1, "Too *long*\nand @everyone 🏭", read)]
    # The same thumb again changes nothing; the other one takes reason and question along.
    place.bruno.click(answer, DOWN).form()
    place.ada.click(answer, UP).message()
    assert votes(program_online, answer)[0][1:] == ("Too *long*\nand @everyone 🏭", read)
    place.bruno.click(answer, UP).message()
    assert sorted(votes(program_online, answer)) == [(1, None, None)] * 2


def test_one_vote_a_person_and_a_form_that_comes_too_late_stores_nothing(program_online: Program, place: Place) -> None:
    answer = ask(place.ada, place.channel)
    form = place.ada.click(answer, DOWN).form()
    for _ in range(3):
        assert place.ada.click(answer, UP).ephemeral
    place.bruno.click(answer, DOWN).form()  # and closed
    wait_votes(program_online, answer, (1, None, None), (-1, None, None))
    late = place.ada.submit(form, "Changed my mind", locale="it")
    assert late.message().text == ITALIAN.reason_without_vote
    assert late.ephemeral
    assert votes(program_online, answer) == [(1, None, None), (-1, None, None)]


def test_a_form_sent_after_its_answer_was_deleted_stores_nothing(program_online: Program, place: Place) -> None:
    answer = ask(place.ada, place.channel)
    form = place.bruno.click(answer, DOWN).form()
    wait_votes(program_online, answer, (-1, None, None))
    place.ada.click(answer, "Delete")
    wait_votes(program_online, answer)
    assert place.bruno.submit(form, "Not enough").message().text == ENGLISH.reason_without_vote
    assert votes(program_online, answer) == []


def test_votes_count_also_on_private_answers_plain_ones_and_in_direct_messages(
    program_online: Program, place: Place
) -> None:
    place.channel.deny(Permission.EMBED_LINKS)
    plain = place.ada.say(place.channel, QUESTION, mention_bot=True).final(PATIENCE)
    private = ask(place.ada, place.channel, private=True)
    direct = place.ada.dm(QUESTION).final(PATIENCE)
    for answer in (plain, private, direct):
        assert place.ada.submit(place.ada.click(answer, DOWN).form(), "No").message().text == ENGLISH.reason_stored
        assert votes(program_online, answer) == [(-1, "No", QUESTION)]


# Statistics and export


def test_statistics_and_export_tell_of_one_server_only(program_online: Program, place: Place) -> None:
    other = new_place(program_online.discord, "Mountain")
    assert tell(other, "stats") == f"{ENGLISH.stats_heading}\n{ENGLISH.stats_none}"
    assert tell(other, "export votes") == ENGLISH.export_empty
    answer, refused = ask(place.ada, place.channel), ask(place.ada, place.channel, f"Really {UNANSWERED}")
    place.ada.click(answer, UP).message()
    place.bruno.submit(place.bruno.click(answer, DOWN).form(), 'Line\u2028one\nline "two"').message()
    place.bruno.submit(place.bruno.click(refused, DOWN).form(), "It is in there").message()
    theirs = ask(other.ada, other.channel)
    other.ada.click(theirs, UP).message()

    shown = tell(place, "stats").split("\n")
    assert shown[:4] == [
        ENGLISH.stats_heading,
        ENGLISH.stats_questions.format(count=2),
        ENGLISH.stats_refusals.format(count=1, percent=50),
        ENGLISH.stats_votes.format(up=1, down=2),
    ]
    assert re.fullmatch(r"Time to an answer: median [0-9.]+ s; 95 of 100 took [0-9.]+ s or less", shown[4])
    assert ENGLISH.stats_questions.format(count=2) in tell(place, "stats", days=1)

    rows = exported(place)
    assert [(row["vote"], row["reason"], row["question"]) for row in rows] == [
        ("up", None, None),
        ("down", 'Line\u2028one\nline "two"', QUESTION),
        ("down", "It is in there", f"Really {UNANSWERED}"),
    ]
    assert rows[0]["answer"] == rows[1]["answer"] != rows[2]["answer"]
    assert rows[1]["voter"] == rows[2]["voter"] != rows[0]["voter"]
    assert all(re.fullmatch("[0-9a-f]{32}", row["voter"]) for row in rows)
    assert len(exported(other)) == 1
    # The same person is somebody else in another server.
    other.guild.add_member(place.ada)
    place.ada.click(theirs, DOWN).form()
    wait_votes(program_online, theirs, (1, None, None), (-1, None, None))
    assert rows[0]["voter"] not in {row["voter"] for row in exported(other)}


# Settings


def test_channels_and_roles_that_were_chosen_are_the_only_ones(program_online: Program, place: Place) -> None:
    other, elsewhere = new_place(program_online.discord, "Mountain"), place.guild.add_channel("elsewhere")
    askers = new_role(place, "Askers")
    asker = place.guild.add_member("Ann", roles=[askers])
    assert tell(place, "settings channels", add=place.channel) == ENGLISH.settings_channels_changed.format(
        channels=place.channel.mention
    )
    called = asker.slash(elsewhere, "ask", question=QUESTION)
    assert called.message().text == ENGLISH.channel_not_allowed.format(channels=place.channel.mention)
    assert called.ephemeral
    quiet = asker.say(elsewhere, QUESTION, mention_bot=True)
    thread = asker.start_thread(ask(asker, place.channel))
    ask(asker, thread)
    assert tell(place, "settings roles", purpose="ask questions", add=askers) == (
        ENGLISH.settings_asking_roles_changed.format(roles=askers.mention)
    )
    refused = place.bruno.slash(place.channel, "ask", question=QUESTION)
    assert refused.message().text == ENGLISH.role_not_allowed.format(roles=askers.mention)
    assert refused.ephemeral
    answer = ask(asker, place.channel)
    follow_up = place.bruno.submit(place.bruno.click(answer, "Ask a follow-up").form(), "And then?")
    assert follow_up.message().text == ENGLISH.role_not_allowed.format(roles=askers.mention)
    ask(other.bruno, other.channel)
    quiet.silence(0)
    settings = tell(place, "settings show")
    assert f"**{ENGLISH.setting_channels}**: {place.channel.mention}\n" in settings
    assert f"**{ENGLISH.setting_asking_roles}**: {askers.mention}\n" in settings
    assert askers.mention not in tell(other, "settings show")

    assert tell(place, "settings channels", everywhere=True) == ENGLISH.settings_channels_opened
    assert tell(place, "settings roles", purpose="ask questions", clear=True) == ENGLISH.settings_asking_roles_opened
    ask(place.bruno, elsewhere)


def test_limits_are_those_that_were_set_in_each_server(program_online: Program, place: Place) -> None:
    other = new_place(program_online.discord, "Mountain")
    said = tell(place, "settings limits", person_minute=2, person_day=1234, server_day=3)
    assert said == ENGLISH.settings_limits_changed.format(minute="2", day="1,234", server="3")
    for _ in range(2):
        ask(place.ada, place.channel)
    refused = place.ada.slash(place.channel, "ask", question=QUESTION)
    assert re.fullmatch(
        r"I take at most 2 questions a minute from each person\. Ask me again <t:[0-9]+:R>\.", refused.message().text
    )
    ask(place.bruno, place.channel)
    refused = place.bruno.slash(place.channel, "ask", question=QUESTION)
    assert re.match("I take at most 3 questions a day from one server", refused.message().text)
    for _ in range(3):
        other.guild.add_member(place.ada)
        ask(place.ada, other.channel)
    shown = tell(other, "settings show")
    limits = zip(LIMITS, ("30", "300", "3,000"), strict=True)
    assert all(f"**{ENGLISH.setting(name)}**: {limit}\n" in shown for name, limit in limits)


def test_messages_speak_the_language_that_was_set_and_commands_each_person_s_own(
    program_online: Program, place: Place
) -> None:
    italian = new_place(program_online.discord, "Porto", locale="it")
    klingon = new_place(program_online.discord, "Port", locale="tlh")

    def hint(where: Place) -> str:
        return where.bruno.say(where.channel, "", mention_bot=True).message().text[:5]

    assert [hint(where) for where in (place, italian, klingon)] == [
        ENGLISH.how_to_ask[:5],
        ITALIAN.how_to_ask[:5],
        ENGLISH.how_to_ask[:5],
    ]
    assert tell(place, "settings language", language="Italiano") == ITALIAN.settings_language_changed
    assert hint(place) == ITALIAN.how_to_ask[:5]
    assert tell(place, "help") == ENGLISH.help.format(days=90)
    assert tell(place, "help", locale="it") == ITALIAN.help.format(days=90)
    assert f"**{ENGLISH.setting_language}**: Italiano\n" in tell(place, "settings show")
    assert tell(place, "settings language", language="as the server") == ENGLISH.settings_language_followed
    assert hint(place) == ENGLISH.how_to_ask[:5]
    assert hint(italian) == ITALIAN.how_to_ask[:5]


def test_nothing_given_changes_nothing(place: Place) -> None:
    tell(place, "settings channels", add=place.channel)
    before = tell(place, "settings show")
    assert tell(place, "settings channels") == ENGLISH.settings_nothing_given
    assert tell(place, "settings roles", purpose="ask questions") == ENGLISH.settings_nothing_given
    assert tell(place, "settings limits") == ENGLISH.settings_nothing_given
    assert tell(place, "settings show") == before


# Who is offered what


def test_three_commands_are_for_those_who_manage_the_server_and_the_rest_for_all(
    program_online: Program, place: Place
) -> None:
    definitions = {command["name"]: command for command in program_online.discord.commands}
    others = {"ask", "library", "help", "about", "Ask about this message"}
    needed = {name: definition["default_member_permissions"] for name, definition in definitions.items()}
    managers = {name for name, bits in needed.items() if bits is not None}
    assert managers == {"settings", "stats", "export"}
    assert set(definitions) == managers | others
    assert {int(needed[name]) for name in managers} == {int(Permission.MANAGE_GUILD)}
    (question, private, document) = definitions["ask"]["options"]
    assert not {"min_length", "max_length"} & set(question)
    assert [option.get("required", False) for option in (question, private, document)] == [True, False, False]
    for command in ("settings show", "stats", "export votes"):
        with pytest.raises(NotOfferedError):
            place.bruno.slash(place.channel, command)
    for command in ("library list", "stats", "settings show", "export votes"):
        with pytest.raises(NotOfferedError):
            place.ada.slash(place.ada.dm_channel, command)


def test_help_has_five_lines_and_about_tells_version_model_and_size(place: Place) -> None:
    for person in (place.ada, place.bruno):
        text = tell(place, "help", person)
        assert len(text.split("\n")) == 5
        assert all(word in text for word in ("/ask", "store", "cannot", "90 days"))
    assert len(tell(place, "help", locale="it").split("\n")) == 5
    add(place.ada, place.channel, "mill.md", "# The mill\n\nThe mill is old.")
    about = words(tell(place, "about", place.bruno))
    assert f"Pullquote {version('pullquote')}" in about
    assert "MiniLM" in about
    assert "2 documents" in about
    direct = place.bruno.slash(place.bruno.dm_channel, "about").message()
    assert "2 documents" in passage_of(direct)[1], "direct messages are answered from the server, too"
    assert len(place.bruno.slash(place.bruno.dm_channel, "help").message().text.split("\n")) == 5
