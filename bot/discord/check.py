"""What a bot needs of its machine and of Discord, looked at without going online: a running bot notices nothing."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator

import discord

from bot.discord.channel_permissions import channel_permissions
from bot.discord.login import NO_NETWORK, bot_token, plain_error
from bot.discord.startup_report import INTENT_REMEDY, invite_link
from bot.errors import DiscordError, TokenError
from bot.safe_text import one_line
from bot.settings import Settings
from retrieval import Finding
from retrieval.extras import EXTRAS, has_extra
from retrieval.files import is_writable

# For the login, and again for all servers together.
SECONDS = 20
SERVERS_AT_ONCE = 4
UNKNOWN = "Discord sent something that this version does not know; check the bot's permissions there yourself."
# Less than this is soon used up by the log, and then by nothing that can be kept.
LEAST_FREE_BYTES = 50_000_000
LITTLE_FREE_BYTES = 1_000_000_000


def check_bot(settings: Settings) -> Iterator[Finding]:
    """Look at extras, disk, token, intents and the permissions in each server, with REST requests alone."""
    # What is set and lacks its extra has failed where the model was looked for.
    yield Finding("extras", True, ", ".join(filter(has_extra, EXTRAS)) or "none; they are optional")
    yield _disk(settings)
    try:
        token = bot_token(settings)
    except TokenError as error:
        yield Finding("token", False, str(error))
        return
    yield from asyncio.run(_ask_discord(settings, token))


def _disk(settings: Settings) -> Finding:
    home = settings.home
    place = next(folder for folder in (home, *home.parents) if folder.is_dir())
    free = shutil.disk_usage(place).free
    told = f"{free / 1e9:,.1f} GB free in {home}"
    if free < LEAST_FREE_BYTES:
        return Finding("disk", False, f"{told}; make room, or set PULLQUOTE_HOME to a folder on another disk")
    if not is_writable(place):
        return Finding(
            "disk",
            False,
            f"{place} cannot be written, so what the bot records is lost when it ends; make it writable",
            needed=False,
        )
    if free < LITTLE_FREE_BYTES:
        return Finding("disk", False, f"{told}; make room before it is full", needed=False)
    return Finding("disk", True, told)


async def _ask_discord(settings: Settings, token: str) -> list[Finding]:
    client = discord.Client(intents=discord.Intents(guilds=True))
    async with client:
        try:
            async with asyncio.timeout(SECONDS):
                await client.login(token)
                application = await client.application_info()
                guilds = [guild async for guild in client.fetch_guilds(limit=None, with_counts=False)]
        except TimeoutError:
            return [Finding("Discord", False, NO_NETWORK)]
        except Exception as error:
            plain = plain_error(error, client)
            if not isinstance(plain, DiscordError):
                raise
            return [Finding("token" if isinstance(plain, TokenError) else "Discord", False, str(plain))]
        assert client.user is not None  # noqa: S101 (logged in)
        found = [
            Finding("token", True, f"accepted, it is {one_line(client.user.name)} ({client.user.id})"),
            _intents(settings, application.flags),
        ]
        if not guilds:
            return [*found, Finding("servers", True, f"none yet; {invite_link(application.id)} invites the bot")]
        return [*found, *await _servers(client, guilds)]


def _intents(settings: Settings, flags: discord.ApplicationFlags) -> Finding:
    granted = flags.gateway_message_content or flags.gateway_message_content_limited
    if not (settings.message_content or settings.read_threads):
        return Finding("intents", True, "no privileged one is needed, as it is set")
    if granted:
        return Finding("intents", True, "message content is granted, as it is set")
    return Finding("intents", False, INTENT_REMEDY.removeprefix("Intents: "), needed=False)


async def _servers(client: discord.Client, guilds: list[discord.Guild]) -> list[Finding]:
    gate = asyncio.Semaphore(SERVERS_AT_ONCE)
    tasks = [asyncio.create_task(_server(client, guild, gate)) for guild in guilds]
    _, late = await asyncio.wait(tasks, timeout=SECONDS)
    for task in late:
        task.cancel()
    found = [task.result() for task in tasks if task not in late]
    if late:
        text = f"{len(late)} of {len(guilds)} were not checked within {SECONDS} seconds; try again later"
        found.append(Finding("servers", False, text, needed=False))
    return found


async def _server(client: discord.Client, known: discord.Guild, gate: asyncio.Semaphore) -> Finding:
    assert client.user is not None  # noqa: S101 (logged in)
    name = f"server {one_line(known.name)} ({known.id})"
    async with gate:
        try:
            guild = await client.fetch_guild(known.id, with_counts=False)
            channels = await guild.fetch_channels()
            member = await guild.fetch_member(client.user.id)
        except (discord.DiscordException, OSError) as error:
            plain = plain_error(error, client)
            reason = (
                str(plain) if isinstance(plain, DiscordError) else "Discord sent something unknown; try again later."
            )
            return Finding(name, False, reason, needed=False)
    if member.is_timed_out():
        text = (
            f"a moderator gave the bot a timeout until {member.timed_out_until:%Y-%m-%d %H:%M} UTC; ask them to end it"
        )
        return Finding(name, False, text, needed=False)
    found = channel_permissions(channels, member)
    return Finding(name, not found.lacking, found.sentence, needed=False)
