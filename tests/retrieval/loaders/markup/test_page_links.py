"""Where a page leads, in markup as it is found on the web and in markup made to do harm."""

from __future__ import annotations

import pytest

from retrieval import SourceError
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.markup.page_links import MAX_LINKS, Link, PageLinks, find_page_links
from retrieval.loaders.sandbox.pool import SANDBOX

pytestmark = pytest.mark.usefixtures("programs")


def targets(markup: str) -> list[str]:
    return [link.target for link in find_page_links(markup.encode()).links]


@pytest.mark.parametrize(
    ("markup", "links"),
    [
        ("<a href=a>x</a><A HREF='b'>x</A><a href=\"c?d=1&amp;e=2#f\">x</a>", ["a", "b", "c?d=1&e=2#f"]),
        ("<a href=' a\n b '>x</a><a href=a>x</a><a href=a>x</a>", ["a b", "a"]),
        ("<a>x</a><a href>x</a><a href=''>x</a><a href='#top'>x</a>", []),
        ("<a rel='external nofollow' href=a>x</a><a rel=NOFOLLOW href=b>x</a><a rel=nofollower href=c>x</a>", ["c"]),
        ("<map><area href=a></map><frameset><frame src=b></frameset>", ["a", "b"]),
        ("<link href=style.css rel=stylesheet><script src=x.js></script><img src=y.png><iframe src=ad></iframe>", []),
        ("<nav><a href=menu>x</a></nav><footer><a href=foot>x</a></footer>", ["menu", "foot"]),
        ("<!-- <a href=a>x</a> --><p>no links</p>", []),
        ("", []),
        (f"<a href={'x' * 2_001}>x</a>", []),
    ],
)
def test_links_that_may_be_followed(markup: str, links: list[str]) -> None:
    assert targets(markup) == links


def test_a_link_to_the_next_part_is_told() -> None:
    page = find_page_links(b"<a href=a>1</a><a rel=next href=b>2</a><a rel=prev href=c>3</a><a rel='next' href=a>4</a>")
    assert page.links == (Link("a", is_next=True), Link("b", is_next=True), Link("c"))


def test_what_a_page_says_of_itself() -> None:
    page = find_page_links(
        b"<head><base target=_blank><base href=/x/><link rel='alternate' href=/z><link rel=CANONICAL href=/y>"
        b"<meta name=ROBOTS content='NoIndex,  NOFOLLOW'><meta name=pullquote content=noarchive>"
        b"<meta name=googlebot content=none><meta name=robots></head>"
    )
    assert page == PageLinks((), "/x/", "/y", "", frozenset({"noindex", "nofollow", "noarchive"}))


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0; url=/a", "/a"),
        ("0;URL='/a b'", "/a b"),
        ('5.5; url="a?b=1"', "a?b=1"),
        (" 0 , /a ", "/a"),
        (";url=/a", "/a"),
        ("30; url=/a", ""),
        ("99999999; url=/a", ""),
        ("300", ""),
        ("", ""),
        ("url=/a", ""),
    ],
)
def test_where_a_page_sends_its_visitors(content: str, target: str) -> None:
    page = find_page_links(f"<meta http-equiv=Refresh content='{content}'>".replace("='/a b''", "=/a b'").encode())
    assert page.forward == target


def test_letters_are_read_as_the_page_or_its_server_says() -> None:
    assert (
        find_page_links("<a href=/café>x</a>".encode("latin-1"), "text/html; charset=latin-1").links[0].target
        == "/café"
    )
    declared = "<meta charset=windows-1251><a href=/вода>x</a>".encode("cp1251")
    assert find_page_links(declared).links[0].target == "/вода"


def test_a_list_without_end_is_read_as_far_as_is_useful() -> None:
    markup = "".join(f"<a href={number}>x</a>" for number in range(MAX_LINKS + 5))
    assert len(targets(markup)) == MAX_LINKS


@pytest.mark.parametrize("markup", [b"<div>" * 100_000 + b"<a href=a>", b"\0\xff" * 100])
def test_a_page_made_to_do_harm_costs_a_sentence(markup: bytes) -> None:
    with pytest.raises(SourceError):
        find_page_links(markup)


def test_the_answer_of_the_other_process_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    for told in ("", "[]", '{"links": [[1]]}', '{"links": [], "base": ""}'):
        extracted = Extracted(told)
        monkeypatch.setattr(SANDBOX, "extract", lambda form, data, extracted=extracted: extracted)
        with pytest.raises(SourceError, match="links that cannot be read"):
            find_page_links(b"")
