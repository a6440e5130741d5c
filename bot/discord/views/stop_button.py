"""The button that ends a long change of the library; what was done before stays."""

from __future__ import annotations

import threading

import discord

from bot.discord import custom_ids
from bot.discord.asking.error_sentences import respond_problem
from bot.discord.asking.interactions import defer
from bot.discord.services import services_of
from bot.discord.texts import Texts, texts_for
from bot.discord.views.guard import guarded
from bot.discord.views.persistent_items import PersistentButton


class StopButton(PersistentButton, template=custom_ids.STOP):
    """Ends what an interaction has begun; only who called that sees the button."""

    @guarded("ending a change of the library")
    async def callback(self, interaction: discord.Interaction) -> None:
        """End it; after a restart there is nothing to end."""
        stop = services_of(interaction).stops.get(int(self.parts["asked"]))
        if stop is None:
            await respond_problem(interaction, texts_for(str(interaction.locale)).web_stop_too_late)
            return
        stop.set()
        await defer(interaction, update=True)


def stop_view(interaction: discord.Interaction, texts: Texts) -> tuple[discord.ui.View, threading.Event]:
    """The button alone, and what is set when it is clicked; the bot is to forget that when the change is over."""
    stop = threading.Event()
    services_of(interaction).stops[interaction.id] = stop
    view = discord.ui.View(timeout=None)
    view.add_item(StopButton.of(custom_ids.stop(interaction.id), texts.button_stop))
    return view, stop
