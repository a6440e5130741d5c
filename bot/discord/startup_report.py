"""What the bot says about its start, in plain lines, and the link that invites it."""

from __future__ import annotations

from collections.abc import Iterator

import discord

from bot.safe_text import one_line
from retrieval import Library

# What the bot cannot do without: see the channel, answer in it with an embed, buttons and a file, read replies back.
LEAST_PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
INTENT_REMEDY = (
    "Intents: Discord does not give this bot the words of messages, so it reads only those that mention it. "
    "Open https://discord.com/developers/applications, choose the application, then Bot, switch on Message Content "
    "Intent, save, and start again; or remove PULLQUOTE_MESSAGE_CONTENT and PULLQUOTE_READ_THREADS. "
    "Everything else works without it."
)


def invite_link(application_id: int) -> str:
    """Where a server's manager invites the bot, with no more rights than it needs."""
    return discord.utils.oauth_url(
        application_id, permissions=LEAST_PERMISSIONS, scopes=("bot", "applications.commands")
    )


def library_line(library: Library) -> str:
    """What there is to answer from."""
    manifest = library.usable_manifest()
    held = manifest.collections.values() if manifest else ()
    documents = sum(len(collection.sources) for collection in held)
    chunks = sum(collection.chunks for collection in held)
    return f"Library: ready, {_counted(documents, 'document')} in {_counted(chunks, 'chunk')}."


def startup_report(bot: discord.Client, commands_line: str, *, reads_content: bool) -> Iterator[str]:
    """The lines, once the gateway has told everything."""
    assert bot.user is not None  # noqa: S101 (logged in)
    assert bot.application_id is not None  # noqa: S101
    yield f"Token: accepted, I am {one_line(bot.user.name)} ({bot.user.id})."
    servers = ", ".join(f"{one_line(guild.name)} ({guild.id})" for guild in bot.guilds)
    yield f"Servers: {servers}." if servers else "Servers: none yet; the link below invites me."
    if reads_content:
        yield "Intents: guilds, guild messages, direct messages, and message content, as it is set."
    else:
        yield "Intents: guilds, guild messages, direct messages; no privileged one."
    yield commands_line
    yield f"Invite link: {invite_link(bot.application_id)}"
    yield "Ready. Ctrl-C stops me."


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
