"""A walk through the pages of a site: breadth first, polite, and with an end."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping

from retrieval.errors import SourceError, SourceProblem
from retrieval.web.addresses import WebAddress, parse_address, show
from retrieval.web.fetched import Fetched
from retrieval.web.fetcher import OutsideError, WebFetcher
from retrieval.web.responses import ASK_YOURSELF, StatusError
from retrieval.web.robots import DisallowedError
from retrieval.web.site.crawl_report import CrawlEnd, CrawlReport, KnownPage, SiteLimits, SitePage
from retrieval.web.site.frontier import Frontier
from retrieval.web.site.page_directives import read_directives
from retrieval.web.site.scope import SiteScope, SkipReason, is_document_type, key_of
from retrieval.web.site.sitemaps import is_sitemap, listed_pages

# After so many failures in a row the site is left alone.
MOST_FAILURES = 5

# Called with how many pages were taken and how many addresses are waiting.
CrawlProgress = Callable[[int, int], None]


class SiteCrawl:
    """The pages of one site, to be iterated over once: each is asked for when it is its turn.

    The pages are those that the site's sitemaps list, then those that links lead to, all of them at or below the start
    address. What robots.txt, ``noindex``, ``nofollow`` and ``rel=canonical`` ask for is done.

    Args:
        start: Where to begin: a page, a folder or a sitemap.
        fetcher: Asks for the pages; its pause lies between them.
        limits: How much is taken.
        known: The pages that were taken before, by their addresses.
        progress: Told before each request.
        report: Where to write how it goes.
    """

    def __init__(
        self,
        start: str,
        fetcher: WebFetcher,
        *,
        limits: SiteLimits | None = None,
        known: Mapping[str, KnownPage] | None = None,
        progress: CrawlProgress = lambda pages, waiting: None,
        report: CrawlReport | None = None,
    ) -> None:
        self.report = CrawlReport() if report is None else report
        self._start = start
        self._fetcher = fetcher
        self._limits = limits or SiteLimits()
        self._known = known or {}
        self._progress = progress
        self._frontier = Frontier(self._limits.depth, self.report.left_out)
        self._listed: Iterator[WebAddress] = iter(())
        self._is_listed = False
        self._visited: set[str] = set()
        self._taken: set[str] = set()
        self._hashes: set[str] = set()
        self._failures = self._requests = self._bytes = 0

    def __iter__(self) -> Iterator[SitePage]:
        """The pages, and those that failed.

        Raises:
            SourceError: If the start address cannot be had.
        """
        self._end = time.monotonic() + self._limits.seconds
        try:
            if page := self._begin():
                yield page
            while page := self._next():
                yield page
        except KeyboardInterrupt:
            self.report.end = CrawlEnd.INTERRUPTED
        finally:
            self.report.waiting = len(self._frontier)

    def _begin(self) -> SitePage | None:
        """Ask for the start address, which says where the site is."""
        self._progress(0, 0)
        fetched = None if is_sitemap(self._start) else self._fetcher.fetch(self._start)
        try:
            start = parse_address(fetched.url if fetched else self._start)
        except SourceError as error:
            raise error.named(show(self._start)) from None
        self._scope = SiteScope.of(start)
        self.report.start = str(start)
        self._frontier.mark(start)
        self._listed = listed_pages(self._fetcher, self._scope)
        outcome = self._page(fetched, start, 0) if fetched else None
        if isinstance(outcome, SkipReason):
            self.report.left_out[outcome] += 1
            return None
        return outcome

    def _next(self) -> SitePage | None:
        """The next page that is one; None at the end."""
        while True:
            self._refill()
            self.report.waiting = len(self._frontier)
            self._progress(self.report.pages, self.report.waiting)
            if not self._frontier:
                return None
            if end := self._limit():
                self.report.end = end
                return None
            outcome = self._visit(*self._frontier.take())
            if isinstance(outcome, SitePage):
                return outcome
            self.report.left_out[outcome] += 1

    def _refill(self) -> None:
        """Let no more sitemaps be read than are needed."""
        while len(self._frontier) + self.report.pages <= self._limits.pages:
            address = next(self._listed, None)
            if address is None:
                return
            self._is_listed = True
            self._frontier.add(address, 1, may_have_query=True)

    def _limit(self) -> CrawlEnd | None:
        reached = {
            CrawlEnd.FAILURES: self._failures >= MOST_FAILURES,
            CrawlEnd.PAGES: self.report.pages >= self._limits.pages,
            CrawlEnd.SIZE: self._bytes >= self._limits.size_bytes,
            CrawlEnd.TIME: time.monotonic() >= self._end,
            CrawlEnd.REQUESTS: self._requests >= self._limits.requests,
        }
        return next((end for end, is_reached in reached.items() if is_reached), None)

    def _visit(self, address: WebAddress, links: int) -> SitePage | SkipReason:
        if key_of(address) in self._visited:  # a redirect has led there before
            return SkipReason.DUPLICATE
        try:
            self._requests += 1
            fetched = self._ask(str(address))
        except SourceError as error:
            self._visited.add(key_of(address))
            if reason := _left_out_by(error):
                return reason
            self._failures += error.problem is SourceProblem.UNREADABLE
            return SitePage(str(address), error=error)
        self._failures = 0
        if fetched is None:
            return self._unchanged(address)
        return self._page(fetched, address, links)

    def _ask(self, url: str) -> Fetched | None:
        known = self._known.get(url)
        # Without a sitemap, only the page itself says where it leads.
        if known and (self._is_listed or not known.has_links):
            return self._fetcher.fetch_if_changed(url, known.validators, within=self._scope.includes_url)
        return self._fetcher.fetch(url, within=self._scope.includes_url)

    def _unchanged(self, address: WebAddress) -> SitePage:
        self._hashes.add(self._known[str(address)].file_sha256)
        return self._take(address, SitePage(str(address)))

    def _page(self, fetched: Fetched, asked: WebAddress, links: int) -> SitePage | SkipReason:
        """Put the links of a page that has come into the frontier, and take it unless something speaks against it."""
        self._bytes += len(fetched.data)
        final = parse_address(fetched.url)
        is_new = key_of(final) not in self._visited
        self._visited |= {key_of(asked), key_of(final)}
        self._frontier.mark(final)
        sha256 = hashlib.sha256(fetched.data).hexdigest()
        if not is_new or sha256 in self._hashes:
            return SkipReason.DUPLICATE
        if not is_document_type(fetched):
            return SkipReason.KIND
        directives = read_directives(fetched, self._scope)
        for address, is_next in directives.targets:
            self._frontier.add(address, links + 1, may_have_query=is_next)
        if directives.forwards:
            return SkipReason.FORWARDING
        if not directives.may_be_indexed:
            return SkipReason.UNINDEXED
        if directives.canonical and self._stands_for(directives.canonical, links):
            return SkipReason.DUPLICATE
        self._hashes.add(sha256)
        return self._take(final, SitePage(fetched.url, fetched))

    def _stands_for(self, canonical: WebAddress, links: int) -> bool:
        """Whether another address stands for a page: it was taken, or is still to be asked for."""
        key = key_of(canonical)
        if key in self._visited:
            return key in self._taken
        return self._frontier.add(canonical, links, may_have_query=True)

    def _take(self, address: WebAddress, page: SitePage) -> SitePage:
        self._visited.add(key_of(address))
        self._taken.add(key_of(address))
        self.report.pages += 1
        return page


def _left_out_by(error: SourceError) -> SkipReason | None:
    """Why a page is left out that could not be had, where that is no failure."""
    if isinstance(error, DisallowedError):
        return SkipReason.ROBOTS
    if isinstance(error, OutsideError):
        return SkipReason.OUTSIDE
    if isinstance(error, StatusError) and (error.is_gone or error.status in ASK_YOURSELF):
        return SkipReason.MISSING if error.is_gone else SkipReason.FORBIDDEN
    return SkipReason.KIND if error.problem is SourceProblem.FORMAT else None
