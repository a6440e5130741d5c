"""A check that waits for Discord a second instead of twenty."""

from __future__ import annotations

from unittest.mock import patch


def wait_a_second() -> None:
    """Cut short what the check waits."""
    patch("bot.discord.check.SECONDS", 1).start()
