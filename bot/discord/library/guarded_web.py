"""Pages from the web for a server: only from the open internet, and only until somebody says stop."""

from __future__ import annotations

import threading

from retrieval import Fetched, SourceError, Validators, WebFetcher
from retrieval.web.addresses import parse_address
from retrieval.web.fetcher import Within

# Between two pages of one site; its robots.txt may ask for more.
PAUSE_SECONDS = 1.0


class AddressError(SourceError):
    """What somebody wrote is no address that is ever fetched."""


class GuardedFetcher(WebFetcher):
    """Fetches what people of a server name.

    Private addresses are refused whatever the settings say: who writes in Discord need not be whoever runs the bot,
    and must not look into their network.

    Args:
        stop: When it is set, nothing more is asked for; ``KeyboardInterrupt`` says so, as it does in a terminal.
        pause: How many seconds lie between two pages of one site at least.
    """

    def __init__(self, stop: threading.Event, pause: float = 0.0) -> None:
        super().__init__(allow_private=False, pause=pause)
        self._stop = stop

    def fetch(self, url: str, *, within: Within | None = None) -> Fetched:
        """See ``WebFetcher``."""
        self._go_on()
        return super().fetch(url, within=within)

    def fetch_if_changed(self, url: str, validators: Validators, *, within: Within | None = None) -> Fetched | None:
        """See ``WebFetcher``."""
        self._go_on()
        return super().fetch_if_changed(url, validators, within=within)

    def fetch_bytes(self, url: str, limit: int, *, within: Within | None = None) -> bytes:
        """See ``WebFetcher``."""
        self._go_on()
        return super().fetch_bytes(url, limit, within=within)

    def _go_on(self) -> None:
        if self._stop.is_set():
            raise KeyboardInterrupt


def check_address(url: str) -> None:
    """Refuse what is no web address, before anything else happens.

    Raises:
        AddressError: If it is none, or one with a user name or a password.
    """
    try:
        parse_address(url)
    except SourceError as error:
        raise AddressError(str(error)) from None
