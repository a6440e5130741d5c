"""Which servers a person shares with the bot, for their direct messages, and which of them they are answered from.

Discord tells a bot of members only when it asks, so it is asked: about few servers, a few at once, for a short time.
Nothing is stored: what was found is remembered for some minutes, and a choice is read back from the conversation.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import discord

from bot.discord import custom_ids
from bot.discord.asking.audience import private_audience
from bot.discord.asking.history import History
from bot.discord.asking.interactions import CONNECTION_ERRORS
from bot.discord.library.collections import OUTSIDER, Audience, servers_with_documents
from retrieval import Library

# Of a bot in more servers, some are not found; people ask there instead.
MOST_SERVERS = 100
AT_ONCE = 10
SECONDS = 4.0
REMEMBERED_SECONDS = 300.0
REMEMBERED_PEOPLE = 1_000
# How far back a conversation is read for the choice that was made in it.
MAX_MESSAGES = 30

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class DirectPlace:
    """The server that a direct message is answered from, and the person as its member; ``others``: there are more."""

    guild: discord.Guild
    member: discord.Member
    others: bool

    @property
    def audience(self) -> Audience:
        """The person alone."""
        return private_audience(self.member, self.guild)


@dataclass(frozen=True, slots=True)
class Undecided:
    """The servers of which the person has to choose one."""

    guilds: tuple[discord.Guild, ...]


@dataclass(frozen=True, slots=True)
class PendingQuestion:
    """A question that waits for the choice of a server; ``source_id`` is the message whose words it is, if another."""

    text: str
    history: Callable[[], Awaitable[History]]
    document: str | None = None
    source_id: int | None = None


class SharedServers:
    """Finds them, for servers that have documents; a process needs one.

    Args:
        library: Where the documents are.
        guild_of: Gives a server by its id, if the bot is in it.
    """

    def __init__(self, library: Library, guild_of: Callable[[int], discord.Guild | None]) -> None:
        self._library = library
        self._guild_of = guild_of
        self._found: OrderedDict[int, tuple[float, tuple[int, ...]]] = OrderedDict()
        self._chosen: OrderedDict[int, int] = OrderedDict()
        self._pending: OrderedDict[int, PendingQuestion] = OrderedDict()

    async def place_of(self, person: discord.abc.User, channel: object) -> DirectPlace | Undecided | None:
        """Where a direct message is answered from; None where the person shares no server that has documents.

        Whether the person is still a member, and with which roles, is asked anew each time.

        Raises:
            discord.HTTPException: If Discord does not tell.
        """
        shared = await self.of(person)
        while shared:
            guild = shared[0] if len(shared) == 1 else await self._chosen_of(person, channel, shared)
            if guild is None:
                return Undecided(tuple(shared))
            member = await _member(guild, person)
            if member is not None:
                return DirectPlace(guild, member, others=len(shared) > 1)
            self._found.pop(person.id, None)  # they have left it
            shared = [other for other in shared if other.id != guild.id]
        return None

    async def direct_audience(self, person: discord.abc.User, channel: object) -> Audience:
        """The audience of what is said in direct messages: as the member that a person is of the server chosen.

        Raises:
            discord.HTTPException: If Discord does not tell.
        """
        place = await self.place_of(person, channel)
        return place.audience if isinstance(place, DirectPlace) else Audience(None)

    async def of(self, person: discord.abc.User) -> list[discord.Guild]:
        """The servers with documents that a person shares with the bot, by name."""
        when, ids = self._found.get(person.id, (0.0, ()))
        if not ids or time.monotonic() - when > REMEMBERED_SECONDS:
            ids = await self._ask_discord(person)
            _remember(self._found, person.id, (time.monotonic(), ids))
        guilds = filter(None, map(self._guild_of, ids))
        return sorted(guilds, key=lambda guild: (guild.name.casefold(), guild.id))

    async def audience(self, person: discord.abc.User, guild_id: int) -> Audience:
        """The person alone, as a member of a server, where they are no longer asking in it.

        Raises:
            discord.HTTPException: If Discord does not tell.
        """
        guild = self._guild_of(guild_id)
        member = await _member(guild, person) if guild else None
        return private_audience(member, guild) if guild and member else OUTSIDER

    def choose(self, person: discord.abc.User, guild_id: int) -> PendingQuestion | None:
        """Answer a person's direct messages from one of their servers; the question that waited for it, if any."""
        _remember(self._chosen, person.id, guild_id)
        return self._pending.pop(person.id, None)

    def wait(self, person: discord.abc.User, question: PendingQuestion) -> None:
        """Keep a question until a server is chosen; a later one takes its place."""
        _remember(self._pending, person.id, question)

    async def _ask_discord(self, person: discord.abc.User) -> tuple[int, ...]:
        ids = sorted(await asyncio.to_thread(servers_with_documents, self._library))
        guilds = [guild for guild in map(self._guild_of, ids) if guild is not None][:MOST_SERVERS]
        turn = asyncio.Semaphore(AT_ONCE)

        async def shares(guild: discord.Guild) -> bool:
            async with turn:
                return await _member(guild, person) is not None

        asked = {asyncio.create_task(shares(guild)): guild.id for guild in guilds}
        if not asked:
            return ()
        told, late = await asyncio.wait(asked, timeout=SECONDS)
        for task in late:
            task.cancel()
        return tuple(asked[task] for task in told if not task.exception() and task.result())

    async def _chosen_of(
        self, person: discord.abc.User, channel: object, shared: Sequence[discord.Guild]
    ) -> discord.Guild | None:
        """The server that was chosen last: remembered, or read back after a restart; None where none was."""
        if person.id not in self._chosen and (read := await _read_back(channel)) is not None:
            _remember(self._chosen, person.id, read)
        return next((guild for guild in shared if guild.id == self._chosen.get(person.id)), None)


async def _member(guild: discord.Guild, person: discord.abc.User) -> discord.Member | None:
    try:
        return await guild.fetch_member(person.id)
    except (discord.NotFound, discord.Forbidden):
        return None


async def _read_back(channel: object) -> int | None:
    """The server that a conversation's last message of the bot's names in a button."""
    if not isinstance(channel, discord.abc.Messageable):
        return None
    try:
        async for message in channel.history(limit=MAX_MESSAGES):
            for row in message.components if message.author.bot else ():
                for item in row.children if isinstance(row, discord.ActionRow) else ():
                    named = isinstance(item, discord.Button) and re.fullmatch(custom_ids.SERVER, item.custom_id or "")
                    if named:
                        return int(named["guild"])
    except (discord.HTTPException, *CONNECTION_ERRORS):
        return None
    return None


def _remember(held: OrderedDict[int, Value], person_id: int, value: Value) -> None:
    """Keep something of a person, and not of too many of them."""
    held[person_id] = value
    held.move_to_end(person_id)
    if len(held) > REMEMBERED_PEOPLE:
        held.popitem(last=False)
