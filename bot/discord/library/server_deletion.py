"""Everything of a server is deleted: its documents, then its records; what is cut short goes on at the next start."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.discord.library.collections import servers_with_documents
from bot.discord.library.editor import LibraryEditor
from bot.discord.records import server_deletions
from bot.discord.records.database import Database
from retrieval import Library

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeletedData:
    """What was deleted of a server: how many documents, and how many rows of which tables."""

    documents: int
    records: Counter[str]


class ServerDeletion:
    """Deletes what is kept of servers, and knows for which of them the time has come.

    Args:
        database: Where the records lie.
        library: Where the documents lie.
        editor: What removes them.
        forgotten: Called with a server whose records are gone, so that memory forgets it, too.
    """

    def __init__(
        self, database: Database, library: Library, editor: LibraryEditor, forgotten: Callable[[int], None]
    ) -> None:
        self._database = database
        self._library = library
        self._editor = editor
        self._forgotten = forgotten
        self._ordered: set[asyncio.Task[DeletedData]] = set()  # a task that nobody keeps may be thrown away

    def order(self, guild_id: int) -> asyncio.Task[DeletedData]:
        """Begin ``delete_now``, which goes on however long somebody waits for it."""
        task = asyncio.create_task(self.delete_now(guild_id))
        self._ordered.add(task)
        task.add_done_callback(self._ordered.discard)
        return task

    async def delete_now(self, guild_id: int) -> DeletedData:
        """Delete everything of a server because somebody there has asked for it.

        Raises:
            RetrievalError: If the library cannot be changed now; it is tried again later.
            RecordsError: If the records cannot be changed.
        """
        await self._database.run(server_deletions.record_order, guild_id, datetime.now(UTC))
        return await self._delete(guild_id)

    async def find_departures(self, present: Collection[int]) -> None:
        """Start the clock of each server that something is kept of and that the bot is not in.

        Raises:
            DamagedLibraryError: If the library cannot be trusted.
            RecordsError: If the records cannot be used.
        """
        kept = await self._database.run(server_deletions.servers_with_records)
        kept |= await asyncio.to_thread(servers_with_documents, self._library)
        for guild_id in kept - set(present):
            await self._database.run(server_deletions.record_departure, guild_id, datetime.now(UTC))

    async def delete_due(self, present: Collection[int], days: int) -> None:
        """Delete everything of the servers that were left so many days ago, and what somebody has asked for before.

        What fails is in the log, and is tried again the next time.

        Args:
            present: The servers that the bot is in.
            days: How long the data of a server is kept that it has left.
        """
        await self._database.run(server_deletions.record_presence, present)
        for guild_id in await self._database.run(server_deletions.due, datetime.now(UTC) - timedelta(days=days)):
            try:
                deleted = await self._delete(guild_id)
            except Exception:
                logger.exception("The data of a server could not be deleted; it is tried again later.")
            else:
                logger.info("The data of a server was deleted, with %d documents.", deleted.documents)

    async def _delete(self, guild_id: int) -> DeletedData:
        """Documents first: the records know until the end that there is something to delete."""
        documents = await self._editor.remove_all(guild_id)
        records = await self._database.run(server_deletions.delete_records, guild_id)
        self._forgotten(guild_id)
        await self._database.scrub()
        return DeletedData(documents, records)
