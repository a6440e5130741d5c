"""Where an answer goes: what every responder can do, and the one for messages; one responder a question.

Public answers never use followups: discord.py repeats a request that was answered with a server error, and a repeated
followup posts twice, while editing the original twice changes nothing. New messages carry a nonce, by which Discord
knows a repetition.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

import aiohttp
import discord
from discord.abc import Messageable

from bot.discord.asking.interactions import (
    CONNECTION_ERRORS,
    with_retries,
)
from bot.discord.asking.obstacles import (
    ARCHIVED_THREAD,
    Obstacle,
    is_gone,
    obstacle_before,
    obstacle_of,
    obstacle_sentence,
)
from bot.discord.asking.payloads import Payload, Surface, sentence_payload
from bot.discord.asking.rate_limits import LimitReached
from bot.discord.asking.refusal_notices import PAUSE, RefusalNotices
from bot.discord.asking.send_order import SendOrder
from bot.discord.texts import Texts

logger = logging.getLogger(__name__)

NO_MESSAGE_HISTORY = 160002


class Responder(Protocol):
    """One question's way back to the person who asked it.

    Attributes:
        surface: What a message may show there, and in which language.
        private: Whether only that person sees the answer; it may become so after the beginning.
    """

    surface: Surface
    private: bool

    def repeats(self, question: str) -> bool:
        """Whether the question would be read twice, because the answer stands under it."""

    async def begin(self) -> None:
        """Show at once that the question has arrived."""

    async def refuse(self, sentence: str, limit: LimitReached | None = None) -> None:
        """Say why there is no answer, before anything else was said; ``limit`` is the one that was reached, if any."""

    async def remark(self, sentence: str) -> None:
        """Say something that is no answer and no refusal, such as a greeting."""

    async def show(self, payload: Payload) -> None:
        """Show a part of the answer; the next call replaces it."""

    async def finish(self, payload: Payload) -> discord.Message | None:
        """Show the answer and give its message, if there is one. It is sent once, whatever breaks on the way."""


class MessageResponder:
    """Answers a mention, a reply or a direct message with a reply of its own, typing until it is there.

    Args:
        message: The question.
        texts: The words, in the server's language.
        notices: What was refused to whom lately.
        order: Whose message comes next in a channel.
        words: The question as it stands in the message; empty where it is not there.
    """

    def __init__(
        self, message: discord.Message, texts: Texts, notices: RefusalNotices, order: SendOrder, words: str = ""
    ) -> None:
        self.private = False
        self.spoken_to = True
        self._message, self._words = message, words
        self._notices, self._order = notices, order
        self._guild_id = message.guild.id if message.guild else None
        self._first: asyncio.Task[discord.Message] | None = None
        self._typing: asyncio.Task[None] | None = None
        allowed = permissions_in(message)
        self.surface = Surface(texts, may_embed=allowed.embed_links, may_attach=allowed.attach_files)
        self._may_reply = allowed.read_message_history
        self._obstacle = obstacle_before(message, allowed)

    def repeats(self, question: str) -> bool:
        """Whether the message says just this, and the answer will be a reply to it."""
        return self._may_reply and not self.private and question == self._words

    async def begin(self) -> None:
        """Show that somebody is typing."""
        if self._obstacle is None and self._typing is None:
            self._typing = asyncio.create_task(self._keep_typing())

    async def refuse(self, sentence: str, limit: LimitReached | None = None) -> None:
        """Reply once: the next question that is refused for the same reason gets no message."""
        message, now = self._message, datetime.now(UTC)
        if limit is None:
            is_first = self._notices.is_first_in_a_minute(sentence, self._guild_id, message.author.id, now)
        else:
            is_first = self._notices.is_first_of_limit(
                limit, self._guild_id, message.channel.id, message.author.id, now
            )
        await self._say_if(is_first, sentence_payload(sentence, self.surface))

    async def remark(self, sentence: str) -> None:
        """Reply, but not again and again with the same words."""
        welcome = self._notices.is_welcome(sentence, self._guild_id, self._message.author.id, datetime.now(UTC))
        await self._say_if(welcome, sentence_payload(sentence, self.surface, colour=None))

    async def _say_if(self, wanted: bool, payload: Payload) -> None:
        if wanted:
            await self.finish(payload)
        else:
            self._stop_typing()

    async def show(self, payload: Payload) -> None:
        """Reply, or edit the reply; where that is not possible, ``finish`` tells why."""
        if self._obstacle is not None:
            return
        try:
            if self._first is None:
                self._first = asyncio.create_task(self._send(payload))
                # Once under way, a message is posted, whatever happens to the answer; ``finish`` must know of it.
                await asyncio.shield(self._first)
            else:
                posted = await asyncio.shield(self._first)
                await posted.edit(**payload.for_edit())
        except discord.HTTPException as error:
            self._obstacle = obstacle_of(error)
            if self._obstacle is None and not is_gone(error):
                raise

    async def finish(self, payload: Payload) -> discord.Message | None:
        """Reply, or edit the reply for the last time; where the bot may not write, the person is told privately."""
        if self._obstacle is Obstacle.THREAD_ARCHIVED:  # a new message opens the thread again, if it is not locked
            self._obstacle = None
        try:
            if self.private and self._guild_id is not None:
                return await self._finish_privately(payload)
            if self._obstacle is None:
                return await self._send_or_edit(payload)
            await self._tell_obstacle(self._obstacle)
        except discord.HTTPException as error:
            if is_gone(error):
                # Whoever deletes the question, or the answer in the making, does not want it any more.
                logger.info("A question, its answer or their channel was deleted before the answer was ready.")
            elif (obstacle := obstacle_of(error)) is not None:
                # Discord's refusal often says less than what is known by now: that the bot was timed out, say.
                known = obstacle_before(self._message, permissions_in(self._message))
                await self._tell_obstacle(known or obstacle)
            else:
                raise
        finally:
            self._stop_typing()
        return None

    async def _send_or_edit(self, payload: Payload) -> discord.Message:
        posted = await self._posted()
        if posted is None:
            return await self._send(payload)
        try:
            return await with_retries(lambda: posted.edit(**payload.for_edit()))
        except discord.HTTPException as error:
            if error.code != ARCHIVED_THREAD:
                raise
        whole = await self._send(payload, nonce=f"{self._message.id}-2")
        with suppress(discord.HTTPException):
            await posted.delete()
        return whole

    async def _finish_privately(self, payload: Payload) -> discord.Message | None:
        """Answer by direct message; where these are closed, a line in the channel says so.

        The buttons stay away: in a direct message they would ask and answer as if there were no server.
        """
        texts, nonce = self.surface.texts, f"{self._message.id}-4"
        if (posted := await self._posted()) is not None:  # what was shown while it was written
            with suppress(discord.HTTPException):
                await with_retries(posted.delete)
        where = texts.refusal_sent.format(channel=f"<#{self._message.channel.id}>")
        content = "\n".join(filter(None, [where, payload.content]))
        try:
            return await send_once(self._message.author, replace(payload, content=content, view=None), nonce=nonce)
        except discord.Forbidden:
            if self._obstacle is None:
                await self._send(Payload(texts.refusal_not_sent))
        return None

    async def _posted(self) -> discord.Message | None:
        """The reply so far, if there is one."""
        if self._first is None:
            return None
        try:
            return await asyncio.shield(self._first)
        except (discord.HTTPException, *CONNECTION_ERRORS):
            return None

    async def _send(self, payload: Payload, nonce: str | None = None) -> discord.Message:
        """Send in turn, typing until then."""
        async with self._order.turn(self._message.channel.id):
            self._stop_typing()
            return await self._send_now(payload, nonce or _nonce(self._message))

    async def _send_now(self, payload: Payload, nonce: str) -> discord.Message:
        """Reply or, where a reply is not allowed because the bot may not read the channel's history, just write."""
        if self._may_reply:
            try:
                return await with_retries(
                    lambda: self._message.reply(**payload.for_send(), mention_author=False, nonce=nonce)
                )
            except discord.HTTPException as error:
                if error.code != NO_MESSAGE_HISTORY:
                    raise
        return await send_once(self._message.channel, payload, nonce=nonce)

    async def _tell_obstacle(self, obstacle: Obstacle) -> None:
        """Tell who asked in a direct message why there is no answer; where these are closed, the log alone has it."""
        logger.warning("A question could not be answered, because %s.", obstacle.value)
        if not self.spoken_to:
            return
        person, now = self._message.author, datetime.now(UTC)
        if self._notices.is_first((obstacle, self._message.channel.id, person.id), now + PAUSE, now):
            sentence = obstacle_sentence(obstacle, self._message, self.surface.texts)
            with suppress(discord.HTTPException):
                await send_once(person, Payload(sentence), nonce=f"{self._message.id}-3")

    async def _keep_typing(self) -> None:
        with suppress(discord.HTTPException, aiohttp.ClientError):
            async with self._message.channel.typing():
                await asyncio.Event().wait()

    def _stop_typing(self) -> None:
        if self._typing is not None:
            self._typing.cancel()
            self._typing = None


def permissions_in(message: discord.Message) -> discord.Permissions:
    """What the bot may do where the message stands; everything in a direct message."""
    if message.guild is None or isinstance(message.channel, discord.DMChannel | discord.GroupChannel):
        return discord.Permissions.all()
    try:
        return message.channel.permissions_for(message.guild.me)
    except discord.ClientException:  # a thread whose channel is hidden from the bot
        return discord.Permissions.none()


async def send_once(where: Messageable, payload: Payload, *, nonce: str) -> discord.Message:
    """Send a new message; Discord drops a repetition with the same nonce."""
    return await with_retries(lambda: where.send(**payload.for_send(), nonce=nonce))


def _nonce(message: discord.Message) -> str:
    """What Discord knows a repeated answer by (25 characters); an edited message may get another one than before."""
    return f"{message.id}" + (f"e{int(message.edited_at.timestamp()) % 10_000}" if message.edited_at else "")
