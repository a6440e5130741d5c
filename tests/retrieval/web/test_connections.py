from __future__ import annotations

import socket

import pytest

from retrieval import SourceError
from retrieval.web import WebFetcher, fetch_url
from retrieval.web.connections import resolve
from tests.retrieval.web.conftest import PUBLIC, SiteOf, refusal
from tests.retrieval.web.server import HOST, PAGE

OTHER = "2606:2800:220:1::1"
REMEDY = "set PULLQUOTE_ALLOW_PRIVATE_URLS=1 if it is on a network of yours that you trust."


class Names:
    """A name server that gives one answer after the other, the last one over and over."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


def refused(names: Names, url: str = "http://site.example/page") -> str:
    with WebFetcher(resolve=names) as fetcher, pytest.raises(SourceError) as caught:
        fetcher.fetch(url)
    return str(caught.value)


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("127.0.0.1", "a loopback address"),
        ("10.1.2.3", "a private address"),
        ("169.254.169.254", "a link-local address"),
        ("100.64.0.1", "an address inside a provider's network"),
        ("0.0.0.0", "the address of no host"),
        ("::1", "a loopback address"),
        ("::ffff:127.0.0.1", "an IPv6 address with an IPv4 address inside"),
        ("fd00::1", "a private address"),
        ("fe80::1%eth0", "a link-local address"),
    ],
)
def test_addresses_off_the_open_internet_are_refused(connected: list[str], address: str, what: str) -> None:
    assert refused(Names([address])) == f"http://site.example/page leads to {address}, {what}; {REMEDY}"
    assert connected == []


@pytest.mark.parametrize("addresses", [[PUBLIC, HOST], [HOST, PUBLIC], [OTHER, PUBLIC, "10.0.0.1"]])
def test_one_refused_address_spoils_the_others(connected: list[str], addresses: list[str]) -> None:
    assert "leads to 1" in refused(Names(addresses))
    assert connected == []


def test_a_public_address_is_connected_to(site_of: SiteOf, connected: list[str]) -> None:
    site, names = site_of(), Names([PUBLIC])
    with WebFetcher(resolve=names) as fetcher:
        assert fetcher.fetch(f"http://site.example:{site.port}/page").data == PAGE
    assert site.requests[1].headers["host"] == f"site.example:{site.port}"
    # Once for robots.txt and once for the page: one look-up a connection.
    assert names.asked == ["site.example"] * 2
    assert connected == [PUBLIC] * 2


def test_a_name_that_leads_elsewhere_later_does_not_fool_the_check(site_of: SiteOf, connected: list[str]) -> None:
    site, names = site_of(), Names([PUBLIC], [HOST])
    url = f"http://site.example:{site.port}/page"
    assert refused(names, url) == f"{url} leads to 127.0.0.1, a loopback address; {REMEDY}"
    # What was checked was connected to; the second answer belongs to a second connection, and was checked in turn.
    assert connected == [PUBLIC]
    assert len(names.asked) == 2
    assert site.targets == ["/robots.txt"]


def test_the_next_address_is_tried_when_one_does_not_answer(site_of: SiteOf, connected: list[str]) -> None:
    site = site_of()
    with WebFetcher(resolve=Names([OTHER, PUBLIC])) as fetcher:
        assert fetcher.fetch(f"http://site.example:{site.port}/page").data == PAGE
    assert connected == [OTHER, PUBLIC] * 2


def test_nobody_answers(connected: list[str]) -> None:
    assert refused(Names([OTHER])) == (
        "http://site.example/page cannot be reached (connection refused); check the address, or try again later."
    )
    assert refused(Names([])) == (
        "http://site.example/page cannot be reached (no address); check the address, or try again later."
    )


@pytest.mark.parametrize("error", [socket.gaierror(-2, "Name or service not known"), UnicodeError("label too long")])
def test_an_unknown_host(error: Exception) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise error

    with WebFetcher(resolve=unknown) as fetcher, pytest.raises(SourceError) as caught:
        fetcher.fetch("http://site.example/page")
    assert str(caught.value) == (
        "http://site.example/page cannot be reached, because no host site.example is known; "
        "check the address, or try again later."
    )


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "2130706433", "0x7f.1", "0x7f000001", "017700000001", "0177.0.0.1", "127.0.0.1."),
        *("localhost", "LOCALHOST.", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "0"),
        *("0.0.0.0", "[::]", "１２７.０.０.１", "ⓛocalhost", "169.254.169.254", "2852039166", "0xa9fea9fe"),
        *("10.0.0.1", "[fd00:ec2::254]"),
    ],
)
def test_odd_spellings_are_refused_by_what_they_lead_to(connected: list[str], host: str) -> None:
    with pytest.raises(SourceError, match=r" leads to [0-9a-f.:]+, (an?|the) [^;]*address"):
        fetch_url(f"http://{host}:1/")
    assert connected == []


def test_the_resolver_is_the_system_s() -> None:
    assert resolve("127.0.0.1", 80) == ["127.0.0.1"]


def test_private_addresses_can_be_allowed(site_of: SiteOf) -> None:
    assert fetch_url(f"{site_of().url}/page", allow_private=True).data == PAGE
    assert refusal("http://127.0.0.1:1/") == (
        "http://127.0.0.1:1/ cannot be reached (connection refused); check the address, or try again later."
    )
