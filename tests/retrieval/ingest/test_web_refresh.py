"""Documents from the web, asked for again over real sockets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from retrieval import (
    Indexer,
    Library,
    RefreshReport,
    Source,
    SourceError,
    UnknownSourceError,
    Validators,
    WebFetcher,
    load_bytes,
    refresh_sources,
    take_in,
)
from retrieval.ingest.web_pages import waiting_page
from tests.retrieval.web.server import HOST, Site, Wire, answer, redirect, versioned

pytestmark = [pytest.mark.allow_hosts([HOST]), pytest.mark.usefixtures("programs")]


def page(words: str) -> bytes:
    return f"<html><title>{words}</title><body><p>The {words} opens at nine.</p></body></html>".encode()


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({f"/{name}": versioned(page(name), f'"{name}-1"') for name in ("pump", "mill", "lock")}) as site:
        yield site


def fetcher() -> WebFetcher:
    return WebFetcher(allow_private=True)


def index(library: Library, site: Site, *names: str) -> None:
    with fetcher() as web:
        take_in(Indexer(library), [waiting_page(name, web.fetch(f"{site.url}/{name}")) for name in names], "c")
    site.requests.clear()


def refresh(library: Library, *source_ids: str) -> tuple[dict[str, list[str]], RefreshReport]:
    with fetcher() as web:
        report = refresh_sources(Indexer(library), web, "c", source_ids)
    told = report.intake
    done = {"added": told.added, "replaced": told.replaced, "unchanged": told.unchanged}
    return {name: sorted(one.title for one in taken) for name, taken in done.items() if taken}, report


def pages_asked(site: Site) -> list[str]:
    return [target for target in site.targets if target != "/robots.txt"]


def test_unchanged_pages_cost_a_request_without_a_body_and_changed_ones_are_replaced(
    library: Library, site: Site
) -> None:
    index(library, site, "pump", "mill", "lock")
    site.answers["/mill"] = versioned(page("windmill"), '"mill-2"')
    before = library.manifest(fresh=True)
    done, report = refresh(library)
    assert done == {"replaced": ["windmill"], "unchanged": ["lock", "pump"]}
    assert (report.intake.failed, report.gone) == ([], [])
    assert all(request.headers["if-none-match"] for request in site.requests if request.target != "/robots.txt")
    assert library.manifest(fresh=True) != before
    assert {record.title: record.validators.etag for record in library.records("c")} == {
        "windmill": '"mill-2"',
        "lock": '"lock-1"',
        "pump": '"pump-1"',
    }
    before = library.manifest(fresh=True)
    assert refresh(library)[0] == {"unchanged": ["lock", "pump", "windmill"]}
    assert library.manifest(fresh=True) == before


def test_a_new_name_for_the_same_version_is_noted(library: Library, site: Site) -> None:
    index(library, site, "pump", "mill")
    site.answers["/pump"] = versioned(page("pump"), '"pump-9"')
    indexed = library.manifest()
    assert refresh(library)[0] == {"unchanged": ["mill", "pump"]}
    manifest = library.manifest(fresh=True)
    assert manifest is not None
    assert indexed is not None
    assert manifest.indexes() == indexed.indexes()
    assert sorted(record.validators.etag for record in library.records("c")) == ['"mill-1"', '"pump-9"']


def test_pages_without_versions_are_compared_by_their_bytes(library: Library, site: Site) -> None:
    site.answers["/plain"] = answer(page("plain"))
    index(library, site, "plain")
    assert refresh(library)[0] == {"unchanged": ["plain"]}
    site.answers["/plain"] = answer(page("other"))
    assert refresh(library)[0] == {"replaced": ["other"]}


def test_what_an_older_version_read_is_read_anew_whether_it_has_changed_or_not(library: Library, site: Site) -> None:
    old = load_bytes(page("pump"), name="pump", uri=f"{site.url}/pump", content_type="text/html")
    sources: list[Source] = [
        replace(old, loader="html-0", validators=Validators('"pump-1"')),
        replace(old, loader="", format="", id="1" * 12, uri=f"{site.url}/mill", validators=Validators('"mill-1"')),
    ]
    Indexer(library).add(sources, "c")
    assert [record.is_outdated for record in library.records("c")] == [True, True]
    refresh(library)
    assert all("if-none-match" not in request.headers for request in site.requests)
    read_anew = {record.uri: (record.loader, record.validators.etag) for record in library.records("c")}
    assert read_anew[f"{site.url}/pump"] == (old.loader, '"pump-1"')
    assert refresh(library)[1].intake.failed == []


def test_pages_that_are_gone_are_named_and_stay(library: Library, site: Site) -> None:
    index(library, site, "pump", "mill", "lock")
    site.answers |= {"/pump": answer(b"", "410 Gone"), "/mill": answer(b"", "500 Oops")}
    del site.answers["/lock"]
    done, report = refresh(library)
    assert done == {}
    assert sorted(record.title for record in report.gone) == ["lock", "pump"]
    assert report.intake.failed == [f"{site.url}/mill answers 500 (internal server error); try again later."]
    assert len(library.records("c")) == 3


def test_a_page_that_has_moved_is_told_and_stays(library: Library, site: Site) -> None:
    index(library, site, "pump")
    (held,) = library.records("c")
    site.answers["/pump"] = redirect("/mill")
    _, report = refresh(library)
    assert report.intake.failed == [
        (
            f"“pump” ({held.id}) has moved from {site.url}/pump to {site.url}/mill; index the new address, "
            f"then run `pullquote sources remove {held.id}`."
        )
    ]
    assert library.records("c") == [held]


def test_only_what_was_named_is_looked_at(library: Library, site: Site) -> None:
    index(library, site, "pump", "mill")
    mill = next(record for record in library.records("c") if record.title == "mill")
    assert refresh(library, mill.id)[0] == {"unchanged": ["mill"]}
    assert pages_asked(site) == ["/mill"]
    with pytest.raises(UnknownSourceError):
        refresh(library, "0" * 12)


def test_what_did_not_come_from_the_web_is_left_alone(library: Library, site: Site) -> None:
    Indexer(library).add([load_bytes(b"A key of brass.", name="key.txt", uri="file:///key.txt")], "c")
    (held,) = library.records("c")
    assert refresh(library) == ({}, RefreshReport())
    with pytest.raises(SourceError, match=r"did not come from the web; index file:///key\.txt again\.$"):
        refresh(library, held.id)


def test_a_site_that_cannot_be_reached_is_not_tried_for_each_page(library: Library, site: Site) -> None:
    names = [f"p{number}" for number in range(5)]
    site.answers |= {f"/{name}": answer(page(name)) for name in names}
    index(library, site, *names)

    def silent(wire: Wire) -> None:
        wire.drip([b""] * 100, 0.1)

    site.answers |= {f"/{name}": silent for name in names}
    with WebFetcher(allow_private=True, seconds=0.3) as web:
        failed = refresh_sources(Indexer(library), web, "c").intake.failed
    assert len(pages_asked(site)) == 2
    assert sum("takes longer than 0.3 s" in sentence for sentence in failed) == 2
    assert sum("since its site cannot be reached; try again later." in sentence for sentence in failed) == 3


def test_ctrl_c_keeps_what_came_before_it(library: Library, site: Site) -> None:
    index(library, site, "pump", "mill", "lock")
    site.answers |= {f"/{name}": answer(page(f"new {name}")) for name in ("pump", "mill", "lock")}
    report = RefreshReport()

    class Stopped(WebFetcher):
        def fetch_if_changed(self, url, validators, *, within=None):  # type: ignore[no-untyped-def]
            if len(pages_asked(site)) == 2:
                raise KeyboardInterrupt
            return super().fetch_if_changed(url, validators, within=within)

    with Stopped(allow_private=True) as web, pytest.raises(KeyboardInterrupt):
        refresh_sources(Indexer(library), web, "c", report=report)
    assert len(report.intake.replaced) == 2
    assert sum(record.title.startswith("new ") for record in library.records("c")) == 2


def test_progress_is_told_for_each_page(library: Library, site: Site) -> None:
    index(library, site, "pump", "mill")
    told: list[tuple[int, int]] = []
    with fetcher() as web:
        refresh_sources(Indexer(library), web, "c", progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2), (2, 2)]
