"""What pages say of themselves to programs."""

from __future__ import annotations

import pytest

from retrieval import Fetched
from retrieval.web.addresses import parse_address
from retrieval.web.site.page_directives import PageDirectives, read_directives
from retrieval.web.site.scope import SiteScope

pytestmark = pytest.mark.usefixtures("programs")

SCOPE = SiteScope.of(parse_address("https://a.example/docs/"))


def directives(markup: str, *robots: str, path: str = "/docs/page", served: str = "text/html") -> PageDirectives:
    fetched = Fetched(f"https://a.example{path}", markup.encode(), served, None, "page", robots=robots)
    return read_directives(fetched, SCOPE)


@pytest.mark.parametrize(
    ("robots", "may_be_indexed", "may_be_followed"),
    [
        ((), True, True),
        (("all",), True, True),
        (("noindex",), False, True),
        (("nofollow",), True, False),
        (("NoIndex, NoFollow",), False, False),
        (("none",), False, False),
        (("noarchive", "noindex"), False, True),
        (("googlebot: noindex",), True, True),
        (("pullquote: noindex",), False, True),
        (("unavailable_after: 25 Jun 2030 15:00:00 GMT, noindex",), False, True),
        (("max-snippet:20, nofollow",), True, False),
    ],
)
def test_header_fields(robots: tuple[str, ...], may_be_indexed: bool, may_be_followed: bool) -> None:
    told = directives("<a href=b>x</a>", *robots)
    assert (told.may_be_indexed, bool(told.targets)) == (may_be_indexed, may_be_followed)


@pytest.mark.parametrize(
    ("content", "may_be_indexed", "may_be_followed"),
    [("index, follow", True, True), ("noindex", False, True), ("nofollow", True, False), ("none", False, False)],
)
def test_fields_of_the_page(content: str, may_be_indexed: bool, may_be_followed: bool) -> None:
    told = directives(f"<meta name=robots content='{content}'><a href=b>x</a>")
    assert (told.may_be_indexed, bool(told.targets)) == (may_be_indexed, may_be_followed)


def test_links_are_relative_to_the_base_and_within_the_site() -> None:
    told = directives("<base href=/docs/v2/><a href=b>x</a><a rel=next href=?p=2>x</a><a href=https://b.example/>x</a>")
    assert [(str(address), is_next) for address, is_next in told.targets] == [
        ("https://a.example/docs/v2/b", False),
        ("https://a.example/docs/v2/?p=2", True),
    ]
    assert directives("<base href='http://[x'><a href=b>x</a>").targets


@pytest.mark.parametrize(
    ("path", "canonical", "expected"),
    [
        ("/docs/page", "/docs/page", None),
        ("/docs/page", "/docs/page/", None),
        ("/docs/print/page", "/docs/page", "/docs/page"),
        ("/docs/page?utm_source=x", "/docs/page", "/docs/page"),
        ("/docs/page/index.html", "/docs/page/", "/docs/page/"),
        ("/docs/page/index.php", "/docs/page", "/docs/page"),
        ("/docs/page", "/docs/", None),  # names its front page on all pages
        ("/docs/a/page", "/docs/a/", None),
        ("/docs/page", "https://b.example/docs/page", None),
        ("/docs/page", "/elsewhere", None),
        ("/docs/page", "", None),
    ],
)
def test_the_address_that_a_page_calls_its_own(path: str, canonical: str, expected: str | None) -> None:
    told = directives(f"<link rel=canonical href='{canonical}'>", path=path).canonical
    assert (told.target if told else None) == expected


@pytest.mark.parametrize(
    ("target", "forwards", "targets"),
    [
        ("/docs/new", True, ["/docs/new"]),
        ("?lang=en", True, ["/docs/page?lang=en"]),
        ("https://b.example/", True, []),
        ("/docs/page", False, ["/docs/page"]),
        ("#top", False, ["/docs/page"]),
    ],
)
def test_a_page_that_sends_its_visitors_on(target: str, forwards: bool, targets: list[str]) -> None:
    told = directives(f"<meta http-equiv=refresh content='0; url={target}'>")
    assert (told.forwards, [address.target for address, _ in told.targets]) == (forwards, targets)


def test_what_is_no_web_page_leads_nowhere() -> None:
    assert directives("<a href=b>x</a>", served="text/plain") == PageDirectives((), None, may_be_indexed=True)
    assert not directives("%PDF", "noindex", served="application/pdf").may_be_indexed
    assert directives("<div>" * 100_000 + "<a href=b>x</a>").targets == ()
