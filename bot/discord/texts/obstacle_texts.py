"""What the bot says where it may not write."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ObstacleTexts:
    """Told in a direct message to whoever asked there: what is in the way, and what to do."""

    bot_timed_out: str
    thread_locked: str
    thread_archived: str
    slow_mode: str
