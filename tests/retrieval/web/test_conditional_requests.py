"""What has not changed is not sent again, and a site that is asked too much is left alone."""

from __future__ import annotations

import itertools
import time
from email.utils import formatdate

import pytest

from retrieval import SourceError, Validators
from retrieval.web import Fetched, WebFetcher
from retrieval.web.fetcher import OutsideError
from retrieval.web.responses import StatusError
from tests.retrieval.web.conftest import SiteOf, fetch, this_machine
from tests.retrieval.web.server import PAGE, Answer, Wire, answer, redirect, versioned

DAY = "Tue, 03 Nov 2026 08:00:00 GMT"
BUSY = "429 Too Many Requests"


def ask(url: str, validators: Validators) -> Fetched | None:
    with WebFetcher(allow_private=True, resolve=this_machine) as fetcher:
        return fetcher.fetch_if_changed(url, validators)


@pytest.mark.parametrize(
    ("etag", "last_modified"),
    [('"v1"', ""), ('W/"v1"', ""), ("", DAY), ('"v1"', DAY), ('""', "")],
)
def test_what_a_server_calls_a_version_is_what_it_is_asked_with(site_of: SiteOf, etag: str, last_modified: str) -> None:
    site = site_of({"/v": versioned(PAGE, etag, last_modified)})
    fetched = fetch(f"{site.url}/v")
    assert fetched.validators == Validators(etag, last_modified)
    assert ask(f"{site.url}/v", fetched.validators) is None
    told = site.requests[-1].headers
    assert (told.get("if-none-match", ""), told.get("if-modified-since", "")) == (etag, last_modified)


def test_what_has_changed_is_sent(site_of: SiteOf) -> None:
    site = site_of({"/v": versioned(b"new", '"v2"')})
    fetched = ask(f"{site.url}/v", Validators('"v1"'))
    assert fetched is not None
    assert (fetched.data, fetched.validators) == (b"new", Validators('"v2"'))


def test_without_validators_a_page_is_asked_for_as_ever(site_of: SiteOf) -> None:
    site = site_of()
    assert ask(f"{site.url}/page", Validators()) == fetch(f"{site.url}/page")
    assert all("if-" not in " ".join(request.headers) for request in site.requests)


@pytest.mark.parametrize(
    "headers",
    [
        {"ETag": "v1"},
        {"ETag": '"a b"'},
        {"ETag": f'"{"x" * 501}"'},
        {"ETag": '"é"'},
        {"Last-Modified": "<yesterday>"},
        {"Last-Modified": "x" * 61},
    ],
)
def test_a_version_that_could_not_be_asked_for_is_none(site_of: SiteOf, headers: dict[str, str]) -> None:
    assert not fetch(f"{site_of({'/v': answer(PAGE, '200 OK', 'text/html', **headers)}).url}/v").validators


def test_validators_are_for_the_address_that_they_came_from(site_of: SiteOf) -> None:
    elsewhere = site_of({"/v": versioned(PAGE, '"v1"')})
    site = site_of({"/moved": redirect(f"{elsewhere.url}/v"), "/never": redirect("/lies")})
    site.answers["/lies"] = answer(b"", "304 Not Modified", None)
    fetched = ask(f"{site.url}/moved", Validators('"v1"'))
    assert fetched is not None
    assert fetched.url == f"{elsewhere.url}/v"
    assert site.requests[-1].headers["if-none-match"] == '"v1"'
    assert "if-none-match" not in elsewhere.requests[-1].headers
    for validators in (Validators('"v1"'), Validators()):
        with pytest.raises(StatusError, match="answers 304"):
            ask(f"{site.url}/never", validators)


@pytest.mark.parametrize("after", ["0", "1", "date"])
def test_a_site_that_asks_for_patience_is_asked_once_more(site_of: SiteOf, after: str) -> None:
    def told() -> str:
        return formatdate(time.time() + 1.5, usegmt=True) if after == "date" else after

    answers = iter([answer(b"", BUSY, Retry_After=told()), answer(PAGE)])
    site = site_of({"/busy": lambda wire: wire.send(next(answers))})
    began = time.monotonic()
    # The wait is no part of the time that a page may take.
    assert fetch(f"{site.url}/busy", seconds=0.9).data == PAGE
    assert time.monotonic() - began >= (0 if after == "0" else 0.4)
    assert site.targets == ["/robots.txt", "/busy", "/busy"]


@pytest.mark.parametrize("status", [BUSY, "503 Service Unavailable"])
def test_patience_has_an_end(site_of: SiteOf, status: str) -> None:
    site = site_of({"/busy": answer(b"", status, Retry_After="0")})
    with pytest.raises(StatusError, match=f"answers {status[:3]} .*; try again later"):
        fetch(f"{site.url}/busy")
    assert site.targets.count("/busy") == 2


@pytest.mark.parametrize("after", ["61", "999999999999", "Fri, 31 Dec 2100 23:59:59 GMT"])
def test_a_site_that_wants_more_patience_is_left_alone(site_of: SiteOf, after: str) -> None:
    site = site_of({"/busy": answer(b"", BUSY, Retry_After=after)})
    with WebFetcher(allow_private=True) as fetcher:
        for target in ("/busy", "/page", "/busy"):
            with pytest.raises(StatusError) as caught:
                fetcher.fetch(site.url + target)
            assert str(caught.value) == f"{site.url}{target} answers 429 (too many requests); try again later."
    assert site.targets == ["/robots.txt", "/busy"]


@pytest.mark.parametrize("after", ["soon", "-1", "", "²", "Fri, 99 Dec 2100", "1" * 2000])
def test_what_is_no_time_is_none(site_of: SiteOf, after: str) -> None:
    site = site_of({"/busy": answer(b"", BUSY, Retry_After=after.encode().decode("latin-1"))})
    with pytest.raises(StatusError, match="answers 429"):
        fetch(f"{site.url}/busy")
    assert site.targets == ["/robots.txt", "/busy"]


def test_a_pause_lies_between_two_pages_of_one_site(site_of: SiteOf) -> None:
    site, elsewhere = site_of(), site_of()
    with WebFetcher(allow_private=True, pause=0.5) as fetcher:
        began = time.monotonic()
        fetcher.fetch(f"{site.url}/page")
        fetcher.fetch(f"{elsewhere.url}/page")
        assert time.monotonic() - began < 0.5
        fetcher.fetch(f"{site.url}/page")
        assert 0.5 <= time.monotonic() - began < 2


def test_redirects_lead_no_further_than_they_may(site_of: SiteOf) -> None:
    elsewhere = site_of()
    targets: dict[str, Answer] = {"/out": redirect(f"{elsewhere.url}/page"), "/in": redirect("/page")}
    site = site_of(targets)
    with WebFetcher(allow_private=True) as fetcher:
        assert fetcher.fetch(f"{site.url}/in", within=lambda url: url.startswith(site.url)).data == PAGE
        with pytest.raises(OutsideError, match="leads out of the site; index that address itself"):
            fetcher.fetch(f"{site.url}/out", within=lambda url: url.startswith(site.url))
    assert elsewhere.requests == []


def test_a_page_that_is_not_there_can_be_told_from_one_that_fails(site_of: SiteOf) -> None:
    site = site_of({"/gone": answer(b"", "410 Gone"), "/ill": answer(b"", "500 Oops")})
    found: dict[str, bool] = {}
    for target in ("/gone", "/ill", "/nowhere"):
        with pytest.raises(StatusError) as caught:
            fetch(site.url + target)
        found[target] = caught.value.is_gone
    assert found == {"/gone": True, "/ill": False, "/nowhere": True}


def test_what_is_no_document_is_bytes(site_of: SiteOf) -> None:
    import gzip

    packed = gzip.compress(b"<urlset/>")

    def bomb(wire: Wire) -> None:
        wire.send(b"HTTP/1.1 200 OK\r\n\r\n")
        wire.drip(itertools.repeat(b"x" * 65_536), 0)

    site = site_of(
        {
            "/plain": answer(b"<urlset/>", content_type="image/png"),
            "/packed": answer(packed, content_type="application/x-gzip"),
            "/twice": answer(gzip.compress(packed), Content_Encoding="gzip"),
            "/burst": answer(gzip.compress(bytes(2_000_000))),
            "/cut": answer(packed[:-6]),
            "/endless": bomb,
        }
    )
    with WebFetcher(allow_private=True) as fetcher:
        for target in ("/plain", "/packed", "/twice"):
            assert fetcher.fetch_bytes(site.url + target, 1_000_000) == b"<urlset/>"
        for target, words in (
            ("/burst", "larger than 1 MB"),
            ("/endless", "larger than 1 MB"),
            ("/cut", "damaged gzip"),
        ):
            with pytest.raises(SourceError, match=words):
                fetcher.fetch_bytes(site.url + target, 1_000_000)


def test_a_site_names_its_sitemaps(site_of: SiteOf) -> None:
    body = b"Sitemap: /a.xml\nUser-agent: *\nAllow: /\nSitemap: http://elsewhere.example/b.xml"
    site = site_of({"/robots.txt": answer(body, content_type="text/plain")})
    with WebFetcher(allow_private=True) as fetcher:
        assert fetcher.sitemaps(f"{site.url}/page") == ["/a.xml", "http://elsewhere.example/b.xml"]
        assert fetcher.sitemaps(f"{site.url}/other") == fetcher.sitemaps(f"{site.url}/page")
        assert fetcher.sitemaps(f"{site_of({'/robots.txt': answer(b'', '500 Oops')}).url}/page") == []
    assert site.targets == ["/robots.txt"]
