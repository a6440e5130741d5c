"""A walk through sites on this machine, over real sockets."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping

import pytest

from retrieval import CrawlEnd, CrawlReport, KnownPage, SiteCrawl, SiteLimits, SkipReason, SourceError, Validators
from retrieval.web import WebFetcher
from tests.retrieval.web.conftest import SiteOf
from tests.retrieval.web.server import Answer, Site, Wire, answer, redirect, versioned

NO_SITEMAPS = {"/robots.txt", "/sitemap.xml", "/d/sitemap.xml"}


def page(name: str, *links: str, head: str = "") -> bytes:
    anchors = "".join(f"<a href='{link}'>on</a>" for link in links)
    return f"<html><head><title>{name}</title>{head}</head><body><p>The {name} opens at nine.</p>{anchors}".encode()


def pages(**links: tuple[str, ...]) -> dict[str, Answer]:
    """Pages below ``/d/`` by their names, with their links; ``start`` is the folder's own."""
    return {f"/d/{'' if name == 'start' else name}": answer(page(name, *to)) for name, to in links.items()}


def walk(site: Site, start: str = "/d/", limits: SiteLimits | None = None) -> tuple[list[str], CrawlReport]:
    """The targets of the pages that were taken, and how the walk went."""
    with WebFetcher(allow_private=True, seconds=5) as fetcher:
        crawl = SiteCrawl(site.url + start, fetcher, limits=limits)
        taken = [one.url.removeprefix(site.url) for one in crawl if one.error is None]
    assert crawl.report.pages == len(taken)
    return taken, crawl.report


def asked(site: Site) -> list[str]:
    return [target for target in site.targets if target not in NO_SITEMAPS]


def test_links_are_followed_breadth_first_and_each_page_comes_once(site_of: SiteOf) -> None:
    site = site_of(pages(start=("b", "a"), a=("../d/", "b", "c#x", "c/"), b=("e", "a"), c=(), e=("/d/c",)))
    taken, report = walk(site)
    assert taken == ["/d/", "/d/b", "/d/a", "/d/e", "/d/c"]
    assert asked(site) == taken
    assert report == CrawlReport(f"{site.url}/d/", 5)


def test_the_site_ends_at_its_folder_and_at_its_host(site_of: SiteOf) -> None:
    other = site_of(pages(start=()))
    site = site_of(pages(start=("/page", "..", "/dd/x", f"{other.url}/d/", "mailto:a@b.example", "a"), a=()))
    assert walk(site)[0] == ["/d/", "/d/a"]
    assert other.requests == []
    assert set(asked(site)) == {"/d/", "/d/a"}


def test_the_start_is_what_it_redirects_to(site_of: SiteOf) -> None:
    other = site_of(pages(start=("a",), a=()))
    site = site_of({"/go": redirect(f"{other.url}/d/")})
    with WebFetcher(allow_private=True) as fetcher:
        crawl = SiteCrawl(f"{site.url}/go", fetcher)
        assert [one.url for one in crawl] == [f"{other.url}/d/", f"{other.url}/d/a"]
    assert crawl.report.start == f"{other.url}/d/"


def test_a_redirect_leads_nowhere_else_and_to_no_page_twice(site_of: SiteOf) -> None:
    other = site_of()
    answers = pages(start=("out", "in", "a", "up"), a=(), new=())
    answers |= {"/d/out": redirect(f"{other.url}/page"), "/d/in": redirect("/d/new"), "/d/up": redirect("/d/a")}
    taken, report = walk(site_of(answers))
    assert taken == ["/d/", "/d/new", "/d/a"]
    assert report.left_out == {SkipReason.OUTSIDE: 1, SkipReason.DUPLICATE: 1}
    assert other.requests == []


def test_what_robots_txt_forbids_is_not_asked_for(site_of: SiteOf) -> None:
    rules = answer(b"User-agent: *\nDisallow: /d/private", content_type="text/plain")
    site = site_of({"/robots.txt": rules, **pages(start=("private/1", "private/2", "a"), a=())})
    taken, report = walk(site)
    assert taken == ["/d/", "/d/a"]
    assert report.left_out == {SkipReason.ROBOTS: 2}
    assert all("private" not in target for target in site.targets)


def test_pages_that_ask_for_it_are_not_taken_or_not_followed(site_of: SiteOf) -> None:
    answers = pages(start=("hub", "end", "file"), leaf=(), never=())
    answers["/d/hub"] = answer(page("hub", "leaf", head="<meta name=robots content=noindex>"))
    answers["/d/end"] = answer(page("end", "never", head="<meta name=robots content=nofollow>"))
    answers["/d/file"] = answer(b"A key.", content_type="text/plain", X_Robots_Tag="noindex")
    taken, report = walk(site_of(answers))
    assert taken == ["/d/", "/d/end", "/d/leaf"]
    assert report.left_out == {SkipReason.UNINDEXED: 2}


def test_a_page_that_only_sends_its_visitors_on_is_followed(site_of: SiteOf) -> None:
    answers = pages(start=(), new=("a",), a=())
    answers["/d/"] = answer(page("moved", head="<meta http-equiv=refresh content='0; url=new'>"))
    taken, report = walk(site_of(answers))
    assert taken == ["/d/new", "/d/a"]
    assert report.left_out == {SkipReason.FORWARDING: 1}


def test_one_content_is_taken_once(site_of: SiteOf) -> None:
    answers = pages(start=("index.html", "a", "b", "print"), c=())
    answers["/d/index.html"] = answers["/d/"]
    answers |= {"/d/a": answer(page("same")), "/d/b": answer(page("same"))}
    answers["/d/print"] = answer(page("printed c", head="<link rel=canonical href=/d/c>"))
    taken, report = walk(site_of(answers))
    assert taken == ["/d/", "/d/a", "/d/c"]
    assert report.left_out == {SkipReason.DUPLICATE: 3}


def test_pages_that_point_at_each_other_are_not_both_lost(site_of: SiteOf) -> None:
    answers = pages(start=("a", "b"))
    answers["/d/a"] = answer(page("a", head="<link rel=canonical href=/d/b>"))
    answers["/d/b"] = answer(page("b", head="<link rel=canonical href=/d/a>"))
    answers["/d/c"] = answer(page("c", head="<link rel=canonical href=/d/nowhere.png>"))
    site = site_of(answers)
    assert walk(site)[0] == ["/d/", "/d/b"]
    assert walk(site, "/d/c")[0] == ["/d/c"]


def test_what_is_no_document_is_passed_over(site_of: SiteOf) -> None:
    answers = pages(start=("a.pdf", "b.png", "c", "d", "e.xml"))
    answers["/d/a.pdf"] = answer(b"%PDF-1.4", content_type="application/pdf")
    answers["/d/c"] = answer(b"body {}", content_type="text/css")
    answers["/d/d"] = answer(b"\x89PNG", content_type="image/png")
    site = site_of(answers)
    taken, report = walk(site)
    assert taken == ["/d/", "/d/a.pdf"]
    assert report.left_out == {SkipReason.KIND: 4}
    assert "/d/b.png" not in site.targets


def test_a_calendar_without_end_is_left_out(site_of: SiteOf) -> None:
    def month(wire: Wire) -> None:
        number = int(wire.request.target.rpartition("=")[2])
        wire.send(answer(page(f"month {number}", f"calendar?month={number + 1}")))

    answers = pages(start=("calendar?month=1", "a", "a?print=1"), a=())
    answers |= {f"/d/calendar?month={number}": month for number in range(9)}
    site = site_of(answers)
    taken, report = walk(site)
    assert taken == ["/d/", "/d/a"]
    assert report.left_out == {SkipReason.QUERY: 2}


def test_the_next_part_of_a_list_is_taken(site_of: SiteOf) -> None:
    answers = pages(start=("list",), a=(), b=())
    answers["/d/list"] = answer(page("list", "a").replace(b"</p>", b"</p><a rel=next href='?p=2'>next</a>"))
    answers["/d/list?p=2"] = answer(page("list 2", "b"))
    assert walk(site_of(answers))[0] == ["/d/", "/d/list", "/d/list?p=2", "/d/a", "/d/b"]


def test_circles_and_depths_have_an_end(site_of: SiteOf) -> None:
    class Endless(dict[str, Answer]):
        def get(self, target: str, default: Answer | None = None) -> Answer:  # type: ignore[override]
            return (
                answer(b"", "404 Not Found")
                if "robots" in target or "sitemap" in target
                else answer(page(target, "x/", f"{len(target)}/"))
            )

    site = site_of()
    site.answers = Endless()
    taken, report = walk(site, limits=SiteLimits(pages=60))
    assert (len(taken), report.end) == (60, CrawlEnd.PAGES)
    assert report.left_out[SkipReason.CIRCLE] > 0
    taken, report = walk(site, limits=SiteLimits(depth=2, pages=60))
    assert max(target.count("/") for target in taken) == 4
    assert report.left_out[SkipReason.DEPTH] > 0
    assert report.end is CrawlEnd.COMPLETE


def test_limits_end_the_walk_and_tell_what_is_left(site_of: SiteOf) -> None:
    site = site_of(pages(start=("a", "b", "c"), a=(), b=(), c=()))
    for limits, end in (
        (SiteLimits(pages=2), CrawlEnd.PAGES),
        (SiteLimits(size_bytes=150), CrawlEnd.SIZE),
        (SiteLimits(seconds=0), CrawlEnd.TIME),
    ):
        taken, report = walk(site, limits=limits)
        assert taken[0] == "/d/"
        assert (report.end, report.pages + report.waiting) == (end, 4)
    assert walk(site, limits=SiteLimits(pages=4))[1].end is CrawlEnd.COMPLETE


def test_requests_have_an_end_too(site_of: SiteOf) -> None:
    names = [f"n{number}" for number in range(120)]
    site = site_of(pages(start=tuple(names)))
    _, report = walk(site, limits=SiteLimits(pages=2))
    assert report.end is CrawlEnd.REQUESTS
    assert report.left_out == {SkipReason.MISSING: 110}


def test_one_bad_page_does_not_stop_the_rest(site_of: SiteOf) -> None:
    def slow(wire: Wire) -> None:
        wire.drip([b""] * 100, 0.1)

    answers = pages(start=("ill", "gone", "secret", "slow", "cut", "a"), a=())
    answers |= {"/d/ill": answer(b"", "500 Oops"), "/d/gone": answer(b"", "410 Gone"), "/d/slow": slow}
    answers |= {
        "/d/secret": answer(b"", "403 Forbidden"),
        "/d/cut": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\nA",
    }
    site = site_of(answers)
    with WebFetcher(allow_private=True, seconds=0.5) as fetcher:
        crawl = SiteCrawl(f"{site.url}/d/", fetcher)
        outcomes = list(crawl)
    assert [one.url for one in outcomes if one.fetched] == [f"{site.url}/d/", f"{site.url}/d/a"]
    ill, slow_one, cut = [str(one.error)[len(site.url) :] for one in outcomes if one.error]
    assert ill == "/d/ill answers 500 (internal server error); try again later."
    assert slow_one.startswith("/d/slow takes longer than 0.5 s; ")
    assert cut.startswith("/d/cut breaks off ")
    assert crawl.report.left_out == {SkipReason.MISSING: 1, SkipReason.FORBIDDEN: 1}


def test_a_site_that_keeps_failing_is_left_alone(site_of: SiteOf) -> None:
    names = [f"n{number}" for number in range(9)]
    answers = pages(start=(*names, "last"), last=()) | {f"/d/{name}": answer(b"", "503 Sorry") for name in names}
    site = site_of(answers)
    taken, report = walk(site)
    assert (taken, report.end, report.waiting) == (["/d/"], CrawlEnd.FAILURES, 5)
    site.answers["/d/n4"] = answer(page("n4"))
    assert walk(site)[1].pages == 3


def test_a_site_that_asks_for_a_moment_gets_it(site_of: SiteOf) -> None:
    busy = iter([answer(b"", "429 Too Many", Retry_After="0"), answer(page("a"))])
    site = site_of({**pages(start=("a",)), "/d/a": lambda wire: wire.send(next(busy))})
    assert walk(site)[0] == ["/d/", "/d/a"]


@pytest.mark.parametrize(
    ("status", "words"), [("404 No", "answers 404"), ("500 No", "answers 500"), ("302 No", "answers 302")]
)
def test_without_the_start_there_is_no_site(site_of: SiteOf, status: str, words: str) -> None:
    site = site_of({"/d/": answer(b"", status)})
    with pytest.raises(SourceError, match=words):
        walk(site)
    with WebFetcher() as fetcher, pytest.raises(SourceError, match="a loopback address"):
        list(SiteCrawl(f"{site.url}/d/", fetcher))


def test_a_pause_lies_between_all_requests(site_of: SiteOf) -> None:
    site = site_of(pages(start=("a",), a=()))
    began = time.monotonic()
    with WebFetcher(allow_private=True, pause=0.2) as fetcher:
        assert len(list(SiteCrawl(f"{site.url}/d/", fetcher))) == 2
    assert time.monotonic() - began >= 3 * 0.2  # the start, two places for sitemaps, and the other page


def known(site: Site, *targets: str, has_links: bool) -> dict[str, KnownPage]:
    return {f"{site.url}{target}": KnownPage(Validators('"1"'), "0" * 64, has_links) for target in targets}


def unchanged(site: Site, held: Mapping[str, KnownPage]) -> dict[str, bool]:
    """Whether each page of the site was found to be the known version."""
    with WebFetcher(allow_private=True) as fetcher:
        crawl = SiteCrawl(f"{site.url}/d/", fetcher, known=held)
        return {one.url.removeprefix(site.url): one.fetched is None for one in crawl}


def test_known_pages_are_sent_again_only_for_their_links(site_of: SiteOf) -> None:
    answers = pages(start=("a", "b.txt"))
    answers |= {"/d/a": versioned(page("a", "new"), '"1"'), "/d/new": answer(page("new"))}
    answers["/d/b.txt"] = versioned(b"B", '"1"', content_type="text/plain")
    site = site_of(answers)
    held = known(site, "/d/a", has_links=True) | known(site, "/d/b.txt", has_links=False)
    assert unchanged(site, held) == {"/d/": False, "/d/a": False, "/d/b.txt": True, "/d/new": False}
    site.answers["/sitemap.xml"] = answer(
        f"<urlset>{''.join(f'<url><loc>{site.url}/d/{name}</loc></url>' for name in ('a', 'new'))}</urlset>".encode()
    )
    assert unchanged(site, held) == {"/d/": False, "/d/a": True, "/d/new": False, "/d/b.txt": True}


def test_progress_is_told_before_each_request(site_of: SiteOf) -> None:
    site = site_of(pages(start=("a", "b"), a=("c",), b=(), c=()))
    told: list[tuple[int, int]] = []
    with WebFetcher(allow_private=True) as fetcher:
        list(SiteCrawl(f"{site.url}/d/", fetcher, progress=lambda done, waiting: told.append((done, waiting))))
    assert told == [(0, 0), (1, 2), (2, 2), (3, 1), (4, 0)]


def test_ctrl_c_ends_the_walk_in_order(site_of: SiteOf) -> None:
    site = site_of(pages(start=("a", "b", "c"), a=(), b=(), c=()))
    calls = itertools.count()

    def stop(done: int, waiting: int) -> None:
        if next(calls) == 2:
            raise KeyboardInterrupt

    with WebFetcher(allow_private=True) as fetcher:
        crawl = SiteCrawl(f"{site.url}/d/", fetcher, progress=stop)
        assert len(list(crawl)) == 2
    assert (crawl.report.end, crawl.report.waiting) == (CrawlEnd.INTERRUPTED, 2)
