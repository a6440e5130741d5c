from __future__ import annotations

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from retrieval.loaders.pdf.pages import extract
from tests.retrieval.loaders.documents import assert_tidy
from tests.retrieval.loaders.pdf import pdf_files
from tests.retrieval.loaders.pdf.page_layouts import BOLD, REGULAR, Layout, line, news, page, text

FULL = "The members of the club meet every month in the old mill, and whoever wants to speak there"


def read(*lines: tuple[str, str] | str, x: tuple[float, ...] = ()) -> list[str]:
    """The paragraphs of a page whose lines stand right below each other; one may have a font of its own."""
    layout = Layout((), ())
    for at, one in enumerate(lines):
        words, font = (one, REGULAR) if isinstance(one, str) else one
        layout += line(words, x[at] if x else 60, 760 - 13 * at, 11, font)
    extracted = extract(page(layout))
    assert_tidy(extracted)
    return extracted.text.split("\n\n")


@pytest.mark.parametrize("mark", ["•", "·", "-", "–", "*"])
def test_items_are_lines_of_their_own_and_what_follows_the_last_one_is_none_of_it(mark: str) -> None:
    items = [f"{mark} a life jacket", f"{mark} a whistle", f"{mark} two oars"]
    assert read("Bring to the race:", *items, "The race starts at noon.") == [
        "Bring to the race:", *items, "The race starts at noon."
    ]  # fmt: skip


def test_an_item_whose_mark_stands_apart_is_one_line_with_it() -> None:
    pieces = Layout((), ())
    for at, words in enumerate(("a life jacket", "dry clothes for the evening", "two oars")):
        pieces += line("o", 60, 760 - 13 * at) + line(words, 80, 760 - 13 * at)
    assert extract(page(pieces)).text.split("\n\n") == [
        "o a life jacket", "o dry clothes for the evening", "o two oars"
    ]  # fmt: skip


def test_a_sentence_at_the_margin_of_the_marks_is_not_of_the_last_item() -> None:
    item = "• whoever wants to row needs a life jacket, a whistle, two oars and dry clothes for later, and brings"
    rest = "all of them to the start, where somebody of the committee looks at them before the race begins."
    after, end = (
        "Races start at noon in every weather, and whoever comes later than that",
        "has to wait for the next one.",
    )
    assert read(item, rest, after, end, x=(60, 72, 60, 60)) == [f"{item} {rest}", f"{after} {end}"]


@pytest.mark.parametrize(
    "clauses",
    [
        ["1.2. Board", "1.2.1. The Speaker rules upon any ambiguity in a by-law.", "1.2.2. The Board meets monthly."],
        ["(a) the keys of the boathouse;", "(b) the keys of the mill;", "(iv) the book of guests."],
        ["§ 4 Fees", "§ 5 Whoever pays late is charged three euros more."],
        ["Article 5 Elections", "Article 6 The Treasurer keeps the accounts."],
    ],
)
def test_clauses_are_paragraphs_of_their_own(clauses: list[str]) -> None:
    assert read(*clauses) == clauses


def test_a_number_within_a_sentence_begins_no_clause() -> None:
    assert read(f"{FULL}, as is said in clause", "1.2.1. The rules, has to tell the chair before.") == [
        f"{FULL}, as is said in clause 1.2.1. The rules, has to tell the chair before."
    ]


@pytest.mark.parametrize(
    "heading",
    [
        ("Opening hours of the pool in summer", BOLD),
        ("OPENING HOURS OF THE POOL IN SUMMER", REGULAR),
        ("3 Opening hours", BOLD),
    ],
)
def test_a_heading_is_not_glued_to_the_sentence_below_it(heading: tuple[str, str]) -> None:
    sentence = [FULL, "has to tell the chair before."]
    assert read(*sentence, heading, *sentence) == [" ".join(sentence), heading[0], " ".join(sentence)]


def test_words_in_bold_at_the_beginning_of_a_paragraph_stay_with_it() -> None:
    pieces = line("Closed.", 60, 760, 11, BOLD) + line("The pool is closed on Mondays and", 102, 760, 11)
    pieces += line("on holidays, unless the committee", 60, 747, 11) + line("decides otherwise.", 60, 734, 11)
    assert extract(page(pieces)).text == (
        "Closed. The pool is closed on Mondays and on holidays, unless the committee decides otherwise."
    )


def test_a_line_that_ends_early_before_a_capital_ends_the_paragraph() -> None:
    assert read(FULL, "tells the chair", "Clara Stone", FULL) == [f"{FULL} tells the chair", "Clara Stone", FULL]


def test_running_text_is_not_cut_at_ragged_ends_of_lines() -> None:
    layout = text(news(1, 12), 60, 760, 300)
    assert extract(page(layout)).text == " ".join(layout.read)


def test_items_and_headings_of_a_script_without_blanks_stand_alone() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    lines = [
        "（１） 会費の関係",
        "会費は毎年の四月に支払うものとし、年の途中に入会した者は残りの月の数に応じて支払",
        "うものとする",
        "（２） 退会の関係",
        "第三条の手続によらなければならず、会長が書面によりこれを承認するまでは効力がない",
        "ものとする",
    ]
    found = extract(pdf_files.typeset([lines], font="HeiseiMin-W3")).text
    assert found.split("\n\n") == [lines[0], lines[1] + lines[2], lines[3], lines[4] + lines[5]]
