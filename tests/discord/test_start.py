"""How the bot starts: plain lines about what it found, or one sentence and a code other than 0."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.discord.records.database import Database
from bot.discord.texts import texts_for
from tests.discord.fake import FakeDiscord, Permission
from tests.discord.fake.world import MESSAGE_CONTENT, PRIVILEGED
from tests.discord.faults_fixtures import QUESTION, READY, Run, at_once, run_to_the_end, seeded_home, start
from tests.faults.conftest import copied, mounted, remount
from tests.faults.homes import snapshot

__all__ = ["mounted"]

NOT_CONFIGURED, PROBLEM = 78, 2
PORTAL = "https://discord.com/developers/applications"
LEAST = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
)


def nowhere() -> str:
    """An address where nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{taken.getsockname()[1]}"


def with_options(**options: Any) -> Callable[[Path], Run]:
    """Play: a start that ends by itself."""

    def play(folder: Path) -> Run:
        with FakeDiscord() as discord:
            return run_to_the_end(discord, folder, **options)

    return play


def with_file(name: str, content: bytes) -> Callable[[Path], Run]:
    """Play: something in the data folder is not what it should be."""

    def play(folder: Path) -> Run:
        path = folder / "home" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        return with_options()(folder)

    return play


def with_folder_in_place_of(name: str) -> Callable[[Path], Run]:
    """Play: a folder stands where the bot writes a file."""

    def play(folder: Path) -> Run:
        with FakeDiscord() as discord:
            (folder / "home" / "discord" / name.format(bot=discord.bot_id)).mkdir(parents=True)
            return run_to_the_end(discord, folder)

    return play


def with_newer_records(folder: Path) -> Run:
    path = folder / "home" / "discord" / "discord.sqlite3"
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as records:
        records.execute("PRAGMA user_version = 99")
    return with_options()(folder)


def with_discord_unwell(folder: Path) -> Run:
    """Play: Discord is there, but answers with errors."""
    with FakeDiscord() as discord:
        discord.faults.error_before("GET", "/users/@me", status=503, times=9)
        return run_to_the_end(discord, folder)


def with_token_reset(folder: Path) -> Run:
    """Play: somebody makes a new token while the bot is online."""
    with FakeDiscord() as discord, start(discord, folder) as bot:
        bot.wait_for_line(READY)
        discord.gateway.close(4004)
        return Run(bot.wait(), bot.out[-1:], bot.err)


NOT_ACCEPTED = ("does not accept the token", PORTAL, "DISCORD_TOKEN")
NO_TOKEN = ("no Discord token", "DISCORD_TOKEN", ".env")
UNWELL = "start again later"
REACH = ("cannot be reached", "network")
# No later start helps against these.
TO_CORRECT = {
    "a blank token",
    "a wrong token",
    "a token in two lines",
    "a token that is reset",
    "a setting that does not fit",
}
# What happens, and the words that the one sentence has.
REFUSALS: dict[str, tuple[Callable[[Path], Run], tuple[str, ...]]] = {
    "Discord unwell": (with_discord_unwell, ("503", UNWELL)),
    "a blank token": (with_options(token="  "), NO_TOKEN),
    "a wrong token": (with_options(token="wrong"), NOT_ACCEPTED),
    "a token in two lines": (with_options(token="wrong\nwrong"), NOT_ACCEPTED),
    "a token that is reset": (with_token_reset, NOT_ACCEPTED),
    "no network": (with_options(env={"FAKE_DISCORD_URL": f"http://{nowhere()}/api/v10"}), REACH),
    "no gateway": (with_options(env={"FAKE_DISCORD_GATEWAY": f"ws://{nowhere()}/gateway/"}), REACH),
    "a home that is a file": (with_options(home=Path(__file__)), ("cannot be written", "logs")),
    "records that are no database": (with_file("discord/discord.sqlite3", b"mill" * 2000), ("damaged", "sqlite3")),
    "records of a newer version": (with_newer_records, ("newer version", "PULLQUOTE_HOME")),
    "a key that is too short": (with_file("discord/identity.key", b"short"), ("identity.key", "damaged")),
    "a lock that is a folder": (with_folder_in_place_of("{bot}.lock"), ("home/discord",)),
    "a note of the commands that is a folder": (with_folder_in_place_of("{bot}.commands"), ("home/discord",)),
    "a library that is damaged": (with_file("manifest.json", b"{"), ("damaged",)),
    "a setting that does not fit": (
        with_options(env={"PULLQUOTE_CONCURRENT_ANSWERS": "0"}),
        ("PULLQUOTE_CONCURRENT_ANSWERS",),
    ),
}


@pytest.fixture(scope="module")
def refusals(programs: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Future[Run]]:
    return at_once({name: play for name, (play, _) in REFUSALS.items()}, tmp_path_factory.mktemp("refusals"))


@pytest.mark.parametrize("name", REFUSALS)
def test_what_is_in_the_way_of_a_start_is_one_sentence(refusals: dict[str, Future[Run]], name: str) -> None:
    run = refusals[name].result(90)
    assert run.code == (NOT_CONFIGURED if name in TO_CORRECT else PROBLEM)
    # discord.py has a record of its own about a gateway that does not answer.
    *records, sentence = run.err
    assert not records or (name == "no gateway" and all(record.startswith("ERROR ") for record in records))
    assert all(words in sentence for words in REFUSALS[name][1]), sentence
    assert sentence.endswith((".", ")."))
    assert READY not in run.out or name == "a token that is reset"


@pytest.mark.usefixtures("programs")
def test_a_start_says_in_plain_lines_what_it_found(tmp_path: Path) -> None:
    with FakeDiscord() as discord:
        servers = [discord.add_guild("Harbour"), discord.add_guild("Evil \x1b[31m\n**Ready.** \u202e mill")]
        with start(discord, tmp_path) as bot:
            bot.wait_for_line(READY)
            assert bot.terminate()[0] == 0
        assert discord.gateway.privileged_intents_asked == 0
    library, token, named, intents, commands, invite, ready = bot.out
    assert re.match(r"Library: ready, 1 document in \d+ chunks\.", library)
    assert token.startswith("Token: accepted")
    assert str(discord.bot_id) in token
    assert all(f"({server.id})" in named for server in servers)
    assert named.isprintable()
    assert "no privileged" in intents
    assert commands.startswith("Commands: ")
    assert "in sync" in commands
    assert ready.startswith(READY)
    assert bot.err == []
    asked = parse_qs(urlsplit(invite.partition(": ")[2]).query)
    assert int(asked["permissions"][0]) == int(LEAST)
    assert asked["scope"][0].split() == ["bot", "applications.commands"]
    assert asked["client_id"] == [str(discord.bot_id)]


@pytest.mark.usefixtures("programs")
def test_a_token_in_the_env_file_is_enough_and_a_discord_that_is_unwell_for_a_moment_is_waited_for(
    tmp_path: Path,
) -> None:
    with FakeDiscord() as discord:
        (tmp_path / ".env").write_text(f"DISCORD_TOKEN={discord.token}\n", encoding="utf-8")
        discord.faults.error_before("GET", "/users/@me", status=502)
        discord.faults.rate_limit("GET", "/oauth2/applications/@me", retry_after=0.2)
        discord.faults.error_after("PUT", "/commands$")
        with start(discord, tmp_path, token=None) as bot:
            bot.wait_for_line(READY)
            assert discord.token not in "\n".join(bot.lines)


@pytest.mark.usefixtures("programs")
def test_a_library_that_cannot_be_written_is_answered_from_and_stays_as_it_is(
    tmp_path: Path, mounted: Callable[[str], Path]
) -> None:
    home = copied(seeded_home(), mounted("8m") / "home")
    Database(home).close()
    remount(home.parent, "ro")
    before = snapshot(home)
    with FakeDiscord() as discord, start(discord, tmp_path, home=home) as bot:
        assert f"{home} cannot be written" in bot.wait_for_line("Records:")
        bot.wait_for_line(READY)
        guild = discord.add_guild()
        answer = guild.add_member("Ada").say(guild.add_channel(), QUESTION, mention_bot=True).final(20)
        assert answer.embeds[0]["footer"]["text"] == texts_for("en-US").quote_checked
        assert (bot.terminate()[0], bot.err) == (0, [])
    assert snapshot(home) == before


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("setting", ["PULLQUOTE_READ_THREADS", "PULLQUOTE_MESSAGE_CONTENT"])
def test_an_intent_that_is_not_granted_is_explained_and_done_without(tmp_path: Path, setting: str) -> None:
    with FakeDiscord() as discord:
        guild = discord.add_guild()
        with start(discord, tmp_path, env={setting: "1"}) as bot:
            bot.wait_for_line(READY)
            remedy = bot.wait_for_line("Message Content Intent")
            assert PORTAL in remedy
            assert setting in remedy
            assert [identify.intents & PRIVILEGED for identify in discord.gateway.identifies] == [MESSAGE_CONTENT, 0]
            answer = guild.add_member("Ada").say(guild.add_channel(), QUESTION, mention_bot=True).final(20)
            assert answer.embeds[0]["footer"]["text"] == texts_for("en-US").quote_checked
            assert (bot.terminate()[0], bot.err) == (0, [])
        assert len([line for line in bot.out if line.startswith("Token:")]) == 1


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("setting", ["PULLQUOTE_READ_THREADS", "PULLQUOTE_MESSAGE_CONTENT"])
def test_an_intent_that_is_granted_is_used(tmp_path: Path, setting: str) -> None:
    with (
        FakeDiscord(grant_message_content=True) as discord,
        start(discord, tmp_path, env={setting: "1"}) as bot,
    ):
        assert "message content" in bot.wait_for_line("Intents:")
        assert discord.gateway.privileged_intents_asked == MESSAGE_CONTENT


@pytest.mark.usefixtures("programs")
def test_the_module_is_the_program(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DISCORD_TOKEN"}
    program = str(Path(sys.executable).parent / "pullquote")
    runs = [
        subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False, timeout=60)
        for command in ([sys.executable, "-m", "bot", "discord"], [program, "discord"])
    ]
    assert [run.returncode for run in runs] == [NOT_CONFIGURED] * 2
    assert runs[0].stderr == runs[1].stderr
    assert all(words in runs[0].stderr for words in NO_TOKEN)
