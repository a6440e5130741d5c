"""A local Discord for every test of this folder, the program connected to it, and sockets for this machine alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.discord.fake import Channel, FakeDiscord, Guild, Person
from tests.discord.process import BotProcess
from tests.discord.shared_article import with_shared_article
from tests.discord.tiny_bot import Running, Start, TinyBot

HERE = Path(__file__).parent

StartBot = Callable[..., BotProcess]


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Let the tests of this folder, and no others, talk to 127.0.0.1."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@pytest.fixture
def discord(programs: None, request: pytest.FixtureRequest) -> Iterator[FakeDiscord]:
    """A local Discord with nothing in it; the test fails if the bot asks it for a route that it does not know.

    Options of ``FakeDiscord`` come from ``@pytest.mark.parametrize("discord", [{...}], indirect=True)``.
    """
    with FakeDiscord(**getattr(request, "param", {})) as discord:
        yield discord


@pytest.fixture
def bot_process(discord: FakeDiscord, tmp_path: Path) -> Iterator[StartBot]:
    """``bot_process(**options)`` starts the program with the test's home folder; it ends with the test.

    Options are those of ``BotProcess``; ``discord`` and ``home`` may be given to start it elsewhere.
    """
    started: list[BotProcess] = []
    with ExitStack() as running:

        def start(**options: Any) -> BotProcess:
            chosen = {"discord": discord, "home": tmp_path / "home", **options}
            with_shared_article(chosen["home"])
            started.append(running.enter_context(BotProcess(**chosen)))
            return started[-1]

        yield start
    for bot in started:
        sys.stdout.write(f"{bot.told()}\n")  # pytest shows it where the test failed


@pytest.fixture
def start_tiny(discord: FakeDiscord, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """``start_tiny(**options)`` connects a very small bot in this process, to test the local Discord itself."""
    started: list[Running] = []
    monkeypatch.setattr(Route, "BASE", discord.url)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(discord.gateway_url))

    def start(*, token: str = discord.token, ready: bool = True, **options: Any) -> Running:
        before = len(discord.gateway.identifies)  # the bot may be there as soon as it is started
        started.append(Running(TinyBot(**options), token))
        if ready:
            discord.gateway.wait_ready(10, count=before + 1)
        return started[-1]

    yield start
    for running in started:
        running.stop()


@pytest.fixture
def tiny(start_tiny: Start) -> Running:
    """A very small bot that is connected."""
    return start_tiny()


@pytest.fixture
def guild(discord: FakeDiscord) -> Guild:
    return discord.add_guild()


@pytest.fixture
def channel(guild: Guild) -> Channel:
    return guild.add_channel()


@pytest.fixture
def ada(guild: Guild) -> Person:
    return guild.add_member("Ada")
