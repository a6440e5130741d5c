"""Extractive answers are whole sentences of the passages, each once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import NOT_FOUND_TEXT, Answer, Question, Statement, Status, verify_answer
from bot.extractive.answerer import ExtractiveAnswerer
from bot.types import Certainty
from retrieval import Passage, Source, Span, sentences_within, split_sentences
from tests.bot.fakes import MemoryTexts, answer_from, even_weights, make_passages, make_source, shipped_selector

WORDS = [
    "the",
    "guard",
    "opened",
    "Gate",
    "gates",
    "at",
    "noon",
    "[7]",
    "café",
    "cafe\u0301",
    "👩\u200d🚀",
    "火",
    "7",
    "“so”",
]
OPENINGS = ["It", "They", "“He", "Guards", "The gate", "Noon"]
SENTENCE = st.builds(
    lambda opening, words, end: " ".join([opening, *words]) + end,
    st.sampled_from(OPENINGS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5),
    st.sampled_from([".", "!", "?"]),
)
DOCUMENT = st.lists(st.tuples(SENTENCE, st.sampled_from([" ", "\n", "\n\n", "\r\n\r\n", "  "])), min_size=1, max_size=8)
QUESTION = st.lists(st.sampled_from([*WORDS, "who", "opened", "guard"]), min_size=1, max_size=4).map(" ".join)


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """No single example waits for the weights."""
    shipped_selector()


@st.composite
def sources(draw: st.DrawFn) -> list[Source]:
    documents = draw(st.lists(DOCUMENT, min_size=1, max_size=3))
    return [
        make_source("".join(sentence + gap for sentence, gap in document), f"doc{n}")
        for n, document in enumerate(documents)
    ]


def quoted_sentences(answer: Answer, sources: list[Source]) -> list[list[Span]]:
    """The sentences of each quote, as spans of its source."""
    by_id = {source.id: source for source in sources}
    return [sentences_within(by_id[c.quote.source_id].text, c.quote.span) for c in answer.citations]


@given(sources(), QUESTION, st.sampled_from([0.0, 0.01, 0.1, 0.3]))
def test_every_answer_is_at_most_three_quotes_of_one_to_three_whole_sentences(
    documents: list[Source], question: str, threshold: float
) -> None:
    answer = answer_from(question, *documents, threshold=threshold)
    by_id = {source.id: source for source in documents}
    assert 0 <= answer.confidence <= 1
    assert (answer.status is Status.ANSWERED) == (answer.confidence >= threshold)
    assert len(answer.citations) <= 3
    for citation in answer.citations:
        whole = split_sentences(by_id[citation.quote.source_id].text)
        assert citation.quote.span.start in {span.start for span in whole}
        assert citation.quote.span.end in {span.end for span in whole}
        assert 1 <= sum(span.overlaps(citation.quote.span) for span in whole) <= 3


@given(sources(), QUESTION)
def test_no_place_is_quoted_twice(documents: list[Source], question: str) -> None:
    answer = answer_from(question, *documents)
    quotes = [citation.quote for citation in answer.citations]
    assert len({quote.text for quote in quotes}) == len(quotes)
    pairs = [(a, b) for i, a in enumerate(quotes) for b in quotes[:i] if a.source_id == b.source_id]
    assert not [(a, b) for a, b in pairs if a.span.overlaps(b.span)]


@given(sources(), QUESTION)
def test_the_statements_are_exactly_the_sentences_of_the_quotes(documents: list[Source], question: str) -> None:
    answer = answer_from(question, *documents)
    by_id = {source.id: source for source in documents}
    expected = [
        Statement(by_id[citation.quote.source_id].slice(sentence), (citation.number or 0,))
        for citation, sentences in zip(answer.citations, quoted_sentences(answer, documents), strict=True)
        for sentence in sentences
    ]
    assert list(answer.statements) == expected


@given(sources(), QUESTION, st.sampled_from([0.0, 0.05, 0.3]))
def test_the_verifier_finds_nothing_to_drop(documents: list[Source], question: str, threshold: float) -> None:
    answer = answer_from(question, *documents, threshold=threshold)
    assert verify_answer(answer, MemoryTexts(*documents).read) == answer


@given(sources(), QUESTION)
def test_the_same_question_gives_the_same_answer(documents: list[Source], question: str) -> None:
    assert answer_from(question, *documents) == answer_from(question, *documents)


@given(sources(), QUESTION)
def test_a_refusal_offers_whole_sentences_as_the_closest(documents: list[Source], question: str) -> None:
    answer = answer_from(question, *documents, threshold=1.0)
    assert answer.status is Status.NOT_FOUND
    assert answer.text == NOT_FOUND_TEXT
    assert answer.closest is not None
    assert answer.closest.number is None
    source = next(source for source in documents if source.id == answer.closest.quote.source_id)
    span, sentences = answer.closest.quote.span, split_sentences(source.text)
    assert span.start in {sentence.start for sentence in sentences}
    assert span.end in {sentence.end for sentence in sentences}


ARRIVALS = "The mill was built by Ada Thorne. Sheep graze on the long green meadow in spring."


@pytest.mark.parametrize(
    ("question", "on_topic"),
    [
        ("Where do sheep sleep?", True),  # a word is there, too
        ("Who paid Ada Thorne?", True),  # a name is
        ("Who was the brother of John Thorne?", True),  # a part of it
        ("Where do sheep graze in Norway?", False),  # other words are, and the name is not
        ("How do I change my password?", False),
        ("Why?", False),
        ("How long did gas stay dear?", False),  # "long" only asks
        ("How do I build a house?", False),  # and so does what somebody does
        ("Do you like long boats, cold rain or spring?", False),  # one word of many is there
        ("Where do long sheep sleep?", True),  # two of three are
        ("Who is the ADA commissioner?", True),
        ("What did Long John say?", False),  # a name, which is a plain word there
    ],
)
def test_the_closest_sentence_is_about_the_same_names_or_else_the_same_words(question: str, on_topic: bool) -> None:
    answer = answer_from(question, make_source(ARRIVALS), threshold=1.0)
    assert answer.closest is not None
    assert answer.on_topic is on_topic


@pytest.mark.parametrize(("sure", "certainty"), [(0.0, Certainty.SURE), (1.0, Certainty.UNSURE)])
def test_an_answer_is_sure_from_a_threshold_on(sure: float, certainty: Certainty) -> None:
    answerer = ExtractiveAnswerer(shipped_selector(), even_weights, 0.0, sure)
    (answer,) = answerer.answer(Question("Who built the mill?"), make_passages(make_source(ARRIVALS)))
    assert answer.certainty is certainty


def test_passages_that_hold_nothing_are_a_refusal_with_no_closest_sentence() -> None:
    answerer = ExtractiveAnswerer(shipped_selector(), even_weights, 0.0)
    (answer,) = answerer.answer(Question("Who?"), [])
    assert (answer.status, answer.confidence, answer.closest) == (Status.NOT_FOUND, 0.0, None)


@pytest.mark.parametrize("opening", ["It", "He", "They", "“She”", "Their"])
def test_a_sentence_that_leans_on_the_one_before_takes_it_along(opening: str) -> None:
    source = make_source(f"Snow fell early. The gate was built in spring. {opening} cost ninety silver coins.")
    answer = answer_from("how many silver coins did it cost", source, quotes=1)
    assert answer.citations[0].quote.text.startswith("The gate was built in spring.")
    assert answer.citations[0].quote.text.endswith("cost ninety silver coins.")
    assert [statement.numbers for statement in answer.statements] == [(1,), (1,)]


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\n \n"])
def test_a_leaning_sentence_takes_nothing_from_another_paragraph(gap: str) -> None:
    source = make_source(f"The gate was built in spring.{gap}It cost ninety silver coins.")
    answer = answer_from("what cost ninety silver coins", source, quotes=1)
    assert answer.citations[0].quote.text == "It cost ninety silver coins."


def test_the_first_sentence_of_a_document_leans_on_nothing() -> None:
    source = make_source("It cost ninety silver coins. Snow fell.")
    answer = answer_from("How many coins did it cost?", source, quotes=1)
    assert answer.citations[0].quote.text == "It cost ninety silver coins."


def test_a_sentence_that_does_not_lean_stands_alone() -> None:
    source = make_source("The gate was built in spring. Ninety silver coins were paid.")
    answer = answer_from("how many silver coins were paid", source, quotes=1)
    assert answer.citations[0].quote.text == "Ninety silver coins were paid."


def test_the_same_sentence_in_two_documents_is_quoted_once() -> None:
    words = "Ninety silver coins were paid."
    answer = answer_from(
        "how many silver coins were paid", make_source(f"{words} Snow.", "a"), make_source(f"Rain. {words}", "b")
    )
    assert [citation.quote.text for citation in answer.citations].count(words) == 1
    assert answer.text.count(words) == 1


def test_a_sentence_that_comes_along_as_context_is_not_shown_again_from_another_document() -> None:
    built, cost = "The gate cost silver.", "They cost gate silver."
    answer = answer_from("gate cost silver", make_source(f"{built} Snow.", "a"), make_source(f"{built} {cost}", "b"))
    assert cost in answer.text
    assert answer.text.count(built) == 1


def test_overlapping_passages_do_not_repeat_a_sentence() -> None:
    source = make_source("Snow fell. Ninety silver coins were paid. Rain came.")
    first, second = Span(0, 41), Span(11, len(source.text))
    passages = [Passage(source, span, 1.0, 0.5, 1.0, "default") for span in (first, second)]
    answerer = ExtractiveAnswerer(shipped_selector(), even_weights, 0.0)
    (answer,) = answerer.answer(Question("silver coins paid"), passages)
    assert answer.text.count("Ninety silver coins were paid.") == 1


def test_leaning_sentences_chosen_out_of_order_share_no_words() -> None:
    """The last sentence is the best; the two before it lean, one on the first and one on the other."""
    source = make_source(
        "Snow fell on gates. It paid ninety silver coins. It paid ninety silver coins again. Ninety silver coins paid."
    )
    answer = answer_from("ninety silver coins paid", source)
    quotes = [citation.quote.span for citation in answer.citations]
    assert not [(a, b) for i, a in enumerate(quotes) for b in quotes[:i] if a.overlaps(b)]


def test_neighbouring_sentences_become_one_quote_in_the_order_of_the_source() -> None:
    source = make_source("Silver coins were paid at noon. Silver coins were paid in spring. Rain came.")
    answer = answer_from("silver coins paid", source)
    assert answer.citations[0].quote.text == "Silver coins were paid at noon. Silver coins were paid in spring."
    assert len(answer.statements) == 2


def test_marks_that_stand_in_the_source_are_words_like_others() -> None:
    source = make_source("Ninety silver coins were paid [7]. Snow fell.")
    answer = answer_from("silver coins paid", source, quotes=1)
    assert answer.text == "Ninety silver coins were paid [7]. [1]"
    assert verify_answer(answer, MemoryTexts(source).read) == answer


def test_a_sentence_longer_than_a_passage_is_quoted_in_exact_pieces() -> None:
    source = make_source(" ".join(f"word{n}" for n in range(400)) + " silver.")
    passages = make_passages(source)
    assert len(passages) > 1
    (answer,) = ExtractiveAnswerer(shipped_selector(), even_weights, 0.0).answer(Question("silver word399"), passages)
    assert verify_answer(answer, MemoryTexts(source).read) == answer
    assert "silver" in answer.text


def test_the_same_document_changed_between_two_collections_is_quoted_from_the_text_that_answers() -> None:
    """Both versions have one id; a sentence of the second stands where another one stood in the first."""
    old, new = make_source("Gold was paid."), make_source("Silver paid up")
    answer = answer_from("silver paid up", old, new)
    assert answer.citations[0].quote.text == "Silver paid up"


@given(DOCUMENT)
def test_a_question_of_stop_words_has_an_answer_or_a_refusal_but_no_crash(document: list[tuple[str, str]]) -> None:
    source = make_source("".join(sentence + gap for sentence, gap in document))
    answer = answer_from("the of and", source, threshold=0.15)
    assert answer.status in set(Status)
    assert 0 <= answer.confidence <= 1
