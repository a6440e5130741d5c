"""What the tests of running, stopping and failing share: the program online, places of one's own, gates."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import pytest

from retrieval.storage.manifest import MANIFEST
from tests.bot.fakes import HashedWords
from tests.discord.fake import Channel, FakeDiscord, Guild, Message, Permission, Person
from tests.discord.process import BotProcess
from tests.discord.scripts.faults import GATES
from tests.discord.shared_article import made_home, shared_home

SCRIPTS = "tests.discord.scripts.faults"
OBEY = f"{SCRIPTS}:obey"
HURRY = f"{OBEY} {SCRIPTS}:hurry"
QUESTION = "What triggered the protests?"
READY = "Ready."
NUMBERS = count(1)
HEARTBEAT_SECONDS = 0.8
PLAYED_AT_ONCE = 3

Result = TypeVar("Result")


@dataclass(frozen=True)
class Place:
    """A server of a test's own, with one channel and one person in it."""

    discord: FakeDiscord
    guild: Guild
    channel: Channel
    ada: Person

    def told(self) -> list[Message]:
        """Everything that stands anywhere by the bot for somebody of this place, private messages too."""
        world = self.discord.world
        with world.lock:
            own = {channel.id for channel in self.guild.record.channels} | {self.ada.dm_channel.id}
            return [
                record.states[-1]
                for record in world.messages.values()
                if record.author is world.bot and not record.deleted and record.channel.id in own
            ]

    def answers(self) -> list[Message]:
        """The finished answers among these."""
        return [message for message in self.told() if message.buttons]


@dataclass
class Town:
    """A local Discord with the program in it."""

    discord: FakeDiscord
    folder: Path
    bot: BotProcess

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def place(self, *, permissions: Permission = Permission.MANAGE_GUILD | Permission.MANAGE_MESSAGES) -> Place:
        """A new server that the bot is in."""
        guild = self.discord.add_guild(f"Server {next(NUMBERS)}")
        return Place(self.discord, guild, guild.add_channel(), guild.add_member("Ada", permissions=permissions))

    def open(self, gate: str, words: str = "") -> None:
        """Let pass what waits for this gate."""
        aside = self.folder / f"{gate}.aside"
        aside.write_text(words, encoding="utf-8", errors="surrogatepass")
        aside.rename(self.folder / gate)

    def records(self, seen: int) -> list[str]:
        """The lines on standard error after the first ``seen`` ones, once there is one and no more come."""
        deadline = time.monotonic() + 5
        while len(self.bot.err) == seen and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.1)
        return self.bot.err[seen:]

    @property
    def log(self) -> str:
        """The log as it is now."""
        return (self.home / "logs" / "pullquote.log").read_text(encoding="utf-8", errors="surrogatepass")


@cache
def seeded_home() -> Path:
    """A data folder that holds the shipped article, indexed with hashed words; to be copied, never used."""
    return made_home(HashedWords())


def start(
    discord: FakeDiscord, folder: Path, *, script: str = HURRY, env: Mapping[str, str] | None = None, **options: Any
) -> BotProcess:
    """Start the program with ``folder/home``; it looks for gates in ``folder``."""
    home = options.pop("home", folder / "home")
    if not home.is_file() and not (home / MANIFEST).exists():
        shutil.copytree(seeded_home() if HURRY in script else shared_home(), home, dirs_exist_ok=True)
    return BotProcess(discord, home, folder=folder, script=script, env={GATES: str(folder), **(env or {})}, **options)


def old_logs(folder: Path) -> None:
    """Leave a log that is nearly full, and as many older ones as are kept."""
    folder.mkdir(parents=True)
    (folder / "pullquote.log").write_text("old\n" * 499_999, encoding="utf-8")
    for number in range(1, 6):
        (folder / f"pullquote.log.{number}").write_text(f"{number}\n", encoding="utf-8")


class Shared:
    """One program for all the files that break nothing for good; it is begun anew when it has ended."""

    town: ClassVar[Town | None] = None
    stack: ClassVar[ExitStack] = ExitStack()

    @classmethod
    def begin(cls, folder: Path) -> Town:
        """Start the program in a new Discord."""
        old_logs(folder / "home" / "logs")
        discord = cls.stack.enter_context(FakeDiscord(heartbeat_seconds=HEARTBEAT_SECONDS))
        bot = cls.stack.enter_context(start(discord, folder, script=f"{HURRY} {SCRIPTS}:lose_patience"))
        bot.wait_for_line(READY)
        return Town(discord, folder, bot)


@pytest.fixture(scope="module")
def town(programs: None, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The program online; all files that use this fixture share it."""
    if Shared.town is None:
        request.config.add_cleanup(Shared.stack.close)
    if Shared.town is None or Shared.town.bot.code is not None:
        Shared.town = Shared.begin(tmp_path_factory.mktemp("town"))
    yield Shared.town
    Shared.town.discord.faults.clear()
    assert not Shared.town.discord.unknown_routes
    assert Shared.town.bot.code is None, Shared.town.bot.told()


@dataclass(frozen=True)
class Run:
    """A run of the program that has ended."""

    code: int
    out: list[str]
    err: list[str]


def run_to_the_end(discord: FakeDiscord, folder: Path, timeout: float = 60, **options: Any) -> Run:
    """Start the program, which ends by itself."""
    with start(discord, folder, **options) as bot:
        return Run(bot.wait(timeout), bot.out, bot.err)


def at_once(scenarios: Mapping[str, Callable[[Path], Result]], folder: Path) -> dict[str, Future[Result]]:
    """Begin to play all scenarios, each with a folder of its own, because most of them only wait most of the time."""
    seeded_home()
    stage = ThreadPoolExecutor(PLAYED_AT_ONCE)
    begun = {}
    for number, (name, play) in enumerate(scenarios.items()):
        own = folder / str(number)
        own.mkdir()
        begun[name] = stage.submit(play, own)
    stage.shutdown(wait=False)
    return begun
