from __future__ import annotations

from typing import Any

import pytest
from pypdf.annotations import FreeText, Highlight, Link, Popup, Text
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)

from retrieval.errors import SourceError
from retrieval.loaders.pdf.pages import extract
from tests.retrieval.loaders.documents import assert_tidy, assert_whole, place_of
from tests.retrieval.loaders.pdf import form_files, pdf_files

PAGES = [
    ["The boathouse was built in 1921; it has", "burned twice, and the last fire, which"],
    ["nobody saw, took the roof.", "", "It was rebuilt in a year."],
]
NOTE = (500, 700, 520, 720)


def note(words: str, author: str = "Anna", **entries: Any) -> Text:
    made = Text(rect=NOTE, text=words, title_bar=author)
    made.update({NameObject(f"/{key}"): value for key, value in entries.items()})
    return made


def highlight(words: str) -> Highlight:
    corners = ArrayObject(map(FloatObject, (72, 770, 300, 770, 72, 755, 300, 755)))
    made = Highlight(rect=(72, 755, 300, 770), quad_points=corners)
    made[NameObject("/Contents")] = TextStringObject(words)
    return made


def test_comments_follow_the_text_of_their_page_and_name_their_author() -> None:
    found = extract(form_files.commented(PAGES, (1, note("Was it not 1922?")), (2, highlight("Two years!"))))
    assert_tidy(found)
    assert found.text.split("\n\n") == [
        "The boathouse was built in 1921; it has burned twice, and the last fire, which nobody saw, took the roof.",
        "Comment by Anna: Was it not 1922?",
        "It was rebuilt in a year.",
        "Comment: Two years!",
    ]
    assert place_of(found, "Comment by Anna").page == 1
    assert place_of(found, "It was rebuilt").page == 2
    assert place_of(found, "Two years!").page == 2


def test_comments_before_the_first_words_and_after_the_last_have_their_pages() -> None:
    found = extract(form_files.commented([[], ["Some words."], []], (1, note("First.")), (3, note("Last.", author=""))))
    assert found.text == "Comment by Anna: First.\n\nSome words.\n\nComment: Last."
    assert [place_of(found, words).page for words in ("First.", "Some words.", "Last.")] == [1, 2, 3]


def test_the_lines_of_a_comment_are_one_paragraph() -> None:
    found = extract(form_files.commented(PAGES, (2, note("Ask Ben.\rHe was there.\n\nSo was I."))))
    assert_whole(found, "He was there.")
    assert found.text.endswith("\n\nComment by Anna: Ask Ben. He was there. So was I.")


def test_text_that_was_typed_over_the_page_is_text_of_the_page() -> None:
    typed = FreeText(text="forty euros", rect=(180, 756, 300, 772))
    found = extract(form_files.commented([["The yearly fee:", "", "It is due in May."]], (1, typed)))
    assert found.text == "The yearly fee: forty euros\n\nIt is due in May."


def test_a_picture_of_a_page_is_refused_whatever_is_typed_over_it() -> None:
    typed = [
        FreeText(text="forty euros and many other words", rect=(180, 756 - 20 * n, 400, 772 - 20 * n)) for n in range(9)
    ]
    data = form_files.with_comments(pdf_files.scanned(), *((1, one) for one in typed))
    with pytest.raises(SourceError, match="pages are pictures"):
        extract(data)


def test_the_words_of_the_file_are_counted_with_those_left_out() -> None:
    found = extract(form_files.commented([["Page 1 of 2", "", "Some words."]], (1, note("A comment."))))
    assert found.words_in == 11
    pages = [["Words of page one."], ["Words of page two."]]
    headed = extract(pdf_files.typeset(pages, foot="Page %d"))
    assert headed.words_in == len(headed.text.split()) + 4


@pytest.mark.parametrize(
    "annotation",
    [
        Link(rect=RectangleObject(NOTE), url="https://example.org/words"),
        Popup(rect=RectangleObject(NOTE)),
        note(""),
        note("Accepted set by Anna", State=TextStringObject("Accepted"), StateModel=TextStringObject("Review")),
        note("Hidden words.", F=NumberObject(2)),
        note("No kind.", Subtype=NumberObject(5)),
    ],
    ids=["link", "popup", "empty", "judgement", "hidden", "no kind"],
)
def test_links_windows_and_judgements_are_no_text(annotation: DictionaryObject) -> None:
    annotation[NameObject("/Contents")] = annotation.get("/Contents", TextStringObject("Words of a link."))
    data = form_files.commented(PAGES, (1, annotation))  # type: ignore[arg-type]
    assert extract(data).text == extract(form_files.commented(PAGES)).text


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("/Contents", NumberObject(3)),
        ("/Contents", ArrayObject([TextStringObject("x")])),
        ("/T", NumberObject(3)),
        ("/Rect", NumberObject(3)),
        ("/F", TextStringObject("x")),
    ],
)
def test_a_broken_comment_costs_at_most_itself(key: str, value: Any) -> None:
    broken = note("A comment.")
    broken[NameObject(key)] = value
    found = extract(form_files.commented(PAGES, (1, broken), (1, note("Whole."))))
    assert "Comment by Anna: Whole." in found.text.split("\n\n")
