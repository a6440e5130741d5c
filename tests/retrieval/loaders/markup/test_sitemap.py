"""Sitemaps as sites have them, and as somebody would make them to do harm."""

from __future__ import annotations

import pytest

from retrieval import SourceError
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.markup.sitemap import MAX_ENTRIES, Sitemap, read_sitemap
from retrieval.loaders.sandbox.pool import SANDBOX

pytestmark = pytest.mark.usefixtures("programs")

NAMESPACE = b'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*addresses: str, namespace: bytes = NAMESPACE) -> bytes:
    entries = "".join(f"<url><loc>{address}</loc><lastmod>2026-11-03</lastmod></url>" for address in addresses)
    return b"<?xml version='1.0' encoding='UTF-8'?><urlset " + namespace + b">" + entries.encode() + b"</urlset>"


@pytest.mark.parametrize("namespace", [NAMESPACE, b"", b'xmlns="http://www.google.com/schemas/sitemap/0.84"'])
def test_pages(namespace: bytes) -> None:
    found = read_sitemap(urlset("https://a/1", "\n https://a/2?b=1&amp;c=2 ", "https://a/1", namespace=namespace))
    assert found == Sitemap(("https://a/1", "https://a/2?b=1&c=2"))


def test_sitemaps_of_an_index() -> None:
    data = b"<sitemapindex><sitemap><loc>a.xml</loc></sitemap><sitemap><loc>b.xml.gz</loc></sitemap></sitemapindex>"
    assert read_sitemap(data) == Sitemap(sitemaps=("a.xml", "b.xml.gz"))


def test_pictures_and_other_languages_are_no_pages() -> None:
    data = (
        b"<urlset xmlns:i='i' xmlns:x='x'><url><loc>/page</loc><i:image><i:loc>/picture.png</i:loc></i:image>"
        b"<x:link rel='alternate' hreflang='it' href='/it'/></url></urlset>"
    )
    assert read_sitemap(data) == Sitemap(("/page",))


def test_a_text_with_an_address_on_each_line() -> None:
    data = b"\xef\xbb\xbfhttps://a/1\r\n# no address\r\n\r\n  HTTP://a/2  \nftp://a/3"
    assert read_sitemap(data) == Sitemap(("https://a/1", "HTTP://a/2"))


def test_other_encodings() -> None:
    text = "<?xml version='1.0' encoding='{}'?><urlset><url><loc>/café</loc></url></urlset>"
    for encoding in ("utf-16", "iso-8859-1"):
        assert read_sitemap(text.format(encoding).encode(encoding)) == Sitemap(("/café",))


def test_a_feed_or_a_page_lists_nothing() -> None:
    assert read_sitemap(b"<rss><channel><item><link>/a</link></item></channel></rss>") == Sitemap()
    assert read_sitemap(b"<html><body><p>no such page</p></body></html>") == Sitemap()


def test_one_that_is_full_is_read_and_no_more_than_that() -> None:
    addresses = [f"https://site.example/{'a' * 200}/{number}" for number in range(MAX_ENTRIES + 10)]
    assert len(read_sitemap(urlset(*addresses)).pages) == MAX_ENTRIES
    assert read_sitemap(urlset("x" * 2_049, "/y")) == Sitemap(("/y",))


@pytest.mark.parametrize(
    "data",
    [
        b"<urlset><url><loc>/a",
        b"<!DOCTYPE u [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><urlset><url><loc>&b;</loc></url></urlset>",
        b"<!DOCTYPE u [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>&f;</loc></url></urlset>",
        b"<a>" * 100_000,
        b"<urlset>\xff\xff</urlset>",
        b"\xff\xfe\x00\xd8",
        b"http://a/\xff",
    ],
)
def test_one_made_to_do_harm_is_none(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^\{name\} is damaged or not really a sitemap inside; "):
        read_sitemap(data)


def test_the_answer_of_the_other_process_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    for told in ("", "[]", '{"pages": 1, "sitemaps": []}'):
        extracted = Extracted(told)
        monkeypatch.setattr(SANDBOX, "extract", lambda form, data, extracted=extracted: extracted)
        with pytest.raises(SourceError, match="not really a sitemap"):
            read_sitemap(b"")
