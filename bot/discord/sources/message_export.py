"""Messages of a channel as the JSON of a Discord export, which the library reads: author, time and link of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import discord

from bot.discord.asking.audience import is_open
from bot.discord.formatting.discord_marks import TOKEN, MarkKind

# What people say themselves; joins, pins and calls are no words of theirs.
SAID = {discord.MessageType.default, discord.MessageType.reply}
TEXT_CHANNEL, PUBLIC_THREAD = "GuildTextChat", "GuildPublicThread"

Json = dict[str, Any]
Names = Mapping[str, Mapping[int, str]]


def export(channel: discord.TextChannel | discord.Thread, messages: Iterable[discord.Message], note: str) -> bytes:
    """The messages as one document.

    Args:
        channel: Where they stand.
        messages: The messages from old to new; those of bots are left out.
        note: What stands behind the channel's name in the document's title; may be empty.
    """
    parent = channel.parent if isinstance(channel, discord.Thread) else channel.category
    name, names = f"{channel.name} {note}".strip(), _names(channel.guild)
    document: Json = {
        "guild": {"id": str(channel.guild.id), "name": channel.guild.name},
        "channel": {
            "id": str(channel.id),
            "type": PUBLIC_THREAD if isinstance(channel, discord.Thread) else TEXT_CHANNEL,
            "category": parent.name if parent else "",
            "name": name,
        },
        "messages": [_message(message, names) for message in messages if is_said(message)],
    }
    return json.dumps(document, ensure_ascii=False).encode("utf-8")


def is_said(message: discord.Message) -> bool:
    """Whether a person said it to other people: not a bot, a webhook or Discord itself, and no question to the bot."""
    if message.guild is None or message.type not in SAID or message.webhook_id is not None:
        return False
    return not message.author.bot and message.guild.me not in message.mentions


def _message(message: discord.Message, names: Names) -> Json:
    said: Json = {
        "id": str(message.id),
        "type": "Reply" if message.type is discord.MessageType.reply else "Default",
        "timestamp": message.created_at.isoformat(),
        "content": _named(message.content, names),
        "author": _person(message.author),
        "mentions": [_person(person) for person in message.mentions],
        "attachments": [{"fileName": file.filename} for file in message.attachments],
    }
    if message.reference is not None and message.reference.message_id is not None:
        said["reference"] = {"messageId": str(message.reference.message_id)}
    if message.message_snapshots:
        said["forwardedMessage"] = {"content": _named(message.message_snapshots[0].content, names)}
    return said


def _person(person: discord.abc.User) -> Json:
    return {"id": str(person.id), "name": person.name, "nickname": person.display_name}


def _names(guild: discord.Guild) -> Names:
    """What channels and roles are called; nobody learns here what a channel is called that is not for all."""
    return {
        MarkKind.CHANNEL: {channel.id: channel.name for channel in guild.channels if is_open(channel)},
        MarkKind.ROLE: {role.id: role.name for role in guild.roles},
    }


def _named(content: str, names: Names) -> str:
    """The words with names for channels and roles; the library itself names people."""
    for mark in reversed(list(TOKEN.finditer(content))):
        if mark["sign"] in names:
            name = names[mark["sign"]].get(int(mark["id"]), "…")
            content = f"{content[: mark.start()]}{mark['sign'][0]}{name}{content[mark.end() :]}"
    return content
