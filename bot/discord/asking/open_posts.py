"""Whether a post or a question in a channel still waits for an answer, and the tag of a forum that says it does not."""

from __future__ import annotations

import logging

import discord

from bot.discord.asking.thread_talk import said_by_another
from bot.small_talk import folded

logger = logging.getLogger(__name__)

LOOKED_AT = 50
MOST_TAGS = 5
# What forums call the tag, without accents.
SOLVED_WORDS = (
    "solved|resolved|answered|fixed|closed|done|gelost|erledigt|beantwortet|geschlossen|risolto|risolta|chiuso|chiusa"
    "|resuelto|resuelta|solucionado|solucionada|cerrado|resolu|resolue|resolvido"
)
SOLVED = frozenset(SOLVED_WORDS.split("|"))


def is_solved(thread: discord.Thread) -> bool:
    """Whether a tag says so, or nobody can write there any more."""
    return thread.archived or thread.locked or any(_says_solved(tag) for tag in thread.applied_tags)


async def tag_solved(thread: discord.Thread) -> bool:
    """Put the tag of its forum on a post, if there is one and the bot may; whether it is there."""
    if any(_says_solved(tag) for tag in thread.applied_tags):
        return True
    forum = thread.parent
    if not isinstance(forum, discord.ForumChannel) or not thread.permissions_for(thread.guild.me).manage_threads:
        return False
    tag = next((tag for tag in forum.available_tags if _says_solved(tag)), None)
    if tag is None or len(thread.applied_tags) >= MOST_TAGS:
        return False
    try:
        await thread.add_tags(tag)
    except discord.HTTPException as error:
        logger.info("A post could not be tagged as solved (%s).", error.code)
        return False
    return True


async def waits_for_answer(message: discord.Message) -> bool:
    """Whether nobody but the author has answered yet; where that may not be read, somebody may have.

    In a channel, what others write is an answer where it replies to the message, or stands in a thread of it.
    """
    channel, guild = message.channel, message.guild
    if guild is None:
        return False
    if isinstance(channel, discord.Thread):
        return not is_solved(guild.get_thread(channel.id) or channel) and not await _written_in(channel, message)
    if await _written_in(channel, message, replying=True):
        return False
    thread = guild.get_thread(message.id)
    return thread is None or not await _written_in(thread, message)


async def _written_in(channel: discord.abc.Messageable, message: discord.Message, *, replying: bool = False) -> bool:
    """Whether another person has written in a place since, or may have."""
    try:
        later = [one async for one in channel.history(limit=LOOKED_AT, after=message)]
    except discord.HTTPException as error:
        logger.info("What follows a post could not be read (%s).", error.code)
        return True
    return any(said_by_another(one, message) and (not replying or _replies(one, message)) for one in later)


def _replies(one: discord.Message, message: discord.Message) -> bool:
    return one.reference is not None and one.reference.message_id == message.id


def _says_solved(tag: discord.ForumTag) -> bool:
    return not SOLVED.isdisjoint(folded(tag.name).split())
