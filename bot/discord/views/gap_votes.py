"""A question whose answer was voted down is posted for people, like one that was not answered."""

from __future__ import annotations

import aiohttp
import discord

from bot.discord.asking.history import turn_of
from bot.discord.formatting.gap_post import Gap, GapKind
from bot.discord.records import question_messages
from bot.discord.redacted_log import log_failure
from bot.discord.services import services_of


async def post_vote(interaction: discord.Interaction, answer_id: str, reason: str = "") -> None:
    """Post the question of the answer that was voted on; a vote counts, whatever becomes of the post.

    Args:
        interaction: The click on the vote, or the form with the reason.
        answer_id: The answer.
        reason: Why the answer was voted down, if that was told.
    """
    bot, guild, answer = services_of(interaction), interaction.guild, interaction.message
    if guild is None or answer is None:
        return
    settings = bot.settings_of(guild.id)
    if settings.gaps_channel is None or await bot.database.run(question_messages.is_deleted, answer_id):
        return
    turn = await turn_of(answer)
    if turn is None:
        return
    shown = 0 if answer.flags.ephemeral else answer.id
    gap = Gap(turn.question, GapKind.VOTED_DOWN, answer.channel.id, shown)
    texts = bot.texts_of(guild, settings)
    try:
        await bot.gap_posts.add_vote(guild, settings, gap, interaction.channel, texts, reason)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        log_failure(error, "posting a question that was voted down")
