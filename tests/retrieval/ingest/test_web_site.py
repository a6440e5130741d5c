"""A whole site into a library, over real sockets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retrieval import (
    CrawlEnd,
    Indexer,
    Library,
    SiteLimits,
    SiteReport,
    SkipReason,
    SourceError,
    WebFetcher,
    index_site,
)
from tests.retrieval.loaders.pdf.pdf_files import handbook
from tests.retrieval.web.server import HOST, Site, Wire, answer, versioned

pytestmark = [pytest.mark.allow_hosts([HOST]), pytest.mark.usefixtures("programs")]


def page(name: str, *links: str) -> bytes:
    anchors = "".join(f"<a href='{link}'>on</a>" for link in links)
    return f"<html><title>{name}</title><body><p>The {name} opens at nine.</p>{anchors}</body></html>".encode()


@pytest.fixture
def site() -> Iterator[Site]:
    pages = {"/": page("start", "mill", "lock", "rules.pdf"), "/mill": page("mill", "pump"), "/pump": page("pump")}
    answers = {target: versioned(body, f'"{target}"') for target, body in pages.items()}
    answers["/rules.pdf"] = versioned(handbook(), '"rules"', content_type="application/pdf")
    with Site({**answers, "/lock": answer(b"", "500 Oops")}) as site:
        yield site


def index(library: Library, site: Site, limits: SiteLimits | None = None) -> SiteReport:
    site.requests.clear()
    with WebFetcher(allow_private=True) as fetcher:
        return index_site(Indexer(library), fetcher, f"{site.url}/", "c", limits=limits)


def bodies(site: Site) -> list[str]:
    """What was asked for without saying which version is there."""
    quiet = {"/robots.txt", "/sitemap.xml"}
    return [one.target for one in site.requests if one.target not in quiet and "if-none-match" not in one.headers]


def test_pages_and_files_are_taken_and_failures_told(library: Library, site: Site) -> None:
    report = index(library, site)
    assert [taken.title for taken in report.intake.added][:2] == ["start", "mill"]
    assert {record.uri.removeprefix(site.url): record.format for record in library.records("c")} == {
        "/": "html",
        "/mill": "html",
        "/pump": "html",
        "/rules.pdf": "pdf",
    }
    assert report.intake.failed == [f"{site.url}/lock answers 500 (internal server error); try again later."]
    assert (report.crawl.pages, report.crawl.waiting, report.crawl.end) == (4, 0, CrawlEnd.COMPLETE)


def test_a_second_time_only_links_cost_a_body(library: Library, site: Site) -> None:
    index(library, site)
    before = library.manifest(fresh=True)
    site.answers["/pump"] = versioned(page("new pump", "well"), '"pump-2"')
    site.answers["/well"] = answer(page("well"))
    report = index(library, site)
    assert sorted(bodies(site)) == ["/", "/lock", "/mill", "/pump", "/well"]
    assert [[one.title for one in done] for done in (report.intake.added, report.intake.replaced)] == [
        ["well"],
        ["new pump"],
    ]
    assert len(report.intake.unchanged) == 3
    assert library.manifest(fresh=True) != before


def test_with_a_sitemap_unchanged_pages_cost_no_body(library: Library, site: Site) -> None:
    entries = "".join(f"<url><loc>{site.url}{target}</loc></url>" for target in ("/mill", "/pump", "/rules.pdf"))
    site.answers["/sitemap.xml"] = answer(f"<urlset>{entries}</urlset>".encode(), content_type="application/xml")
    index(library, site)
    report = index(library, site)
    assert bodies(site) == ["/", "/lock"]
    assert len(report.intake.unchanged) == 4


def test_what_an_older_version_read_is_read_anew(library: Library, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    index(library, site)
    old = {record.uri: record.model_copy(update={"loader": "pdf-0"}) for record in library.records("c")}
    monkeypatch.setattr(Library, "records", lambda self, name: list(old.values()))
    report = index(library, site)
    assert "/rules.pdf" in bodies(site)
    assert len(report.intake.unchanged) == 4


def test_batches_are_indexed_while_pages_still_come(
    library: Library, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.ingest.batches.BATCH_SECONDS", 0.0)
    monkeypatch.setattr("retrieval.ingest.batches.AHEAD_FILES", 0)
    held: list[int] = []

    def look(wire: Wire) -> None:
        held.append(len(library.records("c")))
        wire.send(answer(page("pump")))

    site.answers["/pump"] = look
    index(library, site)
    assert held == [3]


def test_ctrl_c_keeps_what_came_before_it(library: Library, site: Site) -> None:
    report = SiteReport()

    def stop(pages: int, waiting: int) -> None:
        if pages == 2:
            raise KeyboardInterrupt

    with WebFetcher(allow_private=True) as fetcher, pytest.raises(KeyboardInterrupt):
        index_site(Indexer(library), fetcher, f"{site.url}/", "c", progress=stop, report=report)
    assert {record.title for record in library.records("c")} == {one.title for one in report.intake.added}
    assert len(report.intake.added) == 2
    assert report.crawl.end is CrawlEnd.INTERRUPTED


def test_limits_and_what_is_left_out_are_told(library: Library, site: Site) -> None:
    site.answers["/"] = answer(page("start", "mill", "nowhere", "a.png"))
    report = index(library, site, SiteLimits(pages=1))
    assert (report.crawl.pages, report.crawl.waiting, report.crawl.end) == (1, 2, CrawlEnd.PAGES)
    report = index(library, site)
    assert report.crawl.left_out == {SkipReason.KIND: 1, SkipReason.MISSING: 1}


def test_without_a_start_there_is_no_library(library: Library, site: Site) -> None:
    del site.answers["/"]
    with pytest.raises(SourceError, match="answers 404"):
        index(library, site)
    assert library.manifest(fresh=True) is None
