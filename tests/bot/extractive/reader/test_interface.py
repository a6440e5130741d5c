"""Another reader takes the place of the one that ships: answers are what it says, with nothing else changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from bot import Question, Status
from bot.extractive.answerer import ExtractiveAnswerer
from bot.extractive.reader import Reader, SpanScores, open_reader
from bot.extractive.selection import Selector
from retrieval import Library
from tests.bot.conftest import ChainOf

ORDINARY_LETTERS = 8


class LongestWordReader:
    """Holds the longest word of a text for the answer to every question, and long words for better ones."""

    name = "the longest word"
    sha256 = "0" * 64
    selector_weights: Path = open_reader().selector_weights

    def __init__(self) -> None:
        self.questions: list[str] = []

    def knows(self, language: str) -> bool:
        return True

    def read(
        self, question: str, texts: Sequence[str], meanwhile: Callable[[], object] | None = None
    ) -> list[SpanScores]:
        self.questions.append(question)
        return [self._read(text) for text in texts]

    def _read(self, text: str) -> SpanScores:
        offsets = [match.span() for match in re.finditer(r"\w+", text)]
        scores = np.array([end - start - ORDINARY_LETTERS for start, end in offsets], np.float32)
        return SpanScores(offsets, scores, scores)

    def load_all(self) -> None:
        """There is nothing to load."""

    def check(self) -> str:
        return "no files"

    def documents_trained_on(self) -> tuple[str, ...]:
        return ()


@pytest.mark.parametrize("text", ["Who resigned in 2019?", "How many planes?"])
def test_another_reader_points_to_the_words_through_the_whole_chain(
    chain_of: ChainOf, fast_library: Library, text: str
) -> None:
    reader = LongestWordReader()
    answer = chain_of(answerer(reader, fast_library)).invoke(Question(text, quotes=1))
    assert answer.status is Status.ANSWERED
    (citation,) = answer.citations
    held, pointed = fast_library.texts.read(citation.quote.sha256), citation.quote.highlight
    assert pointed is not None
    longest = max(re.findall(r"\w+", held[citation.quote.span.start : citation.quote.span.end]), key=len)
    assert held[pointed.start : pointed.end] == longest
    assert set(reader.questions) == {text}


def test_the_reader_that_ships_points_elsewhere(chain_of: ChainOf, fast_library: Library) -> None:
    (citation,) = (
        chain_of(answerer(open_reader(), fast_library)).invoke(Question("How many planes?", quotes=1)).citations
    )
    pointed = citation.quote.highlight
    assert pointed is not None
    assert "five" in fast_library.texts.read(citation.quote.sha256)[pointed.start : pointed.end].casefold()


def answerer(reader: Reader, library: Library) -> ExtractiveAnswerer:
    """What answers by this reader, however unsure it is."""
    return ExtractiveAnswerer(Selector(reader), library.term_weights, 0.0)
