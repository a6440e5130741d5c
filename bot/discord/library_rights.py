"""What somebody may change in the library of a server, asked of Discord anew at each step of a change."""

from __future__ import annotations

import asyncio

import discord

from bot.discord.asking.audience import audience_of, existing_places
from bot.discord.asking.payloads import mentions
from bot.discord.library.collections import DocumentAccess, Reach, guild_collections
from bot.discord.permissions import may_change_library
from bot.discord.services import services_of
from bot.discord.texts import Texts


def library_objection(interaction: discord.Interaction, texts: Texts) -> str | None:
    """Why this person may not change the library now, in a sentence; checked here, whatever Discord shows to whom.

    A form or a button may be older than what its reader may do.
    """
    bot = services_of(interaction)
    if bot.answer_service.stopping:
        return texts.stopping
    settings, person = bot.settings_of(interaction.guild_id), interaction.user
    role_ids = [role.id for role in person.roles] if isinstance(person, discord.Member) else []
    if may_change_library(settings, role_ids, interaction.permissions.manage_guild):
        return None
    if settings.library_roles:
        return texts.library_not_allowed_roles.format(roles=mentions("@&", settings.library_roles))
    return texts.library_not_allowed


async def reach_of(interaction: discord.Interaction) -> Reach:
    """Which documents this person may change: those that they see; whoever manages the server, also what nobody sees.

    Raises:
        DamagedLibraryError: If the library cannot be trusted.
    """
    guild = interaction.guild
    assert guild is not None  # noqa: S101 (the library is changed in servers only)
    audience = audience_of(interaction.user, interaction.channel, guild, private=True)
    named = await asyncio.to_thread(guild_collections, services_of(interaction).library, guild.id)
    places = await existing_places(guild, named.values())
    manages = interaction.permissions.manage_guild

    def reaches(access: DocumentAccess) -> bool:
        return access.admits(audience) or (manages and access.is_lost(places))

    return reaches
