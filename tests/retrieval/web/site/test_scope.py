"""Which addresses belong to a site."""

from __future__ import annotations

import pytest

from retrieval import Fetched, SkipReason
from retrieval.web.addresses import parse_address
from retrieval.web.site.scope import SiteScope, is_document_type, key_of, left_out_by_name


def found(start: str, link: str) -> str | None:
    address = SiteScope.of(parse_address(start)).find(link, start)
    return str(address) if address else None


@pytest.mark.parametrize(
    ("start", "folder"),
    [
        ("https://a.example", "/"),
        ("https://a.example/docs/", "/docs/"),
        ("https://a.example/docs", "/docs/"),
        ("https://a.example/docs/index.html", "/docs/"),
        ("https://a.example/docs/v1.2/", "/docs/v1.2/"),
        ("https://a.example/docs/?page=1", "/docs/"),
        ("https://a.example/sitemap.xml", "/"),
    ],
)
def test_the_folder_that_a_start_names(start: str, folder: str) -> None:
    assert SiteScope.of(parse_address(start)).folder == folder


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("b", "https://a.example/docs/b"),
        ("b#part", "https://a.example/docs/b"),
        ("./c/../d e", "https://a.example/docs/d%20e"),
        ("/docs", "https://a.example/docs"),
        ("https://A.example:443/docs/b", "https://a.example/docs/b"),
        ("http://a.example/docs/b", "https://a.example/docs/b"),  # old links
        ("//a.example/docs/b", "https://a.example/docs/b"),
        ("", "https://a.example/docs/"),
        ("..", None),
        ("/docs2/b", None),
        ("/docs/../etc", None),
        ("https://b.example/docs/b", None),
        ("https://a.example.evil.example/docs/b", None),
        ("https://a.example:8443/docs/b", None),
        ("http://a.example:8080/docs/b", None),
        ("https://user:word@a.example/docs/b", None),
        ("mailto:a@a.example", None),
        ("javascript:void(0)", None),
        ("data:text/html,x", None),
        ("file:///docs/b", None),
        ("http://[::1/docs", None),
        ("https://a.example/docs/" + "x" * 5_000, None),
    ],
)
def test_links(link: str, address: str | None) -> None:
    assert found("https://a.example/docs/", link) == address


def test_what_a_slash_makes_is_the_same_page() -> None:
    keys = {key_of(parse_address(f"https://a.example{target}")) for target in ("/a", "/a/", "/a//")}
    assert len(keys) == 1
    different = ("/a", "/A", "/a?b", "/a/?b=1", "/", "/a/b")
    assert len({key_of(parse_address(f"https://a.example{target}")) for target in different}) == len(different)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("/a", None),
        ("/a.html", None),
        ("/a.PDF", None),
        ("/a.php", None),
        ("/v1.2", None),
        ("/2026/11/30/news", None),
        ("/a.png", SkipReason.KIND),
        ("/a.ZIP?x=1", SkipReason.KIND),
        ("/feed.xml", SkipReason.KIND),
        ("/a.css", SkipReason.KIND),
        ("/a/b/a/b/a/b", None),
        ("/a/b/a/b/a/b/a/b", SkipReason.CIRCLE),
        ("/" + "/".join(map(str, range(26))), SkipReason.CIRCLE),
        ("/" + "x" * 1_000, SkipReason.CIRCLE),
    ],
)
def test_what_an_address_tells_of_itself(target: str, reason: SkipReason | None) -> None:
    assert left_out_by_name(parse_address(f"https://a.example{target}")) is reason


@pytest.mark.parametrize(
    ("served", "is_document"),
    [("text/html", True), ("text/plain", True), ("application/pdf", True), ("", True), ("text/css", False),
     ("text/javascript", False), ("text/calendar", False)],
)  # fmt: skip
def test_what_nobody_has_named_has_to_be_a_document(served: str, is_document: bool) -> None:
    assert is_document_type(Fetched("https://a.example/", b"", served, None, "a")) is is_document
