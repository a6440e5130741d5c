"""What the people who run a server have decided: where and by whom it is asked, in which language, how often."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

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

    ``channels`` and ``asking_roles`` are those that may ask: all where it is None, and nobody where it is empty.
    ``library_roles`` may change the library besides whoever manages the server. ``language`` None means the server's
    own. ``shared_documents`` says whether the server is answered from the documents that all servers share, too.

    Raises:
        ValueError: If a limit does not lie in 1..``LARGEST_LIMIT``, or the language is no locale; names the field.
    """

    channels: frozenset[int] | None = None
    asking_roles: frozenset[int] | None = None
    library_roles: frozenset[int] = frozenset()
    language: str | None = None
    questions_per_minute: int = DEFAULT_QUESTIONS_PER_MINUTE
    questions_per_day: int = DEFAULT_QUESTIONS_PER_DAY
    server_questions_per_day: int = DEFAULT_SERVER_QUESTIONS_PER_DAY
    shared_documents: bool = True

    def __post_init__(self) -> None:
        for name in LIMITS:
            if not 1 <= getattr(self, name) <= LARGEST_LIMIT:
                raise ValueError(f"{name} does not lie in 1..{LARGEST_LIMIT}: {getattr(self, name)}")
        if self.language is not None and not LANGUAGE.fullmatch(self.language):
            raise ValueError(f"language is not a locale: {self.language!r}")


Change = Callable[[ServerSettings], ServerSettings]


def load_all(connection: sqlite3.Connection) -> dict[int, ServerSettings]:
    """The settings of every server that has changed them, by the server's id."""
    rows = connection.execute("SELECT guild_id, document FROM server_settings")
    return {guild_id: _read(document) for guild_id, document in rows}


def change(connection: sqlite3.Connection, guild_id: int, make: Change) -> ServerSettings:
    """Change what a server has set, and give the whole of it.

    ``make`` is told what holds at that moment, so that of two changes at once both hold.
    """
    found = connection.execute("SELECT document FROM server_settings WHERE guild_id = ?", (guild_id,)).fetchone()
    changed = make(_read(found[0]) if found else ServerSettings())
    connection.execute("INSERT OR REPLACE INTO server_settings VALUES (?, ?)", (guild_id, _written(changed)))
    return changed


def _read(document: str) -> ServerSettings:
    """The settings in a document; what it does not name, because it is older, is as nobody has changed it."""
    known = {field.name for field in fields(ServerSettings)}
    said = ((name, value) for name, value in json.loads(document).items() if name in known)
    values: dict[str, Any] = {name: frozenset(one) if isinstance(one, list) else one for name, one in said}
    return ServerSettings(**values)


def _written(settings: ServerSettings) -> str:
    values = {field.name: getattr(settings, field.name) for field in fields(settings)}
    return json.dumps({name: sorted(one) if isinstance(one, frozenset) else one for name, one in values.items()})
