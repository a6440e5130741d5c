"""Markdown keeps its text to the letter, and every quote knows the headings above it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotes import cite
from retrieval import SourceError, Span, load_bytes
from retrieval.types import Source
from tests.retrieval.strategies import PROPERTY, texts

FRONT = """---
title: "Members' handbook"
# not a heading: a comment
---
"""
HANDBOOK = f"""{FRONT}Before everything.

# The club

Founded in 1911.

## Fees

The fee is 35 euros.

### For students

Students pay 20 euros.

## Keys ##

The caretaker has them.
"""
README = """Harbour tools
=============

Tools for the harbour.

Installation
------------

Run this:

```console
# not a heading
$ install
```

~~~~
## nor this
~~~
### nor that
~~~~

Usage
-----

Open the gate first.
"""
CHANGELOG = """# Changelog

## [2.1.0](https://example.org/2.1.0) - 2024-05-01 {#v2-1-0}

### **Fixed**

- The `lock_gate` command waits.

## 2.0.0

- Everything else.
"""
WINDOWS = "\ufeff# Hausordnung\r\n\r\n## Ruhezeiten\r\n\r\nAb 22 Uhr ist Ruhe.\r\n\r\n## Müll\r\n\r\nDienstags.\r\n"
FAQ = """<!--
# Internal: do not publish
-->
#### Can I bring a dog?

Yes, on a lead.

####   Can I   bring a cat?  ####

No.

> # A quoted heading

- list
---
Not a heading above: that was a rule.

Two lines
of one heading
===

Last.
"""
FILES = {"handbook": HANDBOOK, "readme": README, "changelog": CHANGELOG, "windows": WINDOWS, "faq": FAQ}


def load(text: str) -> Source:
    return load_bytes(text.encode("utf-8"), name="notes.md", uri="test:notes")


@pytest.mark.parametrize(
    ("file", "title", "quote", "heading"),
    [
        ("handbook", "The club", "Before everything.", None),
        ("handbook", "The club", "Founded in 1911.", "The club"),
        ("handbook", "The club", "The fee is 35 euros.", "The club › Fees"),
        ("handbook", "The club", "Students pay 20 euros.", "The club › Fees › For students"),
        ("handbook", "The club", "The caretaker has them.", "The club › Keys"),
        ("readme", "Harbour tools", "Tools for the harbour.", "Harbour tools"),
        ("readme", "Harbour tools", "$ install", "Harbour tools › Installation"),
        ("readme", "Harbour tools", "### nor that", "Harbour tools › Installation"),
        ("readme", "Harbour tools", "Open the gate first.", "Harbour tools › Usage"),
        ("changelog", "Changelog", "The `lock_gate` command waits.", "Changelog › 2.1.0 - 2024-05-01 › Fixed"),
        ("changelog", "Changelog", "Everything else.", "Changelog › 2.0.0"),
        ("windows", "Hausordnung", "Ab 22 Uhr ist Ruhe.", "Hausordnung › Ruhezeiten"),
        ("windows", "Hausordnung", "Dienstags.", "Hausordnung › Müll"),
        ("faq", "Two lines of one heading", "# Internal: do not publish", None),
        ("faq", "Two lines of one heading", "Yes, on a lead.", "Can I bring a dog?"),
        ("faq", "Two lines of one heading", "# A quoted heading", "Can I bring a cat?"),
        ("faq", "Two lines of one heading", "Not a heading above", "Can I bring a cat?"),
        ("faq", "Two lines of one heading", "Last.", "Two lines of one heading"),
    ],
)
def test_a_citation_has_the_words_and_the_headings_above_them(
    file: str, title: str, quote: str, heading: str | None
) -> None:
    source = load(FILES[file])
    assert source.text == FILES[file].removeprefix("\ufeff").removeprefix(FRONT)
    start = source.text.index(quote)
    citation = cite(source, Span(start, start + len(quote)), 1)
    assert (citation.title, citation.quote.text, citation.heading, citation.page) == (title, quote, heading, None)


def test_a_heading_itself_stands_under_itself() -> None:
    source = load(HANDBOOK)
    assert source.place(source.text.index("## Keys")).heading == "The club › Keys"
    assert source.place(source.text.index("## Keys") - 1).heading == "The club › Fees › For students"


def test_a_title_in_front_of_the_text_is_taken_where_there_is_no_top_heading() -> None:
    assert load("---\ntitle: 'House rules'\n---\n## Part\n\nText.").title == "House rules"
    assert load('+++\nTitle = "House rules"\n+++\nText.').title == "House rules"
    assert load("---\ntitle: House rules\n\nNo end of it.").title == "notes"


@pytest.mark.parametrize(
    "text",
    [
        "    # code\n",
        "#hashtag\n",
        "####### seven\n",
        "Text\n\n---\n",
        "- item\n---\n",
        "a | b\n- | -\n",
        "\\# no\n",
        "---\n",
    ],
)
def test_what_only_looks_like_a_heading_is_none(text: str) -> None:
    assert load(f"Some words.\n\n{text}").places == ()


def test_a_paragraph_in_the_clothes_of_a_heading_is_none() -> None:
    assert load("One.\nTwo.\nThree.\nFour.\n---\nFive.").places == ()
    (place,) = load("# " + "word " * 100).places
    assert place.heading is not None
    assert len(place.heading) <= 200


def test_more_headings_than_any_book_has_are_refused_soon() -> None:
    start = time.monotonic()
    with pytest.raises(SourceError, match=r"^notes\.md unfolds into more than can be read safely"):
        load("# a\n" * 1_000_000)
    assert time.monotonic() - start < 5


@pytest.mark.usefixtures("programs")
def test_markdown_in_another_encoding_has_its_headings_too() -> None:
    source = load_bytes(WINDOWS.removeprefix("\ufeff").encode("cp1252"), name="a.md", uri="test:a")
    assert (source.text, source.encoding) == (WINDOWS.removeprefix("\ufeff"), "windows-1252")
    assert source.place(source.text.index("Dienstags")).heading == "Hausordnung › Müll"


@PROPERTY
@given(texts(20) | st.text(st.sampled_from("#=-`~ \n\ra[]()<!>*\\{}_:+"), max_size=200))
def test_places_are_where_headings_stand_in_order(text: str) -> None:
    source = load(f"Words.\n{text}".replace("\0", ""))
    starts = [place.start for place in source.places]
    assert starts == sorted(set(starts))
    assert all(start == 0 or source.text[start - 1] in "\r\n" for start in starts)
    assert all(place.heading is None or place.heading.strip() for place in source.places)
