"""Channels and roles that are deleted in Discord leave the settings, and the server's owner is told."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import discord
from discord.ext import commands

from bot.discord.asking.interactions import CONNECTION_ERRORS
from bot.discord.asking.payloads import embed_payload
from bot.discord.asking.responders import send_once
from bot.discord.formatting.discord_markdown import shorten
from bot.discord.records import lost_places
from bot.discord.records.lost_places import LostPlace
from bot.discord.records.server_settings import CHANNEL_FIELDS, ROLE_FIELDS, ids_in
from bot.discord.records.setting_changes import without
from bot.discord.redacted_log import failures_logged
from bot.discord.services import BotServices
from bot.discord.views.settings_panel.lost_words import first_lost, lost_lines

FIELDS = (*CHANNEL_FIELDS, *ROLE_FIELDS)
MAX_NAME = 100


class DeletedPlacesCog(commands.Cog):
    """Keeps the settings to what there is in each server."""

    def __init__(self, bot: BotServices) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Take a channel or category out of the settings."""
        await self._take_out(channel.guild, {channel.id: channel.name})

    @commands.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Take a role out of the settings."""
        await self._take_out(role.guild, {role.id: role.name})

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Look, at the start and after an outage, what was deleted meanwhile."""
        await self._look_through(guild)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Look, after a return, what was deleted meanwhile."""
        await self._look_through(guild)

    async def _look_through(self, guild: discord.Guild) -> None:
        with failures_logged("looking for deleted channels"):
            settings = self.bot.settings_of(guild.id)
            channels = [one for one in ids_in(settings, *CHANNEL_FIELDS) if guild.get_channel(one) is None]
            gone = {one for one in channels if await _is_deleted(guild, one)}
            gone |= {one for one in ids_in(settings, *ROLE_FIELDS) if guild.get_role(one) is None}
            await self._take_out(guild, dict.fromkeys(gone))

    async def _take_out(self, guild: discord.Guild, gone: Mapping[int, str | None]) -> None:
        """Take what is gone out of the settings; it is noted before, so that a crash leaves no list shorter unsaid."""
        if not gone.keys() & ids_in(self.bot.settings_of(guild.id), *FIELDS):
            return
        doing = "taking a deleted channel or role out of the settings"
        with self.bot.answer_service.at_work(), failures_logged(doing):
            lost = await self.bot.database.run(lost_places.record, guild.id, gone, FIELDS)
            await self.bot.change_settings(guild.id, lambda old: without(old, gone, FIELDS))
            await self._tell_owner(guild, lost)

    async def _tell_owner(self, guild: discord.Guild, lost: list[LostPlace]) -> None:
        """Write to the owner; with closed direct messages they read it in the panel, where it stands until then."""
        if not lost or guild.owner_id is None:
            return
        texts = self.bot.texts_of(guild, self.bot.settings_of(guild.id))
        lines = lost_lines(first_lost(lost), texts)
        told = embed_payload("\n".join([texts.lost_message.format(server=shorten(guild.name, MAX_NAME)), *lines]))
        with suppress(discord.HTTPException, *CONNECTION_ERRORS):
            await send_once(await guild.fetch_member(guild.owner_id), told, nonce=str(lost[0].id))


async def _is_deleted(guild: discord.Guild, channel_id: int) -> bool:
    """Whether there is no such channel any more; one that is only hidden from the bot stays in the settings."""
    try:
        await guild.fetch_channel(channel_id)
    except discord.NotFound:
        return True
    except (discord.HTTPException, *CONNECTION_ERRORS):
        return False  # it is asked again at the next start
    return False
