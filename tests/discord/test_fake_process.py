"""The launcher and the process around it, with scripts in place of the bot's own doings."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from tests.discord.conftest import StartBot
from tests.discord.fake import FakeDiscord
from tests.discord.process import BotProcess

HERE = "tests.discord.test_fake_process"


def say_where() -> None:
    """A script: tells what the program would find."""
    from discord.gateway import DiscordWebSocket
    from discord.http import Route

    sys.stdout.write(f"{Route.BASE} {DiscordWebSocket.DEFAULT_GATEWAY} {os.environ.get('DISCORD_TOKEN')}\n")


def sleep() -> None:
    """A script: keeps the program from starting."""
    sys.stderr.write("asleep\n")
    time.sleep(60)


def test_the_program_finds_the_local_discord(discord: FakeDiscord, bot_process: StartBot) -> None:
    bot = bot_process(script=f"{HERE}:say_where", arguments=("--help",))
    assert bot.wait_for_line("http") == f"{discord.url} {discord.gateway_url} {discord.token}"
    assert bot.wait() == 0
    assert any("Usage" in line for line in bot.out)


def test_a_running_program_is_ended_in_every_way(discord: FakeDiscord, bot_process: StartBot) -> None:
    first, second, third = (bot_process(script=f"{HERE}:sleep", token=None) for _ in range(3))
    for bot in (first, second, third):
        bot.wait_for_line("asleep")
    code, seconds = first.terminate()
    assert (code, seconds < 5) == (-15, True)
    second.kill()
    assert second.code == -9
    third.close()
    assert third.code == -9


def test_a_program_does_not_outlive_the_tests(discord: FakeDiscord, tmp_path: Path) -> None:
    with BotProcess(discord, tmp_path, script=f"{HERE}:sleep") as bot:
        bot.wait_for_line("asleep")
        bot.let_go()
        assert bot.wait(5) == 77


def test_a_line_that_never_comes_is_told_with_what_did(discord: FakeDiscord, bot_process: StartBot) -> None:
    bot = bot_process(script=f"{HERE}:say_where", arguments=("--help",), token="mine")
    with pytest.raises(AssertionError, match=r"(?s)ended without a line with 'ready'.*mine"):
        bot.wait_for_line("ready", timeout=30)
