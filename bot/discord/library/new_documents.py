"""Documents that were read and are to be added to a server: their addresses, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from urllib.parse import quote

from bot.discord.library.collections import Audience, guild_collection, guild_collections, holding_collections
from retrieval import IndexReport, Library, Source, SourceError
from retrieval.types import source_id


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document that was read and is to be added: how many bytes its file has, and who gave it, if that is kept."""

    source: Source
    size: int
    person: int | None = None


@dataclass(frozen=True, slots=True)
class EditReport:
    """What became of new documents; ``refused`` says why some were not added, by the ids of their sources."""

    index: IndexReport = field(default_factory=IndexReport)
    refused: dict[str, SourceError] = field(default_factory=dict)


def document_uri(library: Library, guild_id: int, name: str, by: Audience | None) -> str:
    """The address of a file's document which this person may replace; one that they may not see is not theirs to.

    Raises:
        DamagedLibraryError: If the library cannot be trusted.
    """
    named = guild_collections(library, guild_id)
    for number in count(1):
        copy = "" if number == 1 else f"{number}/"
        uri = f"discord:{guild_collection(guild_id)}/{copy}{quote(name, safe='')}"
        held = holding_collections(library, guild_id, source_id(uri))
        if by is None or all(named[collection].admits(by) for collection in held):
            return uri
    raise AssertionError("there is always another number")
