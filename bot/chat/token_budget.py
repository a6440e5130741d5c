"""How many tokens of a chat model are spent today, and whether there are any left; shared by all processes."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from bot.types import Usage
from retrieval.files import mode_in, replaced_atomically

FILE = "chat-tokens.json"
LOCK = "chat-tokens.lock"
LOCK_SECONDS = 5


class TokenBudget:
    """Tokens spent on one day (UTC), in a file in the data folder.

    Args:
        home: The data folder.
        most: How many tokens may be spent a day; None for any number, and then nothing is written.
    """

    def __init__(self, home: Path, most: int | None) -> None:
        self._home = home
        self._most = most

    def is_spent(self) -> bool:
        """Whether today's tokens are used up; an answer that is begun below the cap is finished."""
        return self._most is not None and self._spent_today() >= self._most

    def spend(self, usage: Usage | None) -> None:
        """Add to what is spent today; a disk that refuses costs the count, not the answer."""
        if self._most is None or usage is None:
            return
        # Older versions of filelock say NotImplementedError where locks do not work.
        lock = FileLock(self._home / LOCK, timeout=LOCK_SECONDS, mode=mode_in(self._home))
        with suppress(OSError, TimeoutError, NotImplementedError), lock:
            spent = {"day": _today(), "tokens": self._spent_today() + usage.tokens}
            with replaced_atomically(self._home / FILE) as file:
                file.write(json.dumps(spent).encode())

    def _spent_today(self) -> int:
        try:
            spent = json.loads((self._home / FILE).read_text(encoding="utf-8"))
            return int(spent["tokens"]) if spent["day"] == _today() else 0
        except (OSError, ValueError, KeyError, TypeError):
            return 0


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
