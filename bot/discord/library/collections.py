"""Which collections and sources a question is answered from: those that everybody may see who will read the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from bot.citations import Citation
from retrieval import ALL_SOURCES, DEFAULT_COLLECTION, SAMPLE_ARTICLE_ID, Library, SourceFilter
from retrieval.storage.manifest import CollectionRecord

# "guild-1" holds what everybody in the server may see, "guild-1-for-c2-r3" what those may who see the channel 2 or have
# the role 3.
NAME = re.compile(r"guild-(?P<guild>\d+)(?:-for(?P<places>(?:-[cr]\d+)+))?")
CHANNEL, ROLE = "c", "r"
# A collection's name has no room for more.
MOST_PLACES = 8


@dataclass(frozen=True, slots=True)
class DocumentAccess:
    """Who may see a document: everybody in the server, or whoever sees one of the channels or has one of the roles.

    Raises:
        ValueError: If more channels and roles are named than a collection's name has room for.
    """

    channels: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if len(self.channels) + len(self.roles) > MOST_PLACES:
            raise ValueError(f"more than {MOST_PLACES} channels and roles")

    @property
    def is_limited(self) -> bool:
        """Whether not everybody may see it."""
        return bool(self.channels or self.roles)

    def is_lost(self, places: Container[int]) -> bool:
        """Whether it is limited to channels and roles that are all gone; ``places`` are those that there are."""
        return self.is_limited and not any(place in places for place in (*self.channels, *self.roles))

    def admits(self, audience: Audience) -> bool:
        """Whether everybody in the audience may see it."""
        if not self.is_limited or audience.sees_all or self.channels & audience.channels:
            return True
        return all(self.roles & reader for reader in audience.readers)


EVERYBODY = DocumentAccess()
# Whether somebody may change what others may see.
Reach = Callable[[DocumentAccess], bool]


@dataclass(frozen=True, slots=True)
class Audience:
    """Who will read an answer: one person, or everybody who sees the channel.

    Attributes:
        guild_id: The server; None for a direct message, which belongs to no server.
        channels: The channels of which it is known that all of the audience see them.
        readers: The kinds of people in the audience, each as the roles that they are known to have.
        sees_all: Whether nothing in the server is hidden from them.
        closed: The ids that documents have which are made of the messages of channels that not all of the audience see.
            They may still lie where more people are answered from, until the library has time to change that.
    """

    guild_id: int | None
    channels: frozenset[int] = frozenset()
    readers: tuple[frozenset[int], ...] = (frozenset(),)
    sees_all: bool = False
    closed: frozenset[str] = frozenset()


# Somebody who is in no server; no server has this id.
OUTSIDER = Audience(0)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is answered from: the collections, and which sources of them; no collection at all is nothing."""

    collections: tuple[str, ...]
    sources: SourceFilter = ALL_SOURCES

    @classmethod
    def of(cls, library: Library, audience: Audience, *, shared: bool = True) -> Self:
        """What everybody in the audience may see, as far as there is something in it.

        The sample article is left out in a server: people there would be answered with something that is not theirs.

        Args:
            library: Where it lies.
            audience: Who will read the answer.
            shared: Whether the documents that all servers share belong to it.

        Raises:
            DamagedLibraryError: If the library cannot be trusted.
        """
        sources = ALL_SOURCES
        own: list[str] = []
        if audience.guild_id is not None:
            sources = SourceFilter(without=frozenset({SAMPLE_ARTICLE_ID}))
            own = [
                name
                for name, access in guild_collections(library, audience.guild_id).items()
                if access.admits(audience)
            ]
        asked = [*own, DEFAULT_COLLECTION] if shared or audience.guild_id is None else own
        held = _held(library)
        closed = {source for name in own if name in held for source in held[name].sources} & audience.closed
        if closed:
            sources = replace(sources, without=sources.without | closed)
        return cls(
            tuple(name for name in asked if name in held and any(map(sources.admits, held[name].sources))), sources
        )

    def has_several_documents(self, library: Library) -> bool:
        """Whether more than one document is asked.

        Raises:
            DamagedLibraryError: If the library cannot be trusted.
        """
        held = _held(library)
        sources = {source for name in self.collections if name in held for source in held[name].sources}
        return sum(map(self.sources.admits, sources)) > 1

    def narrowed(self, library: Library, document: str) -> Self:
        """One document of it, by its id, and nothing else.

        Raises:
            DamagedLibraryError: If the library cannot be trusted.
        """
        held = _held(library)
        sources = replace(self.sources, only=frozenset({document}))
        holding = (name for name in self.collections if name in held and document in held[name].sources)
        return type(self)(tuple(holding) if sources.admits(document) else (), sources)


def guild_collection(guild_id: int, access: DocumentAccess = EVERYBODY) -> str:
    """The name of the collection of a server's documents that those may see whom ``access`` names."""
    places = [*_marked(CHANNEL, access.channels), *_marked(ROLE, access.roles)]
    return "-".join([f"guild-{guild_id}", *(["for", *places] if places else [])])


def guild_collections(library: Library, guild_id: int) -> dict[str, DocumentAccess]:
    """The collections of a server and who may see what is in them; what all may see comes first.

    Raises:
        DamagedLibraryError: If the library cannot be trusted.
    """
    found = {}
    for name in sorted(_held(library)):
        match = NAME.fullmatch(name)
        if match and int(match["guild"]) == guild_id:
            found[name] = _access(match["places"] or "")
    return found


def servers_with_documents(library: Library) -> frozenset[int]:
    """The servers that have a collection.

    Raises:
        DamagedLibraryError: If the library cannot be trusted.
    """
    matches = map(NAME.fullmatch, _held(library))
    return frozenset(int(match["guild"]) for match in matches if match)


def holding_collections(library: Library, guild_id: int, source_id: str) -> list[str]:
    """The collections of a server that hold a document: one, or two where a change was cut short.

    Raises:
        DamagedLibraryError: If the library cannot be trusted.
    """
    held = _held(library)
    return [name for name in guild_collections(library, guild_id) if source_id in held[name].sources]


def collection_of(library: Library, citation: Citation, names: Sequence[str]) -> str:
    """Which of the collections asked holds the source of a citation.

    Raises:
        DamagedLibraryError: If the library cannot be trusted.
    """
    held = _held(library)
    holding = (name for name in names if name in held and citation.quote.source_id in held[name].sources)
    return next(holding, names[0])


def _held(library: Library) -> Mapping[str, CollectionRecord]:
    """The collections of the library, by name."""
    manifest = library.manifest()
    return manifest.collections if manifest else {}


def _access(places: str) -> DocumentAccess:
    named = places.split("-")[1:]
    channels, roles = (frozenset(int(one[1:]) for one in named if one[0] == mark) for mark in (CHANNEL, ROLE))
    return DocumentAccess(channels, roles)


def _marked(mark: str, ids: Iterable[int]) -> list[str]:
    return [f"{mark}{one}" for one in sorted(ids)]
