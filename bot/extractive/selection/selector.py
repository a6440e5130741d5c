"""Passages -> sentences ranked by a learned sum, and one calibrated confidence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.errors import ReaderError
from bot.extractive.reader import Reader
from bot.extractive.reader.weights import REINSTALL
from bot.extractive.selection.ages import tells_age, whose_age
from bot.extractive.selection.candidates import Candidate, find_candidates
from bot.extractive.selection.confidence_features import CONFIDENCE_NAMES, measure_confidence, softmax
from bot.extractive.selection.false_premise import has_false_premise
from bot.extractive.selection.features import NAMES, Measured, measure
from bot.extractive.selection.other_rows import is_another_row
from bot.extractive.selection.question_analysis import QuestionAnalysis
from bot.extractive.selection.reader_cascade import look_again, read_passages
from bot.extractive.selection.thresholds import Thresholds
from retrieval import Passage, Span

READ = NAMES.index("read")
# How sure the answer can be at most when what the question asks or takes for granted is told of others only. Of 38
# questions of SQuAD 2.0 whose own paragraph sets it off, this refuses 13 that would be answered wrongly (2 as sure) and
# 9 that would be answered rightly (8 as sure).
FALSE_PREMISE = 0.05
# By how much a sentence that tells the age of the name that is asked about comes before all others, in logits.
AGE_FIRST = 1.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What training found: how much each number counts in the ranking and in the confidence, and what is sure."""

    ranking: NDArray[np.float64]
    confidence: NDArray[np.float64]
    offset: float
    thresholds: Thresholds

    @classmethod
    def load(
        cls, path: Path, names: Sequence[str] = NAMES, confidence_names: Sequence[str] = CONFIDENCE_NAMES
    ) -> Weights:
        """Read them; every number must be named, so that code and file cannot drift apart.

        Args:
            path: The file.
            names: What the ranking weighs.
            confidence_names: What the confidence weighs.

        Raises:
            ReaderError: If the file is missing or unreadable.
            KeyError: If the file knows other numbers than the code.
        """
        try:
            stored = json.loads(path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            raise ReaderError(f"The weights that go with the reader are missing or unreadable; {REINSTALL}.") from None
        return cls.from_json(stored, names, confidence_names)

    @classmethod
    def from_json(
        cls,
        stored: Mapping[str, Any],
        names: Sequence[str] = NAMES,
        confidence_names: Sequence[str] = CONFIDENCE_NAMES,
    ) -> Weights:
        """The weights as ``to_json`` gives them; see ``load``.

        Raises:
            KeyError: If they know other numbers than the code.
        """
        ranking, confidence = stored["ranking"], stored["certainty"]
        return cls(
            np.array([ranking[name] for name in names]),
            np.array([confidence[name] for name in confidence_names]),
            float(stored["offset"]),
            Thresholds(**stored["thresholds"]),
        )

    def to_json(
        self, names: Sequence[str] = NAMES, confidence_names: Sequence[str] = CONFIDENCE_NAMES
    ) -> dict[str, Any]:
        """The weights as they are stored, by name."""
        return {
            "ranking": dict(zip(names, self.ranking.round(4).tolist(), strict=True)),
            "certainty": dict(zip(confidence_names, self.confidence.round(4).tolist(), strict=True)),
            "offset": round(self.offset, 4),
            "thresholds": asdict(self.thresholds),
        }


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence that may answer.

    Attributes:
        candidate: The sentence.
        probability: How likely it is the one that answers, if any of the candidates does.
        highlight: The words in it that answer, as offsets into the source; None where the reader did not look.
        answers: Whether the reader finds these words better than having no answer.
        share: How likely these words are the ones in the sentence that answer, if any are.
    """

    candidate: Candidate
    probability: float
    highlight: Span | None
    answers: bool
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Selection:
    """What the selector made of a question.

    Attributes:
        choices: The candidates, best first; empty when the passages hold no sentence.
        confidence: The probability, in [0, 1], that the documents answer and the first choice is right.
        thresholds: How high that must be, as it was fitted with the weights.
    """

    choices: tuple[Choice, ...]
    confidence: float
    thresholds: Thresholds


class Selector:
    """Ranks the sentences of passages by how well they answer.

    Args:
        reader: Points to the words that answer.
        weights: How much each number counts; as it was fitted with this reader where nothing else is given.
    """

    def __init__(self, reader: Reader, weights: Weights | None = None) -> None:
        self._reader = reader
        self._weights = weights or Weights.load(reader.selector_weights)

    @property
    def thresholds(self) -> Thresholds:
        """What is sure, as it was fitted with the weights."""
        return self._weights.thresholds

    def select(
        self, analysis: QuestionAnalysis, passages: Sequence[Passage], term_weights: Mapping[str, float]
    ) -> Selection:
        """Rank the sentences of ``passages``.

        Args:
            analysis: The question.
            passages: Where the answer is looked for, best first.
            term_weights: How rare each term of the question is.

        Raises:
            ReaderError: If the reader's weights are missing or altered.
        """
        measured, read = self.measure(analysis, passages, term_weights)
        return self.rank(analysis, measured, read, passages, term_weights)

    def rank(
        self,
        analysis: QuestionAnalysis,
        measured: Sequence[Measured],
        read: Sequence[Passage],
        passages: Sequence[Passage],
        term_weights: Mapping[str, float],
    ) -> Selection:
        """Rank sentences that ``measure`` has measured; see ``select``.

        Args:
            analysis: The question.
            measured: The sentences.
            read: The passages that were read for them.
            passages: All passages.
            term_weights: How rare each term of the question is.
        """
        if not measured:
            return Selection((), 0.0, self._weights.thresholds)
        scores = np.array([each.features for each in measured]) @ self._weights.ranking
        who = whose_age(analysis.text, now=True)
        if who and any(tells := [tells_age(who, each.candidate.text) for each in measured]):
            scores = np.where(tells, scores.max() + AGE_FIRST, scores)
        order = np.argsort(-scores, kind="stable")
        ranked, scores = [measured[i] for i in order], scores[order]
        look = look_again(self._reader, analysis.text, ranked[0].candidate)
        features = measure_confidence(analysis, ranked, scores, read, term_weights, look)
        logit = float(features @ self._weights.confidence) + self._weights.offset
        confidence = float(1 / (1 + np.exp(-logit)))
        if is_another_row(analysis.terms, ranked[0].candidate) or has_false_premise(
            analysis.text, _sentences(passages)
        ):
            confidence = min(confidence, FALSE_PREMISE)
        return Selection(
            tuple(
                Choice(each.candidate, float(probability), each.highlight, bool(each.features[READ] > 0), each.share)
                for each, probability in zip(ranked, softmax(scores), strict=True)
            ),
            confidence,
            self._weights.thresholds,
        )

    def measure(
        self, analysis: QuestionAnalysis, passages: Sequence[Passage], term_weights: Mapping[str, float]
    ) -> tuple[list[Measured], Sequence[Passage]]:
        """Every candidate with its numbers, in the order of the passages, and the passages that were read for them.

        Calibration measures by this, too.
        """
        readings = read_passages(self._reader, analysis.text, passages)
        read = passages[: len(readings)]
        return measure(analysis, find_candidates(read), read, readings, term_weights), read


def _sentences(passages: Sequence[Passage]) -> Iterator[str]:
    """Every sentence of the passages; none is looked for before the first one is asked for."""
    yield from (candidate.text for candidate in find_candidates(passages))
