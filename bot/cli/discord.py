"""``pullquote discord``."""

from __future__ import annotations

import sys

from bot.cli.terminal import say
from bot.settings import Settings


def discord() -> None:
    """Run the Discord bot; DISCORD_TOKEN holds its token."""
    # Discord's library takes a moment to load, and no other command needs it.
    from bot.discord.run import run_bot

    run_bot(Settings.load(), _say_now)


def _say_now(line: str) -> None:
    """A line that is seen at once, also by a program that keeps the output in a file."""
    say(line)
    sys.stdout.flush()
