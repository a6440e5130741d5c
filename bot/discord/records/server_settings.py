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
# Which settings name channels and roles, as a list or as a single one.
CHANNEL_FIELDS = ("channels", "denied_channels", "forum_channels", "gaps_channel", "human_channel", "read_channels")
ROLE_FIELDS = ("asking_roles", "denied_roles", "library_roles", "human_role")
LIMITS = ("questions_per_minute", "questions_per_day", "server_questions_per_day")
# A locale as Discord writes it: "it", "en-GB", "es-419".
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,4})?")


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The settings of one server; these are the ones that hold until somebody changes them.

    Attributes:
        channels: Where it may be asked, channels and categories; None means everywhere, an empty list nowhere.
        asking_roles: Who may ask; None means everybody, an empty list nobody.
        denied_channels: Where it may not be asked, whatever else is set; channels and categories.
        denied_roles: Who may not ask, whatever else is set.
        denied_people: Who else may not.
        library_roles: Who may change the library besides whoever manages the server.
        language: A locale; None means the server's own.
        questions_per_minute: How many questions are taken from a person in a minute.
        questions_per_day: The same in a day.
        server_questions_per_day: How many are taken from the whole server in a day.
        shared_documents: Whether the server is answered from the documents that all servers share, too.
        private_refusals: Whether that the documents do not say is told to the asker alone.
        forum_channels: Where the first post is answered without a mention, if the answer is sure: forums and channels.
        gaps_channel: Where unanswered and down-voted questions are posted.
        weekly_digest: Whether a digest of these is posted there each week.
        human_channel: Where a person is asked for help.
        human_role: Which role is pinged then.
        read_channels: Channels whose messages are documents.
        read_pins: Whether the pinned messages of the channels that everybody may see are.

    Raises:
        ValueError: If a limit does not lie in 1..``LARGEST_LIMIT``, or the language is no locale; names the field.
    """

    channels: frozenset[int] | None = None
    asking_roles: frozenset[int] | None = None
    denied_channels: frozenset[int] = frozenset()
    denied_roles: frozenset[int] = frozenset()
    denied_people: frozenset[int] = frozenset()
    library_roles: frozenset[int] = frozenset()
    language: str | None = None
    questions_per_minute: int = DEFAULT_QUESTIONS_PER_MINUTE
    questions_per_day: int = DEFAULT_QUESTIONS_PER_DAY
    server_questions_per_day: int = DEFAULT_SERVER_QUESTIONS_PER_DAY
    shared_documents: bool = True
    private_refusals: bool = False
    forum_channels: frozenset[int] = frozenset()
    gaps_channel: int | None = None
    weekly_digest: bool = False
    human_channel: int | None = None
    human_role: int | None = None
    read_channels: frozenset[int] = frozenset()
    read_pins: bool = False

    def __post_init__(self) -> None:
        for name in LIMITS:
            if not 1 <= getattr(self, name) <= LARGEST_LIMIT:
                raise ValueError(f"{name} does not lie in 1..{LARGEST_LIMIT}: {getattr(self, name)}")
        if self.language is not None and not LANGUAGE.fullmatch(self.language):
            raise ValueError(f"language is not a locale: {self.language!r}")


def ids_in(settings: ServerSettings, *fields: str) -> frozenset[int]:
    """The channels or roles that these settings name."""
    found: set[int] = set()
    for field in fields:
        value = getattr(settings, field)
        found |= value if isinstance(value, frozenset) else {value} - {None}
    return frozenset(found)


Change = Callable[[ServerSettings], ServerSettings]


def load_all(connection: sqlite3.Connection) -> dict[int, ServerSettings]:
    """The settings of every server that has changed them, by the server's id."""
    rows = connection.execute("SELECT guild_id, document FROM server_settings")
    return {guild_id: _read(document) for guild_id, document in rows}


def load(connection: sqlite3.Connection, guild_id: int) -> ServerSettings:
    """The settings of one server."""
    found = connection.execute("SELECT document FROM server_settings WHERE guild_id = ?", (guild_id,)).fetchone()
    return _read(found[0]) if found else ServerSettings()


def change(connection: sqlite3.Connection, guild_id: int, make: Change) -> ServerSettings:
    """Change what a server has set, and give the whole of it.

    ``make`` is told what holds at that moment, so that of two changes at once both hold.
    """
    changed = make(load(connection, guild_id))
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
