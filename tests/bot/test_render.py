"""What people see is safe to show, and nothing else is changed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import NOT_FOUND_TEXT, Answer, Status
from bot.quotes import cite
from bot.render import (
    CLOSEST_INTRODUCTION,
    UNSURE_INTRODUCTION,
    UNSURE_REMARK,
    Block,
    BlockKind,
    render_answer,
    render_citation,
)
from bot.replies import Reply, SmallTalk
from bot.safe_text import one_line, visible
from bot.types import EXTRACTIVE, Certainty
from retrieval import Place, Source, Span
from tests.bot.fakes import make_source, place, quoting

ANY = st.text(st.characters(), max_size=60)
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
SEPARATORS = "\u2028\u2029\ufeff\x85"
TAGS = "".join(chr(code) for code in range(0xE0000, 0xE0080))
CONTROLS = "".join(chr(code) for code in [*range(0x20), *range(0x7F, 0xA0)] if chr(code) not in "\n\t")
DANGEROUS = set(BIDI + SEPARATORS + TAGS + CONTROLS)


@given(ANY | st.text(st.sampled_from(sorted(DANGEROUS) + list("ab\n\r\t [1]\\"))))
def test_nothing_that_controls_reorders_or_hides_survives(text: str) -> None:
    shown = visible(text)
    assert not DANGEROUS & set(shown)
    assert not [c for c in shown if unicodedata.category(c) == "Cs"]
    shown.encode("utf-8")


def test_each_dangerous_character_is_shown_as_its_escape() -> None:
    for character in sorted(DANGEROUS):
        match = re.fullmatch(r"a\\[xuU]([0-9a-f]+)b", visible(f"a{character}b"))
        assert match is not None, hex(ord(character))
        assert int(match[1], 16) == ord(character)


def test_the_titles_of_an_overview_stand_first_one_a_line() -> None:
    source = make_source("Be brief.", "Rules")
    overview = replace(quoting("What is this about?", source, place(source, "Be brief.")), overview=True)
    titles = ("Rules", "A\u202e\nmenu")
    documents, quote, _ = render_answer(replace(overview, documents=titles))
    assert documents == Block(BlockKind.DOCUMENTS, "2 documents:\n- Rules\n- A\\u202e menu")
    assert quote.text == "“Be brief.” [1]"
    many, *_ = render_answer(replace(overview, documents=tuple(f"{number}" for number in range(1012))))
    assert many.text.startswith("1,012 documents:\n- 0\n- 1\n")
    assert many.text.endswith("\n- 9\n- and 1,002 more")


def test_a_reply_to_small_talk_is_its_line_alone() -> None:
    reply = Answer("hi", Status.REPLY, 0.0, EXTRACTIVE, reply=Reply(SmallTalk.GREETING, "en", "Hello."))
    assert render_answer(reply) == [Block(BlockKind.REPLY, "Hello.")]


@given(ANY)
def test_showing_twice_changes_nothing(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=BIDI + SEPARATORS + TAGS)))
def test_plain_text_stands_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "👩‍👩‍👧‍👦",
        "👩🏽‍🚀",
        "❤️",
        "e\u0301 n\u0303",
        "نص عربي",
        "עִבְרִית",
        "हिन्दी",
        "می‌خواهم",
        "a\tb\nc",
        "“so” [bold]x[/]",
        "\\x1b",
    ],
)
def test_letters_marks_emoji_and_line_breaks_of_every_script_are_kept(text: str) -> None:
    assert visible(text) == text


def test_windows_line_ends_become_plain_ones_and_a_lone_return_is_escaped() -> None:
    assert visible("a\r\nb\rc") == "a\nb\\x0dc"


@given(ANY)
def test_a_title_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1
    assert "\t" not in one_line(text)


SOURCE = make_source("First line.\nAlpha \x1b[31mstays\u202e. [bold]Beta[/bold] goes.", "A\u202e title\x07\nhere")


def test_each_quote_is_shown_once_with_its_number_title_and_line() -> None:
    alpha, beta = place(SOURCE, "Alpha \x1b[31mstays\u202e."), place(SOURCE, "[bold]Beta[/bold] goes.")
    assert render_answer(quoting("q", SOURCE, alpha, beta)) == [
        Block(BlockKind.QUOTE, "“Alpha \\x1b[31mstays\\u202e.” [1]"),
        Block(BlockKind.PLACE, "A\\u202e title\\x07 here, line 2"),
        Block(BlockKind.QUOTE, "“[bold]Beta[/bold] goes.” [2]"),
        Block(BlockKind.PLACE, "A\\u202e title\\x07 here, line 2"),
    ]


def test_a_refusal_is_its_sentence_and_then_the_closest_without_a_number() -> None:
    closest = cite(SOURCE, place(SOURCE, "First line."), None)
    refusal = Answer("q", Status.NOT_FOUND, 0.1, EXTRACTIVE, closest=closest, on_topic=True)
    assert render_answer(refusal) == [
        Block(BlockKind.REFUSAL, NOT_FOUND_TEXT),
        Block(BlockKind.NOTICE, CLOSEST_INTRODUCTION),
        Block(BlockKind.QUOTE, "“First line.”"),
        Block(BlockKind.PLACE, "A\\u202e title\\x07 here, line 1"),
    ]


def test_a_closest_sentence_about_something_else_is_not_shown() -> None:
    closest = cite(SOURCE, place(SOURCE, "First line."), None)
    refusal = Answer("q", Status.NOT_FOUND, 0.1, EXTRACTIVE, closest=closest)
    assert render_answer(refusal) == [Block(BlockKind.REFUSAL, NOT_FOUND_TEXT)]


def test_what_is_not_sure_says_so_over_its_quotes_and_under_a_chat_models_statements() -> None:
    sure = quoting("q", SOURCE, place(SOURCE, "First line."))
    unsure = replace(sure, certainty=Certainty.UNSURE)
    assert render_answer(unsure) == [Block(BlockKind.DOUBT, UNSURE_INTRODUCTION), *render_answer(sure)]
    statement, *quotes = render_answer(replace(sure, mode="chat"))
    doubt = Block(BlockKind.DOUBT, UNSURE_REMARK)
    assert render_answer(replace(unsure, mode="chat")) == [statement, doubt, *quotes]


def test_a_refusal_without_a_closest_sentence_is_its_sentence_alone() -> None:
    refusal = Answer("q", Status.NOT_FOUND, 0.0, EXTRACTIVE)
    assert render_answer(refusal) == [Block(BlockKind.REFUSAL, NOT_FOUND_TEXT)]


def test_the_words_that_answer_are_told_apart_on_what_is_shown() -> None:
    alpha, words = place(SOURCE, "Alpha \x1b[31mstays\u202e."), place(SOURCE, " \x1b[31mstays\u202e")
    pointed, its_place = render_citation(cite(SOURCE, alpha, 1, words))
    plain, same_place = render_citation(cite(SOURCE, alpha, 1))
    assert its_place == same_place
    (strong,) = pointed.strong
    assert pointed.text[strong.start : strong.end] == "\\x1b[31mstays\\u202e"
    assert pointed == replace(plain, strong=pointed.strong)


def test_the_answer_in_short_stands_before_its_quote_and_is_told_apart_there_and_in_it() -> None:
    source = make_source("They took\nfive\nplanes \x1b. Two came back.")
    words = place(source, "five\nplanes")
    whole = quoting("q", source, place(source, "They took\nfive\nplanes \x1b."), place(source, "Two came back."))
    cited = replace(whole.citations[0], quote=replace(whole.citations[0].quote, highlight=words))
    short = replace(whole, citations=(cited, whole.citations[1]), has_short=True)
    first, _, second, _ = render_answer(short)
    assert first.text == "five planes — “They took\nfive\nplanes \\x1b.” [1]"
    assert [first.text[part.start : part.end] for part in first.strong] == ["five planes", "five\nplanes"]
    assert second.text == "“Two came back.” [2]"


HARD = st.lists(
    st.sampled_from(["\r", "\n", "\r\n", " ", "\t", "\x1b", "\u202e", "\U000e0041", "a", "é", "👩‍🚀"]), max_size=5
).map("".join)


@given(HARD, HARD, HARD.filter(len), HARD, HARD, st.sampled_from([None, 3]))
def test_the_words_that_answer_stand_where_they_are_said_to_and_change_nothing(
    outside: str, before: str, words: str, after: str, beyond: str, number: int | None
) -> None:
    source = make_source(outside + before + words + after + beyond)
    span = Span(len(outside), len(outside + before + words + after))
    highlight = Span(len(outside + before), len(outside + before + words))
    quote, _ = render_citation(cite(source, span, number, highlight))
    assert quote.text == render_citation(cite(source, span, number))[0].text
    if words.strip():
        (strong,) = quote.strong
        assert quote.text[strong.start : strong.end] == visible(words.strip())
        left = before + words[: words.index(words.strip()[0])]
        assert quote.text[: strong.start] == f"“{visible(left)}"
    else:
        assert quote.strong == ()


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_any_source_can_be_rendered_safely(text: str) -> None:
    source: Source = make_source(text, "t")
    for block in render_citation(cite(source, Span(0, len(text)), 1)):
        assert not DANGEROUS & set(block.text)


@pytest.mark.parametrize(
    ("page", "heading", "shown"),
    [
        (None, None, "House rules, line 1"),
        (3, None, "House rules, page 3"),
        (3, "Fees", "House rules, page 3"),
        (None, "Fees › Students", "House rules › Fees › Students, line 1"),
        (None, "House  rules › Fees", "House rules › Fees, line 1"),
        (None, "House rules", "House rules, line 1"),
        (None, "row 7", "House rules › row 7, line 1"),
        (None, "A\u202e\x1b › B", "House rules › A\\u202e\\x1b › B, line 1"),
        (None, f"{'a' * 50} › {'b' * 50} › {'c' * 20}", f"House rules › … › {'b' * 50} › {'c' * 20}, line 1"),
        (None, "d" * 200, f"House rules › {'d' * 79}…, line 1"),
    ],
)
def test_a_place_is_the_page_or_the_heading_and_the_line(page: int | None, heading: str | None, shown: str) -> None:
    source = replace(make_source("Be kind.", "House rules"), places=(Place(0, page, heading),))
    citation = cite(source, place(source, "Be kind."), 1)
    assert (citation.page, citation.heading) == (page, heading)
    assert render_citation(citation)[1] == Block(BlockKind.PLACE, shown)


@pytest.mark.parametrize(
    ("label", "shown"),
    [(None, "page 7"), ("7", "page 7"), ("iv", "page iv (7 in the file)"), ("A-\n3", "page A- 3 (7 in the file)")],
)
def test_a_page_is_told_as_the_document_prints_it(label: str | None, shown: str) -> None:
    source = replace(make_source("Be kind.", "House rules"), places=(Place(0, 7, page_label=label),))
    assert render_citation(cite(source, place(source, "Be kind."), 1))[1].text == f"House rules, {shown}"


def test_a_link_to_the_place_follows_it() -> None:
    link = "https://discord.com/channels/1/2/3"
    where = Place(0, heading="Anna, 2021-05-12 14:03", link=link)
    source = replace(make_source("Be kind.", "House rules"), places=(where,), format="discord")
    citation = cite(source, place(source, "Be kind."), 1)
    assert render_citation(citation)[1].text == f"House rules › Anna, 2021-05-12 14:03, {link}"


@pytest.mark.parametrize(
    ("made_of", "where", "shown"),
    [
        ("csv", Place(0, heading="row 7"), "House rules › row 7"),
        ("docx", Place(0), "House rules, line 1"),
        ("html", Place(0, heading="House rules"), "House rules, line 1"),
        ("markdown", Place(0, heading="Fees"), "House rules › Fees, line 1"),
        ("markdown", Place(0, heading="Fees", line=12), "House rules › Fees, line 12"),
        ("rst", Place(0, heading="Fees", line=12), "House rules › Fees, line 12"),
    ],
)
def test_a_line_is_told_where_it_is_one_of_the_file_or_nothing_better_is_known(
    made_of: str, where: Place, shown: str
) -> None:
    source = replace(make_source("Be kind.", "House rules"), places=(where,), format=made_of)
    assert render_citation(cite(source, place(source, "Be kind."), 1))[1].text == shown
