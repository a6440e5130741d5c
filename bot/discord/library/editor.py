"""Changes to a server's own collection, away from the event loop and one change at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar
from urllib.parse import quote

from bot.discord.library.collections import guild_collection, guild_collections
from retrieval import Indexer, IndexReport, Library, Source, SourceRecord, load_bytes

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
        self, guild_id: int, name: str, data: bytes, progress: Callable[[int, int], None]
    ) -> tuple[Source, IndexReport]:
        """Add a file to a server's collection, in place of the one of that name.

        Args:
            guild_id: Whose collection.
            name: The file's name; it tells the document from others of that server.
            data: The file's content.
            progress: Called from another thread with the number of chunks done and of chunks in all.

        Raises:
            SourceError: If the file cannot be a document.
            RetrievalError: If the library cannot be changed, for example because another process is doing so.
        """
        return await self._elsewhere(partial(self._add, guild_id, name, data, progress))

    async def remove(self, guild_id: int, source_id: str) -> SourceRecord:
        """Remove a document from a server's collection.

        Raises:
            CollectionError: If the server has no collection.
            UnknownSourceError: If it has no such document.
            RetrievalError: If the library cannot be changed.
        """
        removed = await self._elsewhere(partial(self._indexer.remove, [source_id], guild_collection(guild_id)))
        return removed[0]

    async def remove_all(self, guild_id: int) -> int:
        """Remove a server's collection, and say how many documents were in it.

        Raises:
            CollectionError: If the server has no collection.
            RetrievalError: If the library cannot be changed.
        """
        return await self._elsewhere(partial(self._indexer.remove_all, guild_collection(guild_id)))

    async def remove_server(self, guild_id: int) -> int:
        """Remove every collection of a server, whoever may see what is in it, and say how many documents that were.

        Cut short, it leaves some of them; called again, it removes the rest.

        Raises:
            RetrievalError: If the library cannot be changed.
        """
        return await self._elsewhere(partial(self._remove_server, guild_id))

    def stop(self) -> None:
        """Begin no more changes; one that is cut short leaves no trace."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _add(
        self, guild_id: int, name: str, data: bytes, progress: Callable[[int, int], None]
    ) -> tuple[Source, IndexReport]:
        collection = guild_collection(guild_id)
        source = load_bytes(data, name=name, uri=f"discord:{collection}/{quote(name)}")
        return source, self._indexer.add([source], collection, progress=progress, wait_seconds=WAIT_SECONDS)

    def _remove_server(self, guild_id: int) -> int:
        return sum(self._indexer.remove_all(name) for name in guild_collections(self._library, guild_id))

    async def _elsewhere(self, change: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._executor, change)
