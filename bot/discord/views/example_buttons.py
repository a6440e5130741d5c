"""Example questions as buttons: whoever presses one gets its answer in the channel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Self

import discord

from bot.discord import custom_ids
from bot.discord.asking.history import no_history
from bot.discord.router import ask_by_interaction
from bot.discord.views.guard import guarded

MOST_CHARACTERS = 80


class ExampleButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=custom_ids.EXAMPLE):
    """A question; it is the label of the button, which nobody but the bot writes."""

    def __init__(self, number: int, question: str) -> None:
        super().__init__(
            discord.ui.Button(label=question[:MOST_CHARACTERS], emoji="❔", custom_id=custom_ids.example(number))
        )
        self._question = question

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """The button as it was clicked."""
        return cls(int(match["number"]), str(getattr(item, "label", None) or ""))

    @guarded("asking an example question")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Ask the question as if whoever presses had typed it."""
        await ask_by_interaction(interaction, self._question, private=False, history=no_history)


def example_view(questions: Sequence[str]) -> discord.ui.View:
    """Two rows, a question each: a label is as long as a line."""
    view = discord.ui.View(timeout=None)
    for number, question in enumerate(questions):
        button = ExampleButton(number, question)
        button.row = number
        view.add_item(button)
    return view
