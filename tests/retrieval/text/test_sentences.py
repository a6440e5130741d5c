from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from retrieval import Span, sentences_within, split_paragraphs, split_sentences
from tests.retrieval.strategies import PROPERTY, texts


def words(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


def gaps(text: str, spans: tuple[Span, ...]) -> list[str]:
    ends = [0, *(span.end for span in spans)]
    starts = [*(span.start for span in spans), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


@PROPERTY
@given(texts())
@example("👨\u200d👩\u200d👧 ran. e\u0301t\u0301. 漢字。" * 3)
@example("a" * 10_000)
@example("word " * 5_000 + ".")
@example("\ufeffA sentence.\r\n\r\nAnother.\r\rA third.")
@example(" \u00a0\u3000 ")
def test_sentences_are_ordered_and_only_white_space_lies_between_them(text: str) -> None:
    spans = split_sentences(text)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert not "".join(gaps(text, spans)).strip()
    assert "".join("".join(words(text)).split()) == "".join(text.split())


@PROPERTY
@given(texts())
def test_a_sentence_has_words_and_no_white_space_around_them(text: str) -> None:
    for sentence in words(text):
        assert sentence
        assert sentence == sentence.strip()


@PROPERTY
@given(texts())
def test_splitting_twice_gives_the_same(text: str) -> None:
    assert split_sentences(text) == split_sentences("".join(list(text)))


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\t", "\u00a0\u2003\u3000", "\x0b\x0c\x1c\x85\u2028"])
def test_blank_text_has_no_sentences_and_no_paragraphs(text: str) -> None:
    assert split_sentences(text) == ()
    assert split_paragraphs(text) == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_headings_items_rows_and_blank_lines_end_a_sentence(end: str) -> None:
    lines = [
        "# Rules of the house",
        "No running",
        "- Shoes off",
        "- Quiet please",
        "* Starred",
        "• Bulleted",
        "1) First rule",
        "2) Second rule",
        "| Room | Hour |",
        "| Hall | Ten |",
        "",
        "## Fees",
        "Members pay nothing",
        "",
        "Guests pay five",
    ]
    assert words(end.join(lines)) == [line for line in lines if line]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_hard_wrapped_line_does_not_end_a_sentence(end: str) -> None:
    first = f"The committee met on Tuesday and{end}decided to close the{end}pool for repairs."
    assert words(f"{first}{end}It will open again{end}in May.") == [first, f"It will open again{end}in May."]


def test_the_name_of_a_value_stays_with_it() -> None:
    assert words("Task: Row; Complete?: YES; No.: 12") == ["Task: Row; Complete?: YES; No.: 12"]


def test_the_number_of_an_item_stays_with_its_words() -> None:
    assert words("1. First rule\n2. Second rule. More on it.\n12. Twelfth rule") == [
        "1. First rule",
        "2. Second rule.",
        "More on it.",
        "12. Twelfth rule",
    ]


@pytest.mark.parametrize(
    "number", ["Rule 3.", "§ 3.", "§§ 3.", "1.2.", "10.2.31.", "iv.", "xii.", "IV.", "Article IV.", "Artikel 12."]
)
def test_the_number_of_a_paragraph_stays_with_its_words(number: str) -> None:
    assert words(f"Before.\n\n{number} Do not post. Never.\n") == ["Before.", f"{number} Do not post.", "Never."]


@pytest.mark.parametrize(
    "text", ["We sold 3. They bought.", "Civil. Very.", "In 2019. Then.", "It cost ten. Then 3. Or."]
)
def test_what_is_no_number_of_a_paragraph_ends_a_sentence(text: str) -> None:
    assert words(text)[0] == text.split(". ")[0] + "."


def test_an_item_may_wrap_onto_the_next_line() -> None:
    assert words("- bring a towel\n  and a lock\n- pay") == ["- bring a towel\n  and a lock", "- pay"]


def test_abbreviations_and_numbers_do_not_end_a_sentence() -> None:
    text = "Dr. Smith paid $3.50 on Jan. 5. Mrs. Jones paid nothing."
    assert words(text) == ["Dr. Smith paid $3.50 on Jan. 5.", "Mrs. Jones paid nothing."]


def test_a_repeated_sentence_has_a_span_for_each_time() -> None:
    text = "Yes, it is. " * 5
    assert [span.start for span in split_sentences(text)] == [0, 12, 24, 36, 48]
    assert set(words(text)) == {"Yes, it is."}


def test_a_long_text_without_spaces_between_sentences_is_split_in_reasonable_time() -> None:
    assert len(split_sentences("漢字。" * 3_000)) == 3_000


@PROPERTY
@given(texts(15), st.data())
def test_sentences_within_a_span_are_the_overlapping_ones_cut_at_its_ends(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    assume(len(span) > 0)
    expected = [
        Span(max(sentence.start, span.start), min(sentence.end, span.end))
        for sentence in split_sentences(text)
        if sentence.overlaps(span)
    ]
    assert sentences_within(text, span) == expected


@PROPERTY
@given(texts(15))
def test_the_sentences_within_the_whole_text_are_all_of_them(text: str) -> None:
    assert tuple(sentences_within(text, Span(0, len(text)))) == split_sentences(text)


@PROPERTY
@given(texts(15))
def test_paragraphs_hold_every_sentence_whole_and_no_blank_line(text: str) -> None:
    paragraphs = split_paragraphs(text)
    assert not "".join(gaps(text, paragraphs)).strip()
    for paragraph in paragraphs:
        shown = text[paragraph.start : paragraph.end]
        assert shown == shown.strip()
        assert shown
        lines = shown.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert all(line.strip() for line in lines)
    for sentence in split_sentences(text):
        assert any(paragraph.start <= sentence.start and sentence.end <= paragraph.end for paragraph in paragraphs)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_paragraphs_are_the_runs_of_lines_between_blank_lines(end: str) -> None:
    text = end.join(["", "  One", "more", " \t", "", "Two", ""])
    assert [text[span.start : span.end] for span in split_paragraphs(text)] == [f"One{end}more", "Two"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. **Be kind.** Always.\n2. No spam.\n", ["1. **Be kind.**", "Always.", "2. No spam."]),
        ("He said “Go.” Then he left.", ["He said “Go.”", "Then he left."]),
        ("## 5. Game jams\nThey are held in May. Come.", ["## 5. Game jams", "They are held in May. Come."]),
    ],
)
def test_markup_stays_with_the_sentence_that_it_closes_and_a_heading_is_whole(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in split_sentences(text)] == expected


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "tr",
            ["II. Süleyman 1642'de doğdu.", "17. Osmanlı padişahı ve 102. İslam halifesidir.", "Babası İbrahim'dir."],
        ),
        ("de", ["1. Am Ende der 4. Klasse bekommt man es.", "Das war 1990.", "Dann kam Ludwig XIV. und blieb."]),
        ("en", ["He met Henry II.", "She left in 17."]),
    ],
)
def test_an_ordinal_ends_no_sentence_where_it_is_written_with_a_full_stop(language: str, sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[span.start : span.end] for span in split_sentences(text, language)] == sentences


def test_an_ordinal_at_the_end_of_a_text_is_its_end() -> None:
    text = "Siehe Kapitel IV."
    assert split_sentences(text, "de") == (Span(0, len(text)),)


def test_the_mark_of_an_image_ends_no_sentence() -> None:
    assert words("Look at it. ![A mill](mill.png) It stands.") == ["Look at it.", "![A mill](mill.png) It stands."]
    assert words("![](mill.png)**Note:** It stands. It fell!") == ["![](mill.png)**Note:** It stands.", "It fell!"]
