"""One bot for several files of tests, a server of its own for each test, and what a person reads in an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from retrieval.loaders.article import load_article
from tests.discord.discord_markdown import words
from tests.discord.fake import (
    Channel,
    FakeDiscord,
    Guild,
    Message,
    Permission,
    Person,
    Role,
    message_payloads,
    payloads,
)
from tests.discord.fake.errors import Json
from tests.discord.fake.model import PLAIN, MessageRecord, UserRecord
from tests.discord.fake.world import DIRECT_MESSAGE_EVENTS, GUILD_MESSAGES, GUILDS
from tests.discord.process import BotProcess
from tests.discord.scripts.answers import GATES, PLACES
from tests.discord.shared_article import with_shared_article

SCRIPT = "tests.discord.scripts.answers:answer_as_ordered"
QUESTION = "What triggered the protests?"
# About the article, which does not say.
UNSAID = "Which museum in Almaty is the oldest?"
ARTICLE = load_article()
MENU = "Ask about this message"
FACES = ["📖 Show passage", "💬 Ask a follow-up", "👍", "👎", "🗑️ Delete"]
# A quote, and under it the place where it stands; its number leads it or follows it, or it has none, and before it may
# stand the answer in short.
QUOTED = re.compile(
    r"^(?:\*\*[^\n]+\*\* — )?(?:\[(?P<before>\d+)\] )?“(?P<words>.*?)”(?: \[(?P<after>\d+)\])?\n"
    r"-# [^\n]+, (?:line|riga) (?P<line>\d+)$",
    re.MULTILINE | re.DOTALL,
)
# What an answer may take on a busy machine.
PATIENCE = 30.0


@dataclass(frozen=True)
class Scene:
    """A server of a test's own: a channel, somebody who asks, and somebody who runs the server."""

    town: Town
    guild: Guild
    channel: Channel
    ada: Person
    boss: Person
    _errors_before: int

    @property
    def errors(self) -> list[str]:
        """What the program told that went wrong since the test began."""
        return self.town.errors[self._errors_before :]

    @property
    def discord(self) -> FakeDiscord:
        return self.town.discord

    def role(self, name: str) -> Role:
        """A new role, of which Discord tells the bot."""
        role = self.guild.add_role(name)
        payload: Json = {"guild_id": str(self.guild.id), "role": payloads.role(role.record)}
        with self.discord.world.lock:
            self.discord.world.emit("GUILD_ROLE_CREATE", GUILDS, lambda _sees_content: payload)
        return role

    def set(self, command: str, /, **options: Any) -> Message:
        """Change a setting or the library, and wait until that is done."""
        asked = self.boss.slash(self.channel, command, **options)
        done = asked.message(PATIENCE, until=lambda state: not state.text.startswith(("Reading", "Indexing")))
        assert done.embeds[0].get("color") is None, done.text
        return done


@dataclass(frozen=True)
class Town:
    """The local Discord and the program in it."""

    discord: FakeDiscord
    bot: BotProcess
    gates: Path
    _numbers: Iterator[int]

    def scene(self, *, locale: str = "en-US", guild: Guild | None = None) -> Scene:
        """A server that no other test knows, or a channel and people that none knows in a given one."""
        guild = guild or self.discord.add_guild(f"Harbour {next(self._numbers)}", locale=locale)
        channel = guild.add_channel()
        boss = guild.add_member("Boss", permissions=Permission.MANAGE_GUILD | Permission.MANAGE_MESSAGES)
        return Scene(self, guild, channel, guild.add_member("Ada"), boss, len(self.errors))

    def open(self, gate: str) -> None:
        """Let the question go on that waits at this gate."""
        (self.gates / gate).touch()

    @property
    def errors(self) -> list[str]:
        """What the program told that went wrong."""
        return [line for line in self.bot.lines if line.startswith(("ERROR", "CRITICAL"))]


SHARED = pytest.StashKey[Town]()


@contextmanager
def shared_town(config: pytest.Config, folders: pytest.TempPathFactory) -> Iterator[Town]:
    """The town of all files that want nothing special; the program is started once, for starting takes its time."""
    if SHARED not in config.stash or config.stash[SHARED].bot.code is not None:
        ending = ExitStack()
        environment = {"PULLQUOTE_CONCURRENT_ANSWERS": str(PLACES)}
        config.stash[SHARED] = ending.enter_context(open_town(folders.mktemp("town"), env=environment))
        config.add_cleanup(ending.close)
    yield config.stash[SHARED]
    hold_what_holds_always(config.stash[SHARED])


@contextmanager
def open_town(folder: Path, *, env: Mapping[str, str], **options: Any) -> Iterator[Town]:
    """Start the program, with an environment of its own and options for the local Discord."""
    gates = folder / "gates"
    gates.mkdir()
    with FakeDiscord(**options) as discord:
        environment = {GATES: str(gates), **env}
        with BotProcess(
            discord, with_shared_article(folder / "home"), script=SCRIPT, env=environment, folder=folder
        ) as bot:
            bot.wait_for_line("Ready.")
            yield Town(discord, bot, gates, count(1))


def hold_what_holds_always(town: Town) -> None:
    """Hold that nobody was or could have been pinged, that no answer was a followup, and that the program runs."""
    discord = town.discord
    careless = [body for body in bodies(discord) if not pings_nobody(body.get("allowed_mentions"))]
    assert not careless, f"these bodies could ping somebody: {careless}"
    with discord.world.lock:
        written = [message for message in discord.world.messages.values() if message.author is discord.world.bot]
    pinging = [message.content for message in written if message.pings]
    assert not pinging, f"these messages pinged somebody: {pinging}"
    followups = [request.path for request in discord.requests("POST", r"^/webhooks/")]
    assert not followups, f"answers came by followups: {followups}"
    with discord.world.lock:
        ended = [one for one in discord.world.channels.values() if one.messages and one.messages[-1].author.bot]
        typing = [one.name for one in ended if any(at > one.messages[-1].states[0].at + 0.5 for at in one.typing_at)]
    assert not typing, f"the bot goes on typing in {typing}"
    assert town.bot.code is None, town.bot.told()


def pings_nobody(allowed: Json | None) -> bool:
    """Whether allowed mentions allow none at all."""
    return (
        allowed is not None
        and allowed.get("parse") == []
        and not any(value for name, value in allowed.items() if name != "parse")
    )


def bodies(discord: FakeDiscord) -> list[Json]:
    """Whatever the bot sent that has words in it."""
    sent = [request.json for request in discord.requests() if isinstance(request.json, dict)]
    sent = [body.get("data") or body for body in sent]
    return [body for body in sent if body.get("content") or body.get("embeds")]


def speak(
    scene: Scene,
    text: str,
    *,
    where: Channel | None = None,
    bot: bool = False,
    webhook: bool = False,
    kind: int = PLAIN,
) -> None:
    """Let somebody else's program, a webhook or Discord itself say something; a mention of the bot is one."""
    world = scene.discord.world
    with world.lock:
        channel = (where or scene.channel).record
        author = UserRecord(world.clock.snowflake(), "Another", bot=bot)
        message = MessageRecord(world.clock.snowflake(), channel, author, kind, world.clock.now(), text)
        message.mentions = [world.bot] if scene.discord.bot_mention in text else []
        world.messages[message.id] = message  # so that an answer would find it
        payload = message_payloads.event(message, sees_content=True)
        payload |= {"webhook_id": str(author.id)} if webhook else {}
        world.emit("MESSAGE_CREATE", GUILD_MESSAGES | DIRECT_MESSAGE_EVENTS, lambda _sees_content: payload)


def description(message: Message) -> str:
    """The one embed's text."""
    (embed,) = message.embeds
    assert message.content == ""
    return str(embed["description"])


def quotes(text: str) -> list[tuple[str, int, int | None]]:
    """The words of each quote as they are read (a block of code has lines of its own), where it stands, its number."""
    found = []
    for quote in QUOTED.finditer(text):
        number = quote["before"] or quote["after"]
        found.append((words(quote["words"]).strip("\n"), int(quote["line"]), int(number) if number else None))
    return found


def stands_in_article(words: str, line: int) -> bool:
    """Whether the words are a slice of the article that begins on this line."""
    places = [found.start() for found in re.finditer(re.escape(words), ARTICLE.text)]
    return any(ARTICLE.line(place) == line for place in places)
