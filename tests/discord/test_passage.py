"""A quote in its paragraph: the exact words in bold, whole or not at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.markdown import unescape, units
from bot.discord.page import ANSWERED, PROBLEM
from bot.discord.passage import PassagePage, changed_page, passage_page, removed_page
from bot.discord.texts import LANGUAGES, Texts, texts_for
from bot.render import visible
from retrieval import Span
from tests.discord.discord_markdown import active
from tests.discord.nasty import nasty, nasty_long
from tests.retrieval.strategies import PROPERTY

ENGLISH = texts_for("en-GB")
BOLD_LINE = re.compile(r"\*\*((?:\\.|[^\\*])+)\*\*")


def shown(text: str, quote: str, page: int | None = None, index: int = 2, count: int = 3) -> PassagePage:
    start = text.index(quote)
    span = Span(start, start + len(quote))
    return passage_page(text, span, title="Rules", line=3, page=page, index=index, count=count, texts=ENGLISH)


@st.composite
def places(draw: st.DrawFn) -> tuple[str, Span]:
    before, quote, after = draw(nasty_long), draw(nasty_long.filter(str.strip)), draw(nasty_long)
    return before + quote + after, Span(len(before), len(before) + len(quote))


@PROPERTY
@given(places(), nasty, st.sampled_from(sorted(LANGUAGES)))
def test_the_quote_is_in_bold_exactly_or_in_the_file(place: tuple[str, Span], title: str, language: str) -> None:
    texts = LANGUAGES[language]
    text, span = place
    page = passage_page(text, span, title=title, line=1, page=None, index=1, count=1, texts=texts)
    quote = text[span.start : span.end]
    assert units(page.title) <= 256
    assert units(page.description) <= 4096
    assert units(page.title + page.description + page.footer) <= 6000
    page.description.encode("utf-8")
    if page.attachment is None:
        assert set(active(page.description)) <= {"bold"}
        # The words in bold, line by line, are the quote's, but for the white space around each line.
        bold = [unescape(line) for line in BOLD_LINE.findall(page.description)]
        assert bold == [line.strip() for line in visible(quote).split("\n") if line.strip()]
        assert visible(quote).strip() in unescape(BOLD_LINE.sub(r"\1", page.description))
    else:
        assert page.description == texts.passage_too_long
        assert quote in page.attachment


@PROPERTY
@given(places())
def test_around_the_quote_stands_what_stands_around_it_in_the_source(place: tuple[str, Span]) -> None:
    text, span = place
    page = passage_page(text, span, title="t", line=1, page=None, index=1, count=1, texts=ENGLISH)
    if page.attachment is None:
        shown_words = unescape(BOLD_LINE.sub(r"\1", page.description))
        parts = (text[: span.start], text[span.start : span.end], text[span.end :])
        assert shown_words.removeprefix("…").removesuffix("…").strip() in "".join(map(visible, parts))


def test_the_paragraph_is_shown_and_no_other() -> None:
    text = "First.\n\nOne * two. The quote. Three\nfour.\n \t\nLast."
    page = shown(text, "The quote.")
    assert page == PassagePage(
        "Rules",
        "One \\* two. **The quote.** Three\nfour.",
        "Quote 2 of 3 · line 3 · still in the document",
        ANSWERED,
        None,
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_paragraphs_end_at_blank_lines_whatever_ends_a_line(end: str) -> None:
    text = f"A.{end}{end}B.{end}Quote.{end}C.{end}{end}{end}D."
    assert shown(text, "Quote.").description == "B.\n**Quote.**\nC."


def test_a_quote_over_several_paragraphs_is_shown_with_the_rest_of_both() -> None:
    text = "A.\n\nB. *So it\nbegins.\n\nAnd ends.*  C.\n\nD."
    assert shown(text, "*So it\nbegins.\n\nAnd ends.*  ").description == (
        "B. **\\*So it**\n**begins.**\n\n**And ends.\\***  C."
    )


def test_a_long_paragraph_is_cut_at_white_space_around_the_quote() -> None:
    text = "left " * 1000 + "The quote." + " right" * 1000
    page = shown(text, "The quote.")
    before, quote, after = re.split(r"\*\*", page.description)
    assert quote == "The quote."
    assert re.fullmatch(r"…(left )+", before)
    assert re.fullmatch(r"( right)+…", after)
    assert 900 < units(before) <= 1000
    assert 900 < units(after) <= 1000


def test_a_quote_that_leaves_little_room_is_whole_and_one_that_leaves_none_is_in_the_file() -> None:
    for length, fits in [(3000, True), (4092, True), (4093, False)]:
        quote = "q" * length
        page = shown(f"{'before ' * 500}{quote}{' after' * 500}", quote)
        assert units(page.description) <= 4096
        assert (f"**{quote}**" in page.description) is fits
        assert (page.attachment is None) is fits


def test_the_file_has_the_quote_and_its_paragraph_in_fences_that_hold() -> None:
    quote = "```\n" + "word " * 1000 + "`````"
    page = shown(f"A.\n\nBefore {quote} after.\n\nB.", quote)
    assert page.description == "The quote is too long to show here. It is in passage.md, whole."
    assert page.attachment is not None
    head, first, between, second, end = page.attachment.split("``````")
    assert (first, second) == (f"text\n{quote}\n", f"text\nBefore {quote} after.\n")
    assert head == "# Rules\n\nLine 3\n\n## The quote\n\n"
    assert (between, end) == ("\n\n## In its paragraph\n\n", "\n")


def test_the_footer_has_the_page_where_there_is_one_and_no_count_for_a_single_quote() -> None:
    assert shown("A quote.", "A quote.", page=7).footer == "Quote 2 of 3 · page 7 · still in the document"
    assert shown("A quote.", "A quote.", index=1, count=1).footer == "Line 3 · still in the document"


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_a_document_that_changed_or_is_gone_is_not_quoted(texts: Texts) -> None:
    counter = texts.passage_counter.format(index=1, count=2)
    line = texts.passage_line.format(line=4)
    assert changed_page(title="*R*", line=4, page=None, index=1, count=2, texts=texts) == PassagePage(
        r"\*R\*",
        texts.passage_changed,
        f"{counter} · {line} · {texts.passage_changed_remark}",
        PROBLEM,
        None,
    )
    assert removed_page(title="*R*", line=4, page=None, index=1, count=2, texts=texts) == PassagePage(
        r"\*R\*",
        texts.passage_removed,
        f"{counter} · {line} · {texts.passage_removed_remark}",
        PROBLEM,
        None,
    )
