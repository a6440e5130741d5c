"""A quote stands on its own: what its sentence leans on comes along."""

from __future__ import annotations

import pytest

from bot.extractive.selection import QuoteSpan, join, with_context
from bot.extractive.selection.leaning import leans
from retrieval import Source, Span, split_sentences
from tests.bot.fakes import make_source


def widened(source: Source, number: int) -> str:
    """The sentence of that number with what it leans on."""
    place = with_context(QuoteSpan(source, split_sentences(source.text)[number]), set())
    return source.slice(place.span)


@pytest.mark.parametrize(
    "sentence",
    [
        "He resigned.",
        "“It was late,” he said.",
        "There, the crowd stopped.",
        "In 2019 he resigned.",
        "A statue of him was demolished.",
        "Both were closed.",
        "**This** is why.",
    ],
)
def test_sentences_that_lean(sentence: str) -> None:
    assert leans(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "There are three gates.",
        "There will be rain.",
        "President Tokayev said that he was ready.",
        "The president said so.",
        "Thistles grow here.",
        "Eight officers were killed.",
    ],
)
def test_sentences_that_stand_alone(sentence: str) -> None:
    assert not leans(sentence)


def test_a_chain_of_leaning_sentences_comes_along_up_to_three() -> None:
    source = make_source("Snow fell. The gate was old. It was red. It was wide. It was shut.")
    assert widened(source, 2) == "The gate was old. It was red."
    assert widened(source, 3) == "The gate was old. It was red. It was wide."
    assert widened(source, 4) == "It was red. It was wide. It was shut."


def test_what_is_shown_already_does_not_come_along() -> None:
    source = make_source("The gate was old. It was red.")
    place = with_context(QuoteSpan(source, split_sentences(source.text)[1]), {"The gate was old."})
    assert source.slice(place.span) == "It was red."


def test_the_words_that_stand_out_stay_those_of_the_better_place() -> None:
    source = make_source("The gate was old. It was red.")
    first, second = split_sentences(source.text)
    red, old = Span(25, 28), Span(13, 16)
    (joined,) = join([QuoteSpan(source, second, red), QuoteSpan(source, first, old)])
    assert (joined.span, joined.highlight) == (Span(first.start, second.end), red)
    assert source.slice(red) == "red"


def test_neighbours_that_are_too_many_for_one_quote_become_two() -> None:
    source = make_source("Snow fell. Rain came. The gate was shut. Guards slept.")
    quotes = join([QuoteSpan(source, sentence) for sentence in split_sentences(source.text)])
    assert [source.slice(quote.span) for quote in quotes] == [
        "Snow fell. Rain came. The gate was shut.",
        "Guards slept.",
    ]
