"""The page as HTML: what documents say cannot become a part of it, and nothing is loaded but the page itself."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from dataclasses import replace
from typing import Any

from bot.types import EXTRACTIVE, Answer, Status
from bot.web_page import answer_page, cited_sources, page_html, page_policy
from retrieval import Library, Span
from retrieval.types import source_id
from tests.bot.fakes import make_source, quoting

HOSTILE = "The code is 7. </script><script>alert(1)</script><!-- <script> \u2028 $DATA $SCRIPT"


def hostile_page() -> str:
    source = make_source(HOSTILE)
    return answer_page(quoting("</script><b>Why?", source, Span(0, 14)), [(source, "default")])


def held_in(page: str) -> dict[str, Any]:
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page)
    held: dict[str, Any] = json.loads(data)
    return held


def test_no_document_and_no_question_can_end_the_element_that_holds_it() -> None:
    page = hostile_page()
    (source,) = held_in(page)["sources"]
    assert source["text"] == HOSTILE
    assert held_in(page)["answer"]["question"] == "</script><b>Why?"
    for tag in ("<script", "</script", "<!--", "<b>"):
        assert page.count(tag) == page_html().count(tag)
    assert "\u2028" not in page


def test_the_policy_allows_nothing_but_the_pages_own_style_and_script() -> None:
    for page, server in ((page_html(), "'self'"), (hostile_page(), "'none'")):
        (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
        told = dict(part.split(" ", 1) for part in policy.split("; "))
        (style,), (script,) = (re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL) for tag in ("style", "script"))
        assert (told["style-src"], told["script-src"]) == (hash_of(style), hash_of(script))
        assert (told["default-src"], told["connect-src"], told["base-uri"]) == ("'none'", server, "'none'")
        assert "unsafe" not in policy
    assert page_policy().endswith("; frame-ancestors 'none'")
    assert page_policy().removesuffix("; frame-ancestors 'none'") in page_html()


def hash_of(content: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def test_a_page_makes_html_of_nothing() -> None:
    page = page_html()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", page)
    assert set(re.findall(r"https?://[\w.]+", page)) == {"http://www.w3.org"}  # the name of SVG, in the icon


def test_a_file_does_not_tell_where_a_document_lay_on_this_machine() -> None:
    for uri, told in (("file:///home/ada/secret.md", ""), ("https://a.example/doc", "https://a.example/doc")):
        source = replace(make_source("Some words."), uri=uri, id=source_id(uri))
        answer = quoting("Why?", source, Span(0, 11))
        page = answer_page(answer, [(source, "default")])
        assert held_in(page)["answer"]["citations"][0]["source"]["uri"] == told
        assert held_in(page)["sources"][0]["uri"] == told
        assert "/home/ada" not in page


def test_only_the_sources_that_are_cited_are_held_each_once(fast_library: Library) -> None:
    (record,) = fast_library.records("default")
    source = fast_library.source(record)
    answer = quoting("Why?", source, Span(0, 10), Span(20, 30))
    assert cited_sources(answer, fast_library, ["default"]) == [(source, "default")]
    nothing = Answer("Why?", Status.NOT_FOUND, 0.0, EXTRACTIVE)
    assert cited_sources(nothing, fast_library, ["default"]) == []
