"""Changes to a server's own documents, away from the event loop and one change at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from bot.discord.library.change_queue import QueuePlace, in_turn
from bot.discord.library.collections import (
    EVERYBODY,
    Audience,
    DocumentAccess,
    Reach,
    guild_collection,
    guild_collections,
    holding_collections,
)
from bot.discord.library.new_documents import EditReport, NewDocument, document_uri
from bot.discord.records import additions
from bot.discord.records.additions import Addition
from bot.discord.records.database import Database
from retrieval import (
    Indexer,
    IndexReport,
    Library,
    Source,
    SourceRecord,
    UnknownSourceError,
    load_bytes,
)

# Documents are read beside the changes, so many at once.
READERS = 2

Progress = Callable[[int, int], None]
Result = TypeVar("Result")


def _unseen(done: int, total: int) -> None:
    """Nobody looks how far it is."""


def _all_within_reach(_access: DocumentAccess) -> bool:
    """The program itself changes whatever there is."""
    return True


class LibraryEditor:
    """Adds and removes documents.

    Args:
        library: The library that all servers' collections are in.
        database: Where it is kept who added what.
    """

    def __init__(self, library: Library, database: Database) -> None:
        self._library = library
        self._database = database
        self._indexer = Indexer(library)
        self._changes = ThreadPoolExecutor(1, thread_name_prefix="pullquote-index")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="pullquote-read")
        self._under_way = 0

    async def read(self, guild_id: int, name: str, data: bytes, by: Audience | None = None, *, uri: str = "") -> Source:
        """Read a file as a document of a server.

        Args:
            guild_id: The server.
            name: The file's name; it tells the document from others of that server.
            data: The file's content.
            by: Who adds it. A document of that name that they may not see stays, and they do not learn of it.
            uri: What tells it from others, where that is not its name.

        Raises:
            SourceError: If the file cannot be a document.
        """

        def load() -> Source:
            return load_bytes(data, name=name, uri=uri or document_uri(self._library, guild_id, name, by))

        return await _elsewhere(self._readers, load)

    async def add(
        self,
        guild_id: int,
        name: str,
        data: bytes,
        progress: Progress = _unseen,
        *,
        access: DocumentAccess = EVERYBODY,
        by: Audience | None = None,
        person: int | None = None,
        place: QueuePlace | None = None,
    ) -> tuple[Source, IndexReport]:
        """Add a file to a server's documents, in place of the one of that name.

        Args:
            guild_id: The server.
            name: The file's name; it tells the document from others of that server.
            data: The file's content.
            progress: Called from another thread with the number of chunks done and of chunks in all.
            access: Who may see it; one that is limited already stays so.
            by: Who adds it. A document of that name that they may not see stays, and they do not learn of it.
            person: Their Discord id; None where nobody is to be named.
            place: How long to wait for other changes.

        Raises:
            SourceError: If the file cannot be a document.
            RetrievalError: If the library cannot be changed.
        """
        source = await self.read(guild_id, name, data, by)
        report = await self.add_all(
            guild_id, [NewDocument(source, len(data), person)], progress, access=access, by=by, place=place
        )
        if source.id in report.refused:
            raise report.refused[source.id]
        return source, report.index

    async def add_all(
        self,
        guild_id: int,
        documents: Sequence[NewDocument],
        progress: Progress = _unseen,
        *,
        access: DocumentAccess = EVERYBODY,
        by: Audience | None = None,
        place: QueuePlace | None = None,
    ) -> EditReport:
        """Add documents that were read, in one turn; each replaces the one with the same uri that ``by`` may see.

        Raises:
            RetrievalError: If the library cannot be changed, for example because another process is doing so.
        """
        sources = [document.source for document in documents]
        done = await self._in_turn(partial(self._add, guild_id, sources, access, by, progress), place)
        await self._note(guild_id, documents, done)
        return done

    async def remove(
        self, guild_id: int, source_id: str, place: QueuePlace | None = None, *, reach: Reach = _all_within_reach
    ) -> SourceRecord:
        """Remove a document of a server; where others have the same one out of ``reach``, theirs stays.

        Raises:
            UnknownSourceError: If the server has no such document.
            RetrievalError: If the library cannot be changed.
        """
        removed = await self._in_turn(partial(self._remove, guild_id, source_id, reach), place)
        if not await asyncio.to_thread(holding_collections, self._library, guild_id, source_id):
            await self._database.run(additions.forget, guild_id, source_id)
        return removed

    async def limit(
        self,
        guild_id: int,
        source_id: str,
        access: DocumentAccess,
        place: QueuePlace | None = None,
        *,
        reach: Reach = _all_within_reach,
    ) -> None:
        """Let a document be seen by those whom ``access`` names, and by nobody else.

        Where others have the same one out of ``reach``, theirs stays as it is.

        Raises:
            UnknownSourceError: If the server has no such document.
            RetrievalError: If the library cannot be changed; nothing has changed then.
        """
        await self._in_turn(partial(self._limit, guild_id, source_id, access, reach), place)

    async def remove_all(self, guild_id: int, seen_by: Audience | None = None, place: QueuePlace | None = None) -> int:
        """Remove a server's documents, and say how many there were.

        Args:
            guild_id: Whose documents.
            seen_by: Those of which audience; None: all, whoever may see them.
            place: How long to wait for other changes.

        Raises:
            RetrievalError: If the library cannot be changed.
        """
        removed = await self._in_turn(partial(self._remove_all, guild_id, seen_by), place)
        await self._database.run(additions.forget, guild_id, *removed)
        return len(removed)

    async def forget_removed(self) -> None:
        """Forget who added what is gone: the program may end between the removal and that.

        Raises:
            DamagedLibraryError: If the library cannot be trusted.
            RecordsError: If the records cannot be changed.
        """
        for guild_id, source_id in await self._database.run(additions.documents):
            if not await asyncio.to_thread(holding_collections, self._library, guild_id, source_id):
                await self._database.run(additions.forget, guild_id, source_id)

    def stop(self) -> None:
        """Begin no more changes; one that is cut short leaves no trace."""
        for executor in (self._readers, self._changes):
            executor.shutdown(wait=False, cancel_futures=True)

    def _add(
        self,
        guild_id: int,
        sources: Iterable[Source],
        access: DocumentAccess,
        by: Audience | None,
        progress: Progress,
        seconds: float,
    ) -> EditReport:
        report = EditReport()
        named = guild_collections(self._library, guild_id)
        everybodys, chosen = guild_collection(guild_id), guild_collection(guild_id, access)
        wanted: dict[str, list[Source]] = {}
        held: dict[str, list[str]] = {}
        for source in sources:
            holding = holding_collections(self._library, guild_id, source.id)
            held[source.id] = [name for name in holding if by is None or named[name].admits(by)]
            limited = next((name for name in held[source.id] if name != everybodys), chosen)
            wanted.setdefault(limited, []).append(source)
        for collection, some in wanted.items():
            index = self._indexer.add(
                some,
                collection,
                progress=progress,
                wait_seconds=seconds,
                on_error=lambda source, error: report.refused.update({source.id: error}),
            )
            report.index.unchanged.extend(index.unchanged)
            for source in (*index.added, *index.replaced):
                (report.index.replaced if held[source.id] else report.index.added).append(source)
                # The old version goes last: a kill leaves two of them and never none, each seen by its own readers.
                for other in held[source.id]:
                    if other != collection:
                        self._indexer.remove([source.id], other, wait_seconds=seconds)
        return report

    def _remove(self, guild_id: int, source_id: str, reach: Reach, seconds: float) -> SourceRecord:
        removed: list[SourceRecord] = []
        for name in self._holding(guild_id, source_id, reach):
            removed += self._indexer.remove([source_id], name, wait_seconds=seconds)
        return removed[0]

    def _limit(self, guild_id: int, source_id: str, access: DocumentAccess, reach: Reach, seconds: float) -> None:
        collection, held = guild_collection(guild_id, access), self._holding(guild_id, source_id, reach)
        kept = collection if collection in held else held[0]
        for other in held:
            if other != kept:
                self._indexer.remove([source_id], other, wait_seconds=seconds)
        self._indexer.move([source_id], kept, collection, wait_seconds=seconds)

    def _holding(self, guild_id: int, source_id: str, reach: Reach) -> list[str]:
        named = guild_collections(self._library, guild_id)
        held = [name for name in holding_collections(self._library, guild_id, source_id) if reach(named[name])]
        if not held:
            raise UnknownSourceError(f"The server has no document “{source_id}”; /library list shows those it has.")
        return held

    def _remove_all(self, guild_id: int, seen_by: Audience | None, seconds: float) -> list[str]:
        named = guild_collections(self._library, guild_id).items()
        gone = [name for name, access in named if seen_by is None or access.admits(seen_by)]
        removed: list[str] = []
        for name in gone:
            removed += [record.id for record in self._library.records(name)]
            self._indexer.remove_all(name, wait_seconds=seconds)
        return removed

    async def _in_turn(self, change: Callable[[float], Result], place: QueuePlace | None) -> Result:
        """Make a change when those before it are done, of this process and of others."""
        place = place or QueuePlace()
        if self._under_way:
            place.waiting()
        self._under_way += 1
        try:
            return await _elsewhere(self._changes, partial(in_turn, self._library, change, place))
        finally:
            self._under_way -= 1

    async def _note(self, guild_id: int, documents: Iterable[NewDocument], report: EditReport) -> None:
        """Keep who added what; a document that was there as it is stays with whoever added it first."""
        changed = {source.id for source in (*report.index.added, *report.index.replaced)}
        now = datetime.now(UTC)
        new = [
            Addition(document.source.id, document.person, now, document.size)
            for document in documents
            if document.person is not None and document.source.id in changed
        ]
        await self._database.run(additions.record, guild_id, *new)


async def _elsewhere(executor: Executor, work: Callable[[], Result]) -> Result:
    return await asyncio.get_running_loop().run_in_executor(executor, work)
