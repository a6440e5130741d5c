"""Starts the unmodified program against the local Discord: ``python -m tests.discord.launcher discord``.

It points discord.py elsewhere, lets a test's script change what it has to (say, answer slowly), and calls the program's
own door. Nothing in the program knows about it.
"""

from __future__ import annotations

import os
import sys
import threading
from importlib import import_module

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

URL = "FAKE_DISCORD_URL"
GATEWAY = "FAKE_DISCORD_GATEWAY"
SCRIPT = "FAKE_DISCORD_SCRIPT"
LIFELINE = "FAKE_DISCORD_LIFELINE"


def launch() -> int:
    """Run the program as the tests want it."""
    if LIFELINE in os.environ:
        threading.Thread(target=_end_with_the_test, args=(int(os.environ[LIFELINE]),), daemon=True).start()
    Route.BASE = os.environ[URL]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ[GATEWAY])
    for script in os.environ.get(SCRIPT, "").split():
        module, _, function = script.partition(":")
        getattr(import_module(module), function)()
    from bot.__main__ import main

    return main()


def _end_with_the_test(lifeline: int) -> None:
    """Wait for the pipe from the test to close, and end: no program outlives the tests, however they end."""
    os.read(lifeline, 1)
    os._exit(77)


if __name__ == "__main__":
    assert discord.version_info >= (2, 7)
    sys.argv[0] = "pullquote"
    sys.exit(launch())
