"""What the bot may do in a channel that a setting names, and whether those who see it also see another one."""

from __future__ import annotations

import discord

from bot.discord.asking.audience import audience_of, is_open
from bot.discord.library.collections import DocumentAccess

# What posting takes, and what reading the bot's own posts back takes besides.
POSTING = discord.Permissions(view_channel=True, send_messages=True, embed_links=True)
READING_BACK = discord.Permissions(read_message_history=True)


def text_channel(guild: discord.Guild, channel_id: int | None) -> discord.TextChannel | None:
    """The channel that a setting names; None where it names none, or one that is gone or not for posts."""
    channel = guild.get_channel(channel_id) if channel_id else None
    return channel if isinstance(channel, discord.TextChannel) else None


def may_post(channel: discord.TextChannel, *, read_back: bool = False) -> bool:
    """Whether the bot may post there and, where that is asked, read its posts back."""
    needed = POSTING | READING_BACK if read_back else POSTING
    return channel.permissions_for(channel.guild.me).is_superset(needed)


def may_ping(role: discord.Role, channel: discord.TextChannel) -> bool:
    """Whether a post of the bot's there pings the role."""
    return role.mentionable or channel.permissions_for(channel.guild.me).mention_everyone


def sees_all_of(reader: discord.abc.GuildChannel, channel: object) -> bool:
    """Whether everybody who sees the channel ``reader`` also sees the other one; what is not sure is no.

    A private thread is seen by those who were added to it, whom nobody knows here.
    """
    if isinstance(channel, discord.Thread):
        channel = None if channel.is_private() else channel.parent
    if not isinstance(channel, discord.abc.GuildChannel):
        return False
    place = channel
    if place.id == reader.id or is_open(place):
        return True
    shut_out = any(
        overwrite.view_channel is False and not isinstance(target, discord.Role)
        for target, overwrite in place.overwrites.items()
    )
    roles = frozenset(role.id for role in place.guild.roles if place.permissions_for(role).view_channel)
    audience = audience_of(place.guild.me, reader, place.guild, private=False)
    return bool(roles) and not shut_out and DocumentAccess(roles=roles).admits(audience)
