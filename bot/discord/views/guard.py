"""Around the handler of each button and form: nothing fails silently, and a bot that stops waits for it."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import discord

from bot.discord.asking.error_sentences import tell_error
from bot.discord.services import services_of

Handler = TypeVar("Handler", bound=Callable[..., Awaitable[None]])


def guarded(doing: str) -> Callable[[Handler], Handler]:
    """Wrap the handler of a button or form, whose errors discord.py would only write to its log.

    Args:
        doing: What the handler does, for the log.
    """

    def wrap(handler: Handler) -> Handler:
        @functools.wraps(handler)
        async def run(self: Any, interaction: discord.Interaction[Any]) -> None:
            with services_of(interaction).answer_service.at_work():
                try:
                    await handler(self, interaction)
                except Exception as error:  # noqa: BLE001 (the last line of defence)
                    await tell_error(interaction, error, doing)

        return run  # type: ignore[return-value]

    return wrap
