"""Letters as people see them: those drawn twice, set apart, or set small above the line."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from retrieval.loaders.pdf.characters import page_texts
from retrieval.loaders.pdf.pages import extract
from retrieval.loaders.pdf.raised import raised_text
from tests.retrieval.loaders.pdf.page_layouts import BOLD, REGULAR, Layout, Piece, line, news, page, text


def read(*pieces: Piece) -> str:
    return extract(page(Layout(pieces, ()))).text


def test_letters_that_are_drawn_twice_are_read_once() -> None:
    pieces = [
        Piece(72 + 12 * at + shift, 742, letter, 14)
        for at, letter in enumerate("HELLO COFFEE")
        for shift in (0, 0.3)
        if letter != " "
    ]
    assert read(*pieces) == "HELLO COFFEE"


@pytest.mark.parametrize("shift", [0.0, 0.4, 1.5])
def test_a_line_that_is_drawn_twice_is_read_once(shift: float) -> None:
    words = "The race starts at noon, and the race ends at night."
    assert read(Piece(60, 700, words, 14), Piece(60 + shift, 700 - shift, words, 14)) == words


def test_a_page_that_is_drawn_twice_is_read_once() -> None:
    layout = text(news(1, 8), 60, 760, 300)
    assert extract(page(Layout(layout.pieces * 2, ()))).text == " ".join(layout.read)


def test_words_that_are_there_twice_stay() -> None:
    assert read(Piece(60, 700, "He had had that that that he had wished."), Piece(60, 688, "He had had it.")) == (
        "He had had that that that he had wished. He had had it."
    )


def spread(words: str, pitch: float, blank: float, size: float = 14) -> list[Piece]:
    """Letters that are set apart, each drawn where it belongs."""
    pieces, x = [], 60.0
    for letter in words:
        if letter == " ":
            x += blank
        else:
            pieces.append(Piece(x, 700, letter, size))
            x += pitch
    return pieces


@pytest.mark.parametrize(("pitch", "blank"), [(13, 10), (15, 14), (14, 7)])
def test_letters_that_are_set_apart_are_words(pitch: float, blank: float) -> None:
    assert read(*spread("ANNUAL REPORT", pitch, blank)) == "ANNUAL REPORT"


def test_small_letters_that_are_set_apart_are_words_where_the_blanks_are_wide() -> None:
    pieces, x = [], 60.0
    for letter in "annual report of a club":
        if letter != " ":
            pieces.append(Piece(x, 700, letter, 14))
        x += 5 if letter == " " else stringWidth(letter, REGULAR, 14) + 3
    assert read(*pieces) == "annual report of a club"


def test_capitals_with_blanks_between_them_are_a_word() -> None:
    assert read(Piece(60, 700, "A N N E X")) == "ANNEX"
    assert read(Piece(60, 700, "Plan A B C of the club")) == "Plan A B C of the club"


@pytest.mark.parametrize(
    ("before", "raised", "after", "expected"),
    [
        ("The bridge was closed", "1", " in May.", "The bridge was closed in May."),
        ("The bridge was closed.", "12", " It is open.", "The bridge was closed. It is open."),
        ("The author", "*", " of the book", "The author of the book"),
        ("A hall of 90 m", "2", " was built.", "A hall of 90 m² was built."),
        ("It holds 10", "6", " litres.", "It holds 10⁶ litres."),
        ("It was 10", "-3", " litres.", "It was 10⁻³ litres."),
        ("The 1", "st", " of May", "The 1st of May"),
    ],
)
def test_marks_of_notes_are_left_out_and_powers_are_kept(before: str, raised: str, after: str, expected: str) -> None:
    middle = 60 + stringWidth(before, REGULAR, 10)
    end = middle + stringWidth(raised, REGULAR, 6)
    pieces = (Piece(60, 700, before), Piece(middle, 704, raised, 6), Piece(end, 700, after))
    assert read(*pieces) == expected


def test_the_mark_of_a_note_may_stand_a_little_apart_from_its_word() -> None:
    pieces = (Piece(60, 700, "The reports"), Piece(112.5, 704, "1", 6), Piece(118.5, 700, "of the club are late."))
    assert read(*pieces) == "The reports of the club are late."


def test_a_figure_after_a_sign_is_no_mark_of_a_note() -> None:
    assert raised_text("±", "20") == "20"
    assert raised_text("10", "3,") == "3,"
    assert raised_text("Stone", "2,") == raised_text("Reed", "a,c,*") == ""


def test_a_line_to_write_on_is_no_text() -> None:
    lines = (Piece(60, 700, "Report:"), Piece(60, 680, "_" * 60), Piece(60, 660, "Name: ________ Date: ________"))
    assert read(*lines) == "Report:\n\nName: ________ Date: ________"


def test_the_figures_of_a_fraction_stay() -> None:
    words = (Piece(60, 700, "ranges up to"), Piece(118, 704, "1", 6), Piece(121.3, 700, "/4 inch"))
    assert read(*words) == "ranges up to 1/4 inch"


def test_the_number_of_a_note_stays_at_the_beginning_of_the_note() -> None:
    assert read(Piece(60, 703, "1", 5), Piece(63, 700, "See the report of the inspectors.", 8)) == (
        "1 See the report of the inspectors."
    )


def test_dots_that_lead_to_the_number_of_a_page_are_no_words() -> None:
    contents = line(f"Opening hours {'. ' * 40}12", 60, 760) + line(f"Fees{'.' * 70}14", 60, 740)
    assert extract(page(contents)).text.split("\n\n") == ["Opening hours 12", "Fees 14"]
    assert read(Piece(60, 700, "And so on ... and on.")) == "And so on ... and on."


def test_a_large_initial_belongs_to_the_word_that_it_begins() -> None:
    pieces = (
        Piece(60, 676, "T", 36, BOLD),
        Piece(84, 693, "he pool is open from seven in the morning until nine", 10),
        Piece(84, 681, "at night. On public holidays it closes at noon, unless", 10),
        Piece(60, 664, "the committee decides otherwise and puts up a notice here.", 10),
    )
    assert read(*pieces).startswith("The pool is open from seven in the morning until nine at night. On")


def test_a_page_that_is_closed_has_no_words() -> None:
    data = page(line("The pool is open.", 60, 700))
    assert [len(text.words()) for text in page_texts(data)] == [4]
    closed = list(page_texts(data))
    assert [(text.words(), text.rules()) for text in closed] == [([], [])]
