"""The first message of a thread or forum post, and the question that it makes with the title."""

from __future__ import annotations

import logging

import discord

from bot.discord.asking.addressing import SENTENCE
from bot.discord.asking.history import fetch_message
from bot.discord.asking.overheard import is_question
from bot.small_talk import find_small_talk, folded, without_small_talk

logger = logging.getLogger(__name__)

# A longer post is asked by its title and the sentences in it that ask.
LONGEST_WHOLE = 300
MOST_ASKING_SENTENCES = 3
FIRST_MESSAGES = 3


async def opening_of(thread: discord.Thread) -> discord.Message | None:
    """The message that a thread began with, wherever it stands; None where it is gone or may not be read."""
    # The message that a thread was begun from has its id and stands in the channel; that of a forum post in the post.
    place = thread if isinstance(thread.parent, discord.ForumChannel) else thread.parent
    if isinstance(place, discord.Thread | discord.TextChannel):
        found = await fetch_message(place, thread.id)
        if found is not None:
            return found
    return await _first_in(thread)


async def _first_in(thread: discord.Thread) -> discord.Message | None:
    """The first message of somebody in a thread that was begun from none."""
    try:
        async for message in thread.history(limit=FIRST_MESSAGES, oldest_first=True):
            if message.type in (discord.MessageType.default, discord.MessageType.reply):
                return message
    except discord.HTTPException as error:
        logger.info("The beginning of a thread could not be read (%s).", error.code)
    return None


def post_question(title: str, body: str) -> str:
    """What a post asks: its title and its words, or of many words those that ask.

    A title that says nothing ("Help!") or is the beginning of the words is left out.
    """
    body = without_small_talk(body) if body and not find_small_talk(body) else ""
    asking = [sentence.strip() for sentence in SENTENCE.findall(body) if is_question(sentence)]
    if asking and len(body) + len(title) > LONGEST_WHOLE:
        body = " ".join(asking[:MOST_ASKING_SENTENCES])
    body = body[:LONGEST_WHOLE]
    if not says_something(title) or (body and folded(body).startswith(folded(title.rstrip("….")))):
        return body or title.strip()
    # Without a mark between them, two sentences would be read as one.
    mark = "" if title.rstrip().endswith(("?", ".", "!", ":")) else ":"
    return f"{title.strip()}{mark} {body}" if body else title.strip()


def says_something(title: str) -> bool:
    """Whether a title may be asked by itself."""
    return len(folded(title).split()) > 1 and find_small_talk(title) is None


def post_asks(title: str, body: str) -> bool:
    """Whether a post has a question in it."""
    return any(is_question(sentence) for sentence in (title, *SENTENCE.findall(body)))
