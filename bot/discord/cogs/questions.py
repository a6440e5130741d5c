"""``/ask``, and "Ask about this message" in the menu of a message."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.asking.error_sentences import respond_problem
from bot.discord.asking.history import History, history_in
from bot.discord.asking.question_names import question_in
from bot.discord.router import ask_by_interaction
from bot.discord.services import BotServices
from bot.discord.texts import texts_for

MENU_NAME = "Ask about this message"


class QuestionsCog(commands.Cog):
    """Questions by interaction."""

    def __init__(self, bot: BotServices) -> None:
        self.bot = bot
        menu = app_commands.ContextMenu(name=MENU_NAME, callback=self.ask_about_message)
        menu.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)
        bot.tree.add_command(menu)

    @app_commands.command(name="ask", description="Ask the documents; the answer comes with proven quotes")
    @app_commands.describe(question="What you want to know", private="Whether only you see the answer")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def ask(self, interaction: discord.Interaction, question: str, private: bool = False) -> None:
        """Answer a question; in a thread that began with an answer, it continues that conversation."""

        async def history() -> History:
            return await history_in(interaction.channel, self.bot.user) or History()

        await ask_by_interaction(interaction, question, private=private, history=history)

    async def ask_about_message(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Take the text of a message as the question."""
        text = question_in(message, self.bot.user) if self.bot.user else message.content
        if not text:
            await respond_problem(interaction, texts_for(str(interaction.locale)).message_without_text)
            return

        async def history() -> History:
            return History()

        await ask_by_interaction(interaction, text, private=False, history=history, as_typed=False)
