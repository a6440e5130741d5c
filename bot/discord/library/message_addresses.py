"""The addresses of documents that are made of a server's messages: by them they are known from what people added."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from bot.discord.library.collections import guild_collection, guild_collections
from retrieval import Library, SourceRecord


class MessageSet(StrEnum):
    """Which messages of a channel make up a document."""

    ALL = "messages"
    PINNED = "pins"


ADDRESS = re.compile(rf"discord:guild-\d+/(?P<set>{MessageSet.ALL}|{MessageSet.PINNED})/(?P<channel>\d+)")


@dataclass(frozen=True, slots=True)
class MessageSource:
    """Messages of one channel of a server, or its pinned ones, that make up a document."""

    guild_id: int
    channel_id: int
    which: MessageSet

    @property
    def uri(self) -> str:
        """The document's address; no file can have it, since a file's name has its slashes encoded."""
        return f"discord:{guild_collection(self.guild_id)}/{self.which}/{self.channel_id}"

    @classmethod
    def of(cls, guild_id: int, record: SourceRecord) -> Self | None:
        """What a document is made of; None for one that people added."""
        found = ADDRESS.fullmatch(record.uri)
        return cls(guild_id, int(found["channel"]), MessageSet(found["set"])) if found else None


def message_sources(library: Library, guild_id: int) -> dict[MessageSource, SourceRecord]:
    """The documents of a server that are made of messages.

    Raises:
        DamagedLibraryError: If the library cannot be trusted.
    """
    records = (record for name in guild_collections(library, guild_id) for record in library.records(name))
    found = ((MessageSource.of(guild_id, record), record) for record in records)
    return {source: record for source, record in found if source is not None}
