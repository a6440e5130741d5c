"""The addresses of a site that are still to be asked for, each once."""

from __future__ import annotations

from collections import Counter, deque

from retrieval.web.addresses import WebAddress
from retrieval.web.site.scope import SkipReason, key_of, left_out_by_name

# Calendars and lists go on for ever by their queries.
MOST_QUERIES_A_PATH = 50
MOST_WAITING = 100_000


class Frontier:
    """A queue that takes each address once, and only what is worth asking for.

    Args:
        most_links: How many links away from the start an address may be.
        left_out: Where to count what is not taken.
    """

    def __init__(self, most_links: int, left_out: Counter[SkipReason]) -> None:
        self._most_links = most_links
        self._left_out = left_out
        self._waiting: deque[tuple[WebAddress, int]] = deque()
        self._seen: set[str] = set()
        self._keys: set[str] = set()
        self._queries: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._waiting)

    def mark(self, address: WebAddress) -> None:
        """Take no notice of this address from now on."""
        self._seen.add(key_of(address))

    def add(self, address: WebAddress, links: int, *, may_have_query: bool = False) -> bool:
        """Put an address at the end, unless it was there before; returns whether it is waiting now.

        Args:
            address: Where to go.
            links: How many links away from the start it is.
            may_have_query: Whether somebody vouches for its query: the site's map, or a link to a next page.
        """
        key = key_of(address)
        if key in self._seen or len(self._waiting) >= MOST_WAITING:
            return key in self._keys
        self.mark(address)
        reason = left_out_by_name(address) or self._by_query(address, may_have_query=may_have_query)
        if reason is None and links > self._most_links:
            reason = SkipReason.DEPTH
        if reason is None:
            self._waiting.append((address, links))
            self._keys.add(key)
        else:
            self._left_out[reason] += 1
        return reason is None

    def take(self) -> tuple[WebAddress, int]:
        """The next address, and how many links away it is."""
        address, links = self._waiting.popleft()
        self._keys.discard(key_of(address))
        return address, links

    def _by_query(self, address: WebAddress, *, may_have_query: bool) -> SkipReason | None:
        if address.path == address.target:
            return None
        self._queries[address.path] += 1
        return None if may_have_query and self._queries[address.path] <= MOST_QUERIES_A_PATH else SkipReason.QUERY
