"""Who talks in a place, so that a question to one of them is not taken for one to the bot."""

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
    people = {one.author.display_name for one in before if said_by_another(one, message)}
    last = next((one for one in before if one.author.id == me.id or said_by_another(one, message)), None)
    amid_talk = last is not None and last.author.id != me.id and message.created_at - last.created_at < TALK_PAUSE
    return ThreadTalk(frozenset(people), amid_talk)


def written_by_person(message: discord.Message) -> bool:
    """Whether a person wrote the message. Other bots are not answered: two of them could go on for ever."""
    by_person = not message.author.bot and message.webhook_id is None
    return by_person and message.type in (discord.MessageType.default, discord.MessageType.reply)


def said_by_another(one: discord.Message, message: discord.Message) -> bool:
    """Whether a message was written by another person than a second one."""
    return written_by_person(one) and one.author.id != message.author.id


def mentions_bot(message: discord.Message, me: discord.abc.User) -> bool:
    """Whether Discord counts the bot among those whom the message mentions."""
    return any(person.id == me.id for person in message.mentions)
