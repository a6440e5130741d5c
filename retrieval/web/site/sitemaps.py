"""The pages that a site lists in its sitemaps."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from retrieval.errors import SourceError
from retrieval.loaders.markup.sitemap import MAX_BYTES, read_sitemap
from retrieval.web.addresses import WebAddress
from retrieval.web.fetcher import WebFetcher
from retrieval.web.site.scope import SiteScope

USUAL_NAME = "sitemap.xml"
ENDINGS = (".xml", ".xml.gz")
# Sitemaps name each other, up to 50,000 times each; so many of them are read, and so many bytes.
MAX_SITEMAPS = 50
MAX_BYTES_IN_ALL = 2 * MAX_BYTES


def is_sitemap(url: str) -> bool:
    """Whether an address looks like a sitemap's."""
    return url.partition("?")[0].partition("#")[0].lower().endswith(ENDINGS)


def listed_pages(fetcher: WebFetcher, scope: SiteScope) -> Iterator[WebAddress]:
    """The addresses of the site that its sitemaps list, in their order; sitemaps are read as they are needed.

    A sitemap that cannot be had or read is passed over, since a site need not have one.

    Raises:
        SourceError: If the start address is a sitemap, and it is that one.
    """
    start = scope.start
    # A sitemap need not lie in the folder whose pages it lists.
    whole = SiteScope(start, "/")
    waiting = deque([str(start)] if is_sitemap(str(start)) else _places(fetcher, scope, whole))
    asked: set[str] = set()
    left_bytes = MAX_BYTES_IN_ALL
    while waiting and len(asked) < MAX_SITEMAPS and left_bytes > 0:
        url = waiting.popleft()
        if url in asked:
            continue
        asked.add(url)
        try:
            data = fetcher.fetch_bytes(url, min(MAX_BYTES, left_bytes), within=whole.includes_url)
            left_bytes -= len(data)
            sitemap = read_sitemap(data)
        except SourceError as error:
            if url == str(start):
                raise error.named(url) from None
            continue
        yield from (address for page in sitemap.pages if (address := scope.find(page, url)))
        waiting.extend(str(address) for told in sitemap.sitemaps if (address := whole.find(told, url)))


def _places(fetcher: WebFetcher, scope: SiteScope, whole: SiteScope) -> list[str]:
    """Where sitemaps are: where robots.txt says, else where they usually are."""
    top = f"{scope.start.origin}/"
    named = [str(address) for told in fetcher.sitemaps(top) if (address := whole.find(told, top))]
    return named or [top + USUAL_NAME, scope.start.origin + scope.folder + USUAL_NAME]
