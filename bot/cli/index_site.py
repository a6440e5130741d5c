"""``pullquote index URL --site``: the pages of web sites, and what of them was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rich.filesize import decimal

import retrieval
from bot.cli.index_report import tell_report, telling_of_article
from bot.cli.index_targets import SCHEMES
from bot.cli.terminal import changing_line, complain, say
from bot.safe_text import one_line
from retrieval import CrawlEnd, CrawlReport, Library, SiteLimits, SkipReason, SourceError
from retrieval.ingest.batches import IntakeProgress

# What is said of one address, and of several.
REASONS = {
    SkipReason.ROBOTS: ("is", "are", "not to be fetched by programs, says the site's robots.txt"),
    SkipReason.UNINDEXED: ("asks", "ask", "not to be indexed (noindex)"),
    SkipReason.QUERY: ("has", "have", "a query (?); name such a page itself if you need it"),
    SkipReason.KIND: ("is", "are", "no document"),
    SkipReason.DUPLICATE: ("leads", "lead", "to a page that was taken already"),
    SkipReason.MISSING: ("leads", "lead", "to no page (404)"),
    SkipReason.FORBIDDEN: ("is", "are", "not open to everybody"),
    SkipReason.FORWARDING: ("sends", "send", "visitors on to another page"),
    SkipReason.OUTSIDE: ("redirects", "redirect", "out of the site"),
    SkipReason.CIRCLE: ("goes", "go", "round in circles"),
    SkipReason.DEPTH: ("is", "are", "too many links away from the start"),
}


def index_sites(
    library: Library, fetcher: retrieval.WebFetcher, starts: Sequence[str], collection: str, limits: SiteLimits
) -> list[retrieval.SiteReport]:
    """Index sites one after the other, and tell what became of each.

    Raises:
        SourceError: If something else than a web address is among them.
    """
    for start in starts:
        if not start.lower().startswith(SCHEMES):
            raise SourceError(f"{one_line(start)} is no web address; leave out --site to index files.")
    return [_index_site(library, fetcher, start, collection, limits) for start in starts]


def _index_site(
    library: Library, fetcher: retrieval.WebFetcher, start: str, collection: str, limits: SiteLimits
) -> retrieval.SiteReport:
    report = retrieval.SiteReport()
    try:
        with changing_line("Looking at the site") as show, telling_of_article(library, collection):
            line = _SiteLine(show)
            indexer = retrieval.Indexer(library)
            retrieval.index_site(
                indexer,
                fetcher,
                start,
                collection,
                limits=limits,
                progress=line.walk,
                indexing=line.index,
                report=report,
            )
    except SourceError as error:
        report.intake.failed.append(str(error))
    finally:
        tell_report(report.intake)  # also where something stopped the run: what took effect before it stays
        for sentence in crawl_sentences(report.crawl, limits):
            say(sentence)
    if not (report.crawl.pages or report.intake.failed):
        report.intake.failed.append(f"There are no pages at {one_line(start)}; start from another address.")
        complain(report.intake.failed[-1])
    return report


class _SiteLine:
    """The line that tells how far a site has come."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._walked = ""
        self._words = 0

    def walk(self, pages: int, waiting: int) -> None:
        self._walked = f"{pages:,} {_pages(pages)}, {waiting:,} waiting"
        self._tell()

    def index(self, progress: IntakeProgress) -> None:
        self._words = progress.words
        self._tell()

    def _tell(self) -> None:
        self._show(f"{self._walked}, {self._words:,} words indexed" if self._words else self._walked)


def crawl_sentences(crawl: CrawlReport, limits: SiteLimits) -> Iterator[str]:
    """What there is to say of the addresses that were left out, and of what ended the walk."""
    for reason, (one, many, what) in REASONS.items():
        if count := crawl.left_out[reason]:
            addresses = f"address that {one}" if count == 1 else f"addresses that {many}"
            yield f"Left out: {count:,} {addresses} {what}."
    waiting = f"{crawl.waiting:,} more {'address was' if crawl.waiting == 1 else 'addresses were'} waiting"
    pages = f"{crawl.pages:,} {_pages(crawl.pages)}"
    ends = {
        CrawlEnd.PAGES: f"Stopped after {pages}, while {waiting}; take more with --pages.",
        CrawlEnd.REQUESTS: f"Stopped after {limits.requests:,} requests, while {waiting}; take more with --pages.",
        CrawlEnd.SIZE: f"Stopped after {decimal(limits.size_bytes)}, while {waiting}; name a folder of the site.",
        CrawlEnd.TIME: f"Stopped after {limits.seconds / 3600:g} hours, while {waiting}; name a folder of the site.",
        CrawlEnd.FAILURES: f"Stopped, because the site kept failing, while {waiting}; try again later.",
        CrawlEnd.INTERRUPTED: f"Stopped after {pages}, while {waiting}; run the command again to take the rest.",
    }
    if crawl.end in ends:
        yield ends[crawl.end]
    elif crawl.pages == 1 and crawl.start.endswith("/"):
        yield "Only the start page was taken: no link in it leads to a page below it, and no sitemap names one."
    elif crawl.pages == 1:
        yield (
            "Only the start page was taken, since no link leads to a page below it; to take the pages beside it, name "
            f"their folder: {one_line(crawl.start.rpartition('/')[0])}/."
        )


def _pages(count: int) -> str:
    return "page" if count == 1 else "pages"
