"""A file that tells other programs of this machine whether the bot is online, such as a container's health check."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

from discord.ext import commands, tasks

from bot.discord.records.database import FOLDER
from bot.discord.services import BotServices

SECONDS_BETWEEN = 30


class OnlineFileCog(commands.Cog):
    """Touches ``discord/<the bot's id>.online`` as long as the event loop runs and the gateway is connected."""

    def __init__(self, bot: BotServices) -> None:
        self.bot = bot
        self._is_connected = False

    async def cog_load(self) -> None:
        """Begin; nothing is touched before Discord has told everything."""
        self._repeat.start()

    async def cog_unload(self) -> None:
        """Take the file away: the bot ends."""
        self._repeat.cancel()
        self._is_connected = False
        with suppress(OSError):
            await asyncio.to_thread(self._path.unlink, missing_ok=True)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Say so at once."""
        self._is_connected = True
        await self._touch()

    @commands.Cog.listener()
    async def on_resumed(self) -> None:
        """Go on where the connection was broken."""
        self._is_connected = True
        await self._touch()

    @commands.Cog.listener()
    async def on_disconnect(self) -> None:
        """Let the file grow old."""
        self._is_connected = False

    @tasks.loop(seconds=SECONDS_BETWEEN)
    async def _repeat(self) -> None:
        if self._is_connected:
            await self._touch()

    async def _touch(self) -> None:
        with suppress(OSError):  # where nothing can be written, the start has said so
            await asyncio.to_thread(self._path.touch, 0o600)

    @property
    def _path(self) -> Path:
        assert self.bot.user is not None  # noqa: S101 (logged in)
        return self.bot.settings.home / FOLDER / f"{self.bot.user.id}.online"
