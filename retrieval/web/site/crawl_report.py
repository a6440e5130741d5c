"""How much of a site is taken, what is known of it, and what became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from retrieval.errors import SourceError
from retrieval.types import Validators
from retrieval.web.fetched import Fetched
from retrieval.web.site.scope import SkipReason


@dataclass(frozen=True, slots=True)
class SiteLimits:
    """How much of a site is taken.

    Args:
        pages: How many pages.
        depth: How many links away from the start.
        size_bytes: How many bytes in all.
        seconds: For how long; a page that has been begun is finished.
    """

    pages: int = 200
    depth: int = 20
    size_bytes: int = 1_000_000_000
    seconds: float = 4 * 3600.0

    @property
    def requests(self) -> int:
        """How many addresses are asked for: not each of them is a page that is taken."""
        return 5 * self.pages + 100


class CrawlEnd(StrEnum):
    """What ends a walk through a site."""

    COMPLETE = "complete"  # nothing is left
    PAGES = "pages"
    REQUESTS = "requests"
    SIZE = "size"
    TIME = "time"
    FAILURES = "failures"  # the site failed too often in a row
    INTERRUPTED = "interrupted"  # by Ctrl-C


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page that was taken before: its version and its content's hash.

    One that ``has_links`` is asked for without its version where nothing else says which pages there are.
    """

    validators: Validators
    file_sha256: str
    has_links: bool


@dataclass(frozen=True, slots=True)
class SitePage:
    """What came of a page: its content, or why it cannot be had; neither where it is the known version."""

    url: str
    fetched: Fetched | None = None
    error: SourceError | None = None


@dataclass
class CrawlReport:
    """How a walk through a site went.

    Attributes:
        start: The start address, as it is after redirects.
        pages: How many pages were taken, unchanged ones included.
        waiting: How many more addresses are known.
        left_out: How many addresses were left out, by the reason.
        end: What ended it.
    """

    start: str = ""
    pages: int = 0
    waiting: int = 0
    left_out: Counter[SkipReason] = field(default_factory=Counter)
    end: CrawlEnd = CrawlEnd.COMPLETE
