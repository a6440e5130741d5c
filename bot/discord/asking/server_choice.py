"""The list from which a person chooses the server that their direct messages are answered from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import discord

from bot.discord import custom_ids
from bot.discord.asking.payloads import Payload, embed_payload
from bot.discord.formatting.discord_markdown import shorten, unescape
from bot.discord.texts import Texts
from bot.safe_text import one_line

MOST_OPTIONS = 25
MAX_NAME = 100


def server_choice_payload(guilds: Sequence[discord.Guild], texts: Texts) -> Payload:
    """The question from which server to answer; what is chosen comes to the handler in ``views``."""
    names = ((unescape(shorten(one_line(guild.name), MAX_NAME)), guild.id) for guild in guilds)
    options = [discord.SelectOption(label=name, value=str(guild_id)) for name, guild_id in names]
    select: discord.ui.Select[Any] = discord.ui.Select(
        custom_id=custom_ids.SERVERS, placeholder=texts.server_placeholder, options=options[:MOST_OPTIONS]
    )
    view = discord.ui.View(timeout=None)
    view.add_item(select)
    view.stop()  # discord.py need not remember it: the list is known by its custom id
    return replace(embed_payload(texts.server_question), view=view)
