"""Records that take their time to be changed, so that two changes meet."""

from __future__ import annotations

import sqlite3
import time

from bot.discord.records import server_settings
from bot.discord.records.server_settings import Change, ServerSettings

SECONDS = 0.7


def slow_settings() -> None:
    """Let every change of the settings wait before it begins; the launcher calls this before the program."""
    real = server_settings.change

    def change(connection: sqlite3.Connection, guild_id: int, make: Change) -> ServerSettings:
        time.sleep(SECONDS)
        return real(connection, guild_id, make)

    server_settings.change = change
