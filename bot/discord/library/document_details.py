"""What the list tells about a document besides its title: who added it, when, how large it is, and who may see it."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from bot.discord.library.collections import EVERYBODY, DocumentAccess, guild_collections
from bot.discord.records.additions import Addition
from bot.discord.texts import Texts
from retrieval import Library

KILOBYTE = 1_000
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class DocumentDetails:
    """One document of a server.

    Attributes:
        access: Who may see it.
        is_lost: Whether that are channels and roles which are all gone.
        addition: Who added it, when, and how large it was; None of before that was kept.
    """

    access: DocumentAccess = EVERYBODY
    is_lost: bool = False
    addition: Addition | None = None

    def line(self, texts: Texts) -> str:
        """The details in a message, where Discord shows people, days, channels and roles to each reader."""
        parts = []
        if (added := self.addition) is not None:
            when = f"<t:{int(added.added.timestamp())}:d>"
            parts += [texts.list_added.format(person=f"<@{added.person}>", when=when), _size(added.size, texts)]
        if self.is_lost:
            parts.append(texts.list_readers_gone)
        elif self.access.is_limited:
            parts.append(texts.list_readers.format(readers=readers(self.access)))
        else:
            parts.append(texts.list_everybody)
        return f"-# {texts.small_print(parts)}"

    def plain_line(self, texts: Texts) -> str:
        """The details in a file, where marks would stay marks."""
        parts = [texts.list_limited if self.access.is_limited else texts.list_everybody]
        if (added := self.addition) is not None:
            parts = [added.added.date().isoformat(), _size(added.size, texts), *parts]
        return f"  {texts.small_print(parts)}"


def readers(access: DocumentAccess) -> str:
    """The channels and roles of an access as Discord shows them; nobody is pinged."""
    marked = [("#", access.channels), ("@&", access.roles)]
    return ", ".join(f"<{mark}{one}>" for mark, ids in marked for one in sorted(ids))


def details_of(
    library: Library, guild_id: int, added: Mapping[str, Addition], places: Container[int]
) -> dict[str, DocumentDetails]:
    """The details of all documents of a server, by their ids.

    Args:
        library: Where they are.
        guild_id: The server.
        added: Who added what.
        places: The channels and roles that there are.

    Raises:
        DamagedLibraryError: If the library cannot be trusted.
    """
    found: dict[str, DocumentDetails] = {}
    for name, access in guild_collections(library, guild_id).items():
        for record in library.records(name):
            found.setdefault(record.id, DocumentDetails(access, access.is_lost(places), added.get(record.id)))
    return found


def _size(size: int, texts: Texts) -> str:
    if size >= MEGABYTE:
        return texts.list_megabytes.format(size=texts.number(size / MEGABYTE, 1))
    return texts.list_kilobytes.format(size=texts.number(max(1, round(size / KILOBYTE))))
