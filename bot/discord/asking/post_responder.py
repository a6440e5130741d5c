"""Answers who has not asked the bot: only with a whole answer, and else with nothing."""

from __future__ import annotations

from typing import Any

import discord

from bot.discord.asking.payloads import Payload
from bot.discord.asking.rate_limits import LimitReached
from bot.discord.asking.responders import MessageResponder


class PostResponder(MessageResponder):
    """Replies to a post; ``button`` is added to those of the answer. No refusal and no failure is told."""

    button: discord.ui.Item[Any] | None = None

    async def begin(self) -> None:
        """Show nothing: there may be no answer."""

    async def remark(self, sentence: str) -> None:
        """Say nothing."""

    async def refuse(self, sentence: str, limit: LimitReached | None = None) -> None:
        """Say nothing."""

    async def show(self, payload: Payload) -> None:
        """Say nothing yet."""

    async def finish(self, payload: Payload) -> discord.Message | None:
        """Reply with an answer, which has buttons; what has none is not for somebody who has not asked."""
        if payload.view is None or self._obstacle is not None:
            return None
        self.spoken_to = False
        if self.button is not None:
            payload.view.add_item(self.button)
        return await super().finish(payload)
