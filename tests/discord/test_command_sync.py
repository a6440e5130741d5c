"""Commands are sent to Discord when their definition has changed, or when Discord has lost them, and not otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.discord.fake import FakeDiscord
from tests.discord.faults_fixtures import CHEAP, OBEY, READY, SCRIPTS, start
from tests.discord.process import BotProcess

CHEAPLY = f"{OBEY} {CHEAP}"
PUT = r"/applications/\d+/commands$"


@contextmanager
def online(discord: FakeDiscord, folder: Path, *more: str) -> Iterator[BotProcess]:
    with start(discord, folder, script=" ".join((CHEAPLY, *more))) as bot:
        bot.wait_for_line(READY)
        yield bot
        assert bot.terminate()[0] == 0


def test_commands_are_sent_only_when_that_is_needed(tmp_path: Path) -> None:
    with FakeDiscord() as discord:
        with online(discord, tmp_path) as bot:
            assert "8 brought in sync" in bot.wait_for_line("Commands:")
        assert [len(sent) for sent in discord.syncs] == [8]
        first = discord.commands

        with online(discord, tmp_path) as bot:
            assert "nothing had changed" in bot.wait_for_line("Commands:")
        assert (len(discord.syncs), discord.commands) == (1, first)

        with discord.world.lock:  # another program with the same token has put its own in their place
            discord.world.commands = discord.world.commands[:3]
        with online(discord, tmp_path) as bot:
            assert "8 brought in sync" in bot.wait_for_line("Commands:")
        assert len(discord.syncs) == 2
        assert names(discord) == {(command["type"], command["name"]) for command in first}

        with online(discord, tmp_path, f"{SCRIPTS}:describe_otherwise") as bot:
            assert "8 brought in sync" in bot.wait_for_line("Commands:")
        assert len(discord.syncs) == 3
        assert {"Ask otherwise"} == {
            command["description"] for command in discord.commands if (command["type"], command["name"]) == (1, "ask")
        }


def test_commands_are_sent_again_after_discord_did_not_take_them(tmp_path: Path) -> None:
    with FakeDiscord() as discord:
        discord.faults.refuse("PUT", PUT, 403, 50001, "Missing Access")
        with start(discord, tmp_path, script=CHEAPLY) as bot:
            assert bot.wait() == 2
            assert len(bot.err) == 1
        with online(discord, tmp_path):
            assert len(discord.syncs) == 1


def names(discord: FakeDiscord) -> set[tuple[int, str]]:
    return {(command["type"], command["name"]) for command in discord.commands}
