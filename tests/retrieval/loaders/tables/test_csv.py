"""Tables: each row can be quoted alone, under the names of its columns, and is counted as a spreadsheet counts it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quotes import cite
from retrieval import SourceError, Span, load_bytes, split_sentences
from retrieval.loaders.tables.csv import extract
from retrieval.text.chunking import chunk_source
from retrieval.types import Source
from tests.retrieval.strategies import PROPERTY

MEMBERS = """Name,Role,Since,Phone
Ada Berg,Chair,2019,030 1234
"Costa, Rui","Treasurer, acting",2021,
Eve Okafor,Secretary,2022,030 99
"""
FAQ = """question;answer
Wann öffnet die Halle?;Um acht Uhr. Sonntags um zehn.
Was kostet die Karte?;Zwölf Euro, ermäßigt acht.
"""
TIMETABLE = "Line\tStop\tFirst\tLast\n7\tHarbour\t05:10\t23:50\n12\tMill\t06:00\t22:30\n"
REPORT = """Fees of the rowing club;;
;;
Kind;Fee;Paid by
Adults;35,00 €;March
Students;20,50 €;May
"""
EXPORT = """sep=;
"Item";"Price"
"Oar (2,90 m)";"120"

"Life jacket
size L";"45"
"""
POPULATION = "Town,2001,2011,2021\nPorto Novo,1200,1350,1499\nAlta,980,1001,1100\n"
FILES = {
    "members.csv": MEMBERS.encode(),
    "faq.csv": FAQ.encode("cp1252"),
    "timetable.tsv": TIMETABLE.encode("utf-16"),
    "report.csv": ("\ufeff" + REPORT.replace("\n", "\r\n")).encode(),
    "export.csv": EXPORT.encode(),
    "population.csv": POPULATION.encode(),
}


def load(name: str) -> Source:
    return load_bytes(FILES[name], name=name, uri=f"test:{name}")


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    ("name", "heading", "quote"),
    [
        ("members.csv", "row 2", "Name: Ada Berg; Role: Chair; Since: 2019; Phone: 030 1234"),
        ("members.csv", "row 3", "Name: Costa, Rui; Role: Treasurer, acting; Since: 2021"),
        ("members.csv", "row 4", "Name: Eve Okafor; Role: Secretary; Since: 2022; Phone: 030 99"),
        ("faq.csv", "row 2", "question: Wann öffnet die Halle?"),
        ("faq.csv", "row 2", "Sonntags um zehn."),
        ("faq.csv", "row 3", "answer: Zwölf Euro, ermäßigt acht."),
        ("timetable.tsv", "row 3", "Line: 12; Stop: Mill; First: 06:00; Last: 22:30"),
        ("report.csv", "row 1", "Fees of the rowing club"),
        ("report.csv", "row 4", "Kind: Adults; Fee: 35,00 €; Paid by: March"),
        ("report.csv", "row 5", "Kind: Students; Fee: 20,50 €; Paid by: May"),
        ("export.csv", "row 3", "Item: Oar (2,90 m); Price: 120"),
        ("export.csv", "row 5", "Item: Life jacket\nsize L\nPrice: 45"),
        ("population.csv", "row 2", "Town: Porto Novo; 2001: 1200; 2011: 1350; 2021: 1499"),
    ],
)
def test_a_citation_has_the_words_of_a_row_and_its_number(name: str, heading: str, quote: str) -> None:
    source = load(name)
    assert source.format == "csv"
    start = source.text.index(quote)
    citation = cite(source, Span(start, start + len(quote)), 1)
    assert (citation.quote.text, citation.heading, citation.page) == (quote, heading, None)
    assert Span(start, start + len(quote)) in split_sentences(source.text, source.language)


@pytest.mark.usefixtures("programs")
def test_the_encoding_is_told() -> None:
    assert [load(name).encoding for name in ("members.csv", "faq.csv", "timetable.tsv")] == [
        "utf-8",
        "windows-1252",
        "utf-16",
    ]


@pytest.mark.usefixtures("programs")
def test_no_chunk_cuts_a_row() -> None:
    rows = "".join(f"Member {number},Deck {number % 7},{number * 3}\n" for number in range(300))
    source = load_bytes(f"Name,Place,Fee\n{rows}".encode(), name="a.csv", uri="test:a")
    starts = {place.start for place in source.places}
    assert all(chunk.span.start in starts for chunk in chunk_source(source))
    assert len(starts) == 300


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Ada,1985\nBob,1990\n", ["Ada; 1985", "Bob; 1990"]),
        ("ada@example.org,Chair\nbob@example.org,Member\n", ["ada@example.org; Chair", "bob@example.org; Member"]),
        ("Mill\nHarbour\n", ["Mill", "Harbour"]),
        ("open,closed\nopen,closed\n", ["open; closed", "open; closed"]),
        ("Name,Role\n", ["Name; Role"]),
        ("a,a\nb,c\n", ["a; a", "b; c"]),
        ("Name,Role\nAda,Chair,since 2019\nBob\n", ["Name: Ada; Role: Chair; since 2019", "Name: Bob"]),
        (",Name\n1,Ada\n2,Bob\n", ["1; Name: Ada", "2; Name: Bob"]),
        ("it's,don't\nwon't,can't\n", ["it's: won't; don't: can't"]),
        ("x;1,5;2,5\ny;2,5;3,5\n", ["x; 1,5; 2,5", "y; 2,5; 3,5"]),
    ],
)
def test_a_header_is_one_only_if_it_names_columns(text: str, rows: list[str]) -> None:
    assert extract(text.encode()).text.split("\n\n") == rows


@pytest.mark.usefixtures("programs")
def test_a_quotation_mark_that_is_never_closed_is_told_with_its_row() -> None:
    rows = "".join(f"{number},some words\n" for number in range(20_000))
    with pytest.raises(
        SourceError, match=r"^a\.csv has a cell of more than 131,072 characters in row 4, perhaps after"
    ):
        load_bytes(f'n,words\n1,a\n2,b\n3,"c\n{rows}'.encode(), name="a.csv", uri="test:a")


@pytest.mark.usefixtures("programs")
def test_tables_beyond_reason_are_refused() -> None:
    with pytest.raises(SourceError, match=r"^a\.csv has more than 2,000 columns; split it"):
        load_bytes(b"a,b\n" + b"," * 3000, name="a.csv", uri="test:a")
    with pytest.raises(SourceError, match=r"^a\.csv has more than 200,000 rows; split it"):
        load_bytes(b"a,b\n" * 250_000, name="a.csv", uri="test:a")


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize("data", [b"", b"\n\n", b",,,\n,,,\n", b"\xef\xbb\xbf", b"sep=,\n"])
def test_a_table_without_words_is_empty(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^a\.csv is empty; there is nothing to index\."):
        load_bytes(data, name="a.csv", uri="test:a")


WORDS = st.text(st.sampled_from("abc ÄÖ\"',;|\t\n:.€1"), max_size=12)


@PROPERTY
@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=12))
def test_every_value_stands_in_its_row(rows: list[list[str]]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["alpha", "beta", "gamma"], *rows])
    try:
        extracted = extract(b"sep=,\n" + file.getvalue().encode())
    except SourceError:
        assert not any(value.strip() for row in rows for value in row)
        return
    ends = [place.start for place in extracted.places[1:]] + [len(extracted.text)]
    found = {
        place.heading: extracted.text[place.start : end] for place, end in zip(extracted.places, ends, strict=True)
    }
    for number, row in enumerate(rows, start=3):
        for value in row:
            for line in value.split("\n"):
                assert " ".join(line.split()) in found.get(f"row {number}", "")
