"""Starts the unmodified program against the local Discord.

It points discord.py elsewhere, lets a test's script change what it has to (say, answer slowly), and calls the program
as its own command does. Nothing in the program knows about it.
"""

from __future__ import annotations

import os
import threading
from importlib import import_module

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

URL = "FAKE_DISCORD_URL"
GATEWAY = "FAKE_DISCORD_GATEWAY"
SCRIPT = "FAKE_DISCORD_SCRIPT"


def launch(lifeline: int) -> int:
    """Run the program as the tests want it."""
    threading.Thread(target=_end_with_the_test, args=(lifeline,), daemon=True).start()
    Route.BASE = os.environ[URL]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ[GATEWAY])
    for script in os.environ.get(SCRIPT, "").split():
        module, _, function = script.partition(":")
        getattr(import_module(module), function)()
    from bot.__main__ import program

    return program()


def _end_with_the_test(lifeline: int) -> None:
    """Wait for the pipe from the test to close, and end: no program outlives the tests, however they end."""
    os.read(lifeline, 1)
    os._exit(77)
