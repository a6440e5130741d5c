"""The message that calls a person for help loses its copy of a question that is deleted."""

from __future__ import annotations

import discord

from bot.discord.asking.interactions import UNKNOWN_MESSAGE, with_retries
from bot.discord.records.help_requests import HelpCall
from bot.discord.services import BotServices


async def clear_call(bot: BotServices, guild_id: int, call: HelpCall) -> None:
    """Edit the question out of the message; one that cannot be read back, and so not be edited, is deleted.

    Args:
        bot: The bot.
        guild_id: The server.
        call: Which message.

    Raises:
        discord.HTTPException: If Discord does not take it.
    """
    channel = bot.get_partial_messageable(call.channel_id, guild_id=guild_id)
    try:
        message = await with_retries(lambda: channel.fetch_message(call.message_id))
    except discord.Forbidden:
        await with_retries(channel.get_partial_message(call.message_id).delete)
        return
    except discord.NotFound:
        return
    instead = bot.texts_of(bot.get_guild(guild_id), bot.settings_of(guild_id)).question_deleted
    for embed in message.embeds:
        embed.description = "\n".join([instead, *(embed.description or "").split("\n")[1:]])
    try:
        await with_retries(lambda: message.edit(embeds=message.embeds))
    except discord.HTTPException as error:
        if error.code != UNKNOWN_MESSAGE:
            raise
