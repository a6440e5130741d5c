from __future__ import annotations

import gzip
import itertools
import time

import pytest

from retrieval import SourceError
from retrieval.web import WebFetcher
from retrieval.web.robots import MAX_BYTES
from tests.retrieval.web.conftest import SiteOf, fetch, refusal, this_machine
from tests.retrieval.web.server import PAGE, Wire, answer, redirect

STAY_AWAY = b"User-agent: *\nDisallow: /"


def robots(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    return answer(body, status, "text/plain", **headers)


def test_what_robots_txt_forbids_is_not_asked_for(site_of: SiteOf) -> None:
    site = site_of({"/robots.txt": robots(STAY_AWAY)})
    assert refusal(f"{site.url}/page") == (
        f"{site.url}/page is not to be fetched by programs, says the site's robots.txt; "
        "open it yourself, save it to a file and index that."
    )
    assert site.targets == ["/robots.txt"]


def test_it_may_come_packed(site_of: SiteOf) -> None:
    site = site_of({"/robots.txt": robots(gzip.compress(STAY_AWAY), Content_Encoding="gzip")})
    assert "says the site's robots.txt" in refusal(f"{site.url}/page")


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "401 Unauthorized", "403 Forbidden", "418 Teapot"])
def test_without_one_everything_may_be_fetched(site_of: SiteOf, status: str) -> None:
    site = site_of({"/robots.txt": robots(STAY_AWAY, status)})
    assert fetch(f"{site.url}/page").data == PAGE


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("500 Oops", "500 (internal server error); try again later."),
        ("503 Sorry", "503 (service unavailable); try again later."),
        ("429 Slow down", "429 (too many requests); try again later."),
        ("302 Nowhere", "302 (found); check the address."),
    ],
)
def test_while_it_cannot_be_read_nothing_is_fetched(site_of: SiteOf, status: str, words: str) -> None:
    site = site_of({"/robots.txt": robots(b"", status)})
    assert refusal(f"{site.url}/page") == (f"{site.url}/page is not fetched, because its robots.txt answers {words}")
    assert site.targets == ["/robots.txt"]


def test_one_that_breaks_off_is_not_read(site_of: SiteOf) -> None:
    site = site_of({"/robots.txt": b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser-agent: *"})
    assert "is not fetched, because its robots.txt breaks off" in refusal(f"{site.url}/page")


def test_one_that_is_too_complicated_is_not_read(site_of: SiteOf) -> None:
    body = b"User-agent: a\nAllow: /\n" * 5_000
    sentence = refusal(f"{site_of({'/robots.txt': robots(body)}).url}/page")
    assert "is not fetched, because its robots.txt is too complicated to be read" in sentence


def test_redirects_are_followed(site_of: SiteOf) -> None:
    other = site_of({"/rules": robots(STAY_AWAY)})
    site = site_of({"/robots.txt": redirect(f"{other.url}/rules")})
    assert "says the site's robots.txt" in refusal(f"{site.url}/page")
    circle = site_of({"/robots.txt": redirect("/robots.txt")})
    assert "because its robots.txt, which redirects to" in refusal(f"{circle.url}/page")


def test_the_site_that_a_page_redirects_to_is_asked_too(site_of: SiteOf) -> None:
    other = site_of({"/robots.txt": robots(STAY_AWAY)})
    site = site_of({"/x": redirect(f"{other.url}/page")})
    assert refusal(f"{site.url}/x").startswith(f"{site.url}/x, which redirects to {other.url}, is not to be fetched")
    assert other.targets == ["/robots.txt"]


def test_one_without_end_is_read_as_far_as_the_standard_asks(site_of: SiteOf) -> None:
    def endless(wire: Wire) -> None:
        wire.send(b"HTTP/1.1 200 OK\r\n\r\n" + STAY_AWAY + b"\n")
        wire.drip(itertools.repeat(b"#" * (MAX_BYTES // 4) + b"\n"), 0)

    assert "says the site's robots.txt" in refusal(f"{site_of({'/robots.txt': endless}).url}/page", seconds=5)


def test_it_is_read_once_for_all_pages_of_a_site(site_of: SiteOf) -> None:
    site = site_of({"/other": answer()})
    with WebFetcher(allow_private=True) as fetcher:
        for target in ("/page", "/other", "/page"):
            assert fetcher.fetch(site.url + target).data == PAGE
    assert site.targets == ["/robots.txt", "/page", "/other", "/page"]


def test_a_site_that_fails_is_asked_for_it_once(site_of: SiteOf) -> None:
    site = site_of({"/robots.txt": robots(b"", "500 Oops")})
    with WebFetcher(allow_private=True) as fetcher:
        for target in ("/page", "/other"):
            with pytest.raises(SourceError, match=f"{target} is not fetched, because its robots.txt answers 500"):
                fetcher.fetch(site.url + target)
    assert site.targets == ["/robots.txt"]


def test_a_pause_is_kept_between_pages_of_one_site(site_of: SiteOf) -> None:
    site = site_of({"/robots.txt": robots(b"User-agent: *\nCrawl-delay: 0.6"), "/other": answer()})
    elsewhere = site_of()
    # The pause is no part of the time that a page may take.
    with WebFetcher(allow_private=True, seconds=0.5) as fetcher:
        began = time.monotonic()
        fetcher.fetch(f"{site.url}/page")
        fetcher.fetch(f"{elsewhere.url}/page")
        assert time.monotonic() - began < 0.5
        fetcher.fetch(f"{site.url}/other")
        assert 0.6 <= time.monotonic() - began < 2


def test_ports_and_schemes_are_sites_of_their_own(site_of: SiteOf) -> None:
    closed, opened = site_of({"/robots.txt": robots(STAY_AWAY)}), site_of()
    with WebFetcher(resolve=this_machine, allow_private=True) as fetcher:
        with pytest.raises(SourceError, match="says the site's robots"):
            fetcher.fetch(f"http://site.example:{closed.port}/page")
        assert fetcher.fetch(f"http://site.example:{opened.port}/page").data == PAGE
