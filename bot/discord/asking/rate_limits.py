"""How often one may ask: a person by the minute and the day, a server by the day."""

from __future__ import annotations

import sqlite3
from bisect import insort
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from bot.discord.records import counters
from bot.discord.records.database import in_utc
from bot.discord.records.pseudonyms import Pseudonyms
from bot.discord.records.server_settings import ServerSettings

WINDOW = timedelta(minutes=1)


class RateLimit(StrEnum):
    """What is limited."""

    PERSON_MINUTE = "person_minute"
    PERSON_DAY = "person_day"
    SERVER_DAY = "server_day"


@dataclass(frozen=True, slots=True)
class LimitReached:
    """Why a question is not taken: which limit, and the moment (in UTC) from which one is taken again."""

    limit: RateLimit
    opens: datetime


class RateLimits:
    """Counts questions; a process needs one. Its calls come from the database's thread, so one ends before the next.

    Days are counted in the database. The last minute is kept here, by hashes, and nobody's longer than it matters.

    Args:
        pseudonyms: Hashes those who ask.
    """

    def __init__(self, pseudonyms: Pseudonyms) -> None:
        self._pseudonyms = pseudonyms
        self._windows: OrderedDict[str, list[datetime]] = OrderedDict()  # whoever asked last stands last

    def check_and_count(
        self,
        connection: sqlite3.Connection,
        settings: ServerSettings,
        guild_id: int | None,
        user_id: int,
        now: datetime,
    ) -> LimitReached | None:
        """Count a question and return None, or say why not; a refused question is not counted.

        When several limits refuse, the one that opens last is told. In direct messages no server's limit holds.

        Raises:
            ValueError: If ``now`` has no time zone.
        """
        now = in_utc(now)
        person = self._pseudonyms.hash(guild_id, user_id)
        person_today = self._pseudonyms.hash(guild_id, user_id, now.date())
        tomorrow = datetime.combine(now.date() + timedelta(days=1), time.min, UTC)
        window = self._window(person, now)
        reached = []
        if counters.questions_today(connection, person_today, now.date()) >= settings.questions_per_day:
            reached.append(LimitReached(RateLimit.PERSON_DAY, tomorrow))
        if guild_id is not None:
            asked = counters.server_questions_today(connection, guild_id, now.date())
            if asked >= settings.server_questions_per_day:
                reached.append(LimitReached(RateLimit.SERVER_DAY, tomorrow))
        if len(window) >= settings.questions_per_minute:
            reached.append(LimitReached(RateLimit.PERSON_MINUTE, window[-settings.questions_per_minute] + WINDOW))
        if reached:
            return max(reached, key=lambda one: one.opens)
        counters.count_question(connection, person_today, guild_id, now.date())
        insort(window, now)  # two questions may reach the database's thread in the other order
        self._windows[person] = window
        self._windows.move_to_end(person)
        return None

    def _window(self, person: str, now: datetime) -> list[datetime]:
        """When the person asked within the last minute; whoever has not is forgotten."""
        while self._windows:
            first = next(iter(self._windows))
            if _is_recent(self._windows[first][-1], now):
                break
            del self._windows[first]
        return [asked for asked in self._windows.get(person, []) if _is_recent(asked, now)]


def _is_recent(asked: datetime, now: datetime) -> bool:
    """Within a minute; what seems to be later by more was asked before the clock was set back, and is let go."""
    return abs(now - asked) < WINDOW
