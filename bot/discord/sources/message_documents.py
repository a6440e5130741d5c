"""Channels and pinned messages as documents of a server: made at the start, and made anew when messages change."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import discord

from bot.discord.asking.audience import limits_of
from bot.discord.library.collections import DocumentAccess, guild_collections, holding_collections
from bot.discord.library.message_addresses import MessageSet, MessageSource, message_sources
from bot.discord.library.new_documents import NewDocument
from bot.discord.redacted_log import log_failure
from bot.discord.services import BotServices
from bot.discord.sources.due_work import DueWork
from bot.discord.sources.message_export import export, is_said
from bot.discord.sources.message_places import MessagePlaces, Readable
from retrieval import SourceError, SourceProblem, UnknownSourceError
from retrieval.types import source_id

# Of each channel, the newest so many messages are read.
MOST_MESSAGES = 2_000
# A new message is in the document after so long at the latest, and a deleted one is gone from it.
NEW_SECONDS, GONE_SECONDS = 120.0, 5.0
RETRY_SECONDS = 300.0
FILE_NAME = "messages.txt"


class MessageDocuments:
    """Keeps the documents of all servers that are made of messages as the messages are.

    Args:
        bot: The bot; without the grant to read messages it keeps none, and removes those that are there.
    """

    def __init__(self, bot: BotServices) -> None:
        self._bot = bot
        self._work: DueWork[MessageSource] = DueWork(self._try_update)
        self._places = MessagePlaces(bot)
        # The messages of each document, as far as it was made since the start.
        self._messages: dict[MessageSource, frozenset[int]] = {}

    async def run(self) -> None:
        """Update what is due, until cancelled."""
        await self._work.run()

    async def check(self, guild: discord.Guild, *, anew: bool) -> None:
        """Have the documents of a server updated: all, or those alone that should not be or be seen as they are."""
        held = await asyncio.to_thread(message_sources, self._bot.library, guild.id)
        await self._places.look_into_forums(guild, anew=anew)
        wanted = self._places.wanted(guild)
        for source in held.keys() - wanted.keys():
            self._work.ask(source, 0)
        missing = wanted.keys() - held.keys()
        open_ones = set() if anew else await asyncio.to_thread(self._too_open, wanted)
        for source in wanted if anew else missing | open_ones:
            self._work.ask(source, 0)

    def said(self, guild_id: int, channel: discord.abc.Snowflake) -> None:
        """A message is new in a channel."""
        self._ask(MessageSource(guild_id, channel.id, MessageSet.ALL), NEW_SECONDS)

    def changed(self, guild_id: int, channel_id: int, message_id: int) -> None:
        """A message was edited."""
        self._ask(MessageSource(guild_id, channel_id, MessageSet.ALL), NEW_SECONDS)
        pinned = MessageSource(guild_id, channel_id, MessageSet.PINNED)
        if message_id in self._messages.get(pinned, ()):
            self._ask(pinned, NEW_SECONDS)

    def deleted(self, guild_id: int, channel_id: int, message_ids: set[int]) -> None:
        """Messages were deleted."""
        for which in MessageSet:
            source = MessageSource(guild_id, channel_id, which)
            if not message_ids.isdisjoint(self._messages.get(source, message_ids)):
                self._ask(source, GONE_SECONDS)

    async def post_deleted(self, guild: discord.Guild, thread_id: int) -> None:
        """A post of a forum was deleted."""
        self._places.forget_post(thread_id)
        await self.check(guild, anew=False)

    def pinned(self, guild_id: int, channel_id: int) -> None:
        """A message was pinned or is no longer."""
        self._ask(MessageSource(guild_id, channel_id, MessageSet.PINNED), GONE_SECONDS)

    def _ask(self, source: MessageSource, seconds: float) -> None:
        if self._places.place_of(source) is not None:
            self._work.ask(source, seconds)

    async def _try_update(self, source: MessageSource) -> None:
        try:
            await self._update(source)
        except Exception as error:  # noqa: BLE001 (the next update may succeed, and so may other channels')
            if self._bot.answer_service.stopping:
                return
            log_failure(error, "making a document of messages")
            self._work.ask(source, RETRY_SECONDS)

    async def _update(self, source: MessageSource) -> None:
        """Make the document anew, or remove it where it should not be."""
        guild = self._bot.get_guild(source.guild_id)
        if guild is None or guild.unavailable:  # what becomes of it is decided elsewhere
            return
        channel = self._places.place_of(source)
        if channel is None:
            await self._remove(source)
            return
        access = limits_of(channel)
        if await asyncio.to_thread(self._too_open, {source: channel}):
            await self._bot.library_editor.limit(guild.id, source_id(source.uri), access)
        try:
            messages, is_cut = await _messages_of(channel, source.which)
        except discord.Forbidden:
            await self._remove(source)
            return
        self._messages[source] = frozenset(message.id for message in messages)
        await self._add(source, channel, messages, is_cut, access)

    async def _add(
        self,
        source: MessageSource,
        channel: Readable,
        messages: list[discord.Message],
        is_cut: bool,
        access: DocumentAccess,
    ) -> None:
        editor, guild = self._bot.library_editor, channel.guild
        texts = self._bot.texts_of(guild, self._bot.settings_of(guild.id))
        note = texts.messages_pinned if source.which is MessageSet.PINNED else ""
        if is_cut:
            note = texts.messages_newest.format(count=texts.number(len(messages)))
        if not any(map(is_said, messages)):
            await self._remove(source)
            return
        data = await asyncio.to_thread(export, channel, messages, note)
        try:
            read = await editor.read(guild.id, FILE_NAME, data, uri=source.uri)
        except SourceError as error:
            if error.problem is not SourceProblem.EMPTY:
                raise
            await self._remove(source)  # pictures alone
            return
        await editor.add_all(guild.id, [NewDocument(read, len(data))], access=access)

    async def _remove(self, source: MessageSource) -> None:
        self._messages.pop(source, None)
        try:
            await self._bot.library_editor.remove(source.guild_id, source_id(source.uri))
        except UnknownSourceError:
            return

    def _too_open(self, places: Mapping[MessageSource, Readable]) -> set[MessageSource]:
        """The documents that others may see than the channel; what people have limited further stays so."""
        found = set()
        for source, channel in places.items():
            access = limits_of(channel)
            if not access.is_limited:
                continue
            named = guild_collections(self._bot.library, source.guild_id)
            held = holding_collections(self._bot.library, source.guild_id, source_id(source.uri))
            if any(named[name] != access for name in held):
                found.add(source)
        return found


async def _messages_of(channel: Readable, which: MessageSet) -> tuple[list[discord.Message], bool]:
    """The messages from old to new, and whether there are more."""
    if which is MessageSet.PINNED:
        return [message async for message in channel.pins(limit=None, oldest_first=True)], False
    newest = [message async for message in channel.history(limit=MOST_MESSAGES + 1)]
    return newest[MOST_MESSAGES - 1 :: -1], len(newest) > MOST_MESSAGES
