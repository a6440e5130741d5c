"""What would be stored of a document, in figures."""

from __future__ import annotations

from collections import Counter

import pytest

from retrieval import Original, SourceError, inspect_document
from tests.retrieval.loaders.pdf.pdf_files import typeset

TABLE = "| who | fee |\n|---|---|\n| adults | 40 |\n| pupils | 20 |\n"
RULES = f"---\ndate: 2024-05-01\n---\n# Rules\n\nBe kind.\ue000\ue000\n\n## Fees\n\n{TABLE}\nAnd next year:\n\n{TABLE}"


def original(name: str, data: bytes) -> Original:
    return Original(name, f"test:{name}", data)


def test_headings_tables_words_and_odd_characters_are_counted() -> None:
    found = inspect_document(original("rules.md", RULES.encode()))
    assert (found.source.title, found.source.date, found.source.language) == ("Rules", "2024-05-01", "en")
    assert found.headings == ("Rules", "Rules › Fees")
    assert (found.tables, found.rows) == (2, 4)
    assert found.odd == Counter({"\ue000": 2})
    assert found.odd_share == 2 / len(found.source.text)
    assert found.words_out == len(found.source.text.split())
    assert (found.pages, found.page_labels) == (0, None)
    assert found.chunks >= 1


def test_pages_are_counted() -> None:
    found = inspect_document(
        original("rules.pdf", typeset([["Be kind to everybody here."], ["Go in peace, all of you."]]))
    )
    assert (found.pages, found.page_labels, found.tables) == (2, None, 0)


def test_a_file_of_records_is_one_table_without_headings() -> None:
    found = inspect_document(original("fees.csv", b"who,fee\nadults,40\npupils,20\n"))
    assert (found.tables, found.rows, found.headings) == (1, 2, ())


@pytest.mark.parametrize("odd", ["\ufffd", "\ue123", "\x85", "\U000e0fff"])
def test_what_nobody_types_is_odd(odd: str) -> None:
    found = inspect_document(original("a.md", f"It is{odd} 5\u00a0°C,\ttoday – “fine” 👩‍🚀.".encode()))
    assert found.odd == Counter([odd])


def test_what_cannot_be_read_is_refused_as_when_it_is_indexed() -> None:
    with pytest.raises(SourceError, match=r"a\.pdf is damaged"):
        inspect_document(original("a.pdf", b"%PDF-1.7 nothing"))
