"""Who will read an answer, from what Discord tells about the place and the person."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from typing import TypeGuard

import discord

from bot.discord.library.collections import EVERYBODY, Audience, DocumentAccess
from bot.discord.library.message_addresses import MessageSet, MessageSource
from retrieval.types import source_id


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
    here = frozenset({channel.id}) if _is_private_thread(channel) else frozenset[int]()
    if private:
        alone = private_audience(person, guild)
        return replace(alone, channels=alone.channels | here) if here else alone
    place = channel.parent if isinstance(channel, discord.Thread) else channel
    if not isinstance(place, discord.abc.GuildChannel):
        return Audience(guild.id, here, closed=_closed_documents(guild, here))
    seen = here | {place.id}
    return Audience(guild.id, seen, _readers(place), closed=_closed_documents(guild, seen))


def limits_of(channel: discord.abc.GuildChannel | discord.Thread) -> DocumentAccess:
    """Who sees a channel: everybody in the server, or its members alone; a public thread is as open as its channel."""
    place: object = channel
    place_id = channel.id
    if isinstance(channel, discord.Thread) and not channel.is_private():
        place, place_id = channel.parent, channel.parent_id
    if isinstance(place, discord.abc.GuildChannel) and is_open(place):
        return EVERYBODY
    return DocumentAccess(channels=frozenset({place_id}))


def is_open(channel: discord.abc.GuildChannel) -> bool:
    """Whether everybody in the server sees the channel."""
    return channel.permissions_for(channel.guild.default_role).view_channel


def _is_private_thread(channel: object) -> TypeGuard[discord.Thread]:
    """Whether it is a thread that not everybody sees who sees its channel."""
    return isinstance(channel, discord.Thread) and channel.is_private()


def private_audience(person: discord.abc.User, guild: discord.Guild) -> Audience:
    """One person alone; of somebody who is no member of the server nothing is known."""
    if not isinstance(person, discord.Member):
        return Audience(guild.id, closed=_closed_documents(guild, frozenset()))
    seen = frozenset(channel.id for channel in guild.channels if channel.permissions_for(person).view_channel)
    roles = frozenset(role.id for role in person.roles)
    if person.guild_permissions.administrator:
        return Audience(guild.id, seen, (roles,), sees_all=True)
    return Audience(guild.id, seen, (roles,), closed=_closed_documents(guild, seen))


def _closed_documents(guild: discord.Guild, seen: Container[int]) -> frozenset[str]:
    """The ids that documents have which are made of the messages of closed channels that are not among the seen."""
    closed = {channel.id for channel in guild.channels if channel.id not in seen and not is_open(channel)}
    closed |= {thread.id for thread in guild.threads if thread.parent_id in closed}
    sources = (MessageSource(guild.id, one, which) for one in closed for which in MessageSet)
    return frozenset(source_id(source.uri) for source in sources)


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


async def existing_places(guild: discord.Guild, accesses: Iterable[DocumentAccess]) -> frozenset[int]:
    """Those of the channels and roles in ``accesses`` that there are; Discord is asked about threads that it archived.

    Of a server that is away while Discord has an outage, all count as being there.
    """
    channels = {channel for access in accesses for channel in access.channels}
    roles = {role for access in accesses for role in access.roles}
    if guild.unavailable:
        return frozenset(channels | roles)
    there = {role for role in roles if guild.get_role(role) is not None}
    for channel in channels:
        if guild.get_channel_or_thread(channel) is not None or await _exists(guild, channel):
            there.add(channel)
    return frozenset(there)


async def _exists(guild: discord.Guild, channel_id: int) -> bool:
    try:
        await guild.fetch_channel(channel_id)
    except discord.NotFound:
        return False
    except (discord.HTTPException, discord.InvalidData):
        return True
    return True
