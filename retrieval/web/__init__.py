"""Web address -> bytes: what is fetched is what was checked, within limits, and only where robots.txt allows it."""

from retrieval.web.fetched import Fetched
from retrieval.web.fetcher import WebFetcher, fetch_url

__all__ = ["Fetched", "WebFetcher", "fetch_url"]
