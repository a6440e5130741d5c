"""A quote in its paragraph: the exact words in bold, whole or not at all, and the words that answer underlined."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.citations import Quote
from bot.discord.formatting.answer_page import ANSWERED, PROBLEM
from bot.discord.formatting.discord_markdown import units
from bot.discord.formatting.passage_page import PassagePage, changed_page, passage_page, removed_page
from bot.discord.texts import LANGUAGES, Texts, texts_for
from bot.quotes import cite
from bot.safe_text import visible
from retrieval import Span
from tests.bot.discord.formatting.nasty import nasty, nasty_long
from tests.bot.fakes import make_source, place
from tests.discord.discord_markdown import active, underlined, without_underlines, words
from tests.retrieval.strategies import PROPERTY

ENGLISH = texts_for("en-GB")
BOLD_LINE = re.compile(r"\*\*((?:\\.|`[^`\n]+`|<https?://[^\s<>]+>|[^\\*])+)\*\*")


def shown(
    text: str, words: str, page: int | None = None, index: int = 2, count: int = 3, answering: str = ""
) -> PassagePage:
    source = make_source(text)
    span = place(source, words)
    start = span.start + words.index(answering)
    quote = cite(source, span, None, Span(start, start + len(answering)) if answering else None).quote
    return passage_page(text, quote, title="Rules", line=3, page=page, index=index, count=count, texts=ENGLISH)


@st.composite
def places(draw: st.DrawFn) -> tuple[str, Quote]:
    """A text and a quote in it, whose highlight may begin and end anywhere."""
    before, quote, after = draw(nasty_long), draw(nasty_long.filter(str.strip)), draw(nasty_long)
    start = draw(st.integers(0, len(quote) - 1))
    highlight = Span(len(before) + start, len(before) + draw(st.integers(start + 1, len(quote))))
    span = Span(len(before), len(before) + len(quote))
    source = make_source(before + quote + after)
    return source.text, cite(source, span, None, draw(st.sampled_from([None, highlight]))).quote


@PROPERTY
@given(places(), nasty, st.sampled_from(sorted(LANGUAGES)))
def test_the_quote_is_in_bold_exactly_or_in_the_file(case: tuple[str, Quote], title: str, language: str) -> None:
    texts = LANGUAGES[language]
    text, proven = case
    page = passage_page(text, proven, title=title, line=1, page=None, index=1, count=1, texts=texts)
    quote = proven.text
    assert units(page.title) <= 256
    assert units(page.description) <= 4096
    assert units(page.title + page.description + page.footer) <= 6000
    page.description.encode("utf-8")
    if page.attachment is None:
        assert set(active(page.description)) <= {"bold", "underline", "link", "code"}
        description = without_underlines(page.description)
        # The words in bold, line by line, are the quote's, but for the white space around each line.
        bold = [words(line) for line in BOLD_LINE.findall(description)]
        assert bold == [line.strip() for line in visible(quote).split("\n") if line.strip()]
        assert visible(quote).strip() in words(BOLD_LINE.sub(r"\1", description))
    else:
        assert page.description == texts.passage_too_long
        assert quote in page.attachment


@PROPERTY
@given(places())
def test_the_words_that_answer_are_underlined_line_by_line_and_no_others(case: tuple[str, Quote]) -> None:
    text, quote = case
    page = passage_page(text, quote, title="t", line=1, page=None, index=1, count=1, texts=ENGLISH)
    if page.attachment is None and units(page.description) < 3000:
        lines = [words(line) for line in underlined(page.description)]
        highlight = quote.highlight
        answering = visible(text[highlight.start : highlight.end].strip()) if highlight else ""
        assert lines == [line.strip() for line in answering.split("\n") if line.strip()]


@PROPERTY
@given(places())
def test_around_the_quote_stands_what_stands_around_it_in_the_source(case: tuple[str, Quote]) -> None:
    text, quote = case
    span = quote.span
    page = passage_page(text, quote, title="t", line=1, page=None, index=1, count=1, texts=ENGLISH)
    if page.attachment is None:
        shown_words = words(BOLD_LINE.sub(r"\1", without_underlines(page.description)))
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


@pytest.mark.parametrize(
    ("answering", "bold"),
    [
        ("five", "**They took __five__ \\*planes\\*.**"),
        ("five *planes*", "**They took __five \\*planes\\*__.**"),
        (" five ", "**They took __five__ \\*planes\\*.**"),
        ("They took five *planes*.", "**__They took five \\*planes\\*.__**"),
        ("*", "**They took five __\\*__planes\\*.**"),
        (" ", "**They took five \\*planes\\*.**"),
    ],
)
def test_the_words_that_answer_are_underlined_inside_the_bold(answering: str, bold: str) -> None:
    text = "Before. They took five *planes*. After five."
    assert shown(text, "They took five *planes*.", answering=answering).description == f"Before. {bold} After five."


@pytest.mark.parametrize(
    ("quote", "answering", "bold"),
    [
        (
            "A list:\r\n  one\r\n\r\ntwo, three.",
            "list:\r\n  one\r\n\r\ntwo",
            "**A __list:__**\n  **__one__**\n\n**__two__, three.**",
        ),
        ("snake_case_name", "_case_", "**snake__\\_case\\___name**"),
        ("It is - one.", "- one", "**It is __\\- one__.**"),
        ("Since 1. May.", "1. May", "**Since __1\\. May__.**"),
        ("See http://a.example now.", "//a.example", "**See http\\:__//a.example__ now.**"),
        ("Call @everyone.", "everyone", "**Call \\@__everyone__.**"),
        ("A \\_ sign.", "_", "**A \\\\__\\___ sign.**"),
        ("It \u202eturns.", "\u202eturns", "**It __\\\\u202eturns__.**"),
    ],
)
def test_underlining_breaks_no_escape_and_lets_nothing_act(quote: str, answering: str, bold: str) -> None:
    assert shown(quote, quote, answering=answering).description == bold


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


def test_a_quote_is_whole_rather_than_underlined() -> None:
    for length, fits in [(4088, True), (4089, False), (4092, False)]:
        page = shown("q" * length, "q" * length, answering="q" * length)
        line = "__" if fits else ""
        assert page.description == f"**{line}{'q' * length}{line}**"
        assert page.attachment is None


def test_the_file_has_the_quote_and_its_paragraph_in_fences_that_hold() -> None:
    quote = "```\n" + "word " * 1000 + "`````"
    page = shown(f"A.\n\nBefore {quote} after.\n\nB.", quote)
    assert page.description == "The quote is too long to show here. All of it is in passage.md."
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
    assert removed_page(1, 2, texts) == PassagePage(
        "",
        texts.passage_removed,
        f"{counter} · {texts.passage_removed_remark}",
        PROBLEM,
        None,
    )
