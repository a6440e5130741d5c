"""Web pages as documents of a server: fetched and indexed in threads of their own, since they come slowly."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from bot.discord.library.change_queue import QueuePlace, in_turn
from bot.discord.library.collections import Audience, DocumentAccess, guild_collection, guild_collections
from bot.discord.library.guarded_web import PAUSE_SECONDS, GuardedFetcher
from bot.discord.records import additions
from bot.discord.records.additions import Addition
from bot.discord.records.database import Database
from retrieval import (
    CrawlEnd,
    Indexer,
    IntakeReport,
    Library,
    RefreshReport,
    SiteLimits,
    SiteReport,
    Source,
    SourceError,
    Taken,
    index_site,
    refresh_sources,
)
from retrieval.ingest.web_pages import page_original

# So many sites and pages are fetched at once; whoever comes later waits and is told.
FETCHERS = 3
# A site ends before Discord forgets who asked for it.
SITE_SECONDS = 600.0

# Called from another thread with how many pages are done and how many more are known.
PageProgress = Callable[[int, int], None]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of the web pages of a server: the sum of its collections."""

    changed: list[Taken] = field(default_factory=list)
    unchanged: list[Taken] = field(default_factory=list)
    errors: dict[str, SourceError] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """How many pages were asked for."""
        return len(self.changed) + len(self.unchanged) + len(self.errors) + len(self.gone)


class WebEditor:
    """Adds web pages to servers' documents.

    Args:
        library: The library that all servers' collections are in.
        database: Where it is kept who added what.
    """

    def __init__(self, library: Library, database: Database) -> None:
        self._library = library
        self._database = database
        self._indexer = Indexer(library)
        self._executor = ThreadPoolExecutor(FETCHERS, thread_name_prefix="pullquote-web")
        self._under_way: set[threading.Event] = set()

    async def read(self, url: str, stop: threading.Event) -> tuple[Source, int]:
        """Fetch one page, and give it as a source with the size of what came.

        Raises:
            SourceError: If it cannot be had, or can be no document.
        """

        def fetch() -> tuple[Source, int]:
            try:
                with GuardedFetcher(stop) as fetcher:
                    original = page_original(fetcher.fetch(url))
            except KeyboardInterrupt:
                raise SourceError("It was stopped.") from None
            return original.load(), len(original.data)

        return await self._elsewhere(fetch, stop)

    async def add_site(
        self,
        guild_id: int,
        url: str,
        pages: int,
        progress: PageProgress,
        *,
        access: DocumentAccess,
        by: Audience,
        person: int,
        place: QueuePlace,
        stop: threading.Event,
    ) -> SiteReport:
        """Add the pages of a site, as far as ``pages`` and the time allow.

        Args:
            guild_id: The server.
            url: Where the site begins.
            pages: How many pages are taken at most.
            progress: Told before each page.
            access: Who may see them; a site that is limited already stays so.
            by: Who adds them.
            person: Their Discord id.
            place: How long to wait for other changes.
            stop: Ends it; what came before stays.

        Raises:
            SourceError: If the start address cannot be had.
            RetrievalError: If the library cannot be changed; what was done before has taken effect.
        """
        if len(self._under_way) >= FETCHERS:
            place.waiting()

        def walk(_: float) -> SiteReport:
            return self._walk(self._site_collection(guild_id, url, access, by), url, pages, progress, stop)

        report = await self._elsewhere(partial(in_turn, self._library, walk, place), stop)
        sizes, now = await asyncio.to_thread(self._sizes, guild_id), datetime.now(UTC)
        taken = (*report.intake.added, *report.intake.replaced)
        new = [Addition(one.id, person, now, sizes.get(one.id, 0)) for one in taken]
        await self._database.run(additions.record, guild_id, *new)
        return report

    async def refresh(
        self, guild_id: int, progress: PageProgress, *, by: Audience, place: QueuePlace, stop: threading.Event
    ) -> Refreshed:
        """Ask again for the web pages of a server that a person may see, and replace those that have changed.

        Raises:
            RetrievalError: If the library cannot be changed; what was done before has taken effect.
        """
        total = Refreshed()
        if len(self._under_way) >= FETCHERS:
            place.waiting()
        for name in await asyncio.to_thread(self._collections_from_web, guild_id, by):
            ask = partial(self._ask_again, name, progress, stop)
            report = await self._elsewhere(partial(in_turn, self._library, ask, place), stop)
            total.changed.extend((*report.intake.added, *report.intake.replaced))
            total.unchanged.extend(report.intake.unchanged)
            total.errors.update(report.intake.errors)
            total.gone.extend(record.title for record in report.gone)
        return total

    def stop(self) -> None:
        """Ask for nothing more; what was fetched stays."""
        for stop in self._under_way:
            stop.set()
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _walk(self, collection: str, url: str, pages: int, progress: PageProgress, stop: threading.Event) -> SiteReport:
        report = SiteReport()
        limits = SiteLimits(pages=pages, seconds=SITE_SECONDS)
        with GuardedFetcher(stop, PAUSE_SECONDS) as fetcher:
            try:
                index_site(self._indexer, fetcher, url, collection, limits=limits, progress=progress, report=report)
            except KeyboardInterrupt:
                report.crawl.end = CrawlEnd.INTERRUPTED
        return report

    def _ask_again(
        self, collection: str, progress: PageProgress, stop: threading.Event, seconds: float
    ) -> RefreshReport:
        report = RefreshReport(IntakeReport())
        with GuardedFetcher(stop, PAUSE_SECONDS) as fetcher, suppress(KeyboardInterrupt):
            refresh_sources(self._indexer, fetcher, collection, progress=progress, report=report)
        return report

    def _site_collection(self, guild_id: int, url: str, access: DocumentAccess, by: Audience) -> str:
        """Where the pages of a site go: where some are that not everybody may see, else where it was chosen."""
        for name, known in guild_collections(self._library, guild_id).items():
            is_candidate = known.is_limited and known.admits(by)
            if is_candidate and any(record.uri.startswith(url) for record in self._library.records(name)):
                return name
        return guild_collection(guild_id, access)

    def _collections_from_web(self, guild_id: int, by: Audience) -> list[str]:
        """The collections with web pages in them that a person may see."""
        named = guild_collections(self._library, guild_id).items()
        seen = [name for name, access in named if access.admits(by)]
        return [name for name in seen if any(record.is_from_web for record in self._library.records(name))]

    def _sizes(self, guild_id: int) -> dict[str, int]:
        """Of each document, the length of its text, which is taken for the size of a page in a site."""
        named = guild_collections(self._library, guild_id)
        return {record.id: record.chars for name in named for record in self._library.records(name)}

    async def _elsewhere(self, work: Callable[[], Result], stop: threading.Event) -> Result:
        self._under_way.add(stop)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, work)
        except asyncio.CancelledError:
            stop.set()  # nobody waits for it any more
            raise
        finally:
            self._under_way.discard(stop)
