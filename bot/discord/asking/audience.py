"""Who will read an answer, from what Discord tells about the place and the person."""

from __future__ import annotations

import discord

from bot.discord.library.collections import Audience


def audience_of(person: discord.abc.User, channel: object, guild: discord.Guild | None, *, private: bool) -> Audience:
    """Who will read what is answered to a person in a channel.

    Args:
        person: Who asks, or whom something is shown.
        channel: Where; the channel of a thread counts with it.
        guild: The server; None in a direct message.
        private: Whether only that person reads it.
    """
    if guild is None:
        return Audience(None)
    if private:
        return private_audience(person, guild)
    place = channel.parent if isinstance(channel, discord.Thread) else channel
    if not isinstance(place, discord.abc.GuildChannel):
        return Audience(guild.id)
    return Audience(guild.id, frozenset({place.id}), _readers(place))


def private_audience(person: discord.abc.User, guild: discord.Guild) -> Audience:
    """One person alone; of somebody who is no member of the server nothing is known."""
    if not isinstance(person, discord.Member):
        return Audience(guild.id)
    seen = frozenset(channel.id for channel in guild.channels if channel.permissions_for(person).view_channel)
    roles = frozenset(role.id for role in person.roles)
    return Audience(guild.id, seen, (roles,), sees_all=person.guild_permissions.administrator)


def _readers(channel: discord.abc.GuildChannel) -> tuple[frozenset[int], ...]:
    """The kinds of people who see a channel: everybody, or one kind for each role and person that it is open to.

    Administrators see everything and bots nothing that counts, so neither are a kind.
    """
    everybody = channel.guild.default_role
    seeing = [role for role in channel.guild.roles if channel.permissions_for(role).view_channel]
    if everybody in seeing:
        return (frozenset(),)
    roles = [role for role in seeing if not (role.permissions.administrator or role.is_bot_managed())]
    people = [
        target
        for target, overwrite in channel.overwrites.items()
        if not isinstance(target, discord.Role) and overwrite.view_channel and target.id != channel.guild.me.id
    ]
    return tuple(frozenset({role.id}) for role in roles) + tuple(frozenset() for _ in people)
