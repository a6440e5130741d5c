"""Which refusals were told by message lately, so that a flood of questions becomes no flood of refusals."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime, timedelta

from bot.discord.asking.rate_limits import LimitReached, RateLimit

# How often a person hears the same greeting or explanation in a minute.
MOST_REMARKS = 3
# How long the bot is silent to somebody after a refusal that no limit ends.
PAUSE = timedelta(minutes=1)
REMEMBERED_NOTICES = 10_000
FIGURES = re.compile(r"\d[\d.,]*")


class RefusalNotices:
    """Remembers, until it is over, what was refused to whom; a process needs one. What it holds is never stored.

    Only refusals by message are noted: Discord shows an error unless an interaction is answered, and the answer is
    seen by one person alone.
    """

    def __init__(self) -> None:
        self._silent_until: OrderedDict[Hashable, datetime] = OrderedDict()  # what was noted last stands last

    def is_first(self, key: Hashable, until: datetime, now: datetime) -> bool:
        """Whether this was not told yet; if so it is noted, and counts as told up to a moment."""
        told = self._silent_until.get(key)
        if told is not None and now < told:
            return False
        self._silent_until[key] = until
        self._silent_until.move_to_end(key)
        if len(self._silent_until) > REMEMBERED_NOTICES:
            self._silent_until.popitem(last=False)
        return True

    def is_first_of_limit(
        self, reached: LimitReached, guild_id: int | None, channel_id: int, person_id: int, now: datetime
    ) -> bool:
        """Whether a limit was not told yet: to that person, or to that channel where it is the server's."""
        whom = channel_id if reached.limit is RateLimit.SERVER_DAY else person_id
        return self.is_first((reached.limit, guild_id, whom), reached.opens, now)

    def is_welcome(self, remark: str, guild_id: int | None, person_id: int, now: datetime) -> bool:
        """Whether a greeting or an explanation was not told to a person often within the last minute."""
        keys = ((number, remark, guild_id, person_id) for number in range(MOST_REMARKS))
        return any(self.is_first(key, now + PAUSE, now) for key in keys)

    def is_first_in_a_minute(self, sentence: str, guild_id: int | None, person_id: int, now: datetime) -> bool:
        """Whether a person was not told the same within the last minute; figures in it make no difference."""
        return self.is_first((FIGURES.sub("", sentence), guild_id, person_id), now + PAUSE, now)
