"""The weekly digest of questions, in the servers that want it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import discord
from discord.ext import commands, tasks

from bot.discord.asking.digest_posts import digest_payload, make_digest, was_posted, week_to_sum_up
from bot.discord.asking.posting_rights import may_post, text_channel
from bot.discord.asking.responders import send_once
from bot.discord.redacted_log import failures_logged
from bot.discord.services import BotServices

MINUTES_BETWEEN_LOOKS = 30


class DigestsCog(commands.Cog):
    """Looks now and then whether the digest of the last week is posted everywhere."""

    def __init__(self, bot: BotServices) -> None:
        self.bot = bot
        # Which week is done for a server, so that its channel is read back once a week and start.
        self._done: dict[int, date] = {}

    async def cog_unload(self) -> None:
        """Look no more."""
        self._look.cancel()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Begin, now that the servers are known."""
        if not self._look.is_running():
            self._look.start()

    @tasks.loop(minutes=MINUTES_BETWEEN_LOOKS)
    async def _look(self) -> None:
        week = week_to_sum_up(datetime.now(UTC))
        for guild in list(self.bot.guilds):
            with self.bot.answer_service.at_work(), failures_logged("posting a weekly digest"):
                settings = self.bot.settings_of(guild.id)
                channel = text_channel(guild, settings.gaps_channel) if settings.weekly_digest else None
                if channel is None or self._done.get(guild.id) == week or not may_post(channel, read_back=True):
                    continue
                await self._post(channel, week)
                self._done[guild.id] = week

    async def _post(self, channel: discord.TextChannel, week: date) -> None:
        """Post the digest, unless it stands there or there is nothing to tell."""
        if await was_posted(channel, week):
            return
        digest = await make_digest(channel, week, self.bot.database, self.bot.library.embeddings)
        if digest is not None:
            texts = self.bot.texts_of(channel.guild, self.bot.settings_of(channel.guild.id))
            await send_once(channel, digest_payload(digest, texts), nonce=f"digest-{week.isoformat()}")
