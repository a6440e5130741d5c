"""A reaction under a message in place of words."""

from __future__ import annotations

import logging

import discord

from bot.discord.asking.responders import permissions_in
from bot.replies import SmallTalk
from bot.small_talk import find_small_talk

logger = logging.getLogger(__name__)

# What is put under a message that wants no words back, and under one that waves.
NOD, WAVE = "👍", "👋"


async def reacted(message: discord.Message, text: str) -> bool:
    """Put a reaction under a message whose text wants no words back; whether that was done."""
    reply = find_small_talk(text)
    allowed = permissions_in(message)
    if reply is None or reply.to is not SmallTalk.OTHER or not (allowed.add_reactions and allowed.read_message_history):
        return False
    try:
        await message.add_reaction(WAVE if WAVE in text else NOD)
    except discord.HTTPException as error:  # from whoever has blocked the bot, say
        logger.info("A reaction could not be added (%s).", error.code)
        return False
    return True
