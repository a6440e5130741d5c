from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import pytest

from retrieval.web import fetch_url
from tests.retrieval.web.conftest import SiteOf, fetch, refusal
from tests.retrieval.web.server import PAGE, Answer, Wire, answer

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_a_page(site_of: SiteOf) -> None:
    site = site_of({"/a%20b?c=%C3%A9": answer("é".encode("latin-1"), content_type="Text/HTML; charset=ISO-8859-1")})
    fetched = fetch(f"{site.url}/x/../a b?c=é#there")
    assert fetched.url == f"{site.url}/a%20b?c=%C3%A9"
    assert fetched.data == b"\xe9"
    assert (fetched.content_type, fetched.charset, fetched.name) == ("text/html", "iso-8859-1", "a b")
    assert fetched.header == "text/html; charset=iso-8859-1"
    assert site.targets == ["/robots.txt", "/a%20b?c=%C3%A9"]


def test_one_page_in_one_call(site_of: SiteOf) -> None:
    assert fetch_url(f"{site_of().url}/page", allow_private=True).data == PAGE


def test_what_servers_are_told(site_of: SiteOf) -> None:
    site = site_of()
    fetch(f"{site.url}/page")
    for request in site.requests:
        assert request.headers["user-agent"] == f"Pullquote/{version('pullquote')}"
        assert request.headers["host"] == f"127.0.0.1:{site.port}"
        assert set(request.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}


def test_proxies_of_the_environment_are_not_used(site_of: SiteOf, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert fetch(f"{site_of().url}/page").data == PAGE


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("404 Gone Fishing", "answers 404 (not found); check the address."),
        ("410 Gone", "answers 410 (gone); check the address."),
        ("204 No Content", "answers 204 (no content); check the address."),
        ("206 Partial Content", "answers 206 (partial content); check the address."),
        ("304 Not Modified", "answers 304 (not modified); check the address."),
        ("300 Choose", "answers 300 (multiple choices); check the address."),
        ("302 Found", "answers 302 (found); check the address."),
        (
            "401 Unauthorized",
            "answers 401 (unauthorized); if you can open it yourself, save it to a file and index that.",
        ),
        ("403 Forbidden", "answers 403 (forbidden); if you can open it yourself, save it to a file and index that."),
        ("429 Slow down", "answers 429 (too many requests); try again later."),
        ("503 Sorry", "answers 503 (service unavailable); try again later."),
        ("799 Odd", "answers 799; try again later."),
    ],
)
def test_an_answer_that_is_no_page_is_told_in_words(site_of: SiteOf, status: str, words: str) -> None:
    url = f"{site_of({'/x': answer(b'', status)}).url}/x"
    assert refusal(url) == f"{url} {words}"


@pytest.mark.parametrize(
    ("target", "disposition", "name"),
    [
        ("/", "", "127.0.0.1"),
        ("/folder/", "", "folder"),
        ("/notes%20of%20May.txt", "", "notes of May.txt"),
        ("/..%2f..%2fetc%2fpasswd", "", "passwd"),
        ("/get?id=1", 'attachment; filename="minutes.md"', "minutes.md"),
        ("/get?id=2", "attachment; filename=a.txt; filename*=UTF-8''%C3%A9t%C3%A9.txt", "été.txt"),
        ("/get?id=3", 'attachment; filename="../../etc/cron.d/x.txt"', "x.txt"),
        ("/get?id=4", 'attachment; filename="C:\\\\temp\\\\x.txt"', "x.txt"),
        ("/get?id=5", 'attachment; filename=".."', "get"),
        ("/get?id=6", 'attachment; filename="' + "a" * 500 + '.txt"', "a" * 100 + ".txt"),
        ("/get?id=7", f"attachment; filename*{'9' * 6000}=x", "get"),
        ("/get?id=8", "attachment; filename*=nonsense''%ff%fe.txt", None),
        ("/get?id=9", ';;;=;"', "get"),
    ],
)
def test_the_name_is_a_name_and_no_path(site_of: SiteOf, target: str, disposition: str, name: str | None) -> None:
    site = site_of({target: answer(content_type="text/html", Content_Disposition=disposition)})
    given = fetch(site.url + target).name
    assert name is None or given == name
    assert "/" not in given
    assert given.isprintable()


@pytest.mark.parametrize(
    ("target", "content_type"),
    [
        ("/a", "text/html"),
        ("/b", "application/xhtml+xml"),
        ("/c", "text/plain"),
        ("/d", "text/markdown"),
        ("/e", "text/x-anything"),
        ("/f", "text/csv"),
        ("/g", "application/pdf"),
        ("/h", DOCX),
        ("/i", "application/epub+zip"),
        ("/j", "application/x-ndjson"),
        ("/k.pdf", "application/octet-stream"),
        ("/l.md", None),
    ],
)
def test_kinds_of_files_that_are_fetched(site_of: SiteOf, target: str, content_type: str | None) -> None:
    fetched = fetch(site_of({target: answer(b"x", content_type=content_type)}).url + target)
    assert fetched.data == b"x"
    assert fetched.content_type == (content_type or "")
    assert fetched.header == content_type


@pytest.mark.parametrize(
    ("target", "content_type", "words"),
    [
        ("/a", "application/zip", "is application/zip, which cannot be read"),
        ("/b.html", "application/json", "is application/json, which cannot be read"),
        ("/c", "application/x-{name}", "does not say what kind of file it is"),
        ("/d", "application/octet-stream", "does not say what kind of file it is"),
        ("/e.unheard-of", "binary/octet-stream", "does not say what kind of file it is"),
        ("/f", None, "does not say what kind of file it is"),
        ("/g", "image/png", "is a picture;"),
        ("/h.html", "video/mp4", "is a recording;"),
        ("/i.doc", "application/octet-stream", "is an old Word document;"),
    ],
)
def test_other_kinds_are_refused_by_name(site_of: SiteOf, target: str, content_type: str | None, words: str) -> None:
    url = site_of({target: answer(b"x", content_type=content_type)}).url + target
    assert refusal(url).startswith(f"{url} {words}")


@pytest.mark.parametrize(
    ("given", "charset"),
    [
        *(("UTF-8", "utf-8"), ('"windows-1252"', "windows-1252"), ("nonsense", None), ("zlib", None), ("idna", None)),
        *(("unicode_escape", None), ("unicode-escape", None), ("undefined", None), ("a\u0080b", None), ("", None)),
    ],
)
def test_only_character_sets_that_can_be_read_are_passed_on(site_of: SiteOf, given: str, charset: str | None) -> None:
    site = site_of({"/x": answer(b"x", content_type=f"text/plain; charset={given}")})
    assert fetch(f"{site.url}/x").charset == charset


def refused(site_of: SiteOf, sent: Answer, **limits: float) -> str:
    url = f"{site_of({'/x': sent}).url}/x"
    sentence = refusal(url, **limits)
    assert sentence.startswith(f"{url} ")
    return sentence.removeprefix(url)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"hello",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 two hundred\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type text/html\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 6_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: rot13\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 10\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000 + b"\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 50_000 + b"\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5;" + b"x" * 300_000,
    ],
    ids=lambda sent: sent[:60].decode() + f" ({len(sent)})",
)
def test_what_is_not_http_is_refused(site_of: SiteOf, sent: bytes) -> None:
    assert refused(site_of, sent) == (
        " breaks off or answers with something that is not HTTP; try again later, or save it to a file and index that."
    )


def test_a_connection_that_is_reset_is_told(site_of: SiteOf) -> None:
    assert "breaks off" in refused(site_of, lambda wire: wire.reset())

    def half(wire: Wire) -> None:
        wire.send(answer(b"x" * 100_000)[:50_000])
        wire.reset()

    assert "breaks off" in refused(site_of, half)


@pytest.mark.usefixtures("programs")
def test_the_module_is_loaded_when_it_is_first_used() -> None:
    code = "import sys, retrieval; assert not {'httpcore', 'protego'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
