"""Which collections a server asks: its own, together with the one that all share."""

from __future__ import annotations

from collections.abc import Sequence

from bot.types import Citation
from retrieval import DEFAULT_COLLECTION, Library


def guild_collection(guild_id: int) -> str:
    """The name of the collection that belongs to one server alone."""
    return f"guild-{guild_id}"


def collections_to_ask(library: Library, guild_id: int | None) -> tuple[str, ...]:
    """The collections that hold something and that this server, or a direct message (None), may see.

    Raises:
        DamagedLibraryError: If the library cannot be trusted.
    """
    visible = (DEFAULT_COLLECTION,) if guild_id is None else (guild_collection(guild_id), DEFAULT_COLLECTION)
    manifest = library.manifest()
    held = manifest.collections if manifest else {}
    return tuple(name for name in visible if name in held and held[name].sources)


def collection_of(library: Library, citation: Citation, names: Sequence[str]) -> str:
    """Which of the collections asked holds the source of a citation.

    Raises:
        DamagedLibraryError: If the library cannot be trusted.
    """
    manifest = library.manifest()
    held = manifest.collections if manifest else {}
    holding = (name for name in names if name in held and citation.quote.source_id in held[name].sources)
    return next(holding, names[0])
