"""robots.txt: what a site asks programs to leave alone, and how fast they may come (RFC 9309)."""

from __future__ import annotations

from protego import Protego

from retrieval.errors import SourceError
from retrieval.web.addresses import WebAddress

# The name that robots.txt may speak to, and the one that servers see, with the version after it.
PRODUCT = "Pullquote"
# What of a robots.txt is read at least, says the standard; it is also what is read at most.
MAX_BYTES = 500 * 1024
# Every rule is noted for each agent of its group, so that half a megabyte can ask for twenty minutes and gigabytes.
MAX_AGENTS_TIMES_LINES = 500_000
# A site may ask for a pause of a day; that is a no in other words, and a short pause is a fair answer.
MAX_DELAY_SECONDS = 10.0
# How long to wait between two pages of a site that says nothing, where many of its pages are wanted.
PAUSE_SECONDS = 1.0


class DisallowedError(SourceError):
    """The site asks programs to leave this page alone."""


def parse_rules(data: bytes) -> Protego:
    """Read the first part of a robots.txt.

    Raises:
        SourceError: If it is made so that reading it would take too long.
    """
    text = data[:MAX_BYTES].decode("utf-8-sig", "replace")
    if text.lower().count("agent") * len(text.splitlines()) > MAX_AGENTS_TIMES_LINES:
        raise SourceError("{name} is too complicated to be read; save the page to a file and index that.")
    return Protego.parse(text)


def check_allowed(rules: Protego, address: WebAddress) -> None:
    """Refuse a page that the site asks programs to leave alone.

    Raises:
        DisallowedError: If it does.
    """
    if not rules.can_fetch(str(address), PRODUCT):
        raise DisallowedError(
            "{name} is not to be fetched by programs, says the site's robots.txt; "
            "open it yourself, save it to a file and index that."
        )


def delay_seconds(rules: Protego) -> float:
    """How long to wait between two pages of the site."""
    return min(rules.crawl_delay(PRODUCT) or 0.0, MAX_DELAY_SECONDS)
