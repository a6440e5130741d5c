"""What the people who run a server have decided: where and by whom it is asked, in which language, how often."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass

DEFAULT_QUESTIONS_PER_MINUTE = 30
DEFAULT_QUESTIONS_PER_DAY = 300
DEFAULT_SERVER_QUESTIONS_PER_DAY = 3_000
LARGEST_LIMIT = 1_000_000
LIMITS = ("questions_per_minute", "questions_per_day", "server_questions_per_day")
# A locale as Discord writes it: "it", "en-GB", "es-419".
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,4})?")


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The settings of one server; these are the ones that hold until somebody changes them.

    An empty ``channels`` or ``asking_roles`` allows everybody to ask everywhere; ``library_roles`` are those that may
    change the library besides whoever manages the server. ``language`` None means the server's own.

    Raises:
        ValueError: If a limit does not lie in 1..``LARGEST_LIMIT``, or the language is no locale; names the field.
    """

    channels: frozenset[int] = frozenset()
    asking_roles: frozenset[int] = frozenset()
    library_roles: frozenset[int] = frozenset()
    language: str | None = None
    questions_per_minute: int = DEFAULT_QUESTIONS_PER_MINUTE
    questions_per_day: int = DEFAULT_QUESTIONS_PER_DAY
    server_questions_per_day: int = DEFAULT_SERVER_QUESTIONS_PER_DAY

    def __post_init__(self) -> None:
        for name in LIMITS:
            if not 1 <= getattr(self, name) <= LARGEST_LIMIT:
                raise ValueError(f"{name} does not lie in 1..{LARGEST_LIMIT}: {getattr(self, name)}")
        if self.language is not None and not LANGUAGE.fullmatch(self.language):
            raise ValueError(f"language is not a locale: {self.language!r}")


def load_all(connection: sqlite3.Connection) -> dict[int, ServerSettings]:
    """The settings of every server that has changed them, by the server's id."""
    rows = connection.execute(
        "SELECT guild_id, channels, asking_roles, library_roles, language, "
        "questions_per_minute, questions_per_day, server_questions_per_day FROM server_settings"
    )
    return {
        guild_id: ServerSettings(_ids(channels), _ids(asking_roles), _ids(library_roles), *rest)
        for guild_id, channels, asking_roles, library_roles, *rest in rows
    }


def save(connection: sqlite3.Connection, guild_id: int, settings: ServerSettings) -> None:
    """Keep the settings of a server in place of those it had."""
    connection.execute(
        "INSERT OR REPLACE INTO server_settings VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            guild_id,
            json.dumps(sorted(settings.channels)),
            json.dumps(sorted(settings.asking_roles)),
            json.dumps(sorted(settings.library_roles)),
            settings.language,
            settings.questions_per_minute,
            settings.questions_per_day,
            settings.server_questions_per_day,
        ),
    )


def _ids(text: str) -> frozenset[int]:
    return frozenset(json.loads(text))
