"""When a server gets its first document, two questions that it answers are offered as buttons."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import discord

from bot.discord.asking.audience import audience_of
from bot.discord.asking.interactions import with_retries
from bot.discord.library.collections import servers_with_documents
from bot.discord.redacted_log import failures_logged
from bot.discord.services import BotServices
from bot.discord.views.example_buttons import example_view
from bot.discord.views.welcome_message import add_examples


async def has_documents(bot: BotServices, guild_id: int | None) -> bool:
    """Whether a server has documents of its own.

    Raises:
        DamagedLibraryError: If the library cannot be trusted.
    """
    return guild_id in await asyncio.to_thread(servers_with_documents, bot.library)


def offer_examples(bot: BotServices, interaction: discord.Interaction) -> None:
    """Put them under the response to whoever added the document, and under the message that introduced the bot.

    Nobody waits for that: it is done when they are found.
    """

    async def offer() -> None:
        with failures_logged("offering example questions"):
            audience = audience_of(interaction.user, interaction.channel, interaction.guild, private=False)
            if questions := await bot.examples.found(audience):
                with suppress(discord.HTTPException):  # dismissed, or too late to be edited
                    await with_retries(lambda: interaction.edit_original_response(view=example_view(questions)))
            if interaction.guild_id is not None:
                await add_examples(bot, interaction.guild_id)

    bot.examples.later(offer())
