"""Example questions as buttons: whoever presses one gets its answer in the channel."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.discord import custom_ids
from bot.discord.asking.history import no_history
from bot.discord.router import ask_by_interaction
from bot.discord.views.guard import guarded
from bot.discord.views.persistent_items import PersistentButton

MOST_CHARACTERS = 80


class ExampleButton(PersistentButton, template=custom_ids.EXAMPLE):
    """A question; it is the label of the button, which nobody but the bot writes."""

    emoji = "❔"

    @guarded("asking an example question")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Ask the question as if whoever presses had typed it."""
        await ask_by_interaction(interaction, self.item.label or "", private=False, history=no_history)


def example_view(questions: Sequence[str]) -> discord.ui.View:
    """Two rows, a question each: a label is as long as a line."""
    view = discord.ui.View(timeout=None)
    for number, question in enumerate(questions):
        button = ExampleButton.of(custom_ids.example(number), question[:MOST_CHARACTERS])
        button.row = number
        view.add_item(button)
    return view
