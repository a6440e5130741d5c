"""Discord's clock, which a test can put forward, and the ids that Discord makes from the time."""

from __future__ import annotations

import time
from datetime import UTC, datetime

DISCORD_EPOCH_MILLISECONDS = 1_420_070_400_000


class Clock:
    """Tells the time for every deadline; a test shifts it instead of waiting 15 minutes."""

    def __init__(self) -> None:
        self._shift = 0.0
        self._last_snowflake = 0

    def now(self) -> float:
        """Return seconds since 1970, as Discord sees them."""
        return time.time() + self._shift

    def shift(self, seconds: float) -> None:
        """Put the clock forward: every interaction gets older by this much."""
        self._shift += seconds

    def snowflake(self) -> int:
        """Return a new id, greater than all before it.

        Ids follow the real time also when the clock was shifted, because the bot compares them with its own clock.
        """
        milliseconds = int(time.time() * 1000) - DISCORD_EPOCH_MILLISECONDS
        self._last_snowflake = max(milliseconds << 22, self._last_snowflake + 1)
        return self._last_snowflake


def timestamp(seconds: float) -> str:
    """Return a time as Discord writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")
