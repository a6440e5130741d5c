"""*Solved*: under an answer of the forum mode, for whoever asked."""

from __future__ import annotations

import re

import discord

from bot.discord import custom_ids
from bot.discord.asking.error_sentences import respond_problem
from bot.discord.asking.interactions import defer, with_retries
from bot.discord.asking.open_posts import tag_solved
from bot.discord.permissions import may_delete
from bot.discord.texts import texts_for
from bot.discord.views.guard import guarded
from bot.discord.views.persistent_items import PersistentButton


class SolvedButton(PersistentButton, template=custom_ids.SOLVED):
    """Solved: puts the tag of the forum on the post, if there is one and the bot may; marks the answer in any case."""

    emoji = "✅"

    @guarded("marking a post as solved")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Mark it, for whoever asked and for moderators."""
        may = interaction.permissions
        if not may_delete(int(self.parts["asker"]), interaction.user.id, may.manage_threads or may.manage_messages):
            await respond_problem(interaction, texts_for(str(interaction.locale)).solved_not_allowed)
            return
        await defer(interaction, update=True)
        if isinstance(interaction.channel, discord.Thread):
            await tag_solved(interaction.channel)
        if interaction.message is not None:
            view = _pressed(interaction.message)
            await with_retries(lambda: interaction.edit_original_response(view=view))


def _pressed(message: discord.Message) -> discord.ui.View:
    """The buttons of the message, of which *Solved* stays pressed."""
    view = discord.ui.View.from_message(message, timeout=None)
    for button in view.children:
        if isinstance(button, discord.ui.Button) and re.fullmatch(custom_ids.SOLVED, button.custom_id or ""):
            button.disabled, button.style = True, discord.ButtonStyle.success
    view.stop()  # each button is known by its id, so nobody waits for this view
    return view


SOLVED_BUTTONS = (SolvedButton,)
