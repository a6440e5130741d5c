"""Where the answer to a command, a menu item or a form goes: the response to the interaction."""

from __future__ import annotations

import logging

import discord
from discord.abc import Messageable

from bot.discord.asking.interactions import (
    CONNECTION_ERRORS,
    EXPIRED,
    UNKNOWN_MESSAGE,
    defer,
    respond,
    response_kind,
    with_retries,
)
from bot.discord.asking.obstacles import ARCHIVED_THREAD, is_gone
from bot.discord.asking.payloads import Payload, Surface, sentence_payload
from bot.discord.asking.rate_limits import LimitReached
from bot.discord.asking.responders import send_once
from bot.discord.texts import Texts

logger = logging.getLogger(__name__)


class InteractionResponder:
    """Answers a command, a menu item or a form by editing the original response.

    Args:
        interaction: What was called.
        texts: The words, in the person's language.
        private: Whether only that person sees the answer.
    """

    def __init__(self, interaction: discord.Interaction, texts: Texts, *, private: bool) -> None:
        self.private, self._began_private = private, private
        is_direct, permissions = interaction.guild_id is None, interaction.app_permissions
        self.surface = Surface(
            texts,
            may_embed=is_direct or permissions.embed_links,
            may_attach=is_direct or permissions.attach_files,
        )
        self._interaction = interaction
        self._begun = response_kind(interaction) is not None
        self._lost = False

    def repeats(self, question: str) -> bool:
        """Never: an interaction shows no words."""
        return False

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

    async def remark(self, sentence: str) -> None:
        """Answer with it."""
        await self.finish(sentence_payload(sentence, self.surface, colour=None))

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
                if self.private and not self._began_private:
                    return await self._say_to_one(payload)
                return await with_retries(lambda: self._interaction.edit_original_response(**payload.for_edit()))
            except discord.HTTPException as error:
                if is_gone(error):
                    logger.info("An answer or its channel was deleted before the answer was ready.")
                    return None
                if error.code not in {*EXPIRED, ARCHIVED_THREAD}:
                    raise
        return await self._send_elsewhere(payload)

    async def _say_to_one(self, payload: Payload) -> discord.Message:
        """Take away what everybody sees, and say the rest to the person who asked.

        Discord keeps the response that was begun as public as it was begun, so that this alone is a followup. It comes
        after the deletion: before it, it would take the place of the public response.
        """
        try:
            await with_retries(self._interaction.delete_original_response)
        except discord.HTTPException as error:
            if error.code != UNKNOWN_MESSAGE:  # gone already, which is just as well
                raise
        return await self._interaction.followup.send(**payload.for_send(), ephemeral=True, wait=True)

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
