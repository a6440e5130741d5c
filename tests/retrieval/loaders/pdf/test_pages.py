from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.pdf.pages import extract
from tests.retrieval.loaders.documents import assert_in_order, assert_tidy, assert_whole, labels_of, place_of
from tests.retrieval.loaders.pdf import pdf_files


def refusal(data: bytes) -> tuple[str, SourceProblem]:
    with pytest.raises(SourceError) as caught:
        extract(data)
    return str(caught.value), caught.value.problem


def test_a_handbook_is_read_page_by_page_without_its_running_lines() -> None:
    handbook = extract(pdf_files.handbook())
    assert_tidy(handbook)
    assert handbook.title == "Handbook of the Swimming Club"
    assert_in_order(
        handbook, "Opening hours\n\nThe pool", "Children under eight", "all times.", "Fees\n\nA day", "parts."
    )
    assert "Handbook of" not in handbook.text
    assert "Page" not in handbook.text
    assert place_of(handbook, "The pool is open").page == 1
    assert place_of(handbook, "Groups of more than ten").page == 2
    assert place_of(handbook, "A day ticket costs").page == 3
    assert place_of(handbook, "Fees").page == 3


def test_sentences_over_line_and_page_ends_are_whole_and_belong_to_the_page_of_their_first_word() -> None:
    handbook = extract(pdf_files.handbook())
    over_the_page = "Children under eight are admitted only with an adult who stays with them at all times."
    assert_whole(
        handbook,
        over_the_page,
        "On public holidays it closes at noon, unless the committee decides otherwise and puts up a notice at the "
        "entrance.",
    )
    assert place_of(handbook, over_the_page).page == 1
    assert place_of(handbook, "all times.").page == 2


def test_broken_words_are_joined_and_hyphens_of_their_own_are_kept() -> None:
    handbook = extract(pdf_files.handbook())
    assert_whole(
        handbook,
        "Groups of more than ten must be announced a week ahead to the self-employed lifeguards, who keep a list.",
        "Members of the Anglo-Saxon Society pay half, and for everybody both indoor- and outdoor lockers are free.",
    )


def test_a_sentence_goes_on_beyond_a_footnote() -> None:
    report = extract(pdf_files.footnotes())
    sentence = "The repairs, which the council had put off for years, cost the town fourteen million euros."
    assert_whole(report, sentence, "1 See the report of the inspectors, page 12.")
    assert place_of(report, sentence).page == 1
    assert place_of(report, "town fourteen").page == 2
    assert place_of(report, "1 See the report").page == 1
    assert place_of(report, "Traffic returned").page == 2
    assert_tidy(report)


def test_columns_are_read_one_after_the_other() -> None:
    minutes = extract(pdf_files.minutes())
    assert_in_order(minutes, "The meeting was opened", "without a vote.", "The treasurer reported", "Monday of June.")
    assert_whole(minutes, "The treasurer reported a balance of 1,204 euros.")
    assert_whole(minutes, "Nine members were there and two had sent their excuses.")
    assert minutes.title == "Minutes"
    assert place_of(minutes, "The treasurer").page == 1


def test_the_rows_of_a_table_stand_alone() -> None:
    prices = extract(pdf_files.price_list())
    assert prices.text.split("\n\n")[1:] == [
        "Ticket | Price",
        "Adult, one day | 4.50",
        "Child, one day | 2.00",
        "Season | 90.00",
        "Reductions cannot be combined.",
    ]
    assert ("row", "Season", "90.00") in labels_of(prices)
    assert ("column", "Price", "90.00") in labels_of(prices)
    assert prices.title == ""  # "untitled" is none


def test_bookmarks_are_headings_from_their_words_on_or_else_from_their_page_on() -> None:
    manual = extract(pdf_files.manual())
    assert place_of(manual, "Unpack").heading == "Getting started"
    assert place_of(manual, "Turn the key") == place_of(manual, "The lamp")
    assert place_of(manual, "Turn the key").heading == "Getting started"
    assert place_of(manual, "Turn the key").page == 2
    assert place_of(manual, "1.1 Cleaning").start == manual.text.index("1.1 Cleaning")
    assert place_of(manual, "Clean the filter").heading == "Getting started › Cleaning"
    assert place_of(manual, "Send it").heading == "Repairs and guarantee"
    assert_tidy(manual)


def test_other_scripts_are_read() -> None:
    russian, chinese = extract(pdf_files.russian()), extract(pdf_files.chinese())
    assert_whole(russian, "Мост закрыли в феврале, потому что инспекторы нашли трещины в двух опорах.")
    assert_whole(chinese, "大桥于二月关闭，因为检查人员在两根桥墩上发现了裂缝。")
    assert place_of(russian, "Ремонт").page == place_of(chinese, "维修").page == 1


def test_pictures_of_pages_are_refused_with_the_remedy() -> None:
    sentence = "{name} has no text layer (its pages are pictures); run OCR on it, then index it again."
    assert refusal(pdf_files.scanned()) == (sentence, SourceProblem.NO_TEXT)
    stamped = pdf_files.stamped(pdf_files.scanned(3), "Scan 7")
    assert refusal(stamped) == (sentence, SourceProblem.NO_TEXT)


def test_pages_that_are_pictures_among_others_are_named() -> None:
    found = extract(pdf_files.merged([pdf_files.handbook(), pdf_files.scanned(2), pdf_files.typeset([[]])]))
    first = len(PdfReader(BytesIO(pdf_files.handbook())).pages) + 1
    (warning,) = found.warnings
    assert warning.startswith(f"{{name}} has pages without a text layer (pages {first}–{first + 1}); ")


def test_a_file_without_anything_on_its_pages_is_empty() -> None:
    assert refusal(pdf_files.typeset([[], []])) == ("{name} is empty; there is nothing to index.", SourceProblem.EMPTY)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_locked_file_is_read_where_it_opens_without_a_password(algorithm: str) -> None:
    opened = extract(pdf_files.locked(pdf_files.handbook(), "", algorithm))
    assert opened.text == extract(pdf_files.handbook()).text
    sentence, problem = refusal(pdf_files.locked(pdf_files.handbook(), "secret", algorithm))
    assert sentence == "{name} is protected by a password; save a copy without one and index that."
    assert problem is SourceProblem.PROTECTED


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"Some words.", b"PK\x03\x04", pdf_files.handbook()[:300]])
def test_what_is_no_pdf_is_damaged(data: bytes) -> None:
    sentence, _ = refusal(data)
    assert sentence.startswith("{name} is damaged or not really PDF inside; ")


def test_a_list_in_edge_lines_that_counts_is_no_running_line() -> None:
    pages = [[f"Step {number}: tighten screw {3 * number}.", "", "Then wait."] for number in range(1, 5)]
    steps = extract(pdf_files.typeset(pages))
    assert_whole(steps, *(f"Step {number}: tighten screw {3 * number}." for number in range(1, 5)))


def test_the_head_of_a_short_chapter_goes_with_the_page_number_beside_it() -> None:
    pages = [[f"Words of page {name}.", "", "More words."] for name in ("one", "two", "three", "four")]
    heads = ["Chapter 1: Rules 1", "Chapter 1: Rules 2", "Chapter 1: Rules 3", "Chapter 2: Fees 4"]
    chapters = extract(
        pdf_files.merged([pdf_files.typeset([page], head=head) for page, head in zip(pages, heads, strict=True)])
    )
    assert "Chapter" not in chapters.text
    assert_whole(chapters, "Words of page one.", "Words of page four.")
    assert place_of(chapters, "Words of page four.").page == 4


def test_an_indented_line_after_a_full_stop_begins_a_paragraph_and_items_stand_alone() -> None:
    lines = [
        "The rules below hold for all members of the club. They were last changed in",
        "the spring of the year before.",
        "     Whoever breaks them is warned once.",
        "",
        "1. Take a shower before you",
        "swim.",
        "2. Do not run.",
        "• Bring a towel.",
    ]
    rules = extract(pdf_files.typeset([lines]))
    assert rules.text.split("\n\n")[-4:] == [
        "Whoever breaks them is warned once.",
        "1. Take a shower before you swim.",
        "2. Do not run.",
        "• Bring a towel.",
    ]


@pytest.mark.parametrize("title", ["Name________ , Date________", "doi:10.1000/xyz"])
def test_what_is_no_title_is_none(title: str) -> None:
    assert extract(pdf_files.typeset([["The form."]], title=title)).title == ""
