"""What the documents do not answer: posted for people."""

from __future__ import annotations

from discord.ext import commands

from bot.discord.asking.incoming_question import GivenAnswer
from bot.discord.formatting.gap_post import Gap, GapKind
from bot.discord.records import answers, question_messages
from bot.discord.services import BotServices
from bot.types import Status


class GapsCog(commands.Cog):
    """Follows what is answered."""

    def __init__(self, bot: BotServices) -> None:
        self.bot = bot
        bot.answer_service.listeners.append(self._follow)

    async def _follow(self, given: GivenAnswer) -> None:
        """Post a question that was not answered; direct messages belong to no server, and are posted nowhere."""
        channel_id = given.incoming.channel_id
        if given.answer.status is not Status.NOT_FOUND or channel_id is None:
            return
        if not given.private and given.message is None:  # dropped, or deleted before it was whole
            return
        guild = self.bot.get_guild(given.incoming.guild_id or 0)
        settings = self.bot.settings_of(given.incoming.guild_id)
        if guild is None or settings.gaps_channel is None or await self._is_deleted(given):
            return
        source = guild.get_channel_or_thread(channel_id)
        shown = 0 if given.private or given.message is None else given.message.id
        gap = Gap(given.answer.question, GapKind.NOT_FOUND, channel_id, shown)
        texts = self.bot.texts_of(guild, settings)
        await self.bot.gap_posts.post(guild, settings, gap, source, texts)
        if shown and await self._is_deleted(given):  # meanwhile, when there was no post yet to be withdrawn
            await self.bot.gap_posts.withdraw(guild, settings, shown, texts)

    async def _is_deleted(self, given: GivenAnswer) -> bool:
        """Whether the question, or the answer to it, was deleted."""
        if await self.bot.database.run(question_messages.is_deleted, given.id):
            return True
        return await self.bot.database.run(answers.load, given.id, given.incoming.guild_id) is None
