"""What happens to messages, channels and settings, as far as documents are made of them."""

from __future__ import annotations

import asyncio

import discord
from discord.ext import commands

from bot.discord.redacted_log import failures_logged
from bot.discord.services import BotServices
from bot.discord.sources.message_documents import MessageDocuments
from bot.discord.sources.message_export import is_said

# Of a damaged library is told where somebody asks something.
LOOKING = "looking at documents of messages"


class MessageSourcesCog(commands.Cog):
    """Listens alone; the documents are made by ``MessageDocuments``."""

    def __init__(self, bot: BotServices) -> None:
        self._bot = bot
        self._documents = MessageDocuments(bot)
        self._running: asyncio.Task[None] | None = None

    async def cog_load(self) -> None:
        """Begin to update."""
        self._running = asyncio.create_task(self._documents.run())

    async def cog_unload(self) -> None:
        """Update no more."""
        if self._running is not None:
            self._running.cancel()

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Read everything anew, at the start and after an outage: Discord does not tell what has happened meanwhile."""
        await self._check(guild, anew=True)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The same after a return."""
        await self._check(guild, anew=True)

    @commands.Cog.listener()
    async def on_server_settings_change(self, guild_id: int) -> None:
        """Make and remove documents as the settings say now."""
        guild = self._bot.get_guild(guild_id)
        if guild is not None:
            await self._check(guild, anew=False)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Note what people say."""
        if message.guild is not None and is_said(message):
            self._documents.said(message.guild.id, message.channel)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """Note what they change."""
        if event.guild_id is not None:
            self._documents.changed(event.guild_id, event.channel_id, event.message_id)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Note what is deleted."""
        if event.guild_id is not None:
            self._documents.deleted(event.guild_id, event.channel_id, {event.message_id})

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Note what is deleted at once."""
        if event.guild_id is not None:
            self._documents.deleted(event.guild_id, event.channel_id, event.message_ids)

    @commands.Cog.listener()
    async def on_guild_channel_pins_update(self, channel: discord.abc.GuildChannel | discord.Thread, _: object) -> None:
        """Note that something was pinned, or is no longer."""
        self._documents.pinned(channel.guild.id, channel.id)

    @commands.Cog.listener()
    async def on_guild_channel_create(self, channel: discord.abc.GuildChannel) -> None:
        """A new channel may have pinned messages soon."""
        await self._check(channel.guild, anew=False)

    @commands.Cog.listener()
    async def on_guild_channel_update(self, _: object, channel: discord.abc.GuildChannel) -> None:
        """Others may see the channel now."""
        await self._check(channel.guild, anew=False)

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """The document goes with the channel."""
        await self._check(channel.guild, anew=False)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """The document goes with the post of a forum."""
        guild = self._bot.get_guild(event.guild_id)
        if guild is not None:
            with failures_logged(LOOKING):
                await self._documents.post_deleted(guild, event.thread_id)

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Others may see channels now."""
        if before.permissions != after.permissions:
            await self._check(after.guild, anew=False)

    @commands.Cog.listener()
    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """The bot itself may see other channels now; without a further intent, Discord tells of no other member."""
        if after.id == after.guild.me.id and before.roles != after.roles:
            await self._check(after.guild, anew=False)

    async def _check(self, guild: discord.Guild, *, anew: bool) -> None:
        with failures_logged(LOOKING):
            await self._documents.check(guild, anew=anew)
