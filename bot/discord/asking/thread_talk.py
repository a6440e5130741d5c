"""Who talks in a thread, so that a question to one of them is not taken for one to the bot."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

import discord

logger = logging.getLogger(__name__)

LOOKED_AT = 20
# An answer to what somebody wrote comes within this.
TALK_PAUSE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class ThreadTalk:
    """The names of others who write in a place, and whether the last who did is a person, and lately."""

    people: frozenset[str] = frozenset()
    amid_talk: bool = False


async def talk_before(message: discord.Message, me: discord.abc.User) -> ThreadTalk:
    """What went before a message; where that may not be read, nothing."""
    try:
        before = [one async for one in message.channel.history(limit=LOOKED_AT, before=message)]
    except discord.HTTPException as error:
        logger.info("What went before a message could not be read (%s).", error.code)
        return ThreadTalk()
    people = {one.author.display_name for one in before if not one.author.bot and one.author.id != message.author.id}
    last = next((one for one in before if _is_of_another(one, message, me)), None)
    amid_talk = last is not None and last.author.id != me.id and message.created_at - last.created_at < TALK_PAUSE
    return ThreadTalk(frozenset(people), amid_talk)


def _is_of_another(one: discord.Message, message: discord.Message, me: discord.abc.User) -> bool:
    """Whether a message is the bot's or another person's; one of a thread's marks is nobody's."""
    said = one.type in (discord.MessageType.default, discord.MessageType.reply)
    return one.author.id == me.id or (said and not one.author.bot and one.author.id != message.author.id)
