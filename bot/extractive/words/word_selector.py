"""Passages in languages that the reader does not know -> sentences ranked by their words, and one confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.extractive.reader.weights import FOLDER, WORD_SELECTOR
from bot.extractive.selection import Choice, QuestionAnalysis, Selection, Weights, find_candidates
from bot.extractive.selection.confidence_features import softmax
from bot.extractive.selection.features import Measured
from bot.extractive.words.meaning import meaning_scores
from bot.extractive.words.sought import Sought
from bot.extractive.words.word_confidence import CONFIDENCE_NAMES, measure_word_confidence
from bot.extractive.words.word_features import NAMES, measure_words
from retrieval import Library, Passage


class WordSelector:
    """Ranks the sentences of passages by the words and the kinds of words that they share with a question.

    Args:
        weights: How much each number counts; those that come with the install where nothing else is given.
        library: Whose embedding model tells which sentences mean what is asked, where it knows their language.

    Raises:
        ReaderError: If these are missing or unreadable.
    """

    def __init__(self, weights: Weights | None = None, library: Library | None = None) -> None:
        self._library = library
        self._weights = weights or Weights.load(FOLDER / WORD_SELECTOR, NAMES, CONFIDENCE_NAMES)

    def select(
        self, analysis: QuestionAnalysis, passages: Sequence[Passage], term_weights: Mapping[str, float]
    ) -> Selection:
        """Rank the sentences of ``passages``; no words of them stand out.

        Args:
            analysis: The question.
            passages: Where the answer is looked for, best first.
            term_weights: How rare each term of the question is.

        Raises:
            ModelError: If the embedding model is missing, altered or cannot be loaded.
        """
        measured, passages = self.measure(analysis, passages, term_weights)
        return self.rank(analysis, measured, passages, term_weights)

    def rank(
        self,
        analysis: QuestionAnalysis,
        measured: Sequence[Measured],
        passages: Sequence[Passage],
        term_weights: Mapping[str, float],
    ) -> Selection:
        """Rank sentences that ``measure`` has measured; see ``select``.

        Args:
            analysis: The question.
            measured: The sentences.
            passages: Where they come from.
            term_weights: How rare each term of the question is.
        """
        if not measured:
            return Selection((), 0.0, self._weights.thresholds)
        order, probabilities, row = self.order(analysis, measured, passages, term_weights)
        logit = float(row @ self._weights.confidence) + self._weights.offset
        choices = (
            Choice(measured[i].candidate, float(probability), None, answers=False)
            for i, probability in zip(order, probabilities, strict=True)
        )
        return Selection(tuple(choices), float(1 / (1 + np.exp(-logit))), self._weights.thresholds)

    def order(
        self,
        analysis: QuestionAnalysis,
        measured: Sequence[Measured],
        passages: Sequence[Passage],
        term_weights: Mapping[str, float],
    ) -> tuple[list[int], NDArray[np.float64], NDArray[np.float64]]:
        """The numbers of the sentences, best first, how likely each is the one, and what tells how sure that is.

        Training orders by this, too.
        """
        scores = np.array([each.features for each in measured]) @ self._weights.ranking
        order = np.argsort(-scores, kind="stable")
        if self._library is not None:
            best = [measured[i].candidate for i in order]
            meant = scores[order] + meaning_scores(self._library, analysis.text, best)
            order, probabilities = order[np.argsort(-meant, kind="stable")], softmax(-np.sort(-meant))
        else:
            probabilities = softmax(scores[order])
        ranked = [measured[i] for i in order]
        # The confidence was fitted to what words say.
        row = measure_word_confidence(sought_in(analysis, passages), ranked, scores[order], passages, term_weights)
        return order.tolist(), probabilities, row

    def measure(
        self, analysis: QuestionAnalysis, passages: Sequence[Passage], term_weights: Mapping[str, float]
    ) -> tuple[list[Measured], Sequence[Passage]]:
        """Every candidate with its numbers, and the passages, all of which were looked at.

        Training measures by this, too.
        """
        return measure_words(sought_in(analysis, passages), find_candidates(passages), passages, term_weights), passages


def sought_in(analysis: QuestionAnalysis, passages: Sequence[Passage]) -> Sought:
    """What a question seeks in the languages of passages."""
    return Sought.of(analysis, {passage.source.language for passage in passages})
