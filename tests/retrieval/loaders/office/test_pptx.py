"""Presentations: read as people read slides, and a citation names the slide."""

from __future__ import annotations

import pptx
import pytest

from bot.quotes import cite
from retrieval import SourceError, Span, load_bytes
from retrieval.loaders.composer import sensible_title
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.office.pptx import extract
from retrieval.loaders.office.slide_order import Box, in_reading_order
from tests.retrieval.loaders.documents import assert_in_order, assert_tidy, assert_whole, labels_of, place_of
from tests.retrieval.loaders.office import pptx_files

FILES = {
    "talk": pptx_files.talk(),
    "poster": pptx_files.poster(),
    "figures": pptx_files.figures(),
    "reviewed": pptx_files.reviewed(),
    "drawn": pptx_files.drawn(),
}


def read(name: str) -> Extracted:
    return extract(FILES[name])


@pytest.mark.parametrize("name", FILES)
def test_every_text_is_tidy(name: str) -> None:
    extracted = read(name)
    extracted.check()
    assert_tidy(extracted)


@pytest.mark.parametrize(
    ("name", "heading", "words"),
    [
        ("talk", "slide 1 › Rowing for beginners", "A course in six evenings"),
        ("talk", "slide 2 › What to bring", "Old shoes"),
        ("talk", "slide 2 › What to bring › Notes", "Tell them that the club lends life jackets."),
        ("talk", "slide 3 › Dates", "We meet every Tuesday at six."),
        ("poster", "slide 2", "The boat sank."),
        ("poster", "slide 2", "The lake has 12 km² of water."),
        ("figures", "slide 1 › Members", "Group: Juniors; Boat: Otter; Seats: 4"),
        ("figures", "slide 1 › Members", "Group: Juniors; Boat: Heron; Seats: 2"),
        ("figures", "slide 1 › Members", "Picture: The boathouse at the lake, seen from the pier"),
        ("figures", "slide 2 › Growth", "Members at the end of the year"),
        ("figures", "slide 2 › Growth", "2025; Men: 15.5; Women: 20"),
        ("reviewed", "slide 1 › Budget › Comments", "Comment by Eve: Is that enough?"),
        ("reviewed", "slide 3 › Votes › Comments", "Comment by Ann: Really everybody?"),
        ("reviewed", "slide 3 › Votes › Comments", "Comment by Ben: Yes, all of them."),
        ("drawn", "slide 1 › Steps", "Carry the boat."),
        ("drawn", "slide 1 › Steps", "New way to say it."),
    ],
)
def test_a_paragraph_has_its_words_and_its_slide(name: str, heading: str, words: str) -> None:
    extracted = read(name)
    assert place_of(extracted, words).heading == heading
    assert words in extracted.text.split("\n\n")
    assert_whole(extracted, words)


def test_the_paragraphs_of_a_cell_are_lines_of_their_own() -> None:
    assert "Group: Seniors; Boat: Swan\nTern\nSeats: 8" in read("figures").text


def test_the_title_of_a_slide_stands_at_its_place() -> None:
    extracted = read("talk")
    assert place_of(extracted, "What to bring").heading == "slide 2 › What to bring"
    assert extracted.title == "Rowing for beginners"


def test_columns_are_read_one_after_the_other_and_many_rows_along() -> None:
    extracted = read("poster")
    assert_in_order(extracted, "Two boats", "Left head.", "Left below.", "Right head.", "Right below.")
    assert_in_order(extracted, "2002", "The boat sank.", "2003", "The oar broke.", "2004", "The club won.")
    assert_in_order(extracted, "The club won.", "Group, upper.", "Group, lower.")


def test_a_chart_of_any_kind_is_read() -> None:
    extracted = extract(pptx_files.with_chart_kind("area3DChart"))
    assert place_of(extracted, "2024; Men: 12; Women: 14").heading == "slide 2 › Growth"


def test_what_is_not_of_the_slide_is_left_out() -> None:
    assert "boathouse.jpg" not in read("figures").text
    assert "My Pictures" not in read("figures").text
    reviewed = read("reviewed")
    assert "Rowing club 2026" not in reviewed.text
    assert "Not for the members." not in reviewed.text
    (warning,) = reviewed.warnings
    assert warning.startswith("{name} has hidden slides, which are left out (2); unhide them")
    assert "Arrow" not in read("drawn").text
    assert "Old way" not in read("drawn").text


def test_a_point_explains_those_that_are_nested_under_it() -> None:
    told = labels_of(read("talk"))
    assert ("lead_in", "Clothes for the boat:", "A dry shirt") in told
    assert ("lead_in", "Clothes for the boat:", "Old shoes") in told
    assert not any(explained == "Something to drink" for _, _, explained in told)


def test_a_title_that_was_cut_off_from_its_layout_is_one() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text_frame.text = "Dates"
    slide.shapes.title._element.ph.set("idx", "4294967295")
    slide.shapes.add_textbox(0, 0, 9_000, 9_000).text_frame.text = "We meet on Tuesday."
    extracted = extract(pptx_files.saved(deck))
    assert place_of(extracted, "We meet").heading == "slide 1 › Dates"
    assert extracted.text == "Dates\n\nWe meet on Tuesday."


def test_a_presentation_whose_first_slide_has_no_title_is_called_by_its_first_words() -> None:
    deck = pptx.Presentation()
    blank, title_only = deck.slide_layouts[6], deck.slide_layouts[5]
    box = deck.slides.add_slide(blank).shapes.add_textbox(0, 0, 9_000, 9_000)
    box.text_frame.text = "The rowing season"
    deck.slides.add_slide(title_only).shapes.title.text_frame.text = "Dates"
    assert extract(pptx_files.saved(deck)).title == "The rowing season"


def test_a_title_that_a_program_made_is_none() -> None:
    assert sensible_title("Slide 1") == sensible_title("Folie 12") == ""
    assert sensible_title("Slide rules") == "Slide rules"


def test_the_title_of_a_slide_explains_it_and_no_other() -> None:
    extracted = read("poster")
    for label in extracted.labels:
        if extracted.text[label.words.start : label.words.end] == "Two boats":
            assert "2002" not in extracted.text[label.span.start : label.span.end]
            return
    pytest.fail("the title explains nothing")


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(("name", "file"), [("talk.pptx", "talk"), ("show.PPSX", "drawn"), ("talk.pptm", "talk")])
def test_a_citation_names_the_slide(name: str, file: str) -> None:
    source = load_bytes(FILES[file], name=name, uri="test:talk")
    words = "Old shoes" if file == "talk" else "Row away."
    start = source.text.index(words)
    citation = cite(source, Span(start, start + len(words)), 1)
    assert (source.format, citation.quote.text) == ("pptx", words)
    assert citation.heading == ("slide 2 › What to bring" if file == "talk" else "slide 1 › Steps")


@pytest.mark.usefixtures("programs")
def test_a_presentation_that_is_protected_or_empty_is_refused_with_a_remedy() -> None:
    with pytest.raises(SourceError, match=r"^a\.pptx is protected by a password or is an old PowerPoint file; "):
        load_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), name="a.pptx", uri="test:a")
    with pytest.raises(SourceError, match=r"^a\.pptx is empty; there is nothing to index\."):
        load_bytes(pptx_files.empty(), name="a.pptx", uri="test:a")


def box(left: int, top: int) -> Box:
    return Box(left * 1_000_000, top * 1_000_000, left * 1_000_000 + 900_000, top * 1_000_000 + 900_000)


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ([], []),
        ([(0, 0)], [0]),
        ([(1, 0), (0, 0)], [1, 0]),
        ([(0, 1), (0, 0)], [1, 0]),
        ([(1, 1), (0, 1), (1, 0), (0, 0)], [3, 1, 2, 0]),
        ([(0, 0), (1, 0), (0, 1), (1, 1), (0, 2), (1, 2)], [0, 1, 2, 3, 4, 5]),
        ([(0, 0), (0, 0)], [0, 1]),
    ],
)
def test_shapes_are_read_by_where_they_stand(places: list[tuple[int, int]], order: list[int]) -> None:
    assert in_reading_order([(box(*place), number) for number, place in enumerate(places)]) == order
