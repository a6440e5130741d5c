"""Changes to a server's own collection, away from the event loop and one change at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from typing import TypeVar
from urllib.parse import quote

from bot.discord.library.collections import (
    EVERYBODY,
    Audience,
    DocumentAccess,
    guild_collection,
    guild_collections,
    holding_collections,
)
from retrieval import Indexer, IndexReport, Library, Source, SourceRecord, UnknownSourceError, load_bytes
from retrieval.types import source_id

# Another process may be writing; a moment's patience spares most people the refusal.
WAIT_SECONDS = 5.0

Result = TypeVar("Result")


class LibraryEditor:
    """Adds and removes documents.

    Args:
        library: The library that all servers' collections are in.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._indexer = Indexer(library)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="pullquote-index")

    async def add(
        self,
        guild_id: int,
        name: str,
        data: bytes,
        progress: Callable[[int, int], None],
        *,
        access: DocumentAccess = EVERYBODY,
        by: Audience | None = None,
    ) -> tuple[Source, IndexReport]:
        """Add a file to a server's documents, in place of the one of that name.

        Args:
            guild_id: Whose documents.
            name: The file's name; it tells the document from others of that server.
            data: The file's content.
            progress: Called from another thread with the number of chunks done and of chunks in all.
            access: Who may see it; one that is limited already stays so, as ``limit`` has set it.
            by: Who adds it. A document of that name that they may not see stays, and they do not learn of it.

        Raises:
            SourceError: If the file cannot be a document.
            RetrievalError: If the library cannot be changed, for example because another process is doing so.
        """
        return await self._elsewhere(partial(self._add, guild_id, name, data, progress, access, by))

    async def remove(self, guild_id: int, source_id: str) -> SourceRecord:
        """Remove a document of a server.

        Raises:
            UnknownSourceError: If it has no such document.
            RetrievalError: If the library cannot be changed.
        """
        return await self._elsewhere(partial(self._remove, guild_id, source_id))

    async def limit(self, guild_id: int, source_id: str, access: DocumentAccess) -> None:
        """Let a document be seen by those whom ``access`` names, and by nobody else.

        Raises:
            UnknownSourceError: If the server has no such document.
            RetrievalError: If the library cannot be changed; nothing has changed then.
        """
        await self._elsewhere(partial(self._limit, guild_id, source_id, access))

    async def remove_all(self, guild_id: int, seen_by: Audience | None = None) -> int:
        """Remove a server's documents, and say how many there were.

        Args:
            guild_id: Whose documents.
            seen_by: Whose; None: all, whoever may see them.

        Raises:
            RetrievalError: If the library cannot be changed.
        """
        return await self._elsewhere(partial(self._remove_all, guild_id, seen_by))

    def stop(self) -> None:
        """Begin no more changes; one that is cut short leaves no trace."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _add(
        self,
        guild_id: int,
        name: str,
        data: bytes,
        progress: Callable[[int, int], None],
        access: DocumentAccess,
        by: Audience | None,
    ) -> tuple[Source, IndexReport]:
        uri = self._uri(guild_id, name, by)
        source = load_bytes(data, name=name, uri=uri)
        held = holding_collections(self._library, guild_id, source.id)
        everybodys = guild_collection(guild_id)
        collection = next((name for name in held if name != everybodys), guild_collection(guild_id, access))
        report = self._indexer.add([source], collection, progress=progress, wait_seconds=WAIT_SECONDS)
        # The old version goes last, so that a kill leaves two of them and never none; each is seen by its own readers.
        for other in held:
            if other != collection:
                self._indexer.remove([source.id], other)
        return source, IndexReport(replaced=[source]) if held and report.added else report

    def _remove(self, guild_id: int, source_id: str) -> SourceRecord:
        held = holding_collections(self._library, guild_id, source_id)
        removed = [self._indexer.remove([source_id], name)[0] for name in held]
        if not removed:
            raise UnknownSourceError(f"The server has no document “{source_id}”; /library list shows those it has.")
        return removed[0]

    def _limit(self, guild_id: int, source_id: str, access: DocumentAccess) -> None:
        collection = guild_collection(guild_id, access)
        held = holding_collections(self._library, guild_id, source_id)
        if not held:
            raise UnknownSourceError(f"The server has no document “{source_id}”; /library list shows those it has.")
        kept = collection if collection in held else held[0]
        for other in held:
            if other != kept:
                self._indexer.remove([source_id], other)
        self._indexer.move([source_id], kept, collection)

    def _remove_all(self, guild_id: int, seen_by: Audience | None) -> int:
        named = guild_collections(self._library, guild_id).items()
        gone = [name for name, access in named if seen_by is None or access.admits(seen_by)]
        return sum(self._indexer.remove_all(name) for name in gone)

    def _uri(self, guild_id: int, name: str, by: Audience | None) -> str:
        """The address of a document of that name which this person may replace; one that they may not see is not."""
        named = guild_collections(self._library, guild_id)
        for number in count(1):
            copy = "" if number == 1 else f"{number}/"
            uri = f"discord:{guild_collection(guild_id)}/{copy}{quote(name, safe='')}"
            held = holding_collections(self._library, guild_id, source_id(uri))
            if by is None or all(named[collection].admits(by) for collection in held):
                return uri
        raise AssertionError("there is always another number")

    async def _elsewhere(self, change: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._executor, change)
