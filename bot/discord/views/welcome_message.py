"""The one message with which the bot introduces itself to a server that it has joined."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime

import discord

from bot.discord.asking.audience import audience_of
from bot.discord.asking.interactions import CONNECTION_ERRORS, with_retries
from bot.discord.asking.payloads import Payload, embed_payload
from bot.discord.asking.responders import send_once
from bot.discord.formatting.discord_markdown import escape
from bot.discord.library.collections import Audience
from bot.discord.records import welcomes
from bot.discord.records.database import RecordsError
from bot.discord.records.welcomes import Welcome
from bot.discord.redacted_log import log_failure
from bot.discord.services import BotServices
from bot.discord.views.example_buttons import example_view

logger = logging.getLogger(__name__)

# In so many channels it is tried; where Discord refuses each time, something else is wrong.
MOST_CHANNELS = 3


async def introduce(bot: BotServices, guild: discord.Guild) -> None:
    """Write once where the bot may write, or else to the owner.

    Who has invited the bot, Discord tells only with a permission of its own.
    """
    if not await bot.database.run(welcomes.record, guild.id, datetime.now(UTC)):
        return
    texts = bot.texts_of(guild, bot.settings_of(guild.id))
    for channel in _channels(guild):
        payload = welcome_payload(texts.welcome, channel)
        try:
            message = await send_once(channel, payload, nonce=str(guild.id))
        except discord.Forbidden:
            continue
        await bot.database.run(welcomes.record_message, guild.id, Welcome(channel.id, message.id))
        return
    told = f"{texts.welcome_direct.format(server=escape(guild.name))}\n{texts.welcome}"
    try:
        owner = await bot.fetch_user(guild.owner_id or 0)
        await send_once(owner, embed_payload(told), nonce=str(guild.id))
    except discord.HTTPException as error:
        logger.info("A server could not be told how to begin (%s).", error.code)


async def add_examples(bot: BotServices, guild_id: int) -> None:
    """Put two questions that the server's first document answers under the message."""
    message = await _welcome_in(bot, guild_id)
    if message is not None:
        questions = await bot.examples.found(_readers_of(message))
        if questions:
            await _edit(bot, message, questions)


async def renew_examples(bot: BotServices, guild_id: int) -> None:
    """Show no question any more whose document is gone, or is not for all who read the message; at once.

    What fails is in the log: the change of the library, which has been made, does not fail with it.
    """
    try:
        message = await _welcome_in(bot, guild_id)
        if message is not None:
            await _edit(bot, message, await bot.examples.known(_readers_of(message)))
    except (RecordsError, discord.HTTPException, *CONNECTION_ERRORS) as error:
        log_failure(error, "renewing the example questions of a server")


async def remove_examples(bot: BotServices, guild_id: int) -> None:
    """Show no question any more, because everything of the server is about to be deleted."""
    try:
        if (message := await _welcome_in(bot, guild_id)) is not None:
            await _edit(bot, message, [])
    except (RecordsError, discord.HTTPException, *CONNECTION_ERRORS) as error:
        log_failure(error, "removing the example questions of a server")


async def _welcome_in(bot: BotServices, guild_id: int) -> discord.PartialMessage | None:
    """The message, where it stands in a channel."""
    welcome, guild = await bot.database.run(welcomes.load, guild_id), bot.get_guild(guild_id)
    channel = guild.get_channel(welcome.channel_id) if guild is not None and welcome is not None else None
    if welcome is None or not isinstance(channel, discord.TextChannel):
        return None
    return channel.get_partial_message(welcome.message_id)


def _readers_of(message: discord.PartialMessage) -> Audience:
    assert message.guild is not None  # noqa: S101 (it stands in a channel of a server)
    return audience_of(message.guild.me, message.channel, message.guild, private=False)


async def _edit(bot: BotServices, message: discord.PartialMessage, questions: Sequence[str]) -> None:
    guild, channel = message.guild, message.channel
    assert guild is not None and isinstance(channel, discord.TextChannel)  # noqa: S101, PT018 (as in ``_welcome_in``)
    texts = bot.texts_of(guild, bot.settings_of(guild.id))
    text = f"{texts.welcome}\n\n{texts.welcome_examples}" if questions else texts.welcome
    payload = welcome_payload(text, channel, example_view(questions) if questions else None)
    with suppress(discord.NotFound):  # somebody has deleted it
        await with_retries(lambda: message.edit(**payload.for_edit()))


def welcome_payload(text: str, channel: discord.TextChannel, view: discord.ui.View | None = None) -> Payload:
    """The message as it may look in a channel."""
    may_embed = channel.permissions_for(channel.guild.me).embed_links
    return Payload(None if may_embed else text, embed_payload(text).embed if may_embed else None, view)


def _channels(guild: discord.Guild) -> list[discord.TextChannel]:
    """Where the bot may write: where Discord tells who has joined, else the first of the text channels."""
    wanted = [guild.system_channel, *guild.text_channels]
    return list(dict.fromkeys(one for one in wanted if one is not None and _may_write(one)))[:MOST_CHANNELS]


def _may_write(channel: discord.TextChannel) -> bool:
    allowed = channel.permissions_for(channel.guild.me)
    return allowed.view_channel and allowed.send_messages
