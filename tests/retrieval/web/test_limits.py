from __future__ import annotations

import gzip
import itertools
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest

from retrieval import SourceError
from retrieval.loaders.formats import HTML
from retrieval.web import WebFetcher
from tests.retrieval.web.conftest import SiteOf, fetch, refusal
from tests.retrieval.web.server import HOST, PAGE, Wire, answer

ENDLESS = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
LIMIT = HTML.max_bytes
PACKED = gzip.compress(PAGE, mtime=0)
TOO_LARGE = f" is larger than {LIMIT // 1_000_000} MB; save it to files that are smaller and index those."


def forever(start: bytes, piece: bytes, pause: float) -> Callable[[Wire], None]:
    def send(wire: Wire) -> None:
        wire.send(start)
        wire.drip(itertools.repeat(piece), pause)

    return send


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (ENDLESS + b"\r\n", b"x"),
        (ENDLESS + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (ENDLESS + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"", mtime=0)),
    ],
    ids=["status", "headers", "informational", "body", "chunks", "gzip"],
)
def test_a_server_that_sends_little_by_little_runs_out_of_time(site_of: SiteOf, start: bytes, piece: bytes) -> None:
    site = site_of({"/x": forever(start, piece, 0.02)})
    began = time.monotonic()
    assert refusal(f"{site.url}/x", seconds=0.6) == (
        f"{site.url}/x takes longer than 0.6 s; try again later, or save it to a file and index that."
    )
    assert 0.5 < time.monotonic() - began < 3


@pytest.mark.parametrize(
    "start",
    [b"", b"HTTP/1.1 200 OK\r\n", ENDLESS + b"Content-Length: 5\r\n\r\n"],
    ids=["at once", "in the headers", "in the body"],
)
def test_a_server_that_falls_silent_runs_out_of_time(site_of: SiteOf, start: bytes) -> None:
    site = site_of({"/x": forever(start, b"", 0.02)})
    began = time.monotonic()
    assert "takes longer than 0.5 s" in refusal(f"{site.url}/x", seconds=0.5)
    assert time.monotonic() - began < 3


def test_redirects_share_the_time(site_of: SiteOf) -> None:
    def slow(wire: Wire) -> None:
        wire.ended.wait(0.3)
        wire.send(b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n")

    site = site_of({"/x": slow})
    assert "takes longer than 0.8 s" in refusal(f"{site.url}/x", seconds=0.8)
    assert len(site.requests) <= 4


def test_each_page_has_its_own_time(site_of: SiteOf) -> None:
    def slow(wire: Wire) -> None:
        wire.ended.wait(0.4)
        wire.send(answer())

    site = site_of({"/x": slow})
    with WebFetcher(allow_private=True, seconds=0.7) as fetcher:
        assert [fetcher.fetch(f"{site.url}/x").data for _ in range(3)] == [PAGE] * 3


def test_a_name_server_that_does_not_answer_runs_out_of_time() -> None:
    def resolve(host: str, port: int) -> list[str]:
        time.sleep(2)
        return [HOST]

    began = time.monotonic()
    with WebFetcher(resolve=resolve, seconds=0.3) as fetcher, pytest.raises(SourceError, match=r"longer than 0\.3 s"):
        fetcher.fetch("http://site.example/")
    assert time.monotonic() - began < 1.5


def test_the_size_is_looked_at_first(site_of: SiteOf) -> None:
    def boast(wire: Wire) -> None:
        wire.send(ENDLESS + f"Content-Length: {LIMIT + 1}\r\n\r\n".encode())
        wire.ended.wait(10)

    site = site_of({"/x": boast})
    assert refusal(f"{site.url}/x", seconds=5) == f"{site.url}/x{TOO_LARGE}"


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (ENDLESS + b"\r\n", b"x" * 1_000_000),
        (ENDLESS + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"x" * 0x10000 + b"\r\n"),
        (ENDLESS + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"x" * 2_000_000, mtime=0)),
    ],
    ids=["body", "chunks", "gzip"],
)
def test_a_body_without_end_is_cut_off(site_of: SiteOf, start: bytes, piece: bytes) -> None:
    site = site_of({"/x": forever(start, piece, 0)})
    assert refusal(f"{site.url}/x") == f"{site.url}/x{TOO_LARGE}"


def test_a_body_of_just_the_limit_is_fetched_and_one_byte_more_is_not(site_of: SiteOf) -> None:
    site = site_of({"/x": answer(b"x" * LIMIT), "/y": ENDLESS + b"\r\n" + b"y" * (LIMIT + 1)})
    assert len(fetch(f"{site.url}/x").data) == LIMIT
    assert TOO_LARGE in refusal(f"{site.url}/y")


def bomb() -> bytes:
    """Four hundred megabytes of zeros in four hundred kilobytes."""
    packer = zlib.compressobj(wbits=31)
    return b"".join([*(packer.compress(bytes(10_000_000)) for _ in range(40)), packer.flush()])


def test_a_gzip_bomb_does_not_go_off(site_of: SiteOf) -> None:
    site = site_of({"/x": answer(bomb(), Content_Encoding="gzip")})
    tracemalloc.start()
    sentence = refusal(f"{site.url}/x")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sentence == f"{site.url}/x{TOO_LARGE}"
    assert peak < 3 * LIMIT


def halves(data: bytes) -> Iterator[bytes]:
    yield data[: len(data) // 2]
    yield data[len(data) // 2 :]


@pytest.mark.parametrize("name", ["gzip", "x-gzip", "GZip"])
def test_packed_pages_are_unpacked(site_of: SiteOf, name: str) -> None:
    # Two members, one after the other, are one file too.
    packed = PACKED + gzip.compress(b"") + gzip.compress(PAGE * 10_000)
    site = site_of({"/x": answer(packed, Content_Encoding=name), "/empty": answer(b"", Content_Encoding=name)})
    assert fetch(f"{site.url}/x").data == PAGE * 10_001
    assert fetch(f"{site.url}/empty").data == b""
    site.answers["/drip"] = lambda wire: wire.drip(
        [ENDLESS, f"Content-Encoding: {name}\r\n\r\n".encode(), *halves(PACKED)], 0.05
    )
    assert fetch(f"{site.url}/drip").data == PAGE


@pytest.mark.parametrize(
    "packed",
    [
        PAGE,
        PACKED[:-4],
        PACKED[:20],
        PACKED[:-8] + bytes(8),
        PACKED + b"rest",
        zlib.compress(PAGE),
    ],
    ids=["plain", "no length", "half", "wrong sum", "more after it", "zlib"],
)
def test_damaged_gzip_data_is_refused(site_of: SiteOf, packed: bytes) -> None:
    site = site_of({"/x": answer(packed, Content_Encoding="gzip")})
    assert "comes with damaged gzip data" in refusal(f"{site.url}/x")


@pytest.mark.parametrize("coding", ["br", "deflate", "gzip, gzip", "gzip; x"])
def test_other_packings_are_refused(site_of: SiteOf, coding: str) -> None:
    site = site_of({"/x": answer(PAGE, Content_Encoding=coding)})
    assert "comes packed in a way that was not asked for" in refusal(f"{site.url}/x")
