"""Pages from the web as what a batch takes."""

from __future__ import annotations

from retrieval.errors import SourceError
from retrieval.ingest.batches import Waiting
from retrieval.loaders.source_loader import Original
from retrieval.web.fetched import Fetched

# How large a page is taken to be, for a progress bar, before it is there.
PAGE_BYTES = 100_000


def page_original(fetched: Fetched) -> Original:
    """A page that was fetched, to be read."""
    return Original(fetched.name, fetched.url, fetched.data, fetched.header, fetched.validators)


def waiting_page(url: str, outcome: Fetched | SourceError) -> Waiting:
    """What came of asking for a page: the page, or why there is none."""

    def read() -> Original:
        if isinstance(outcome, SourceError):
            raise outcome
        return page_original(outcome)

    return Waiting(url, PAGE_BYTES, read)
