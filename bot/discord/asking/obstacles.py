"""What keeps the bot from writing in a place, and what the person who asked there is told about it."""

from __future__ import annotations

from enum import StrEnum

import discord

from bot.discord.asking.interactions import UNKNOWN_MESSAGE
from bot.discord.texts import Texts

# Discord's error codes (docs.discord.com, "JSON error codes").
UNKNOWN_CHANNEL = 10003
SLOW_MODE = 20016
INVALID_FORM = 50035
ARCHIVED_THREAD = 50083
LOCKED_THREAD = 160005


class Obstacle(StrEnum):
    """Why the bot may not write in a place."""

    MAY_NOT_POST = "it may not write in the channel"
    THREAD_LOCKED = "the thread is locked"
    THREAD_ARCHIVED = "the thread is archived"
    SLOW_MODE = "slow mode is on in the channel"
    TIMED_OUT = "it is timed out in the server"


def obstacle_before(message: discord.Message, permissions: discord.Permissions) -> Obstacle | None:
    """What is known to be in the way of a reply.

    Args:
        message: What would be replied to.
        permissions: What the bot may do there.
    """
    channel = message.channel
    if message.guild is None or isinstance(channel, discord.DMChannel | discord.GroupChannel):
        return None
    if message.guild.me.is_timed_out():
        return Obstacle.TIMED_OUT
    may_send = permissions.send_messages
    if isinstance(channel, discord.Thread):
        if channel.locked and not permissions.manage_threads:
            return Obstacle.THREAD_LOCKED
        may_send = permissions.send_messages_in_threads
    return None if may_send else Obstacle.MAY_NOT_POST


def obstacle_of(error: discord.HTTPException) -> Obstacle | None:
    """What a refusal of Discord's says to be in the way; None where it says something else."""
    known = {
        ARCHIVED_THREAD: Obstacle.THREAD_ARCHIVED,
        LOCKED_THREAD: Obstacle.THREAD_LOCKED,
        SLOW_MODE: Obstacle.SLOW_MODE,
    }
    otherwise = Obstacle.MAY_NOT_POST if isinstance(error, discord.Forbidden) else None
    return known.get(error.code, otherwise)


def is_gone(error: discord.HTTPException) -> bool:
    """Whether the channel is no longer there, or the message in it that would be edited or replied to."""
    return error.code in {UNKNOWN_CHANNEL, UNKNOWN_MESSAGE} or (
        error.code == INVALID_FORM and "message_reference" in str(error)
    )


def obstacle_sentence(obstacle: Obstacle, message: discord.Message, texts: Texts) -> str:
    """What is in the way of an answer, and what to do about it."""
    channel = f"<#{message.channel.id}>"
    if obstacle is Obstacle.TIMED_OUT and message.guild is not None:
        until = message.guild.me.timed_out_until
        when = discord.utils.format_dt(until, "R") if until else ""
        return texts.bot_timed_out.format(channel=channel, when=when)
    sentences = {
        Obstacle.THREAD_LOCKED: texts.thread_locked,
        Obstacle.THREAD_ARCHIVED: texts.thread_archived,
        Obstacle.SLOW_MODE: texts.slow_mode,
    }
    return sentences.get(obstacle, texts.may_not_post).format(channel=channel)
