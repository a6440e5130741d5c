"""A hint to whoever asked in public that documents which not everybody there may see were left out."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import discord

from bot.discord.asking.audience import audience_of
from bot.discord.asking.interactions import CONNECTION_ERRORS
from bot.discord.asking.payloads import embed_payload
from bot.discord.library.collections import Audience, Scope
from bot.discord.texts import Texts
from retrieval import Library


async def tell_of_limited_documents(
    interaction: discord.Interaction, library: Library, public: Audience, texts: Texts
) -> None:
    """Say it to the asker alone, if they may see more than everybody there; others see no sign of it.

    Args:
        interaction: What was answered in public.
        library: Where the documents are.
        public: Who reads the answer.
        texts: The words, in the person's language.

    Raises:
        DamagedLibraryError: If the library cannot be trusted.
    """
    alone = audience_of(interaction.user, interaction.channel, interaction.guild, private=True)
    more = await asyncio.to_thread(Scope.of, library, alone, shared=False)
    fewer = await asyncio.to_thread(Scope.of, library, public, shared=False)
    if set(more.collections) - set(fewer.collections):
        with suppress(discord.HTTPException, *CONNECTION_ERRORS):  # a hint that gets lost loses nothing
            await interaction.followup.send(**embed_payload(texts.access_ask_alone).for_send(), ephemeral=True)
