"""A kept citation is proven and shown with the words that answer; records of before know none, and still show."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot import Settings
from bot.discord.library.citation_check import prove
from bot.discord.library.collections import Audience
from bot.discord.records import answers
from bot.discord.records.answers import AnswerRecord, StoredCitation
from bot.discord.records.database import open_connection
from bot.discord.texts import texts_for
from bot.quotes import cite
from retrieval import DEFAULT_COLLECTION, Indexer, Library, Place
from retrieval.types import source_id
from tests.bot.discord.records.fresh_records import GUILD, NOON, fresh_records
from tests.bot.fakes import HashedWords, make_source, place

SOURCE = make_source("# The mill\n\nIt is old. The mill was raised by Carla Neri in 1911. It stands.")
SENTENCE = place(SOURCE, "The mill was raised by Carla Neri in 1911.")
PLAIN = "It is old. **The mill was raised by Carla Neri in 1911.** It stands."
VERSION_1 = (Path(__file__).parents[1] / "records" / "version_1.sql").read_text()
KEPT = StoredCitation.of(cite(SOURCE, SENTENCE, 1, place(SOURCE, "Carla Neri")), DEFAULT_COLLECTION)


@pytest.fixture
def small_library(settings: Settings) -> Iterator[Library]:
    library = Library(settings, HashedWords())
    Indexer(library).add([SOURCE])
    yield library
    library.close()


def description(library: Library, citation: StoredCitation) -> str:
    return prove(library, citation, Audience(GUILD), 1, 1, texts_for("en-GB")).description


def test_the_words_that_answer_are_underlined_after_being_kept(small_library: Library) -> None:
    with fresh_records() as connection:
        answers.save(connection, AnswerRecord("one", GUILD, (KEPT,), NOON))
        record = answers.load(connection, "one", GUILD)
    assert record is not None
    assert description(small_library, record.citations[0]) == PLAIN.replace("Carla Neri", "__Carla Neri__")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (None, None),
        (None, SENTENCE.end),
        (SENTENCE.start, None),
        (SENTENCE.start - 1, SENTENCE.end),
        (SENTENCE.start, SENTENCE.end + 1),
        (SENTENCE.start + 4, SENTENCE.start + 4),
        (SENTENCE.start + 4, SENTENCE.start + 2),
        (-2, 10**9),
    ],
)
def test_a_highlight_that_does_not_fit_is_as_good_as_none(
    small_library: Library, start: int | None, end: int | None
) -> None:
    assert description(small_library, replace(KEPT, highlight_start=start, highlight_end=end)) == PLAIN


def test_a_citation_that_version_1_kept_still_shows(small_library: Library, tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(path)) as old:
        old.executescript(VERSION_1)
        old.execute(
            "UPDATE citations SET source_id = ?, sha256 = ?, span_start = ?, span_end = ?",
            (SOURCE.id, SOURCE.sha256, SENTENCE.start, SENTENCE.end),
        )
        old.commit()
    with closing(open_connection(path)) as connection:
        record = answers.load(connection, "abcdefghijklmnop", GUILD)
        assert record is not None
        assert description(small_library, record.citations[0]) == PLAIN
        answers.save(connection, replace(record, citations=(KEPT,)))
        assert answers.load(connection, "abcdefghijklmnop", GUILD) == replace(record, citations=(KEPT,))


def test_the_heading_is_told_where_the_document_has_one_and_no_pages(small_library: Library) -> None:
    def footer(*places: Place, made_of: str = "") -> str:
        uri = f"test:{places}{made_of}"
        source = replace(SOURCE, places=places, uri=uri, id=source_id(uri), format=made_of)
        Indexer(small_library).add([source])
        kept = StoredCitation.of(cite(source, SENTENCE, 1), DEFAULT_COLLECTION)
        return prove(small_library, kept, Audience(GUILD), 1, 1, texts_for("en-GB")).footer

    assert footer() == "Line 3 · still in the document"
    assert footer(Place(0, None, "The *mill*")) == "The *mill*, line 3 · still in the document"
    assert footer(Place(0, 4, "The mill")) == "Page 4 · still in the document"
    assert footer(Place(0, 4, page_label="ii")) == "Page ii (4 in the file) · still in the document"
    assert footer(Place(0, None, "Row 7"), made_of="csv") == "Row 7 · still in the document"
    assert footer(Place(0), made_of="docx") == "Line 3 · still in the document"
