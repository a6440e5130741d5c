"""The first message of a thread or forum post, and the question that it makes with the title."""

from __future__ import annotations

import logging

import discord

from bot.discord.asking.addressing import SENTENCE, points
from bot.discord.asking.history import fetch_message
from bot.discord.asking.overheard import is_question
from bot.small_talk import find_small_talk, folded, without_small_talk

logger = logging.getLogger(__name__)

# So much of the words is asked.
LONGEST_WHOLE = 300
# A question with more words can be understood by itself, unless one of them points elsewhere.
LEAST_WORDS = 3
POINTING = (
    "it|its|this|that|these|those|they|them|he|she|him|her|there|here|lo|la|questo|questa|quello|quella|esso|essa|li"
)
POINTING_WORDS = frozenset(POINTING.split("|"))
# What names nothing that a question could be about.
EMPTY = (
    "a|i|have|need|please|quick|question|questions|help|issue|problem|urgent|with|me|some|support|my|the|this|new|user"
    "|here|can|could|would|does|someone|somebody|anyone|anybody|know|tell|simple|small|ho|una|un|domanda|domande|aiuto"
    "|something|do|not|get|understand|about|problema|urgente|bisogno|di|serve|mi|info|qualcuno|sapete|sapere"
)
EMPTY_WORDS = frozenset(EMPTY.split("|"))
# How much of a text stands in an earlier one that it repeats.
MOST_OF = 0.7
SHORTEST_WORD = 4
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
    """What a post asks, as short as it can be said, because what stands around a question makes an answer unsure.

    That is the title, if it asks something that can be understood by itself and the words ask nothing else; else the
    title and the sentences that ask; else the title and the words. A title that says nothing ("Help!") or says what the
    words begin with is left out.
    """
    title = title.strip()
    body = "" if points(body) or find_small_talk(body) else without_small_talk(body)
    asking = " ".join(sentence.strip() for sentence in SENTENCE.findall(body) if is_question(sentence))
    if is_question(title) and _stands_alone(title) and (not asking or _repeats(asking, title)):
        return title
    said = _shortened(asking or body)
    if not said or _is_empty(title):
        return said or title
    if folded(said).startswith(folded(title.rstrip("….?"))) or _repeats(title, said):
        return said
    # Without a mark between them, two sentences would be read as one.
    return f"{title}{'' if title.endswith(('?', '.', '!', ':')) else ':'} {said}"


def _shortened(text: str) -> str:
    """The beginning of a text, without a broken word at its end."""
    return text if len(text) <= LONGEST_WHOLE else text[:LONGEST_WHOLE].rpartition(" ")[0] or text[:LONGEST_WHOLE]


def _stands_alone(question: str) -> bool:
    """Whether a question names what it is about."""
    said = folded(question).split()
    return len(said) > LEAST_WORDS and POINTING_WORDS.isdisjoint(said)


def _is_empty(title: str) -> bool:
    """Whether a title names nothing that a question could be about."""
    return find_small_talk(title) is not None or EMPTY_WORDS.issuperset(folded(title).split())


def _repeats(text: str, earlier: str) -> bool:
    """Whether most words of a text stand in an earlier one; of short words only figures count."""
    said, before = _content(text), _content(earlier)
    return bool(said) and len(said & before) >= MOST_OF * len(said)


def says_something(title: str) -> bool:
    """Whether a title may be asked by itself."""
    return len(folded(title).split()) > 1 and find_small_talk(title) is None


def post_asks(title: str, body: str) -> bool:
    """Whether a post has a question in it."""
    return any(is_question(sentence) for sentence in (title, *SENTENCE.findall(body)))


def _content(text: str) -> set[str]:
    words = set(folded(text).split()) - EMPTY_WORDS
    return {word for word in words if len(word) >= SHORTEST_WORD or word.isdigit()}
