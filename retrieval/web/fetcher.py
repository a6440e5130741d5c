"""Web address -> bytes, over redirects, within the limits."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from types import TracebackType
from typing import Self, TypeVar

import httpcore
from protego import Protego

from retrieval.errors import SourceError
from retrieval.types import NO_VALIDATORS, Validators
from retrieval.version import VERSION
from retrieval.web.addresses import WebAddress, parse_address, redirected, show
from retrieval.web.bodies import read_body, read_start, unpacked
from retrieval.web.connections import CheckedBackend, Clock, HostError, Resolve, resolve
from retrieval.web.fetched import Fetched, read_document
from retrieval.web.responses import REDIRECTS, SAVE_IT, check_status, header, retry_after
from retrieval.web.robots import MAX_BYTES as MAX_ROBOTS_BYTES
from retrieval.web.robots import PRODUCT, check_allowed, delay_seconds, parse_rules

MAX_REDIRECTS = 5
MAX_SECONDS = 30.0
# A server that is asked too much may want to be left alone for a while; for longer than this nobody waits here.
MAX_PATIENCE_SECONDS = 60.0
ACCEPT = (
    "text/html, application/xhtml+xml, application/pdf, application/epub+zip, text/markdown, text/plain, text/*;q=0.9, "
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document, */*;q=0.5"
)

# Whether an address, as text, may be asked for.
Within = Callable[[str], bool]
Answer = TypeVar("Answer")


class OutsideError(SourceError):
    """It redirects to where it shall not be followed."""


class WebFetcher:
    """Fetches pages one after the other; ``with WebFetcher() as fetcher: fetcher.fetch(url)``.

    What robots.txt says is remembered for each site as long as the object lives. Proxies in the environment are not
    used, since a proxy would connect elsewhere than to what was checked. Use it from one thread at a time.

    Args:
        allow_private: Whether pages may come from addresses that are not on the open internet.
        seconds: How long one page may take, redirects included.
        pause: How many seconds lie between two pages of one site at least; its robots.txt may ask for more.
        resolve: Finds the addresses of a host and port.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        seconds: float = MAX_SECONDS,
        pause: float = 0.0,
        resolve: Resolve = resolve,
    ) -> None:
        self.pause = pause
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

    def fetch(self, url: str, *, within: Within | None = None) -> Fetched:
        """Fetch one page or file.

        Args:
            url: An http or https address without user name or password.
            within: Which addresses redirects may lead to; without it, all.

        Raises:
            SourceError: If the address may not be fetched, does not answer in time, or answers with something that is
                no document; the sentence names the address, without any password in it.
        """
        return self._fetch(url, read_document, within=within)

    def fetch_if_changed(self, url: str, validators: Validators, *, within: Within | None = None) -> Fetched | None:
        """Fetch one page or file, or None where the server says that it is still the version with these validators.

        Raises:
            SourceError: As ``fetch`` does.
        """

        def read(address: WebAddress, response: httpcore.Response) -> Fetched | None:
            # Only the address itself was asked with validators; from another, such an answer makes no sense.
            is_unchanged = response.status == HTTPStatus.NOT_MODIFIED and bool(validators)
            return None if is_unchanged and address == parse_address(url) else read_document(address, response)

        return self._fetch(url, read, validators, within)

    def fetch_bytes(self, url: str, limit: int, *, within: Within | None = None) -> bytes:
        """Fetch what is no document, such as a sitemap; gzip data come unpacked, up to ``limit`` bytes.

        Raises:
            SourceError: As ``fetch`` does, but whatever the kind.
        """

        def read(address: WebAddress, response: httpcore.Response) -> bytes:
            check_status(response.status)
            return unpacked(read_body(response, limit), limit)

        return self._fetch(url, read, within=within)

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that the site of an address names in its robots.txt, as they stand there."""
        self._backend.clock = Clock(self._seconds)
        try:
            return list(self._rules_of(parse_address(url)).sitemaps)
        except SourceError:  # whoever asks for a page is told why
            return []

    def _fetch(
        self,
        url: str,
        read: Callable[[WebAddress, httpcore.Response], Answer],
        validators: Validators = NO_VALIDATORS,
        within: Within | None = None,
    ) -> Answer:
        trail = [show(url)]
        self._backend.clock = Clock(self._seconds)
        try:
            address = parse_address(url)
            trail = [show(address)]
            for is_last in (False, True):
                with self._answer(address, trail, validators=validators, within=within) as (final, response):
                    seconds = self._patience(final, response, is_last)
                    if seconds is None:
                        return read(final, response)
                self._wait(seconds)
                del trail[1:]
            raise AssertionError  # the last answer is read, whatever it is
        except SourceError as error:
            name = trail[0] if len(trail) == 1 else f"{trail[0]}, which redirects to {trail[-1]},"
            raise error.named(name) from None  # the same one may stand for all pages of a site

    def _patience(self, address: WebAddress, response: httpcore.Response, is_last: bool) -> float | None:
        """How long to wait before asking once more; None where the answer is to be read.

        A site that asks for more patience than there is here is not asked again at all.
        """
        seconds = retry_after(response)
        if seconds is None or is_last:
            return None
        if seconds <= MAX_PATIENCE_SECONDS:
            return seconds
        try:
            check_status(response.status)
        except SourceError as error:
            self._rules[address.origin] = error
        return None

    def _wait(self, seconds: float) -> None:
        """Wait out of politeness, which is no part of the time that a page may take."""
        time.sleep(seconds)
        self._backend.clock.extend(seconds)

    @contextmanager
    def _answer(
        self,
        address: WebAddress,
        trail: list[str],
        *,
        obeying: bool = True,
        validators: Validators = NO_VALIDATORS,
        within: Within | None = None,
    ) -> Iterator[tuple[WebAddress, httpcore.Response]]:
        """Ask for an address and follow redirects: the final address, and the answer while its body can be read.

        Each address on the way is parsed, checked, looked up and asked for like the first one. Where it leads is
        added to ``trail``, for the sentence in case it fails. The validators are those of the first address.
        """
        for _ in range(MAX_REDIRECTS + 1):
            if obeying:
                self._obey_robots(address)
            with self._ask(address, validators) as response:
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
            if within is not None and not within(str(address)):
                raise OutsideError("{name} leads out of the site; index that address itself.")
            validators = NO_VALIDATORS
        raise SourceError(f"{{name}} redirects more than {MAX_REDIRECTS} times; open it yourself and {SAVE_IT}.")

    @contextmanager
    def _ask(self, address: WebAddress, validators: Validators) -> Iterator[httpcore.Response]:
        url = httpcore.URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target)
        headers: dict[bytes | str, bytes | str] = {
            "Host": address.authority,
            "User-Agent": f"{PRODUCT}/{VERSION}",
            "Accept": ACCEPT,
            "Accept-Encoding": "gzip, identity",
            # Each request has a connection of its own, so that none goes to an address checked for another.
            "Connection": "close",
        }
        if validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        try:
            with self._pool.stream("GET", url, headers=headers) as response:
                yield response
        except (httpcore.NetworkError, httpcore.ProtocolError):
            raise SourceError(
                f"{{name}} breaks off or answers with something that is not HTTP; try again later, or {SAVE_IT}."
            ) from None

    def _obey_robots(self, address: WebAddress) -> None:
        """Do as the site's robots.txt says: stay away, or wait since the last page."""
        rules, origin = self._rules_of(address), address.origin
        check_allowed(rules, address)
        if origin in self._asked_at:
            pause = max(self.pause, delay_seconds(rules))
            self._wait(max(0.0, self._asked_at[origin] + pause - time.monotonic()))
        self._asked_at[origin] = time.monotonic()

    def _rules_of(self, address: WebAddress) -> Protego:
        origin = address.origin
        if origin not in self._rules:
            try:
                self._rules[origin] = self._read_rules(address)
            except SourceError as error:
                self._rules[origin] = error
        rules = self._rules[origin]
        if isinstance(rules, SourceError):
            raise rules.with_traceback(None)
        return rules

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
