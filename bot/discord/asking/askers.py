"""Who asks, and where, from what Discord tells, as far as the lists of a server decide about it."""

from __future__ import annotations

import discord

from bot.discord.permissions import Asker


def place_ids(channel: object) -> frozenset[int]:
    """The ids under which a place may stand in a server's lists: its own, a thread's channel's, and the category's."""
    if not isinstance(channel, discord.abc.Snowflake):
        return frozenset()
    above = {channel.parent_id} if isinstance(channel, discord.Thread) else set()
    around = channel.parent if isinstance(channel, discord.Thread) else channel
    category = around.category_id if isinstance(around, discord.abc.GuildChannel) else None
    return frozenset({channel.id, *above} | ({category} if category else set()))


def server_place(channel: object) -> int | None:
    """The id of a channel or thread of a server; None for direct messages."""
    return channel.id if isinstance(channel, discord.abc.GuildChannel | discord.Thread) else None


def asker_of(person: discord.abc.User, *, manages_server: bool | None = None) -> Asker:
    """Somebody who asks; whether they manage the server is told by an interaction, and else by their roles."""
    if not isinstance(person, discord.Member):
        return Asker(person.id, manages_server=bool(manages_server))
    if manages_server is None:
        manages_server = person.guild_permissions.manage_guild
    return Asker(person.id, frozenset(role.id for role in person.roles), manages_server)
