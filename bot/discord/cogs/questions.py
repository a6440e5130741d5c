"""``/ask``, and "Ask about this message" in the menu of a message."""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.asking.audience import audience_of
from bot.discord.asking.error_sentences import respond_problem
from bot.discord.asking.history import History, history_in, no_history
from bot.discord.asking.question_names import question_in
from bot.discord.asking.thread_openings import post_question, says_something
from bot.discord.formatting.discord_markdown import shorten
from bot.discord.library.document_list import MAX_NAME, choices, documents_of, find_documents
from bot.discord.router import ask_by_interaction
from bot.discord.services import BotServices
from bot.discord.texts import texts_for
from retrieval import SourceRecord

MENU_NAME = "Ask about this message"


class QuestionsCog(commands.Cog):
    """Questions by interaction."""

    def __init__(self, bot: BotServices) -> None:
        self.bot = bot
        menu = app_commands.ContextMenu(name=MENU_NAME, callback=self.ask_about_message)
        menu.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)
        bot.tree.add_command(menu)

    @app_commands.command(name="ask", description="Ask the documents; the answer comes with proven quotes")
    @app_commands.describe(
        question="What you want to know",
        private="Whether only you see the answer",
        document="Answer from this document alone",
    )
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def ask(
        self, interaction: discord.Interaction, question: str, private: bool = False, document: str | None = None
    ) -> None:
        """Answer a question; in a thread that began with an answer, it continues that conversation.

        What others here may not see is answered to the asker alone.
        """
        named = None
        if document is not None:
            named = await self._named(interaction, document)
            if named is None:
                name = shorten(document, MAX_NAME)
                problem = texts_for(str(interaction.locale)).ask_unknown_document.format(name=name)
                await respond_problem(interaction, problem)
                return
            if not private and interaction.guild_id is not None:
                private = not await self._is_for_all_here(interaction, named)

        async def history() -> History:
            return await history_in(interaction.channel, self.bot.user) or History()

        await ask_by_interaction(interaction, question, private=private, history=history, document=named)

    @ask.autocomplete("document")
    async def _suggest(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        documents = await self._documents(interaction, private=True)
        offered = choices(typed, documents)
        return [app_commands.Choice(name=label, value=source_id) for label, source_id in offered]

    async def _named(self, interaction: discord.Interaction, document: str) -> str | None:
        """The id of the document that the asker means; None where it is not one that they may see."""
        meant = find_documents(document, await self._documents(interaction, private=True))
        return meant[0].id if len(meant) == 1 else None

    async def _is_for_all_here(self, interaction: discord.Interaction, document: str) -> bool:
        return any(one.id == document for one in await self._documents(interaction, private=False))

    async def _documents(self, interaction: discord.Interaction, *, private: bool) -> list[SourceRecord]:
        """The documents that the asker, or everybody here, may see: the server's own first."""
        audience = audience_of(interaction.user, interaction.channel, interaction.guild, private=private)
        if interaction.guild is None:
            audience = await self.bot.shared_servers.direct_audience(interaction.user, interaction.channel)
        shared = self.bot.settings_of(audience.guild_id).shared_documents
        own, common = await asyncio.to_thread(documents_of, self.bot.library, audience, shared=shared)
        return own + common

    async def ask_about_message(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Take the text of a message as the question, of a forum post its title, too."""
        text = question_in(message, self.bot.user) if self.bot.user else message.content
        thread = interaction.channel
        if isinstance(thread, discord.Thread) and message.id == thread.id and (text or says_something(thread.name)):
            text = post_question(thread.name, text)
        if not text:
            await respond_problem(interaction, texts_for(str(interaction.locale)).message_without_text)
            return
        await ask_by_interaction(interaction, text, private=False, history=no_history, source_id=message.id)
