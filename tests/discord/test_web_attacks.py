"""No address from Discord leads into a private network, and no server can do more than cost a sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.discord.texts import LANGUAGES
from tests.discord.discord_markdown import words
from tests.discord.one_program import (
    Place,
    Program,
    finished,
    listed,
    new_place,
)
from tests.discord.web_pages import MILL_PAGE, add_page, page, program_on_the_web
from tests.retrieval.web.server import Site, Wire, answer, redirect

ENGLISH = LANGUAGES["en"]
INSIDE = "The combination of the safe is four eight one nine."


@pytest.fixture(scope="module")
def program_online(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with program_on_the_web(tmp_path_factory.mktemp("web")) as program:
        yield program


@pytest.fixture
def place(program_online: Program) -> Place:
    return new_place(program_online.discord)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({"/mill": answer(MILL_PAGE)}) as site:
        yield site


@pytest.fixture
def inside() -> Iterator[Site]:
    """A server in the network of whoever runs the bot."""
    with Site({"/secret": answer(page("Secret", INSIDE)), "/": answer(page("Secret", INSIDE))}) as inside:
        yield inside


# No way inside


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "2130706433", "0x7f.1", "0x7f000001", "017700000001", "0177.0.0.1", "127.0.0.1."),
        *("localhost", "LOCALHOST.", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "0"),
        *("0.0.0.0", "[::]", "１２７.０.０.１", "ⓛocalhost", "inside.example", "mapped.example", "both.example"),
    ],
)
def test_no_spelling_of_a_private_address_is_fetched(
    program_online: Program, place: Place, inside: Site, host: str
) -> None:
    failures = program_online.failures()
    for command in ("library add", "library site"):
        url = f"http://{host}:{inside.port}/secret"
        told = words(finished(place.ada.slash(place.channel, command, url=url)).text)
        assert told == words(ENGLISH.web_private.format(name=url))
    assert inside.targets == []
    assert "Secret" not in listed(place).text
    assert program_online.failures() == failures


@pytest.mark.parametrize("language", ["en-GB", "it"])
@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("file:///etc/passwd", "file:///etc/passwd"),
        ("data:text/html,<b>x</b>", "data:text/html,<b>x</b>"),
        ("ftp://site.example/x", "ftp://site.example/x"),
        ("http://anna:s3cret@site.example/x", "site.example/x"),
        ("http://site.example:0/", "http://site.example:0/"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("the mill", "the mill"),
    ],
)
def test_what_is_no_public_address_is_refused(place: Place, url: str, shown: str, language: str) -> None:
    told = add_page(place, url, language)
    assert words(told) == words(LANGUAGES[language.partition("-")[0]].web_address.format(name=shown))
    assert "s3cret" not in told


@pytest.mark.parametrize("language", ["en-GB", "it"])
@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:{port}/secret",
        "http://inside.example/",
        "http://[::1]:{port}/secret",
        "http://169.254.169.254/",
    ],
)
def test_a_redirect_does_not_lead_inside(place: Place, site: Site, inside: Site, location: str, language: str) -> None:
    site.answers["/away"] = redirect(location.format(port=inside.port))
    url = f"http://site.example:{site.port}/away"
    told = add_page(place, url, language)
    # What the name inside leads to is not told: that would draw a map of the network.
    assert words(told) == words(LANGUAGES[language.partition("-")[0]].web_private.format(name=url))
    assert inside.targets == []


@pytest.mark.parametrize("location", ["file:///etc/passwd", "http://a:b@127.0.0.1/", "data:text/plain,x"])
def test_a_redirect_to_no_public_address_is_refused(place: Place, site: Site, inside: Site, location: str) -> None:
    site.answers["/away"] = redirect(location)
    url = f"http://site.example:{site.port}/away"
    assert words(add_page(place, url)) == words(ENGLISH.web_unreadable.format(name=url))
    assert "root:" not in listed(place).text


def test_a_name_that_leads_inside_the_second_time_is_refused(place: Place, inside: Site) -> None:
    inside.answers["/robots.txt"] = answer(b"User-agent: *\nAllow: /\n", content_type="text/plain")
    url = f"http://rebinding.example:{inside.port}/secret"
    assert words(add_page(place, url)) == words(ENGLISH.web_private.format(name=url))
    assert inside.targets == ["/robots.txt"]  # that was a server of the open internet, as far as its name said


def test_pages_of_a_site_that_redirect_inside_are_refused_one_by_one(place: Place, site: Site, inside: Site) -> None:
    site.answers["/docs/"] = answer(page("Start", "It begins here, at the harbour.", "mill", "away"))
    site.answers["/docs/mill"] = answer(MILL_PAGE)
    site.answers["/docs/away"] = redirect(f"http://127.0.0.1:{inside.port}/secret")
    url = f"http://site.example:{site.port}/docs/"
    told = finished(place.ada.slash(place.channel, "library site", url=url)).text
    assert "The mill" in told
    assert inside.targets == []
    assert "Secret" not in listed(place).text


# What a hostile server does


def endless(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    piece = b"<p>" + b"x" * 1_000_000
    while not wire.ended.is_set():
        wire.send(piece)


def slow(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>")
    wire.drip((b"x" for _ in range(100)), 0.2)


@pytest.mark.parametrize("language", ["en-GB", "it"])
def test_hostile_servers_cost_a_sentence(place: Place, site: Site, language: str) -> None:
    texts = LANGUAGES[language.partition("-")[0]]
    site.answers |= {
        "/endless": endless,
        "/slow": slow,
        "/huge": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999999999999\r\n\r\n",
        "/reset": Wire.reset,
        "/gone": answer(b"", "410 Gone"),
        "/zip": answer(b"PK", content_type="application/zip"),
    }
    told = {
        name: words(add_page(place, f"http://site.example:{site.port}/{name}", language))
        for name in ("endless", "slow", "huge", "reset", "gone")
    }
    name = f"http://site.example:{site.port}/"
    assert told["gone"] == words(texts.web_status.format(name=f"{name}gone", status=410))
    assert told["slow"] == words(texts.web_unreachable.format(name=f"{name}slow"))
    assert told["reset"] == words(texts.web_unreadable.format(name=f"{name}reset"))
    large = texts.library_too_large.partition("{limit}")[0]
    for one in ("endless", "huge"):
        assert words(large.format(name=f"{name}{one}")) in told[one]
    assert "0 documents" in listed(place).text


def test_robots_are_obeyed(place: Place, site: Site) -> None:
    site.answers["/robots.txt"] = answer(b"User-agent: *\nDisallow: /mill\n", content_type="text/plain")
    url = f"http://site.example:{site.port}/mill"
    assert words(add_page(place, url)) == words(ENGLISH.web_disallowed.format(name=url))
    assert site.targets == ["/robots.txt"]
