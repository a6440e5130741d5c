"""Passages in any language -> ranked sentences: by the reader where it knows the language, by words where not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from bot.extractive.reader import Reader
from bot.extractive.selection import QuestionAnalysis, Selection, Selector, Weights
from retrieval import Library, Passage

if TYPE_CHECKING:
    from bot.extractive.words import WordSelector


class LanguageSelector:
    """Ranks the sentences of passages, each language by what can tell most of it.

    Args:
        reader: Points to the words that answer, in the languages that it knows.
        weights: How much each number counts where it reads; as they were fitted with it where nothing else is given.
        library: Whose embedding model helps where the reader does not know the language, but the model does.
    """

    def __init__(self, reader: Reader, weights: Weights | None = None, library: Library | None = None) -> None:
        self._reader = reader
        self._library = library
        self._by_reading = Selector(reader, weights)

    def select(
        self, analysis: QuestionAnalysis, passages: Sequence[Passage], term_weights: Mapping[str, float]
    ) -> Selection:
        """Rank the sentences of ``passages``; where both kinds are found, those of the surer selection.

        Args:
            analysis: The question.
            passages: Where the answer is looked for, best first.
            term_weights: How rare each term of the question is.

        Raises:
            ReaderError: If the reader's weights, or the selectors', are missing or altered.
        """
        known = [passage for passage in passages if self._reader.knows(passage.source.language)]
        if len(known) == len(passages):
            return self._by_reading.select(analysis, passages, term_weights)
        others = [passage for passage in passages if not self._reader.knows(passage.source.language)]
        by_words = self._by_words.select(analysis, others, term_weights)
        if not known:
            return by_words
        by_reading = self._by_reading.select(analysis, known, term_weights)
        return max(by_reading, by_words, key=_sureness)

    @cached_property
    def _by_words(self) -> WordSelector:
        """Loaded with the first passage in another language; most libraries have none."""
        from bot.extractive.words import WordSelector

        return WordSelector(library=self._library)


def _sureness(selection: Selection) -> tuple[bool, float]:
    """An answer comes before what is none: both kinds of confidence are probabilities, but their thresholds differ."""
    return selection.confidence >= selection.thresholds.answer, selection.confidence
