"""Sitemaps on sites on this machine, over real sockets."""

from __future__ import annotations

import gzip
from collections.abc import Iterable

import pytest

from retrieval import SiteCrawl, SiteLimits, SourceError
from retrieval.web import WebFetcher
from retrieval.web.site.sitemaps import MAX_SITEMAPS
from tests.retrieval.web.conftest import SiteOf
from tests.retrieval.web.server import Answer, Site, answer, redirect

XML = "application/xml"


def urlset(site: Site, names: Iterable[str]) -> bytes:
    return f"<urlset>{''.join(f'<url><loc>{site.url}{name}</loc></url>' for name in names)}</urlset>".encode()


def index_of(site: Site, names: Iterable[str]) -> bytes:
    entries = "".join(f"<sitemap><loc>{site.url}{name}</loc></sitemap>" for name in names)
    return f"<sitemapindex>{entries}</sitemapindex>".encode()


def text(words: str) -> bytes:
    return answer(words.encode(), content_type="text/plain")


def walk(site: Site, start: str = "/", pages: int = 200) -> list[str]:
    with WebFetcher(allow_private=True, seconds=10) as fetcher:
        crawl = SiteCrawl(site.url + start, fetcher, limits=SiteLimits(pages=pages))
        return [one.url.removeprefix(site.url) for one in crawl if one.fetched]


@pytest.fixture
def site(site_of: SiteOf) -> Site:
    names: dict[str, Answer] = {f"/{name}": text(f"Page {name}.") for name in "abcdef"}
    return site_of({"/": text("The start."), **names, "/f?id=1": text("Page one."), "/sub/g": text("Page g.")})


def test_pages_that_no_link_leads_to_are_found(site: Site) -> None:
    site.answers["/sitemap.xml"] = answer(urlset(site, ["/b", "/a", "/b/", "/f?id=1"]), content_type=XML)
    assert walk(site) == ["/", "/b", "/a", "/f?id=1"]


def test_robots_txt_says_where_sitemaps_are(site: Site) -> None:
    site.answers["/robots.txt"] = text("Sitemap: /maps/one.xml\nSitemap: http://elsewhere.example/two.xml")
    site.answers["/maps/one.xml"] = answer(urlset(site, ["/c"]), content_type=XML)
    site.answers["/sitemap.xml"] = answer(urlset(site, ["/d"]), content_type=XML)
    assert walk(site) == ["/", "/c"]


def test_an_index_names_others_packed_or_not(site: Site) -> None:
    site.answers["/sitemap.xml"] = answer(index_of(site, ["/one.xml.gz", "/two.xml", "/three.txt", "/sitemap.xml"]))
    packed = gzip.compress(urlset(site, ["/a"]))
    site.answers["/one.xml.gz"] = answer(packed, content_type="application/x-gzip")
    site.answers["/two.xml"] = answer(gzip.compress(urlset(site, ["/b"])), content_type=XML, Content_Encoding="gzip")
    site.answers["/three.txt"] = text(f"{site.url}/c\n{site.url}/d\n")
    assert walk(site) == ["/", "/a", "/b", "/c", "/d"]
    assert site.targets.count("/sitemap.xml") == 1


def test_a_project_has_its_sitemap_in_its_own_folder(site: Site) -> None:
    site.answers["/sub/"] = text("A project.")
    site.answers["/sub/sitemap.xml"] = answer(urlset(site, ["/sub/g", "/a"]), content_type=XML)
    assert walk(site, "/sub/") == ["/sub/", "/sub/g"]


def test_a_sitemap_can_be_the_start(site: Site) -> None:
    site.answers["/sub/map.xml"] = answer(urlset(site, ["/sub/g", "/a"]), content_type=XML)
    assert walk(site, "/sub/map.xml") == ["/sub/g"]
    assert "/sitemap.xml" not in site.targets
    with pytest.raises(SourceError, match=r"nowhere\.xml answers 404"):
        walk(site, "/nowhere.xml")
    site.answers["/bad.xml"] = answer(b"<urlset>", content_type=XML)
    with pytest.raises(SourceError, match=rf"^{site.url}/bad\.xml is damaged or not really a sitemap"):
        walk(site, "/bad.xml")


def test_only_pages_of_the_site_are_taken(site: Site, site_of: SiteOf) -> None:
    other = site_of()
    listed = f"<urlset><url><loc>{other.url}/page</loc></url><url><loc>file:///etc/passwd</loc></url></urlset>"
    site.answers["/sitemap.xml"] = answer(listed.encode(), content_type=XML)
    site.answers["/out.xml"] = redirect(f"{other.url}/sitemap.xml")
    site.answers["/robots.txt"] = text(f"Sitemap: /out.xml\nSitemap: /sitemap.xml\nSitemap: {other.url}/x.xml")
    assert walk(site) == ["/"]
    assert other.requests == []


@pytest.mark.parametrize(
    "bad",
    [
        answer(b"", "500 Oops"),
        answer(b"<urlset><url>", content_type=XML),
        answer(b"<!DOCTYPE u [<!ENTITY a 'x'>]><urlset><url><loc>/a&a;</loc></url></urlset>", content_type=XML),
        answer(b"<a>" * 200_000, content_type=XML),
        answer(gzip.compress(bytes(60_000_000)), content_type="application/x-gzip"),
        answer(gzip.compress(gzip.compress(bytes(60_000_000))), content_type=XML, Content_Encoding="gzip"),
        answer(gzip.compress(b"<urlset/>")[:-5], content_type="application/x-gzip"),
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<urlset>",
    ],
    ids=["500", "cut", "entities", "deep", "burst", "twice", "damaged", "broken off"],
)
def test_one_that_is_bad_is_passed_over(site: Site, bad: bytes) -> None:
    site.answers["/robots.txt"] = text("Sitemap: /bad.xml\nSitemap: /good.xml")
    site.answers |= {"/bad.xml": bad, "/good.xml": answer(urlset(site, ["/a"]), content_type=XML)}
    assert walk(site) == ["/", "/a"]


def test_sitemaps_are_read_as_they_are_needed(site: Site) -> None:
    site.answers["/sitemap.xml"] = answer(index_of(site, [f"/map{number}.xml" for number in range(9)]))
    many = [f"/page{number}" for number in range(30)]
    site.answers |= {name: text(f"{name} is here.") for name in many}
    site.answers |= {f"/map{number}.xml": answer(urlset(site, many)) for number in range(9)}
    assert len(walk(site, pages=10)) == 10
    assert [target for target in site.targets if "map" in target] == ["/sitemap.xml", "/map0.xml"]


def test_a_maze_of_sitemaps_has_an_end(site: Site) -> None:
    site.answers["/sitemap.xml"] = answer(index_of(site, [f"/map{number}.xml" for number in range(500)]))
    assert walk(site) == ["/"]
    assert sum("map" in target for target in site.targets) == MAX_SITEMAPS


def test_a_sitemap_that_robots_txt_forbids_is_not_asked_for(site: Site) -> None:
    site.answers["/robots.txt"] = text("User-agent: *\nDisallow: /sitemap.xml")
    assert walk(site) == ["/"]
    assert site.targets == ["/robots.txt", "/"]
