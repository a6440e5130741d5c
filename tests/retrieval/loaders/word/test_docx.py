from __future__ import annotations

import pytest

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.word.docx import extract
from tests.retrieval.loaders.documents import assert_in_order, assert_tidy, assert_whole, place_of
from tests.retrieval.loaders.word import docx_files


def test_a_handbook_is_read_with_its_headings_lists_and_tables() -> None:
    handbook = extract(docx_files.handbook())
    assert_tidy(handbook)
    assert handbook.title == "Handbook of the Swimming Club"
    assert handbook.text.split("\n\n")[5:] == [
        "On public holidays it closes at noon.", "New Year", "First of May", "Exceptions",
        "The committee may decide otherwise.", "Fees", "Ticket | Price", "Adult, one day | 4.50", "Season | 90.00",
        "1. Pay at the desk.", "2. Keep the receipt.",
    ]  # fmt: skip
    assert place_of(handbook, "This handbook").heading is None
    assert place_of(handbook, "The pool is open").heading == "Opening hours"
    assert place_of(handbook, "First of May").heading == "Opening hours › Public holidays"
    assert place_of(handbook, "The committee").heading == "Opening hours › Public holidays › Exceptions"
    assert place_of(handbook, "Adult").heading == "Fees"
    assert place_of(handbook, "Fees").start == handbook.text.index("Fees")
    assert_whole(handbook, "The pool is open from seven in the morning until nine at night.")


def test_footnotes_come_at_the_end_and_their_marks_are_in_no_sentence() -> None:
    report = extract(docx_files.report())
    assert_whole(
        report,
        "The repairs cost fourteen million euros, twice as much as had been planned.",
        "They took two years.",
        "Figures of the town treasurer.",
    )
    assert report.text.endswith("two years.\n\nFigures of the town treasurer.\n\nFrom May 2022 to March 2024.")
    assert place_of(report, "They took").heading == "Report on the bridge › Costs"
    assert place_of(report, "Figures").heading is None
    assert_tidy(report)


def test_deleted_words_are_gone_and_inserted_ones_are_there() -> None:
    draft = extract(docx_files.draft())
    assert draft.title == "Draft of the statutes"
    assert_whole(draft, "Members pay thirty euros a year.", "The Donaudampfschiff sank.")
    assert_in_order(draft, "a year.", "Filled in by hand.", "Harbour Street 5\n2000 Port")
    assert "twenty" not in draft.text


def test_pictures_are_passed_over() -> None:
    letter = extract(docx_files.letter())
    sentences = "Die Versammlung beginnt um 19 Uhr im großen Saal.", "Anträge sind bis zum 3. März einzureichen."
    assert_whole(letter, *sentences, language="de")
    assert letter.text.count("\n\n") == 2
    assert letter.title == ""
    assert place_of(letter, "Gäste").heading == "Einladung zur Mitgliederversammlung"


def test_lists_and_tables_within_others_are_read_in_order() -> None:
    minutes = extract(docx_files.nested_list())
    assert minutes.text.split("\n\n") == [
        "Minutes", "Money", "The balance is 1,204 euros.", "Pool", "Votes", "For | Against", "12 | 3",
    ]  # fmt: skip


def refusal(data: bytes) -> tuple[str, SourceProblem]:
    with pytest.raises(SourceError) as caught:
        extract(data)
    return str(caught.value), caught.value.problem


@pytest.mark.parametrize("data", [b"", b"Some words.", b"PK\x03\x04", docx_files.handbook()[:9_000]])
def test_what_is_no_word_document_is_damaged(data: bytes) -> None:
    assert refusal(data)[0].startswith("{name} is damaged or not really DOCX inside; ")


def test_another_zip_archive_is_damaged() -> None:
    other = docx_files.with_parts(b"PK\x05\x06" + bytes(18), {"notes.txt": b"Some words."})
    assert refusal(other)[0].startswith("{name} is damaged or not really DOCX inside; ")


def test_an_old_or_locked_document_is_named_as_such() -> None:
    sentence, problem = refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "password" in sentence
    assert "an old Word file" in sentence
    assert problem is SourceProblem.PROTECTED


def test_a_document_without_words_is_empty() -> None:
    body = f"<w:document {docx_files.W}><w:body><w:p/></w:body></w:document>".encode()
    sentence, problem = refusal(docx_files.with_parts(docx_files.letter(), {"word/document.xml": body}))
    assert (sentence, problem) == ("{name} is empty; there is nothing to index.", SourceProblem.EMPTY)


def test_names_that_climb_out_are_only_names() -> None:
    climbing = docx_files.with_parts(
        docx_files.letter(), {"../../../../tmp/document.xml": b"<x/>", "/etc/styles.xml": b"<x/>"}
    )
    assert extract(climbing).text == extract(docx_files.letter()).text


def test_external_files_and_relationships_are_not_read() -> None:
    link = (
        '<Relationship Id="rId99" Type="http://example.com/image" Target="file:///etc/passwd" TargetMode="External"/>'
    )
    linked = docx_files.with_parts(docx_files.letter(), {}, relationship=link)
    assert extract(linked).text == extract(docx_files.letter()).text


@pytest.mark.parametrize("entity", ['"words of its own"', 'SYSTEM "file:///etc/passwd"'])
def test_a_document_that_defines_entities_is_refused(entity: str) -> None:
    body = f"<w:document {docx_files.W}><w:body><w:p><w:r><w:t>Words &e;.</w:t></w:r></w:p></w:body></w:document>"
    document = f"<!DOCTYPE w:document [<!ENTITY e {entity}>]>{body}".encode()
    sentence, _ = refusal(docx_files.with_parts(docx_files.letter(), {"word/document.xml": document}))
    assert sentence.startswith("{name} is damaged or not really DOCX inside; ")
