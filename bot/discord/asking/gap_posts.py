"""Posts of questions that the documents do not answer, in the channel that a server has chosen for them.

Nothing is kept besides the posts: what was posted before is read back from the bot's own messages.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord

from bot.discord.asking.audience import is_open
from bot.discord.asking.history import fetch_message
from bot.discord.asking.interactions import with_retries
from bot.discord.asking.payloads import Payload
from bot.discord.asking.posting_rights import may_post, sees_all_of, text_channel
from bot.discord.asking.responders import send_once
from bot.discord.formatting.gap_post import Gap, GapPost
from bot.discord.records.server_settings import ServerSettings
from bot.discord.texts import Texts

logger = logging.getLogger(__name__)

SAME_QUESTION = timedelta(days=1)
# How many messages of the channel are read back for an earlier post of the same question.
MOST_READ_BACK = 200
ANSWER_EMOJI = "✍️"


class GapPosts:
    """Posts questions, each once a day, and changes the posts; a process needs one."""

    def __init__(self) -> None:
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._told: set[int] = set()

    async def post(
        self, guild: discord.Guild, settings: ServerSettings, gap: Gap, source: object, texts: Texts
    ) -> None:
        """Post a question or, where it stands there from within a day, count it there.

        Args:
            guild: The server.
            settings: What it has set; without a channel for these posts nothing happens.
            gap: The question.
            source: The channel where it was asked.
            texts: The words of the server's language.

        Raises:
            discord.HTTPException: If Discord does not take it.
        """
        channel = self._channel(guild, settings)
        told = _told_in(channel, gap, source) if channel is not None else None
        if channel is None or told is None:
            return
        gap = told
        async with self._locks[channel.id]:
            found = await self._find(channel, gap)
            if found is None:
                await send_once(channel, post_payload(guild, GapPost(gap), texts), nonce=_nonce(gap))
                return
            message, post = found
            if not gap.message_id or not post.gap.is_answered_by(gap.message_id):
                await _edit(message, replace(post, gap=post.gap.asked_again(gap)), texts)

    async def add_vote(
        self, guild: discord.Guild, settings: ServerSettings, gap: Gap, source: object, texts: Texts, reason: str = ""
    ) -> None:
        """Post a question whose answer was voted down, and why; a post that is there is not counted once more.

        Raises:
            discord.HTTPException: If Discord does not take it.
        """
        channel = self._channel(guild, settings)
        told = _told_in(channel, gap, source) if channel is not None else None
        if channel is None or told is None:
            return
        gap, reason = told, reason if told.question else ""
        async with self._locks[channel.id]:
            found = await self._find(channel, gap)
            if found is None:
                post = GapPost(gap).with_reason(reason) if reason else GapPost(gap)
                await send_once(channel, post_payload(guild, post, texts), nonce=_nonce(gap))
            elif reason and (post := found[1].with_reason(reason)) != found[1]:
                await _edit(found[0], post, texts)

    async def withdraw(self, guild: discord.Guild, settings: ServerSettings, answer_message: int, texts: Texts) -> None:
        """Delete the post of a question whose answer is deleted, or that its author has deleted.

        It stays where the same was asked besides, without a link to this answer, or where somebody has answered it.

        Raises:
            discord.HTTPException: If Discord does not take it.
        """
        channel = self._channel(guild, settings)
        if channel is None:
            return
        async with self._locks[channel.id]:
            found = await _post_about(channel, answer_message)
            if found is None or found[1].gap.answered:
                return
            message, post = found
            left = post.gap.without(answer_message)
            if left is None:
                await with_retries(message.delete)
            else:
                await _edit(message, replace(post, gap=left), texts)

    async def mark_answered(self, message: discord.Message, answer: str, person: str, texts: Texts) -> bool:
        """Show on a post what somebody has answered; False where it was answered before, or is gone.

        Args:
            message: The post.
            answer: What they wrote.
            person: Their mention, which pings nobody.
            texts: The words of the server's language.

        Raises:
            discord.HTTPException: If Discord does not take it.
        """
        async with self._locks[message.channel.id]:
            now = await fetch_message(message.channel, message.id)  # it may have been counted meanwhile
            post = read_post(now) if now is not None else None
            if now is None or post is None:
                return False
            await _edit(now, post.with_answer(answer, person, texts), texts)
            return not post.gap.answered

    def _channel(self, guild: discord.Guild, settings: ServerSettings) -> discord.TextChannel | None:
        """Where to post, if the server has said where and the bot may; that it may not is logged once."""
        channel = text_channel(guild, settings.gaps_channel)
        if channel is None or may_post(channel, read_back=True):
            self._told.discard(guild.id)
            return channel
        if guild.id not in self._told:
            self._told.add(guild.id)
            logger.warning("Unanswered questions of the server %s cannot be posted: permissions are missing.", guild.id)
        return None

    async def _find(self, channel: discord.TextChannel, gap: Gap) -> tuple[discord.Message, GapPost] | None:
        """The post of the same question from within a day."""
        since = datetime.now(UTC) - SAME_QUESTION
        async for message, post in posts_in(channel, since, MOST_READ_BACK):
            if post.gap.is_same(gap):
                return message, post
        return None


async def posts_in(
    channel: discord.TextChannel, since: datetime, limit: int, before: datetime | None = None
) -> AsyncIterator[tuple[discord.Message, GapPost]]:
    """The bot's own posts of questions in a channel between two moments, the newest first."""
    async for message in channel.history(limit=limit, after=since, before=before, oldest_first=False):
        if message.author.id == channel.guild.me.id and (post := read_post(message)) is not None:
            yield message, post


async def _post_about(channel: discord.TextChannel, answer_message: int) -> tuple[discord.Message, GapPost] | None:
    """The post that links to an answer: one that came after it or, where the question was a repetition, before."""
    answer = discord.Object(answer_message)
    before = answer.created_at - SAME_QUESTION
    for stretch in (
        channel.history(limit=MOST_READ_BACK, after=answer, oldest_first=True),
        channel.history(limit=MOST_READ_BACK, after=before, before=answer, oldest_first=False),
    ):
        async for message in stretch:
            post = read_post(message) if message.author.id == channel.guild.me.id else None
            if post is not None and post.gap.is_answered_by(answer_message):
                return message, post
    return None


def read_post(message: discord.Message) -> GapPost | None:
    """The post that a message of the bot's is; None where it is something else."""
    description = (message.embeds[0].description if message.embeds else None) or ""
    for row in message.components:
        for item in row.children if isinstance(row, discord.ActionRow) else ():
            if isinstance(item, discord.Button) and (post := GapPost.read(item.custom_id or "", description)):
                return post
    return None


def post_payload(guild: discord.Guild, post: GapPost, texts: Texts) -> Payload:
    """The post as a message."""
    gap = post.gap
    embed = discord.Embed(title=post.title(texts), description=post.description(texts, guild.id), colour=post.colour())
    label = texts.button_change_answer if gap.answered else texts.button_answer_gap
    style = discord.ButtonStyle.secondary if gap.answered else discord.ButtonStyle.primary
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label=label, style=style, emoji=ANSWER_EMOJI, custom_id=gap.custom_id))
    view.stop()  # a dynamic item answers the clicks, so that nothing has to wait for them
    return Payload(embed=embed, view=view)


def _told_in(channel: discord.TextChannel, gap: Gap, source: object) -> Gap | None:
    """The question as far as those may know of it who see the channel; None where that is nothing.

    What was asked privately is not told to everybody, and the words from a channel not to others than see it. Who sees
    a private thread is not known, so that nothing is told of it.
    """
    hidden = isinstance(source, discord.Thread) and source.is_private()
    if hidden or (not gap.message_id and is_open(channel)):
        return None
    if sees_all_of(channel, source):
        return gap
    return replace(gap, question="") if gap.message_id else None


async def _edit(message: discord.Message, post: GapPost, texts: Texts) -> None:
    assert message.guild is not None  # noqa: S101 (posts stand in servers only)
    payload = post_payload(message.guild, post, texts)
    await with_retries(lambda: message.edit(**payload.for_edit()))


def _nonce(gap: Gap) -> str:
    """Which repetition Discord drops: that of the same answer, if others see it."""
    return str(gap.message_id) if gap.message_id else str(discord.utils.time_snowflake(datetime.now(UTC)))
