from __future__ import annotations

from pathlib import Path

import pytest

from retrieval import SourceError
from retrieval.web import WebFetcher
from tests.retrieval.web.conftest import NAME, PUBLIC, SiteOf, fetch, refusal
from tests.retrieval.web.server import HOST, PAGE, answer, redirect


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
@pytest.mark.parametrize("location", ["/page", "page", "./up/../page", "//127.0.0.1:{port}/page#x", " /page"])
def test_redirects_are_followed(site_of: SiteOf, status: str, location: str) -> None:
    site = site_of()
    site.answers["/x"] = redirect(location.format(port=site.port), status)
    fetched = fetch(f"{site.url}/x")
    assert (fetched.url, fetched.data) == (f"{site.url}/page", PAGE)


def test_five_redirects_are_followed_and_no_more(site_of: SiteOf) -> None:
    site = site_of({f"/{number}": redirect(f"/{number - 1}") for number in range(1, 7)} | {"/0": answer()})
    assert fetch(f"{site.url}/5").data == PAGE
    site.requests.clear()
    assert refusal(f"{site.url}/6") == (
        f"{site.url}/6, which redirects to {site.url}, redirects more than 5 times; "
        "open it yourself and save it to a file and index that."
    )
    assert len(site.requests) == 7


def test_a_circle_of_redirects_ends(site_of: SiteOf) -> None:
    site = site_of({"/x": redirect("/y"), "/y": redirect("/x")})
    assert "redirects more than 5 times" in refusal(f"{site.url}/x")


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("file:///etc/passwd", "does not begin with http:// or https://"),
        ("ftp://example.com/x", "does not begin with http:// or https://"),
        ("javascript:alert(1)", "does not begin with http:// or https://"),
        ("data:text/html,x", "does not begin with http:// or https://"),
        ("http://[::1", "is not a web address"),
        ("http://a..b/", "is not a web address"),
        ("http://host/" + "a" * 5_000, "is longer than 4,000 characters"),
        ("http://anna:s3cret@127.0.0.1/", "comes with a user name or password"),
    ],
)
def test_redirects_to_what_is_no_web_address_are_refused(site_of: SiteOf, location: str, words: str) -> None:
    url = f"{site_of({'/x': redirect(location)}).url}/x"
    sentence = refusal(url)
    assert sentence.startswith(url)
    assert words in sentence
    assert "s3cret" not in sentence
    assert len(sentence) < 500


def test_what_a_redirect_asks_for_is_not_shown(site_of: SiteOf) -> None:
    other = site_of()
    url = f"{site_of({'/x': redirect(f'{other.url}/login?token=s3cret')}).url}/x"
    assert refusal(url) == f"{url}, which redirects to {other.url}, answers 404 (not found); check the address."


def test_redirects_to_private_addresses_are_refused(site_of: SiteOf, connected: list[str]) -> None:
    inner = site_of()
    outer = site_of({"/x": redirect(f"http://inner.example:{inner.port}/page")})

    def resolve(host: str, port: int) -> list[str]:
        return [HOST] if host == "inner.example" else [PUBLIC]

    with WebFetcher(resolve=resolve) as fetcher, pytest.raises(SourceError) as caught:
        fetcher.fetch(f"http://outer.example:{outer.port}/x")
    assert str(caught.value) == (
        f"http://outer.example:{outer.port}/x, which redirects to http://inner.example:{inner.port}, leads to "
        "127.0.0.1, a loopback address; "
        "set PULLQUOTE_ALLOW_PRIVATE_URLS=1 if it is on a network of yours that you trust."
    )
    assert connected == [PUBLIC] * 2
    assert outer.targets == ["/robots.txt", "/x"]
    assert inner.requests == []


def test_https_is_not_left_for_http(site_of: SiteOf, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    plain = site_of()
    secure = site_of({"/x": redirect(f"{plain.url}/page")}, certificate)
    url = f"https://{NAME}:{secure.port}/x"
    assert refusal(url).startswith(f"{url}, which redirects to {plain.url}, leaves https for http")
    assert plain.requests == []
    # The other way round is what every site does.
    upgrading = site_of({"/x": redirect(f"https://{NAME}:{secure.port}/page")})
    assert fetch(f"{upgrading.url}/x").data == PAGE
