"""The question in a message or an interaction: its words, with the names of what its marks stand for."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import aiohttp
import discord

from bot.discord.asking.addressing import MARK, without_mark
from bot.discord.formatting.discord_marks import MarkKind, NameOf, marked_ids, plain_words

# A command says nothing of the people in its text; so many are asked for, and so long is waited for their names.
MOST_ASKED_FOR = 3
NAME_SECONDS = 1.0


def marked_words(message: discord.Message, me: discord.abc.User) -> str:
    """The message's words with a mark where the bot is mentioned; a forwarded message has those that it forwards."""
    said = message.content or "\n".join(snapshot.content for snapshot in message.message_snapshots)
    return re.sub(rf"<@!?{me.id}>", MARK, said.replace(MARK, ""))


def question_in(message: discord.Message, me: discord.abc.User) -> str:
    """The message's words without the mention of the bot; all other marks as names."""
    text = without_mark(marked_words(message, me))
    people = {person.id: person.display_name for person in message.mentions}
    return plain_words(text, _names(people, message.guild, message.author))


async def question_of(interaction: discord.Interaction[Any], text: str) -> str:
    """The words of a text that came with a command, a menu or a form; all marks as names."""
    people = await _people_in(interaction, marked_ids(text, MarkKind.PERSON))
    return plain_words(text, _names(people, interaction.guild, interaction.user))


def _names(people: Mapping[int, str], guild: discord.Guild | None, reader: discord.Member | discord.abc.User) -> NameOf:
    def name_of(kind: MarkKind, one: int) -> str | None:
        if kind is MarkKind.PERSON:
            return people.get(one)
        if guild is None:
            return None
        if kind is MarkKind.CHANNEL:
            return _channel_name(guild, one, reader)
        role = guild.get_role(one)
        return role.name if role else None

    return name_of


def _channel_name(guild: discord.Guild, channel_id: int, reader: discord.Member | discord.abc.User) -> str | None:
    """The channel's name; nobody learns here what a channel is called that they cannot see."""
    channel = guild.get_channel_or_thread(channel_id)
    place = channel.parent if isinstance(channel, discord.Thread) else channel
    if channel is None or place is None or (isinstance(channel, discord.Thread) and channel.is_private()):
        return None
    seen = place.permissions_for(reader if isinstance(reader, discord.Member) else guild.default_role)
    return channel.name if seen.view_channel else None


async def _people_in(interaction: discord.Interaction[Any], ids: Iterable[int]) -> dict[int, str]:
    """The names of people, as far as Discord tells them at once."""
    data: Mapping[str, Any] = {**(interaction.data or {})}
    resolved = data.get("resolved") or {}
    users, members = resolved.get("users", {}), resolved.get("members", {})
    names: dict[int, str] = {}
    asked_for: list[int] = []
    for one in ids:
        if (user := users.get(str(one))) is not None:
            nick = (members.get(str(one)) or {}).get("nick")
            names[one] = nick or user.get("global_name") or user["username"]
        else:
            asked_for.append(one)
    if interaction.guild is not None:
        told = await asyncio.gather(*(_name_of_member(interaction.guild, one) for one in asked_for[:MOST_ASKED_FOR]))
        names |= {one: name for one, name in zip(asked_for, told, strict=False) if name is not None}
    return names


async def _name_of_member(guild: discord.Guild, person: int) -> str | None:
    with suppress(discord.HTTPException, aiohttp.ClientError, TimeoutError):
        member = await asyncio.wait_for(guild.fetch_member(person), NAME_SECONDS)
        return member.display_name
    return None
