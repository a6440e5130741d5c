"""``/help`` and ``/about``."""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.asking.audience import audience_of
from bot.discord.asking.interactions import defer, respond
from bot.discord.asking.payloads import embed_payload
from bot.discord.formatting.discord_markdown import escape
from bot.discord.formatting.example_line import with_examples
from bot.discord.library.collections import Audience
from bot.discord.library.document_list import documents_of
from bot.discord.library.empty_library import is_empty
from bot.discord.records.answers import DAYS_KEPT
from bot.discord.services import BotServices
from bot.discord.texts import texts_for
from bot.discord.views.empty_library_notice import empty_library_here
from retrieval.version import VERSION


class AboutCog(commands.Cog):
    """What the bot is."""

    def __init__(self, bot: BotServices) -> None:
        self.bot = bot

    @app_commands.command(name="help", description="What I do, what I cannot do, and what I store")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def help(self, interaction: discord.Interaction) -> None:
        """Five lines."""
        await defer(interaction)
        texts = texts_for(str(interaction.locale))
        audience = await self._audience(interaction)
        told = with_examples(texts.help.format(days=DAYS_KEPT), await self.bot.examples.known(audience), texts)
        shared = self.bot.settings_of(audience.guild_id).shared_documents
        if interaction.guild is not None and await asyncio.to_thread(
            is_empty, self.bot.library, audience, shared=shared
        ):
            told = f"{told}\n{empty_library_here(interaction)}"
        await respond(interaction, embed_payload(told))

    @app_commands.command(name="about", description="Version, model and size of the library")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def about(self, interaction: discord.Interaction) -> None:
        """Which version this is, and what it answers from."""
        await defer(interaction)
        texts = texts_for(str(interaction.locale))
        audience = await self._audience(interaction)
        shared = self.bot.settings_of(audience.guild_id).shared_documents
        own, common = await asyncio.to_thread(documents_of, self.bot.library, audience, shared=shared)
        about = texts.about.format(
            version=VERSION,
            model=escape(self.bot.settings.embedding_model),
            documents=texts.documents(len(own) + len(common)),
            chat_model=escape(self.bot.settings.chat_model or "") or texts.about_no_chat_model,
        )
        if not (own or common):
            about = f"{about}\n{empty_library_here(interaction)}"
        await respond(interaction, embed_payload(about))

    async def _audience(self, interaction: discord.Interaction) -> Audience:
        """The person alone; in a direct message, as a member of the server that these are answered from."""
        if interaction.guild is None:
            return await self.bot.shared_servers.direct_audience(interaction.user, interaction.channel)
        return audience_of(interaction.user, interaction.channel, interaction.guild, private=True)
