"""``pullquote index URL --site``: what it says and how it ends."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Iterator

import pytest

from bot.cli.index import MOST_PAGES
from bot.cli.index_site import crawl_sentences
from retrieval import CrawlEnd, CrawlReport, SiteLimits, SkipReason
from tests.bot.json_checks import check_sentence
from tests.conftest import PROGRAM, Run
from tests.retrieval.web.server import HOST, Site, Wire, answer


def page(name: str, *links: str) -> bytes:
    anchors = "".join(f"<a href='{link}'>on</a>" for link in links)
    return answer(f"<title>{name}</title><body><p>The {name} opens at nine.</p>{anchors}".encode())


@pytest.fixture
def site(programs: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("PULLQUOTE_ALLOW_PRIVATE_URLS", "1")
    monkeypatch.setattr("retrieval.web.robots.PAUSE_SECONDS", 0.0)
    pages = {"/d/": page("start", "mill", "lock", "x.png", "gone"), "/d/mill": page("mill"), "/d/lock": page("lock")}
    with Site(dict(pages)) as site:
        yield site


on_this_machine = pytest.mark.allow_hosts([HOST])


@on_this_machine
def test_a_site_is_taken_and_what_is_left_out_is_told(cli: Run, site: Site) -> None:
    outcome = cli("index", f"{site.url}/d/", "--site", "--collection", "c")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[-3:] == [
        "3 added.",
        "Left out: 1 address that is no document.",
        "Left out: 1 address that leads to no page (404).",
    ]
    assert "nine" in cli("ask", "When does the mill open?", "--collection", "c").out
    assert "3 unchanged." in cli("index", f"{site.url}/d/", "--site", "--collection", "c").out


@on_this_machine
def test_pages_that_fail_are_told_and_the_rest_is_taken(cli: Run, site: Site) -> None:
    site.answers["/d/lock"] = answer(b"", "500 Oops")
    outcome = cli("index", f"{site.url}/d/", "--site", "--collection", "c")
    assert outcome.code == 3
    assert outcome.err == f"{site.url}/d/lock answers 500 (internal server error); try again later.\n"


@on_this_machine
def test_the_number_of_pages_is_kept(cli: Run, site: Site) -> None:
    outcome = cli("index", f"{site.url}/d/", "--site", "--pages", "2", "--collection", "c")
    assert outcome.code == 0
    assert "2 added." in outcome.out
    assert "Stopped after 2 pages, while 2 more addresses were waiting; take more with --pages.\n" in outcome.out


@on_this_machine
def test_a_start_that_cannot_be_had_is_a_sentence(cli: Run, site: Site) -> None:
    outcome = cli("index", f"{site.url}/nowhere", f"{site.url}/d/mill", "--site", "--collection", "c")
    assert outcome.code == 3
    check_sentence(outcome.err)
    assert "Added “mill” (" in outcome.out
    assert f"name their folder: {site.url}/d/." in outcome.out
    site.answers["/d/map.xml"] = answer(b"<urlset/>", content_type="application/xml")
    outcome = cli("index", f"{site.url}/d/map.xml", "--site", "--collection", "c")
    assert outcome.code == 2
    assert outcome.err == f"There are no pages at {site.url}/d/map.xml; start from another address.\n"


@on_this_machine
def test_ctrl_c_keeps_the_pages_that_came_before_it(site: Site, program: Run) -> None:
    """In a process of its own, while it waits for a page."""
    asked = threading.Event()

    def slow(wire: Wire) -> None:
        asked.set()
        wire.drip([b""] * 100, 0.1)

    site.answers["/d/lock"] = slow
    command = [str(PROGRAM), "index", f"{site.url}/d/", "--site", "--collection", "c"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert asked.wait(60)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "")
    assert "2 added." in out
    assert "Stopped after 2 pages, while 1 more address was waiting; run the command again" in out
    assert program("sources", "list", "--collection", "c").out.count("\n") == 2


@on_this_machine
def test_private_addresses_stay_refused(cli: Run, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PULLQUOTE_ALLOW_PRIVATE_URLS")
    outcome = cli("index", f"{site.url}/d/", "--site", "--collection", "c")
    assert (outcome.code, site.requests) == (2, [])
    check_sentence(outcome.err)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("notes.txt", "--site"), "notes.txt is no web address; leave out --site to index files."),
        (("https://a.example/", "--site", "--check"), "--site does not go with --check or --prune; leave those out."),
        (("https://a.example/", "--site", "--prune"), "--site does not go with --check or --prune; leave those out."),
    ],
)
def test_what_does_not_go_together_is_told(cli: Run, arguments: tuple[str, ...], words: str) -> None:
    outcome = cli("index", *arguments)
    assert (outcome.code, outcome.err) == (2, f"{words}\n")


def test_the_command_takes_as_many_pages_as_the_library() -> None:
    assert SiteLimits().pages == MOST_PAGES


def test_a_start_page_alone_says_why() -> None:
    (sentence,) = crawl_sentences(CrawlReport("https://a.example/", 1), SiteLimits())
    assert sentence.endswith("no link in it leads to a page below it, and no sitemap names one.")
    (sentence,) = crawl_sentences(CrawlReport("https://a.example/d/x", 1), SiteLimits())
    assert sentence.endswith("name their folder: https://a.example/d/.")


@pytest.mark.parametrize("end", CrawlEnd)
def test_each_end_has_a_sentence(end: CrawlEnd) -> None:
    told = list(crawl_sentences(CrawlReport("https://a.example/", 7, 1, end=end), SiteLimits()))
    assert len(told) == (end is not CrawlEnd.COMPLETE)
    for sentence in told:
        check_sentence(sentence)
        assert "while 1 more address was waiting; " in sentence


@pytest.mark.parametrize("reason", SkipReason)
@pytest.mark.parametrize("count", [1, 2])
def test_each_reason_has_a_sentence(reason: SkipReason, count: int) -> None:
    report = CrawlReport("https://a.example/", 7)
    report.left_out[reason] = count
    (sentence,) = crawl_sentences(report, SiteLimits())
    assert sentence.startswith("Left out: 1 address that " if count == 1 else "Left out: 2 addresses that ")
    check_sentence(sentence)
