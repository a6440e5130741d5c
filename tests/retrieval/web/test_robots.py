from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import SourceError
from retrieval.web.addresses import parse_address
from retrieval.web.robots import MAX_BYTES, MAX_DELAY_SECONDS, check_allowed, delay_seconds, parse_rules

PAGE = parse_address("http://example.com/page")


def allows(rules: bytes, url: str = "http://example.com/page") -> bool:
    try:
        check_allowed(parse_rules(rules), parse_address(url))
    except SourceError:
        return False
    return True


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        (b"", True),
        (b"User-agent: *\nDisallow:", True),
        (b"User-agent: *\nDisallow: /", False),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /", False),
        (b"user-AGENT: *\r\nDISALLOW: /pa", False),
        (b"User-agent: *\nDisallow: /private", True),
        (b"User-agent: *\nDisallow: /*ge$", False),
        (b"User-agent: *\nDisallow: /\nAllow: /page", True),
        (b"User-agent: pullquote\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        (b"User-agent: Pullquote\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        (b"User-agent: OtherBot\nDisallow: /", True),
        (b"User-agent: quote\nDisallow: /", True),
        (b"<html>no such page</html>", True),
        (b"\xff\xfe\0\0 User-agent", True),
        # What lies past the limit is not read.
        (b"#" * MAX_BYTES + b"\nUser-agent: *\nDisallow: /", True),
    ],
)
def test_rules(rules: bytes, allowed: bool) -> None:
    assert allows(rules) is allowed


def test_rules_see_the_address_as_it_is_asked_for() -> None:
    rules = b"User-agent: *\nDisallow: /private\nDisallow: /*?print"
    assert not allows(rules, "http://example.com/public/../private/x")
    assert not allows(rules, "http://example.com/x?print=1")
    assert not allows(b"User-agent: *\nDisallow: /caf%C3%A9", "http://example.com/café")


def test_a_pause_that_is_asked_for_is_bounded() -> None:
    assert delay_seconds(parse_rules(b"")) == 0
    assert delay_seconds(parse_rules(b"User-agent: *\nCrawl-delay: 1.5")) == 1.5
    assert delay_seconds(parse_rules(b"User-agent: *\nCrawl-delay: 86400")) == MAX_DELAY_SECONDS
    assert delay_seconds(parse_rules(b"User-agent: *\nCrawl-delay: inf")) == 0


def test_a_file_that_would_take_minutes_is_refused_at_once() -> None:
    agents = b"".join(b"User-agent: a%d\n" % number for number in range(12_000))
    began = time.monotonic()
    with pytest.raises(SourceError, match="too complicated"):
        parse_rules(agents + b"Allow: /a\n" * 12_000)
    assert time.monotonic() - began < 1


def test_long_honest_files_are_read() -> None:
    agents = b"".join(b"User-agent: bot%d\nDisallow: /\n\n" % number for number in range(200))
    assert allows(agents + b"User-agent: *\n" + b"Disallow: /x\n" * 1_500)
    many_rules = b"User-agent: *\n" + b"".join(b"Disallow: /x%d\n" % number for number in range(20_000))
    assert allows(many_rules)
    assert not allows(many_rules, "http://example.com/x19999")


@given(st.binary() | st.text("user-agent:*\ndisallow /$%crl-y019.").map(str.encode))
def test_any_bytes_are_rules(data: bytes) -> None:
    rules = parse_rules(data)
    assert 0 <= delay_seconds(rules) <= MAX_DELAY_SECONDS
    assert rules.can_fetch(str(PAGE), "Pullquote") in {True, False}
