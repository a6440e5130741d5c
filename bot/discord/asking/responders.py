"""Where an answer goes: the response to an interaction, or a reply to a message; one responder a question.

Answers never use followups: discord.py repeats a request that was answered with a server error, and a repeated
followup posts twice, while editing the original twice changes nothing. New messages carry a nonce, by which Discord
knows a repetition.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import UTC, datetime
from typing import Protocol

import aiohttp
import discord
from discord.abc import Messageable

from bot.discord.asking.interactions import (
    CONNECTION_ERRORS,
    EXPIRED,
    defer,
    respond,
    response_kind,
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
from bot.discord.texts import Texts

logger = logging.getLogger(__name__)

NO_MESSAGE_HISTORY = 160002


class Responder(Protocol):
    """One question's way back to the person who asked it.

    Attributes:
        surface: What a message may show there, and in which language.
        private: Whether only that person sees the answer.
    """

    surface: Surface
    private: bool

    async def begin(self) -> None:
        """Show at once that the question has arrived."""

    async def refuse(self, sentence: str, limit: LimitReached | None = None) -> None:
        """Say why there is no answer, before anything else was said; ``limit`` is the one that was reached, if any."""

    async def show(self, payload: Payload) -> None:
        """Show a part of the answer; the next call replaces it."""

    async def finish(self, payload: Payload) -> discord.Message | None:
        """Show the answer and give its message, if there is one. It is sent once, whatever breaks on the way."""


class InteractionResponder:
    """Answers a command, a menu item or a form by editing the original response.

    Args:
        interaction: What was called.
        texts: The words, in the person's language.
        private: Whether only that person sees the answer.
    """

    def __init__(self, interaction: discord.Interaction, texts: Texts, *, private: bool) -> None:
        self.private = private
        is_direct, permissions = interaction.guild_id is None, interaction.app_permissions
        self.surface = Surface(
            texts,
            may_embed=is_direct or permissions.embed_links,
            may_attach=is_direct or permissions.attach_files,
        )
        self._interaction = interaction
        self._begun = response_kind(interaction) is not None
        self._lost = False

    async def begin(self) -> None:
        """Defer: Discord gives three seconds for this, and fifteen minutes for the rest."""
        if self._begun:
            return
        self._begun = True
        try:
            await defer(self._interaction, private=self.private)
        except discord.HTTPException as error:
            if error.code not in EXPIRED:
                raise
            self._lost = True
        except CONNECTION_ERRORS:
            logger.warning("A question could not be acknowledged; whether it still can be answered will be seen.")

    async def refuse(self, sentence: str, limit: LimitReached | None = None) -> None:
        """Tell the person alone, as long as nothing was promised to others."""
        payload = sentence_payload(sentence, self.surface)
        if self._begun:
            await self.finish(payload)
        else:
            await respond(self._interaction, payload)

    async def show(self, payload: Payload) -> None:
        """Edit the original response."""
        if not self._lost:
            await self._interaction.edit_original_response(**payload.for_edit())

    async def finish(self, payload: Payload) -> discord.Message | None:
        """Edit the original response for the last time; where Discord does not let that happen, send a new message."""
        if not self._begun:
            await self.begin()
        if not self._lost:
            try:
                return await with_retries(lambda: self._interaction.edit_original_response(**payload.for_edit()))
            except discord.HTTPException as error:
                if is_gone(error):
                    logger.info("An answer or its channel was deleted before the answer was ready.")
                    return None
                if error.code not in {*EXPIRED, ARCHIVED_THREAD}:
                    raise
        return await self._send_elsewhere(payload)

    async def _send_elsewhere(self, payload: Payload) -> discord.Message | None:
        """A public answer goes to the channel, a private one to the person, each once."""
        interaction = self._interaction
        where = interaction.user if self.private else interaction.channel
        if not isinstance(where, Messageable):
            logger.warning("An answer came too late, and its channel is not known; it was dropped.")
            return None
        try:
            return await send_once(where, payload, nonce=str(interaction.id))
        except discord.HTTPException as error:
            logger.warning("An answer came too late and could not be sent elsewhere (%s); it was dropped.", error.code)
            return None


class MessageResponder:
    """Answers a mention, a reply or a direct message with a reply of its own, typing until it is there.

    Args:
        message: The question.
        texts: The words, in the server's language.
        notices: What was refused to whom lately.
    """

    private = False

    def __init__(self, message: discord.Message, texts: Texts, notices: RefusalNotices) -> None:
        self._message = message
        self._notices = notices
        self._guild_id = message.guild.id if message.guild else None
        self._first: asyncio.Task[discord.Message] | None = None
        self._typing: asyncio.Task[None] | None = None
        allowed = permissions_in(message)
        self.surface = Surface(texts, may_embed=allowed.embed_links, may_attach=allowed.attach_files)
        self._may_reply = allowed.read_message_history
        self._obstacle = obstacle_before(message, allowed)

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
        if is_first:
            await self.finish(sentence_payload(sentence, self.surface))
        else:
            self._stop_typing()

    async def show(self, payload: Payload) -> None:
        """Reply, or edit the reply; where that is not possible, ``finish`` tells why."""
        if self._obstacle is not None:
            return
        self._stop_typing()
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
        self._stop_typing()
        if self._obstacle is Obstacle.THREAD_ARCHIVED:  # a new message opens the thread again, if it is not locked
            self._obstacle = None
        try:
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

    async def _posted(self) -> discord.Message | None:
        """The reply so far, if there is one."""
        if self._first is None:
            return None
        try:
            return await asyncio.shield(self._first)
        except (discord.HTTPException, *CONNECTION_ERRORS):
            return None

    async def _send(self, payload: Payload, nonce: str | None = None) -> discord.Message:
        """Reply or, where a reply is not allowed because the bot may not read the channel's history, just write."""
        nonce = nonce or str(self._message.id)
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
        """Tell the person in a direct message why there is no answer; where these are closed, the log alone has it."""
        logger.warning("A question could not be answered, because %s.", obstacle.value)
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
