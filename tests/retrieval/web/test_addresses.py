from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval import SourceError
from retrieval.web.addresses import MAX_SHOWN_CHARACTERS, parse_address, show


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ("HTTP://Example.COM:80/Page#part", "http://example.com/Page"),
        ("https://example.com:443?b=1", "https://example.com/?b=1"),
        ("https://example.com:8443", "https://example.com:8443/"),
        (" http://example.com/a b/ü?q=é&r[]=1 ", "http://example.com/a%20b/%C3%BC?q=%C3%A9&r[]=1"),
        ("http://example.com/%7Ea%2fb%zz", "http://example.com/%7Ea%2fb%zz"),
        ("http://example.com/old/../new/./x/..", "http://example.com/new/"),
        ("http://example.com/../../x", "http://example.com/x"),
        ("http://example.com/copy/http://other.example//x", "http://example.com/copy/http://other.example//x"),
        ("http://example.com./", "http://example.com/"),
        ("https://Straße.example/", "https://xn--strae-oqa.example/"),
        ("http://一.example。/", "http://xn--4gq.example/"),
        ("http://under_score.example/", "http://under_score.example/"),
        ("http://１２７.0.0.1/", "http://127.0.0.1/"),
        ("http://[2001:DB8::0:1]:8080/x", "http://[2001:db8::1]:8080/x"),
    ],
)
def test_an_address_is_understood_one_way(given: str, understood: str) -> None:
    address = parse_address(given)
    assert str(address) == understood
    assert str(parse_address(understood)) == understood


@pytest.mark.parametrize(
    "given",
    [
        "",
        "page",
        "//example.com/x",
        "file:///etc/passwd",
        "ftp://example.com/x",
        "javascript:alert(1)",
        "data:text/html,hello",
        "gopher://example.com",
        "mailto:someone@example.com",
        "http+unix://%2Frun%2Fx.sock/",
    ],
)
def test_other_schemes_are_refused(given: str) -> None:
    with pytest.raises(SourceError, match="does not begin with http:// or https://"):
        parse_address(given)


@pytest.mark.parametrize(
    "given",
    [
        "http://",
        "http:///x",
        "http:example.com",
        "http://a..example/",
        "http://%31%32%37.0.0.1/",
        "http://exa mple.com/",
        "http://example.com\\.evil.example/",
        "http://[::1/",
        "http://[fe80::1%25eth0]/",
        "http://[v1.x]/",
        "http://[127.0.0.1]/",
        "http://a[::1]/",
        "http://[::1]a/",
        "http://example.com:0/",
        "http://example.com:65536/",
        "http://example.com:http/",
        f"http://{'a' * 64}.example/",
        f"http://{'a.' * 150}example/",
        f"http://{'ü' * 300}/",
        "http://\ud800.example/",
        "http://example.com/\ud800",
        "http://exa\u2100mple.com/",
    ],
)
def test_what_is_no_address_is_refused(given: str) -> None:
    with pytest.raises(SourceError, match="is not a web address that can be read"):
        parse_address(given)


def test_a_very_long_address_is_refused() -> None:
    with pytest.raises(SourceError, match="longer than 4,000 characters"):
        parse_address("http://example.com/" + "a" * 4_000)


@pytest.mark.parametrize(
    "given",
    [
        "http://anna:s3cret@example.com/x",
        "https://anna@example.com",
        "http://:s3cret@example.com",
        "http://example.com\\@s3cret@evil.example/",
        "http://anna:s3c@ret@example.com/",
    ],
)
def test_names_and_passwords_are_refused_and_never_shown(given: str) -> None:
    with pytest.raises(SourceError, match="user name or password"):
        parse_address(given)
    assert not {"anna", "s3c", "ret@"} & set(show(given).replace("/", " ").split())
    assert "s3c" not in show(given)
    assert "anna" not in show(given)


@pytest.mark.parametrize(
    "given", ["ftp://anna:s3cret@h/x", "anna:s3cret@h", "http:anna:s3cret@h/", "http://anna:s3cret@h:0"]
)
def test_passwords_in_what_is_not_understood_are_not_shown(given: str) -> None:
    assert "s3cret" not in show(given)


@given(st.text() | st.text("htps:/@.[]%\\?#0a ").map("http://{}".format))
@example("http://user:pass@")
@example("http://[")
def test_any_text_is_an_address_or_refused_in_one_line(text: str) -> None:
    shown = show(text)
    assert shown.isprintable()
    assert "@" not in shown
    assert len(shown) <= MAX_SHOWN_CHARACTERS + 1
    with suppress(SourceError):
        address = parse_address(text)
        assert str(address).isascii()
        assert " " not in str(address)
        assert str(address).isprintable()
        assert parse_address(str(address)) == address
