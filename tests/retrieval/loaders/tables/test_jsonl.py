"""JSON Lines: each record can be quoted alone; numbers stay as they are written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotes import cite
from retrieval import SourceError, Span, load_bytes
from retrieval.loaders.tables.jsonl import extract
from tests.retrieval.strategies import PROPERTY

TICKETS = """{"id": 101, "subject": "Gate does not open", "status": "closed", "assignee": null}
{"id": 102, "subject": "Lamp on pier 3", "status": "open", "assignee": {"name": "Rui Costa", "team": "night"}}
"""
MESSAGES = """{"author": "ada", "text": "The pool opens at nine tomorrow."}

{"author": "bob", "text": "Who has the key?\\nI am at the door."}
"""
PRODUCTS = """{"name": "Oar", "price": 120.50, "sizes": [2.70, 2.90], "stock": true}
{"name": "Rope", "price": 1e2, "sizes": [], "stock": false}
"""
ARTICLES = """{"title": "Opening", "body": "The hall was opened in 1911.\\n\\nIt burnt down in 1950.", "tags": ["hall"]}
{"title": "Rebuilding", "body": "Work began at once.", "parts": [{"who": "the town"}, {"who": "the club"}]}
"""
LINES = """"Be kind."
"Be brief."
["Monday", "Tuesday"]
7
"""
FILES = {
    "tickets.jsonl": TICKETS.encode(),
    "messages.ndjson": MESSAGES.replace("\n", "\r\n").encode("utf-8-sig"),
    "products.jsonl": PRODUCTS.encode("utf-16"),
    "articles.jsonl": ARTICLES.encode(),
    "lines.jsonl": LINES.encode(),
}


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("name", "heading", "quote"),
    [
        ("tickets.jsonl", "row 1", "id: 101; subject: Gate does not open; status: closed"),
        ("tickets.jsonl", "row 2", "status: open; assignee.name: Rui Costa; assignee.team: night"),
        ("messages.ndjson", "row 1", "author: ada; text: The pool opens at nine tomorrow."),
        ("messages.ndjson", "row 3", "author: bob; text: Who has the key?\nI am at the door."),
        ("products.jsonl", "row 1", "name: Oar; price: 120.50; sizes: 2.70, 2.90; stock: true"),
        ("products.jsonl", "row 2", "name: Rope; price: 1e2; stock: false"),
        ("articles.jsonl", "row 1", "title: Opening; body: The hall was opened in 1911."),
        ("articles.jsonl", "row 1", "It burnt down in 1950."),
        ("articles.jsonl", "row 2", "parts.1.who: the town; parts.2.who: the club"),
        ("lines.jsonl", "row 2", "Be brief."),
        ("lines.jsonl", "row 3", "Monday, Tuesday"),
    ],
)
def test_a_citation_has_the_words_of_a_record_and_its_number(name: str, heading: str, quote: str) -> None:
    source = load_bytes(FILES[name], name=name, uri=f"test:{name}")
    assert source.format == "jsonl"
    start = source.text.index(quote)
    citation = cite(source, Span(start, start + len(quote)), 1)
    assert (citation.quote.text, citation.heading, citation.page) == (quote, heading, None)


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b'{"a": 1}\n\n{"b": \n', r"has a line 3 that is no JSON \(character 7\); correct or remove it"),
        (b'{"a": 1}\n{"b": 2} {"c": 3}\n', r"has a line 2 that is no JSON \(character 10\)"),
        (b'{\n  "a": 1\n}\n', r"has a line 1 that is no JSON .*each line holds one whole value\.$"),
        (b'{"a": 1}\n' + b"[" * 200_000, "has a line 2 that is nested too deeply"),
        (
            b'{"a": 1}\n[' + b"{}," * 3 + b'{"b":[' + b"1,[2]," * 2000 + b"3]}]",
            r"has a line 2 with more than 2,000 values",
        ),
        (b"{}\n[]\nnull\n", "is empty; there is nothing to index"),
        (b"", "is empty; there is nothing to index"),
        (b"1\n" * 250_000, "has more than 200,000 rows; split it"),
    ],
)
def test_a_bad_line_is_told_with_its_number(data: bytes, sentence: str) -> None:
    with pytest.raises(SourceError, match=rf"^a\.jsonl {sentence}"):
        load_bytes(data, name="a.jsonl", uri="test:a")


def test_a_number_of_any_length_is_text() -> None:
    number = "1" * 10_000
    assert number in extract(f'{{"n": {number}}}'.encode()).text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@PROPERTY
@given(st.lists(JSON, max_size=6), st.booleans())
def test_any_json_is_rows_or_nothing(values: list[Any], ascii_only: bool) -> None:
    data = "\n".join(json.dumps(value, ensure_ascii=ascii_only) for value in values).encode("utf-8", "replace")
    try:
        extracted = extract(data)
    except SourceError as error:
        assert "is empty" in str(error) or "is a binary" in str(error)  # noqa: PT017 (nothing else may be said)
        return
    extracted.check()
    extracted.text.encode("utf-8")
    assert len(extracted.places) <= len(values)
