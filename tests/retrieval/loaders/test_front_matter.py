"""Front matter is metadata: it gives the title and the day, and is no part of what is quoted."""

from __future__ import annotations

import time

import pytest

from bot.quotes import cite
from retrieval import SourceError, Span, load_bytes
from retrieval.loaders.front_matter import MAX_CHARACTERS, read_front_matter
from retrieval.loaders.publication_date import iso_day
from retrieval.types import Source

RAID = """---
title: A raid
date: 2024-05-01
tags:
  - "Ships"
---

# Skirt

It began
at dawn.

## End

Noon.
"""
HUGO = '+++\ntitle = "A raid"\ndate = 2024-05-01T23:30:00-07:00\n[extra]\nmap = true\n+++\nIt began.\n'
# Neither is YAML: a value with a colon, and a template.
COLON = "---\ntitle: Raid: the story\nlayout: {{ page }}\ndate: 2024-05-01 10:00\n---\nIt began.\n"
UPDATED = "---\nslug: raid\nlast_update:\n  date: 2024-05-01\n  author: Ada\n---\nIt began.\n"
PANDOC = "---\nTitle: 'A raid'\nDate: 1 May 2024\n...\nIt began.\n"


def load(text: str) -> Source:
    return load_bytes(text.encode("utf-8"), name="notes.md", uri="test:notes")


def line_of(source: Source, words: str) -> int:
    start = source.text.index(words)
    return cite(source, Span(start, start + len(words)), 1).line


@pytest.mark.parametrize(
    ("text", "title", "date"),
    [
        (RAID, "Skirt", "2024-05-01"),
        (RAID.replace("# Skirt", ""), "A raid", "2024-05-01"),
        (HUGO, "A raid", "2024-05-01"),
        (COLON, "Raid: the story", "2024-05-01"),
        (UPDATED, "notes", "2024-05-01"),
        (PANDOC, "A raid", ""),
        ("---\ntitle: 1984\ndraft: true\n---\nIt began.\n", "1984", ""),
        ("---\ntitle: [a, b]\ndate: 2024-13-45\n---\nIt began.\n", "notes", ""),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_gives_title_and_day_and_is_no_text(text: str, title: str, date: str, end: str) -> None:
    source = load(text.replace("\n", end))
    assert (source.title, source.date) == (title, date)
    assert "title" not in source.text.lower()
    assert "2024" not in source.text
    written = text.replace("\n", end).splitlines()
    assert line_of(source, "It began") == next(n for n, line in enumerate(written, 1) if line.startswith("It began"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_citation_tells_the_line_of_the_file(end: str) -> None:
    text = RAID.replace("\n", end)
    source = load(text)
    for words in ("# Skirt", "It began", "at dawn", "## End", "Noon."):
        assert line_of(source, words) == 1 + text[: text.index(words)].count(end)
    assert source.place(source.text.index("Noon")).heading == "Skirt › End"
    assert source.place(0).line == 7


@pytest.mark.parametrize(
    "text",
    [
        "---\nIt began\nat dawn.\n---\nIt ended.\n",
        "---\n\nIt began: at dawn.\nNobody knew\n\n---\nIt ended.\n",
        "---\ntitle: A raid\n\nNo end of it.\n",
        "--- title: A raid\n---\nIt ended.\n",
        "Words.\n---\ntitle: A raid\n---\nIt ended.\n",
        "---\n---\nIt ended.\n",
        "+++\nIt began.\n+++\nIt ended.\n",
        f"---\ntitle: A raid\nabout: {'x' * MAX_CHARACTERS}\n---\nIt ended.\n",
    ],
)
def test_words_between_two_rules_are_text(text: str) -> None:
    source = load(text)
    assert (source.text, source.date) == (text, "")
    assert line_of(source, text[-10:-1]) == text.count("\n")


def test_a_file_of_nothing_but_front_matter_is_empty() -> None:
    with pytest.raises(SourceError, match=r"^notes\.md is empty; there is nothing to index\.$"):
        load("---\ntitle: A raid\n---\n")


@pytest.mark.parametrize(
    "body",
    [
        "a: " + "[" * 19_000,
        "a: " + "[{" * 9_000,
        "a: " + "[a, " * 4_500,
        "a: {" + "a, " * 6_000 + "}",
        "a: " + "1:" * 9_000 + "1",
        "a: 0x" + "f" * 15_000,
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n" + "".join(f"c{n}: [*c, *c]\n" for n in range(500)),
        "a: !!python/object/apply:os.system [ls]",
        "a:\n" + "\n".join(" " * depth + "a:" for depth in range(190)),
    ],
)
def test_metadata_that_is_made_to_burst_is_passed_over_soon(body: str) -> None:
    start = time.process_time()
    front = read_front_matter(f"---\ntitle: A raid\n{body}\n---\nIt began.\n")
    assert time.process_time() - start < 2
    assert (front.title, front.lines) == ("A raid", body.count("\n") + 4)


@pytest.mark.parametrize(
    ("value", "day"),
    [("2024-05-01", "2024-05-01"), ("2024-05-01T10:00Z", "2024-05-01"), ("2024-02-30", ""), ("May 2024", ""), (7, "")],
)
def test_a_day_is_one_of_the_calendar(value: object, day: str) -> None:
    assert iso_day(value) == day


def test_metadata_ends_where_its_own_mark_stands() -> None:
    assert read_front_matter('+++\ntitle = "a"\n---\n+++\nText.') == (0, 0, "", "")
    assert read_front_matter("---\na: b\n+++: c\n---\nText.").end == len("---\na: b\n+++: c\n---\n")
