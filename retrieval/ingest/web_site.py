"""A web site into one collection: pages that are there already cost as little as the site allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from retrieval.errors import CollectionError
from retrieval.ingest.batches import BatchProgress, IntakeReport, Waiting, silent, take_in
from retrieval.ingest.indexer import Indexer
from retrieval.ingest.web_pages import waiting_page
from retrieval.library import Library
from retrieval.loaders.formats import HTML
from retrieval.storage.source_record import SourceRecord
from retrieval.types import DEFAULT_COLLECTION
from retrieval.web.fetcher import WebFetcher
from retrieval.web.site import CrawlEnd, CrawlReport, KnownPage, SiteCrawl, SiteLimits
from retrieval.web.site.crawl import CrawlProgress


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What became of a site: of its documents, and of the walk through its pages."""

    intake: IntakeReport = field(default_factory=IntakeReport)
    crawl: CrawlReport = field(default_factory=CrawlReport)


def index_site(
    indexer: Indexer,
    fetcher: WebFetcher,
    start: str,
    collection: str = DEFAULT_COLLECTION,
    *,
    limits: SiteLimits | None = None,
    progress: CrawlProgress = lambda pages, waiting: None,
    indexing: BatchProgress = silent,
    report: SiteReport | None = None,
) -> SiteReport:
    """Index the pages of a site: those that its sitemaps list, and those that links lead to.

    Args:
        indexer: Changes the library.
        fetcher: Asks for the pages; one with a pause is polite.
        start: The address to begin with: a page, a folder or a sitemap. Only what is at or below it is taken.
        collection: Where; made if it is not there.
        limits: How much is taken.
        progress: Told before each request.
        indexing: Told after each page and within each batch.
        report: Where to write what becomes of the site, also of a run that stops.

    Raises:
        SourceError: If the start address cannot be had.
        RetrievalError: If the library cannot be changed; what was done before has taken effect.
        KeyboardInterrupt: If it falls while a page is asked for; what came before is indexed first.
    """
    report = SiteReport() if report is None else report
    records = _records(indexer.library, collection)
    known = {url: _known(record) for url, record in records.items() if not record.is_outdated}
    crawl = SiteCrawl(start, fetcher, limits=limits, known=known, progress=progress, report=report.crawl)
    take_in(indexer, _documents(crawl, records), collection, progress=indexing, report=report.intake)
    if report.crawl.end is CrawlEnd.INTERRUPTED:
        raise KeyboardInterrupt
    return report


def _documents(crawl: SiteCrawl, records: Mapping[str, SourceRecord]) -> Iterator[Waiting | SourceRecord]:
    for page in crawl:
        outcome = page.error or page.fetched
        yield waiting_page(page.url, outcome) if outcome else records[page.url]


def _records(library: Library, collection: str) -> dict[str, SourceRecord]:
    """The documents of the collection that came from the web, by their addresses."""
    if library.usable_manifest() is None:
        return {}
    try:
        return {record.uri: record for record in library.records(collection) if record.is_from_web}
    except CollectionError:
        return {}


def _known(record: SourceRecord) -> KnownPage:
    return KnownPage(record.validators, record.file_sha256, record.format == HTML.name)
