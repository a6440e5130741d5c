"""Responses to interactions: Discord gives three seconds for it, and a repetition must not cost the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import aiohttp
import discord

from bot.discord.asking.payloads import Payload

# Discord's error codes (docs.discord.com, "JSON error codes").
ALREADY_ACKNOWLEDGED = 40060
UNKNOWN_MESSAGE = 10008
# What becomes of an interaction that was answered too late or more than 15 minutes ago.
EXPIRED = {10015, 10062, 50027}

# How long to wait before a request is sent again whose connection broke.
PAUSES_SECONDS = (0.5, 2.0)
CONNECTION_ERRORS = (aiohttp.ClientConnectionError, ConnectionError, TimeoutError)
REPEATED_BY_LIBRARY = {500, 502, 504, 524}

# discord.py notes its own first response only when it hears that it has taken effect; this notes it otherwise.
NOTE = "acknowledged"
# The original of such a response is the message under the button, or none at all.
NOT_OURS_TO_EDIT = {
    discord.InteractionResponseType.modal,
    discord.InteractionResponseType.deferred_message_update,
    discord.InteractionResponseType.message_update,
}

Result = TypeVar("Result")


async def defer(interaction: discord.Interaction[Any], *, private: bool = True, update: bool = False) -> None:
    """Acknowledge an interaction; that it has been acknowledged already counts as success.

    Args:
        interaction: What was called or clicked.
        private: Whether only that person sees the answer.
        update: Whether the answer will be an edit of the message under the button, and not a message of its own.

    Raises:
        discord.HTTPException: If Discord does not take it.
        aiohttp.ClientError: If the connection keeps breaking.
    """
    kinds = discord.InteractionResponseType
    interaction.extras[NOTE] = kinds.deferred_message_update if update else kinds.deferred_channel_message
    arguments = {} if update else {"ephemeral": private, "thinking": True}
    await _unless_acknowledged(lambda: interaction.response.defer(**arguments))


async def respond(interaction: discord.Interaction[Any], payload: Payload, *, private: bool = True) -> None:
    """Answer an interaction at once, or finish what was deferred.

    Raises:
        discord.HTTPException: If Discord does not take it.
        aiohttp.ClientError: If the connection keeps breaking.
    """
    if response_kind(interaction) is None:
        await _unless_acknowledged(
            lambda: interaction.response.send_message(**payload.for_send(), ephemeral=private),
        )
    else:
        await with_retries(lambda: interaction.edit_original_response(**payload.for_edit()))


async def open_form(interaction: discord.Interaction[Any], form: discord.ui.Modal) -> None:
    """Answer an interaction with a form.

    Raises:
        discord.HTTPException: If Discord does not take it.
        aiohttp.ClientError: If the connection keeps breaking.
    """
    interaction.extras[NOTE] = discord.InteractionResponseType.modal
    await _unless_acknowledged(lambda: interaction.response.send_modal(form))


def response_kind(interaction: discord.Interaction[Any]) -> discord.InteractionResponseType | None:
    """How the interaction was acknowledged, if it was."""
    kind: discord.InteractionResponseType | None = interaction.response.type or interaction.extras.get(NOTE)
    return kind


async def with_retries(call: Callable[[], Awaitable[Result]]) -> Result:
    """Call again when the connection broke or Discord was away; only for what may safely take effect twice.

    discord.py itself repeats what was answered with a rate limit or one of some server errors, not with 503, and not
    when the connection broke.
    """
    for pause in PAUSES_SECONDS:
        try:
            return await call()
        except discord.DiscordServerError as error:
            if error.status in REPEATED_BY_LIBRARY:
                raise
        except CONNECTION_ERRORS:
            pass
        await asyncio.sleep(pause)
    return await call()


async def _unless_acknowledged(call: Callable[[], Awaitable[object]]) -> None:
    """Insist on a first response; when it has taken effect before, though nobody heard of it, that is as good."""
    try:
        await with_retries(call)
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            raise
