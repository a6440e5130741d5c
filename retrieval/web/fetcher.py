"""Web address -> bytes, over redirects, within the limits."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from types import TracebackType
from typing import Self

import httpcore
from protego import Protego

from retrieval.errors import SourceError
from retrieval.web.addresses import WebAddress, parse_address, redirected, show
from retrieval.web.bodies import read_body, read_start
from retrieval.web.connections import CheckedBackend, Clock, HostError, Resolve, resolve
from retrieval.web.responses import REDIRECTS, SAVE_IT, check_status, content_type, file_name, find_format, header
from retrieval.web.robots import MAX_BYTES as MAX_ROBOTS_BYTES
from retrieval.web.robots import PRODUCT, check_allowed, delay_seconds, parse_rules

MAX_REDIRECTS = 5
MAX_SECONDS = 30.0
ACCEPT = (
    "text/html, application/xhtml+xml, application/pdf, application/epub+zip, text/markdown, text/plain, text/*;q=0.9, "
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page or file from the web.

    Args:
        url: Its address after all redirects, without fragment.
        data: The body, unpacked.
        content_type: What the server says it is, in small letters and without parameters; empty if it says nothing.
        charset: The character set that the server says, if Python knows it.
        name: A file name, from the server or the path; for its ending and for titles, never to be used as a path.
    """

    url: str
    data: bytes = field(repr=False)
    content_type: str
    charset: str | None
    name: str

    @property
    def header(self) -> str | None:
        """Type and character set as one ``Content-Type`` header, with nothing in it but these two."""
        if not self.content_type or not self.charset:
            return self.content_type or None
        return f"{self.content_type}; charset={self.charset}"


class WebFetcher:
    """Fetches pages one after the other; ``with WebFetcher() as fetcher: fetcher.fetch(url)``.

    What robots.txt says is remembered for each site as long as the object lives. Proxies in the environment are not
    used, since a proxy would connect elsewhere than to what was checked. Use it from one thread at a time.

    Args:
        allow_private: Whether pages may come from addresses that are not on the open internet.
        seconds: How long one page may take, redirects included.
        resolve: Finds the addresses of a host and port.
    """

    def __init__(
        self, *, allow_private: bool = False, seconds: float = MAX_SECONDS, resolve: Resolve = resolve
    ) -> None:
        self._seconds = seconds
        self._backend = CheckedBackend(resolve, allow_private=allow_private, clock=Clock(seconds))
        self._pool = httpcore.ConnectionPool(network_backend=self._backend, max_keepalive_connections=0)
        self._rules: dict[str, Protego | SourceError] = {}
        self._asked_at: dict[str, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of connections."""
        self._pool.close()

    def fetch(self, url: str) -> Fetched:
        """Fetch one page or file.

        Raises:
            SourceError: If the address may not be fetched, does not answer in time, or answers with something that is
                no document; the sentence names the address, without any password in it.
        """
        trail = [show(url)]
        self._backend.clock = Clock(self._seconds)
        try:
            address = parse_address(url)
            trail = [show(address)]
            with self._answer(address, trail, obeying=True) as (address, response):
                check_status(response.status)
                name = file_name(response, address)
                served, charset = content_type(response)
                data = read_body(response, find_format(name, served).max_bytes)
                return Fetched(str(address), data, served, charset, name)
        except SourceError as error:
            name = trail[0] if len(trail) == 1 else f"{trail[0]}, which redirects to {trail[-1]},"
            sentence = str(error).replace("{name}", name)
            raise SourceError(sentence, error.problem, limit_bytes=error.limit_bytes) from None

    @contextmanager
    def _answer(
        self, address: WebAddress, trail: list[str], *, obeying: bool
    ) -> Iterator[tuple[WebAddress, httpcore.Response]]:
        """Ask for an address and follow redirects: the final address, and the answer while its body can be read.

        Each address on the way is parsed, checked, looked up and asked for like the first one. Where it leads is
        added to ``trail``, for the sentence in case it fails.
        """
        for _ in range(MAX_REDIRECTS + 1):
            if obeying:
                self._obey_robots(address)
            with self._ask(address) as response:
                location = header(response, "location") if response.status in REDIRECTS else ""
                if not location:
                    yield address, response
                    return
            target = redirected(address, location)
            trail.append(show(target))
            secure, address = address.scheme == "https", parse_address(target)
            trail[-1] = address.origin
            if secure and address.scheme != "https":
                raise SourceError(f"{{name}} leaves https for http, which anybody on the way can alter; {SAVE_IT}.")
        raise SourceError(f"{{name}} redirects more than {MAX_REDIRECTS} times; open it yourself and {SAVE_IT}.")

    @contextmanager
    def _ask(self, address: WebAddress) -> Iterator[httpcore.Response]:
        url = httpcore.URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target)
        headers: dict[bytes | str, bytes | str] = {
            "Host": address.authority,
            "User-Agent": f"{PRODUCT}/{version('pullquote')}",
            "Accept": ACCEPT,
            "Accept-Encoding": "gzip, identity",
            # Each request has a connection of its own, so that none goes to an address checked for another.
            "Connection": "close",
        }
        try:
            with self._pool.stream("GET", url, headers=headers) as response:
                yield response
        except (httpcore.NetworkError, httpcore.ProtocolError):
            raise SourceError(
                f"{{name}} breaks off or answers with something that is not HTTP; try again later, or {SAVE_IT}."
            ) from None

    def _obey_robots(self, address: WebAddress) -> None:
        """Do as the site's robots.txt says: stay away, or wait since the last page."""
        origin = address.origin
        if origin not in self._rules:
            try:
                self._rules[origin] = self._read_rules(address)
            except SourceError as error:
                self._rules[origin] = error
        rules = self._rules[origin]
        if isinstance(rules, SourceError):
            raise rules.with_traceback(None)
        check_allowed(rules, address)
        if origin in self._asked_at:
            wait = max(0.0, self._asked_at[origin] + delay_seconds(rules) - time.monotonic())
            time.sleep(wait)
            self._backend.clock.extend(wait)
        self._asked_at[origin] = time.monotonic()

    def _read_rules(self, address: WebAddress) -> Protego:
        trail: list[str] = []
        try:
            with self._answer(replace(address, target="/robots.txt"), trail, obeying=False) as (_, response):
                # The site has no rules, or none for everybody; but a site that asks for patience has not answered.
                if 400 <= response.status < 500 and response.status != 429:
                    return parse_rules(b"")
                if not 200 <= response.status < 300:
                    check_status(response.status)
                return parse_rules(read_start(response, MAX_ROBOTS_BYTES))
        except SourceError as error:
            if isinstance(error, HostError) and not trail:
                raise
            name = "its robots.txt" if not trail else f"its robots.txt, which redirects to {trail[-1]},"
            reason = str(error).replace("{name}", name)
            raise SourceError(f"{{name}} is not fetched, because {reason}", error.problem) from None


def fetch_url(url: str, *, allow_private: bool = False) -> Fetched:
    """Fetch one page or file; for several, a ``WebFetcher`` reads each site's robots.txt once.

    Args:
        url: An http or https address without user name or password.
        allow_private: Whether it may lead to an address that is not on the open internet.

    Raises:
        SourceError: As ``WebFetcher.fetch`` does.
    """
    with WebFetcher(allow_private=allow_private) as fetcher:
        return fetcher.fetch(url)
