"""What somebody is told who looks for documents where there are none."""

from __future__ import annotations

import discord

from bot.discord.asking.askers import asker_of
from bot.discord.library.empty_library import empty_library_sentence
from bot.discord.permissions import may_add
from bot.discord.services import services_of
from bot.discord.texts import texts_for


def empty_library_here(interaction: discord.Interaction) -> str:
    """How to add the first document, or whom to ask for it, in the person's language."""
    settings = services_of(interaction).settings_of(interaction.guild_id)
    asker = asker_of(interaction.user, manages_server=interaction.permissions.manage_guild)
    return empty_library_sentence(
        texts_for(str(interaction.locale)),
        in_server=interaction.guild_id is not None,
        may_add=may_add(settings, asker),
        roles=settings.library_roles,
    )
