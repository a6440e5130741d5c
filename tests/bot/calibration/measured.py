"""Measurements made by hand: of the sentences of one text the right one has the higher ``read``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from bot.calibration.measurement import Measurement
from bot.evaluation.scoring import Group
from bot.extractive.reader import SpanScores, open_reader
from bot.extractive.selection import QuestionAnalysis
from bot.extractive.selection.candidates import find_candidates
from bot.extractive.selection.features import NAMES, Measured
from tests.bot.fakes import even_weights, make_passages, make_source

PASSAGES = make_passages(make_source("The mill burned. Sheep graze. The market opens. The river rose."))
CANDIDATES = find_candidates(PASSAGES)
READ, LENGTH = NAMES.index("read"), NAMES.index("length")


def measurement(rng: np.random.Generator, group: Group, document: str = "d", kind: str = "k") -> Measurement:
    """One question: ``read`` tells right from wrong, ``length`` says nothing."""
    right = np.zeros(len(CANDIDATES), dtype=np.bool_)
    if group is Group.ANSWERABLE:
        right[rng.integers(len(CANDIDATES))] = True
    measured = []
    for candidate, is_right in zip(CANDIDATES, right, strict=True):
        features = np.zeros(len(NAMES))
        features[READ] = rng.normal(1.0 if is_right else -1.0, 0.3)
        features[LENGTH] = rng.uniform(0, 1)
        measured.append(Measured(candidate, features, None))
    analysis = QuestionAnalysis.of("What burned?")
    weights = even_weights(analysis.terms, ())
    return Measurement(kind, document, group, analysis, PASSAGES, PASSAGES, weights, measured, right)


def measurements(count: int = 120, documents: int = 6) -> list[Measurement]:
    """Answerable and unanswerable questions in turn."""
    rng = np.random.default_rng(3)
    groups = (Group.ANSWERABLE, Group.UNANSWERABLE)
    return [measurement(rng, groups[n % 2], f"document {n % documents}") for n in range(count)]


class SilentReader:
    """Finds no word in any text, so that a second look tells nothing."""

    name = "silence"
    sha256 = "0" * 64
    selector_weights: Path = open_reader().selector_weights

    def knows(self, language: str) -> bool:
        return True

    def read(
        self, question: str, texts: Sequence[str], meanwhile: Callable[[], object] | None = None
    ) -> list[SpanScores]:
        nothing = np.zeros(0, np.float32)
        return [SpanScores([], nothing, nothing) for _ in texts]

    def load_all(self) -> None:
        """There is nothing to load."""

    def check(self) -> str:
        return "no files"

    def documents_trained_on(self) -> tuple[str, ...]:
        return ()
