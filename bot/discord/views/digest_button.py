"""The button under a weekly digest that stops it."""

from __future__ import annotations

from dataclasses import replace

import discord

from bot.discord import custom_ids
from bot.discord.asking.error_sentences import respond_problem
from bot.discord.asking.interactions import defer, respond
from bot.discord.asking.payloads import embed_payload
from bot.discord.services import services_of
from bot.discord.texts import texts_for
from bot.discord.views.guard import guarded
from bot.discord.views.persistent_items import PersistentButton


class StopDigestButton(PersistentButton, template=custom_ids.DIGEST):
    """Stop the weekly digest: for people with Manage Server."""

    @guarded("stopping the weekly digest")
    async def callback(self, interaction: discord.Interaction) -> None:
        """Switch the setting off, and say how it is switched on again."""
        texts = texts_for(str(interaction.locale))
        if interaction.guild_id is None or not interaction.permissions.manage_guild:
            await respond_problem(interaction, texts.digest_not_allowed)
            return
        await defer(interaction)
        await services_of(interaction).change_settings(
            interaction.guild_id, lambda settings: replace(settings, weekly_digest=False)
        )
        await respond(interaction, embed_payload(texts.digest_stopped))


DIGEST_BUTTONS = (StopDigestButton,)
