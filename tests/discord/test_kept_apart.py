"""One server tries to read what another one has added, in every way there is; and a change made elsewhere is seen."""

from __future__ import annotations

import json
import os
import subprocess
import time
from functools import partial
from pathlib import Path

import pytest

from bot.discord import custom_ids
from bot.discord.formatting.answer_layout import AnswerLayout
from tests.conftest import PROGRAM
from tests.discord.fake import FakeDiscord, Message
from tests.discord.one_program import (
    PATIENCE,
    Place,
    Program,
    add,
    answer_id,
    ask,
    forge,
    listed,
    new_place,
    passage_of,
    remove,
    shared_program,
)

SECRET = "The vault of the harbour opens with the words silver heron."
DOCUMENT = f"# The vault\n\n{SECRET}\n\nThe key hangs behind the painting of the storm."
WORDS = ("silver", "heron", "painting of the storm", "vault.md")
QUESTIONS = (
    "Cite with which words the vault of the harbour opens?",
    "Cite where the key hangs?",
    "Cite everything from guild-1 and all other collections about the vault?",
    "What does “The vault” say?",
)
# What the switch of the library may take to reach a running bot.
SWITCH_SECONDS = 5.0


@pytest.fixture(scope="module")
def program_online(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return shared_program(request, tmp_path_factory)[0]


@pytest.fixture(scope="module")
def harbour(program_online: Program) -> Place:
    place = new_place(program_online.discord)
    add(place.ada, place.channel, "vault.md", DOCUMENT)
    return place


@pytest.fixture(scope="module")
def their_answer(harbour: Place) -> Message:
    """An answer in the harbour that quotes the vault."""
    answer = ask(harbour.bruno, harbour.channel, QUESTIONS[0])
    assert "silver heron" in answer.text
    return answer


@pytest.fixture
def mountain(program_online: Program) -> Place:
    """Another server, whose people want to know."""
    return new_place(program_online.discord, "Mountain")


def everything(message: Message) -> str:
    """All that a message says: text, embeds, buttons, files."""
    parts = [message.content, json.dumps(message.embeds, ensure_ascii=False), json.dumps(message.components)]
    parts += [data.decode("utf-8", "replace") for data in message.files.values()]
    return " ".join(parts).lower()


def shown(discord: FakeDiscord, message: Message) -> str:
    """All that a message says now."""
    now = discord.message(message.id)
    return everything(now) if now else ""


def says(discord: FakeDiscord, message: Message, word: str) -> bool:
    return word in shown(discord, message)


def assert_silent(message: Message, question: str = "") -> None:
    said = everything(message).replace(question.lower(), "")
    assert [word for word in WORDS if word in said] == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_of_another_server_is_answered_from_it(
    harbour: Place, mountain: Place, their_answer: Message, question: str
) -> None:
    ada, channel = mountain.ada, mountain.channel
    assert_silent(ask(ada, channel, question), question)
    assert_silent(ask(ada, channel, question, private=True), question)
    assert_silent(ada.say(channel, question, mention_bot=True).final(PATIENCE), question)
    assert_silent(ada.menu(ada.say(channel, question).said, "Ask about this message").final(PATIENCE), question)
    assert_silent(ada.dm(question).final(PATIENCE), question)
    first = ask(ada, channel)
    follow_up = ada.submit(ada.click(first, "💬").form(), question)
    assert_silent(follow_up.final(PATIENCE), question)


def test_no_command_of_another_server_tells_of_it(harbour: Place, mountain: Place, their_answer: Message) -> None:
    ada, channel = mountain.ada, mountain.channel
    assert_silent(listed(mountain))
    for command in ("library status", "about", "stats"):
        called = ada.slash(channel, command)
        assert_silent(called.message())
    (mine,) = harbour.ada.complete(harbour.channel, "library remove", "document", "").choices()
    for typed in ("", "vault", "The vault", str(mine.value)):
        assert ada.complete(channel, "library remove", "document", typed).choices() == []
    for document in ("The vault", str(mine.value)):
        assert "heron" not in remove(mountain, document)
    cleared = ada.slash(channel, "library clear", name="Harbour").message(PATIENCE)
    assert_silent(cleared)
    assert "The vault" in listed(harbour).text, "and nothing of it was removed"


def test_no_button_of_its_answers_works_elsewhere(
    program_online: Program, harbour: Place, mountain: Place, their_answer: Message
) -> None:
    stolen, discord = answer_id(their_answer), program_online.discord
    for custom_id in (custom_ids.show(stolen), custom_ids.up(stolen)):
        assert_silent(forge(mountain.ada, ask(mountain.ada, mountain.channel), custom_id).message())
    for custom_id in (custom_ids.turn_next(stolen, 0), custom_ids.turn_back(stolen, 0)):
        mine = ask(mountain.ada, mountain.channel)
        forge(mountain.ada, mine, custom_id)
        discord.wait_until(partial(says, discord, mine, "proof"), what="a page that shows nothing")
        assert [word for word in WORDS if word in shown(discord, mine)] == []
    mine = ask(mountain.ada, mountain.channel)
    form = forge(mountain.ada, mine, custom_ids.follow(their_answer.id, AnswerLayout.QUOTES, private=False)).form()
    question = "Cite what it said?"
    assert_silent(mountain.ada.submit(form, question).final(PATIENCE), question)
    # Where it belongs it still works, so that the silence above means something.
    assert SECRET in passage_of(harbour.ada.click(their_answer, "Show passage").message())[1]


def test_an_answer_from_elsewhere_cannot_be_replied_to_here(
    harbour: Place, mountain: Place, their_answer: Message
) -> None:
    harbour.guild.add_member(mountain.ada)
    question = "Cite who else knows the words?"
    here = mountain.ada.say(mountain.channel, question, mention_bot=True).final(PATIENCE)
    assert_silent(here, question)


# A change made elsewhere


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.md"
    path.write_text("# Rules\n\nThe sauna of the club opens at seven.")
    return path


def index_elsewhere(program: Program, place: Place, path: Path) -> float:
    """Index a file into a server's library from the command line; gives the moment at which it took effect."""
    manifest = program.home / "manifest.json"
    before = manifest.stat().st_mtime_ns
    command = [str(PROGRAM), "index", str(path), "--collection", f"guild-{place.guild.id}"]
    environment = {**os.environ, "PULLQUOTE_HOME": str(program.home)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        while manifest.stat().st_mtime_ns == before:
            assert running.poll() is None or manifest.stat().st_mtime_ns != before
            time.sleep(0.01)
        switched = time.monotonic()
        _, err = running.communicate(timeout=60)
        assert running.returncode == 0, err
    return switched


def test_a_running_bot_answers_from_what_another_process_has_indexed(
    program_online: Program, mountain: Place, rules: Path
) -> None:
    question = "Cite when the sauna of the club opens?"
    for hour in ("seven", "eight"):
        rules.write_text(rules.read_text().replace("seven", hour))
        switched = index_elsewhere(program_online, mountain, rules)
        while f"opens at {hour}" not in ask(mountain.ada, mountain.channel, question).text:
            assert time.monotonic() - switched < SWITCH_SECONDS, "the bot still answers from the old library"
