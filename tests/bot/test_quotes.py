"""A quote is an exact slice of a hashed source, or it does not stand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot import Answer, Quote, Statement, Status, is_verified, verify_answer
from bot.quotes import cite
from bot.replies import Reply, SmallTalk
from bot.types import EXTRACTIVE, QUOTED, SUPPORTED, Certainty
from retrieval import RetrievalError, Source, Span
from tests.bot.fakes import MemoryTexts, lying, make_source, place, quoting

# Every code point that UTF-8 can carry: combining marks, emoji, controls, both sides of the 16-bit border.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@st.composite
def quoted(draw: st.DrawFn) -> tuple[Source, Quote]:
    source = make_source(draw(TEXT))
    start = draw(st.integers(0, len(source.text) - 1))
    end = draw(st.integers(start + 1, len(source.text)))
    return source, cite(source, Span(start, end), 1).quote


@given(quoted())
def test_a_quote_that_cite_makes_verifies_and_is_the_slice(case: tuple[Source, Quote]) -> None:
    source, quote = case
    assert quote.text == source.text[quote.span.start : quote.span.end]
    assert is_verified(quote, MemoryTexts(source).read)


@given(quoted(), st.integers(0, 70), st.integers(0, 70))
def test_a_quote_with_another_span_fails_unless_the_same_words_stand_there(
    case: tuple[Source, Quote], start: int, length: int
) -> None:
    source, quote = case
    moved = replace(quote, span=Span(start, start + length))
    same_words = length > 0 and source.text[start : start + length] == quote.text and length == len(quote.text)
    assert is_verified(moved, MemoryTexts(source).read) == same_words


@given(quoted(), TEXT)
def test_a_quote_with_other_words_fails(case: tuple[Source, Quote], words: str) -> None:
    source, quote = case
    assume(words != quote.text)
    assert not is_verified(replace(quote, text=words), MemoryTexts(source).read)


@given(quoted())
def test_a_quote_that_runs_past_the_end_fails(case: tuple[Source, Quote]) -> None:
    source, quote = case
    beyond = replace(quote, span=Span(quote.span.start, len(source.text) + 1), text=source.text[quote.span.start :])
    assert not is_verified(beyond, MemoryTexts(source).read)


@given(quoted(), TEXT)
def test_a_quote_with_another_sources_hash_fails_unless_it_has_the_same_words_there(
    case: tuple[Source, Quote], text: str
) -> None:
    source, quote = case
    other = make_source(text)
    assume(text[quote.span.start : quote.span.end] != quote.text)
    assert not is_verified(replace(quote, sha256=other.sha256), MemoryTexts(source, other).read)


@given(quoted(), TEXT)
def test_a_stored_text_that_changed_elsewhere_is_noticed_even_when_the_store_does_not_look(
    case: tuple[Source, Quote], more: str
) -> None:
    source, quote = case
    texts = MemoryTexts(source)
    texts.damage(source.sha256, source.text + more)  # the quoted words still stand where they stood
    assert not is_verified(quote, texts.read_blindly)
    with pytest.raises(RetrievalError):
        is_verified(quote, texts.read)


@st.composite
def places(draw: st.DrawFn) -> tuple[Source, Span, Span]:
    """A source, a quote's place in it, and another place, which the quote may hold, or touch, or miss."""
    source = make_source(draw(TEXT))
    indices = st.integers(0, len(source.text))
    spans = [Span(*sorted((draw(indices), draw(indices)))) for _ in range(2)]
    return source, spans[0], spans[1]


@given(places())
def test_a_quote_has_its_highlight_inside_or_cannot_be_made(case: tuple[Source, Span, Span]) -> None:
    source, span, highlight = case
    inside = bool(len(highlight)) and span.start <= highlight.start and highlight.end <= span.end
    if inside:
        quote = cite(source, span, 1, highlight).quote
        assert quote.highlight == highlight
        assert source.slice(highlight) in quote.text
    else:
        with pytest.raises(ValueError, match="not a part of the quote"):
            cite(source, span, 1, highlight)


@pytest.mark.parametrize("highlight", [Span(4, 8), Span(12, 16), Span(4, 16), Span(0, 2), Span(17, 19), Span(7, 7)])
def test_a_highlight_that_leaves_its_quote_or_is_empty_is_refused(highlight: Span) -> None:
    source = make_source("One. Two three. Four.")
    with pytest.raises(ValueError, match="not a part of the quote"):
        cite(source, place(source, "Two three."), 1, highlight)


def test_nothing_is_no_quote() -> None:
    source = make_source("One. Two.")
    empty = Quote(source.id, source.sha256, Span(3, 3), "")
    assert not is_verified(empty, MemoryTexts(source).read)


@pytest.mark.parametrize(
    ("stored", "claimed"),
    [
        ("caf\u00e9", "cafe\u0301"),  # composed and decomposed
        ("\ufb01re", "fire"),  # a ligature
        ("a\u00a0b", "a b"),  # a no-break space
        ("a\r\nb", "a\nb"),
        ("“so”", '"so"'),
        ("Almaty", "almaty"),
        ("a\u200db", "ab"),
    ],
)
def test_words_that_only_look_the_same_fail(stored: str, claimed: str) -> None:
    source = make_source(stored)
    quote = Quote(source.id, source.sha256, Span(0, len(claimed)), claimed)
    assert not is_verified(quote, MemoryTexts(source).read)


def test_a_citation_names_the_line_where_the_quote_begins() -> None:
    source = make_source("One.\r\nTwo.\rThree.\nFour.")
    lines = [cite(source, place(source, word), None).line for word in ("One", "Two", "Three", "Four")]
    assert lines == [1, 2, 3, 4]


SOURCE = make_source("Alpha stays. Beta goes. Gamma waits.")
TEXTS = MemoryTexts(SOURCE)
ALPHA, BETA, GAMMA = (place(SOURCE, words) for words in ("Alpha stays.", "Beta goes.", "Gamma waits."))
HONEST = quoting("q", SOURCE, ALPHA, BETA, GAMMA)


def test_an_honest_answer_passes_as_it_is() -> None:
    assert verify_answer(HONEST, TEXTS.read) == HONEST


def broken(answer: Answer, *numbers: int) -> Answer:
    """The answer with the quotes of these numbers falsified by one letter."""
    citations = tuple(
        replace(c, quote=replace(c.quote, text=c.quote.text[:-1] + "!")) if c.number in numbers else c
        for c in answer.citations
    )
    return replace(answer, citations=citations)


@given(st.sets(st.integers(1, 3)))
def test_failing_citations_go_with_their_statements_and_the_rest_is_numbered_anew(bad: set[int]) -> None:
    verified = verify_answer(broken(HONEST, *bad), TEXTS.read)
    kept = [span for number, span in enumerate((ALPHA, BETA, GAMMA), start=1) if number not in bad]
    if kept:
        assert verified == quoting("q", SOURCE, *kept)
    else:
        assert verified == Answer("q", Status.NOT_FOUND, 0.5, EXTRACTIVE)


@pytest.mark.parametrize(("bad", "has_short"), [([], True), ([2], True), ([1], False), ([1, 2, 3], False)])
def test_the_short_answer_falls_with_the_quote_that_it_is_a_part_of(bad: list[int], has_short: bool) -> None:
    words = place(SOURCE, "stays")
    pointed = (cite(SOURCE, ALPHA, 1, words), *(replace(c) for c in HONEST.citations[1:]))
    verified = verify_answer(broken(replace(HONEST, citations=pointed, has_short=True), *bad), TEXTS.read)
    assert verified.has_short is has_short


def test_a_statement_that_rests_on_one_good_and_one_bad_quote_is_dropped() -> None:
    both = replace(
        HONEST,
        mode="chat",
        statements=(
            Statement("Both.", (1, 2), SUPPORTED),
            Statement("Gamma.", (3,), SUPPORTED),
            Statement("Alpha.", (1,), SUPPORTED),
        ),
    )
    verified = verify_answer(broken(both, 2), TEXTS.read)
    assert verified.statements == (Statement("Gamma.", (2,), SUPPORTED), Statement("Alpha.", (1,), SUPPORTED))
    assert [citation.quote.span for citation in verified.citations] == [ALPHA, GAMMA]
    assert [citation.number for citation in verified.citations] == [1, 2]


def test_a_statement_that_cites_nothing_is_dropped() -> None:
    said = (Statement("Trust me.", (), SUPPORTED),)
    bare = Answer("q", Status.ANSWERED, 0.5, "chat", statements=said, certainty=Certainty.SURE)
    assert verify_answer(bare, TEXTS.read).status is Status.NOT_FOUND


@pytest.mark.parametrize("verdict", [QUOTED, "", "Supported", "The number 3 stands in none of the cited sentences."])
def test_a_chat_models_statement_that_no_check_let_pass_is_dropped(verdict: str) -> None:
    unchecked = Statement("Alpha stays.", (1,), verdict)
    mixed = replace(HONEST, mode="chat", statements=(unchecked, Statement("So.", (2, 3), SUPPORTED)))
    assert [statement.text for statement in verify_answer(mixed, TEXTS.read).statements] == ["So."]


@pytest.mark.parametrize("words", ["Alpha goes.", "alpha stays.", "Alpha stays. ", "Beta goes.", "Alpha  stays."])
def test_an_extractive_statement_that_is_not_word_for_word_in_its_quote_is_dropped(words: str) -> None:
    bent = replace(HONEST, statements=(Statement(words, (1,)), *HONEST.statements[1:]), citations=HONEST.citations)
    assert verify_answer(bent, TEXTS.read) == quoting("q", SOURCE, BETA, GAMMA)


def test_an_extractive_statement_must_stand_in_every_quote_that_it_cites() -> None:
    wide = replace(HONEST, statements=(Statement("Alpha stays.", (1, 2)), Statement("Gamma waits.", (3,))))
    assert verify_answer(wide, TEXTS.read) == quoting("q", SOURCE, GAMMA)


def test_a_closest_sentence_that_fails_is_not_shown() -> None:
    false = replace(cite(SOURCE, ALPHA, None), quote=broken(HONEST, 1).citations[0].quote)
    refusal = Answer("q", Status.NOT_FOUND, 0.1, EXTRACTIVE, closest=false)
    assert verify_answer(refusal, TEXTS.read).closest is None
    true = replace(refusal, closest=cite(SOURCE, ALPHA, None))
    assert verify_answer(true, TEXTS.read) == true


def test_the_words_that_answer_are_kept_with_their_quote() -> None:
    stays, waits = place(SOURCE, "stays"), place(SOURCE, "Gamma")
    citations = (
        cite(SOURCE, ALPHA, 1, stays),
        cite(SOURCE, BETA, 2, place(SOURCE, "goes")),
        cite(SOURCE, GAMMA, 3, waits),
    )
    pointed = replace(HONEST, citations=citations)
    assert verify_answer(pointed, TEXTS.read) == pointed
    verified = verify_answer(broken(pointed, 2), TEXTS.read)
    assert [(citation.number, citation.quote.highlight) for citation in verified.citations] == [(1, stays), (2, waits)]
    refusal = Answer("q", Status.NOT_FOUND, 0.1, EXTRACTIVE, closest=cite(SOURCE, ALPHA, None, stays))
    assert verify_answer(refusal, TEXTS.read) == refusal


def test_an_answer_made_of_lies_becomes_a_refusal() -> None:
    verified = verify_answer(lying("q", SOURCE, "Alpha leaves."), TEXTS.read)
    assert (verified.status, verified.citations, verified.statements) == (Status.NOT_FOUND, (), ())
    assert "leaves" not in verified.text


def test_the_reply_to_small_talk_stays_as_it_is() -> None:
    reply = Answer("hi", Status.REPLY, 0.0, EXTRACTIVE, reply=Reply(SmallTalk.GREETING, "en", "Hello."))
    assert verify_answer(reply, TEXTS.read) == reply


def test_verifying_twice_changes_nothing() -> None:
    once = verify_answer(broken(HONEST, 2), TEXTS.read)
    assert verify_answer(once, TEXTS.read) == once


def test_damaged_stored_text_raises_instead_of_refusing() -> None:
    texts = MemoryTexts(SOURCE)
    texts.damage(SOURCE.sha256, SOURCE.text + " ")
    with pytest.raises(RetrievalError, match="damaged"):
        verify_answer(HONEST, texts.read)
