"""Commands are sent to Discord when their definition has changed, or when Discord has lost them, and not otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.discord.fake import FakeDiscord
from tests.discord.fake.errors import Json
from tests.discord.faults_fixtures import HURRY, SCRIPTS, start
from tests.discord.process import BotProcess

PUT = r"/applications/\d+/commands$"


@contextmanager
def online(discord: FakeDiscord, folder: Path, *more: str) -> Iterator[BotProcess]:
    """The program as far as it gets; it ends without a chance to tidy up."""
    with start(discord, folder, script=" ".join((HURRY, *more))) as bot:
        yield bot


@pytest.mark.usefixtures("programs")
def test_commands_are_sent_only_when_that_is_needed(tmp_path: Path) -> None:
    with FakeDiscord() as discord:
        discord.faults.refuse("PUT", PUT, 403, 50001, "Missing Access")
        with online(discord, tmp_path) as bot:
            assert (bot.wait(), len(bot.err)) == (2, 1)

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
        assert names(discord.commands) == names(first)

        with online(discord, tmp_path, f"{SCRIPTS}:describe_otherwise") as bot:
            assert "8 brought in sync" in bot.wait_for_line("Commands:")
        assert len(discord.syncs) == 3
        assert names(discord.commands) == names(first)
        assert "Ask otherwise" in [command["description"] for command in discord.commands]


def names(commands: list[Json]) -> set[tuple[int, str]]:
    return {(command["type"], command["name"]) for command in commands}
