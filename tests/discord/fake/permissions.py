"""Who may do what where: the permission bits, and how roles and overwrites of a channel combine."""

from __future__ import annotations

import time
from enum import IntFlag

from tests.discord.fake.model import PRIVATE_THREAD, ChannelRecord, GuildRecord


class Permission(IntFlag):
    """Discord's permission bits, as far as a bot for text needs them."""

    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_APPLICATION_COMMANDS = 1 << 31
    CONNECT = 1 << 20
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    SEND_MESSAGES_IN_THREADS = 1 << 38


NOTHING = Permission(0)
EVERYTHING = ~Permission(0)
READ_AND_WRITE = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ADD_REACTIONS
    | Permission.CONNECT
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)
LEFT_IN_A_TIMEOUT = Permission.VIEW_CHANNEL | Permission.READ_MESSAGE_HISTORY


def in_guild(user_id: int, guild: GuildRecord) -> Permission:
    """Return what a member may do in the whole server."""
    if user_id == guild.owner_id:
        return EVERYTHING
    granted = Permission(guild.roles[guild.id].permissions)
    for role_id in guild.members[user_id].role_ids:
        granted |= Permission(guild.roles[role_id].permissions)
    return EVERYTHING if granted & Permission.ADMINISTRATOR else granted


def in_channel(user_id: int, channel: ChannelRecord) -> Permission:
    """Return what somebody may do in one channel; a thread follows the channel that it belongs to."""
    if channel.guild is None:
        return READ_AND_WRITE
    granted = in_guild(user_id, channel.guild)
    if granted == EVERYTHING:
        return granted
    overwrites = (channel.parent or channel).overwrites
    role_ids = [role_id for role_id in channel.guild.members[user_id].role_ids if role_id in overwrites]
    for targets in ([channel.guild.id], role_ids, [user_id]):
        relevant = [overwrites[target] for target in targets if target in overwrites]
        for overwrite in relevant:
            granted &= ~Permission(overwrite.deny)
        for overwrite in relevant:
            granted |= Permission(overwrite.allow)
    if (
        channel.kind == PRIVATE_THREAD
        and user_id not in channel.member_ids
        and Permission.MANAGE_THREADS not in granted
    ):
        granted &= ~Permission.VIEW_CHANNEL
    if channel.guild.members[user_id].timed_out_until > time.time():
        granted &= LEFT_IN_A_TIMEOUT
    return granted


def may_write(user_id: int, channel: ChannelRecord) -> bool:
    """Whether somebody may post in a channel; a thread asks for a permission of its own."""
    needed = Permission.SEND_MESSAGES if channel.parent is None else Permission.SEND_MESSAGES_IN_THREADS
    granted = in_channel(user_id, channel)
    if channel.locked and Permission.MANAGE_THREADS not in granted:
        return False
    return needed | Permission.VIEW_CHANNEL in granted
