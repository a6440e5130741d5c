"""What the documents do not answer: posted for people."""

from __future__ import annotations

from discord.ext import commands

from bot.discord.asking.answer_service import GivenAnswer
from bot.discord.formatting.gap_post import Gap, GapKind
from bot.discord.services import BotServices
from bot.types import Status


class GapsCog(commands.Cog):
    """Follows what is answered."""

    def __init__(self, bot: BotServices) -> None:
        self.bot = bot
        bot.answer_service.listeners.append(self._follow)

    async def _follow(self, given: GivenAnswer) -> None:
        """Post a question that was not answered; direct messages belong to no server, and are posted nowhere."""
        message = given.message
        if given.answer.status is not Status.NOT_FOUND or message is None or message.guild is None:
            return
        guild, settings = message.guild, self.bot.settings_of(message.guild.id)
        shown = 0 if given.private else message.id
        gap = Gap(given.answer.question, GapKind.NOT_FOUND, message.channel.id, shown)
        await self.bot.gap_posts.post(guild, settings, gap, message.channel, self.bot.texts_of(guild, settings))
