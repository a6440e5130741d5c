"""Which servers the bot is in: it introduces itself to a new one, and the data of one that it left is deleted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import discord
from discord.ext import commands, tasks

from bot.discord.records import server_deletions
from bot.discord.redacted_log import failures_logged
from bot.discord.services import BotServices
from bot.discord.views.welcome_message import introduce

HOURS_BETWEEN_DELETIONS = 1
# A server that was joined while the program was stopped is new for so long.
NEW_FOR = timedelta(days=1)


class MembershipCog(commands.Cog):
    """Joining and leaving; a server that is away because Discord has an outage was not left."""

    def __init__(self, bot: BotServices) -> None:
        self.bot = bot

    async def cog_unload(self) -> None:
        """Begin no more deletions; one that is cut short goes on at the next start."""
        self._delete_due.cancel()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Look which servers were joined and left in the meantime; Discord has named all that the bot is in."""
        if not self.bot.shares_records:  # another bot's servers are not servers that this one has left
            with failures_logged("looking for servers that were left"):
                await self.bot.server_deletion.find_departures(self._present())
        if not self._delete_due.is_running():
            self._delete_due.start()
        since = datetime.now(UTC) - NEW_FOR
        for guild in self.bot.guilds:
            joined = guild.me.joined_at if not guild.unavailable else None
            if joined is not None and joined > since:
                await self._introduce(guild)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Stop the clock of a server that the bot returns to; introduce the bot to one that is new."""
        with failures_logged("noting that the bot is in a server"):
            await self.bot.database.run(server_deletions.record_presence, [guild.id])
        await self._introduce(guild)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Start the clock; discord.py calls this not for outages, only where the bot is out or the server is gone."""
        with failures_logged("noting that the bot has left a server"):
            await self.bot.database.run(server_deletions.record_departure, guild.id, datetime.now(UTC))

    @tasks.loop(hours=HOURS_BETWEEN_DELETIONS)
    async def _delete_due(self) -> None:
        """Delete what was kept long enough."""
        with failures_logged("deleting the data of servers that were left"):  # it is tried again
            await self.bot.server_deletion.delete_due(self._present(), self.bot.settings.days_after_leaving)

    def _present(self) -> list[int]:
        return [guild.id for guild in self.bot.guilds]

    async def _introduce(self, guild: discord.Guild) -> None:
        with failures_logged("introducing the bot to a server"):
            await introduce(self.bot, guild)
