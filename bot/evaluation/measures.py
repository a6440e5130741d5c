"""Trials and searches -> the figures that are published; each is defined here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.evaluation.intervals import BINS, SEED, Figure, auroc, bin_numbers, calibration_error, percentile, share
from bot.evaluation.scoring import Group, SearchTrial, Trial
from bot.evaluation.span_accuracy import SpanTrial


@dataclass(frozen=True, slots=True)
class Results:
    """What one system did with all questions; ``seconds`` are of the timed answers, about ``timed_documents``."""

    system: str
    trials: Sequence[Trial]
    searches: Sequence[SearchTrial] = ()
    spans: Sequence[SpanTrial] = ()
    seconds: Sequence[float] = ()
    timed_documents: Sequence[int] = ()
    refuses: bool = False

    def of(self, group: Group) -> list[Trial]:
        """The trials of a group."""
        return [trial for trial in self.trials if trial.group is group]


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure's name, what it says, the project's goal for it, and how it comes from results.

    ``own`` measures are of the product alone: baselines neither prove quotes, refuse, nor give probabilities.
    """

    name: str
    label: str
    goal: str
    compute: Callable[[Results], Figure]
    own: bool = False
    as_milliseconds: bool = False


def quotes_exact(results: Results) -> Figure:
    """Of all quotes shown, the share that is the slice of the hashed source which it says it is."""
    hits = [float(i < trial.shown.exact) for trial in results.trials for i in range(len(trial.shown.quotes))]
    documents = [trial.document for trial in results.trials for _ in trial.shown.quotes]
    return share(hits, documents)


def first_right(results: Results) -> Figure:
    """Of the answerable questions, the share whose first quote holds an answer; refused ones count by the closest."""
    return _share(results.of(Group.ANSWERABLE), lambda trial: trial.first_right)


def any_right(results: Results) -> Figure:
    """As ``first_right``, for any of the first three quotes."""
    return _share(results.of(Group.ANSWERABLE), lambda trial: trial.any_right)


def span_exact(results: Results) -> Figure:
    """Of the answerable questions, the share of which the reader finds the answer best in the passages."""
    return share([span.exact for span in results.spans], [span.case.document for span in results.spans])


def span_overlap(results: Results) -> Figure:
    """As ``span_exact``, the mean F1 of its words with the answer's."""
    return share([span.overlap for span in results.spans], [span.case.document for span in results.spans])


def auroc_in_topic(results: Results) -> Figure:
    """How well confidence tells answerable questions from unanswerable ones inside the document's topic."""
    return _auroc(results.of(Group.ANSWERABLE), results.of(Group.UNANSWERABLE))


def auroc_off_document(results: Results) -> Figure:
    """How well confidence tells answerable questions from questions about other documents."""
    return _auroc(results.of(Group.ANSWERABLE), results.of(Group.OFF_DOCUMENT))


def hit_at_one(results: Results) -> Figure:
    """Of the answerable questions, the share whose first passage (all documents pooled) covers the answer's place."""
    return share([float(s.rank == 1) for s in results.searches], [s.case.document for s in results.searches])


def reciprocal_rank(results: Results) -> Figure:
    """The mean of 1 / rank of the first right passage among ten (MRR@10)."""
    ranks = [1 / s.rank if s.rank else 0.0 for s in results.searches]
    return share(ranks, [s.case.document for s in results.searches])


def answered_right(results: Results) -> Figure:
    """Of the answerable questions that were answered, the share whose first quote is right."""
    answered = [trial for trial in results.of(Group.ANSWERABLE) if trial.shown.answered]
    return _share(answered, lambda trial: trial.first_right)


def refused_falsely(results: Results) -> Figure:
    """Of the answerable questions, the share that was refused."""
    return _share(results.of(Group.ANSWERABLE), lambda trial: not trial.shown.answered)


def refused_in_topic(results: Results) -> Figure:
    """Of the unanswerable questions inside the topic, the share that was refused."""
    return _share(results.of(Group.UNANSWERABLE), lambda trial: not trial.shown.answered)


def refused_off_document(results: Results) -> Figure:
    """Of the questions about other documents, the share that was refused."""
    return _share(results.of(Group.OFF_DOCUMENT), lambda trial: not trial.shown.answered)


def calibration(results: Results) -> Figure:
    """How far confidence is from how often the document answers and the first quote is right, on equal parts."""
    trials = equal_parts(results)
    return calibration_error(
        [trial.shown.confidence for trial in trials],
        [trial.first_right for trial in trials],
        [trial.document for trial in trials],
    )


def time_at(percent: float) -> Callable[[Results], Figure]:
    """The measure of how long an answer takes, at that percentile."""
    return lambda results: percentile(results.seconds, results.timed_documents, percent)


MEASURES = (
    Measure("quotes_exact", "quotes exact, of all shown", "1.000", quotes_exact, own=True),
    Measure("first_right", "right sentence in the first quote", "≥ .85", first_right),
    Measure("any_right", "right sentence in any of three quotes", "≥ .94", any_right),
    Measure("span_exact", "best words of the reader, exact match", "", span_exact, own=True),
    Measure("span_overlap", "best words of the reader, F1", "", span_overlap, own=True),
    Measure("auroc_in_topic", "AUROC, unanswerable inside the topic", "≥ .74", auroc_in_topic),
    Measure("auroc_off_document", "AUROC, off the document", "≥ .995", auroc_off_document),
    Measure("hit_at_one", "right passage first, all documents pooled", "≥ .82", hit_at_one),
    Measure("reciprocal_rank", "right passage, MRR@10, pooled", "≥ .88", reciprocal_rank),
    Measure("answered_right", "first quote right, where answered", "≥ .90", answered_right, own=True),
    Measure("refused_falsely", "answerable, but refused", "< .15", refused_falsely, own=True),
    Measure("refused_in_topic", "unanswerable inside the topic, refused", "", refused_in_topic, own=True),
    Measure("refused_off_document", "off the document, refused", "", refused_off_document, own=True),
    Measure("calibration", "calibration error (ECE, 10 bins)", "< .05", calibration, own=True),
)
TIMES = (
    Measure("time_p50", "one answer, half of them within", "< 200 ms", time_at(50), own=True, as_milliseconds=True),
    Measure("time_p95", "one answer, 95 % of them within", "", time_at(95), own=True, as_milliseconds=True),
)


def measure_all(results: Results) -> dict[str, Figure]:
    """Every figure that applies to the system, by name."""
    measures = (*MEASURES, *TIMES) if results.seconds else MEASURES
    return {measure.name: measure.compute(results) for measure in measures if results.refuses or not measure.own}


def equal_parts(results: Results) -> list[Trial]:
    """As many answerable questions as unanswerable ones inside the topic, drawn with a fixed seed."""
    groups = [results.of(Group.ANSWERABLE), results.of(Group.UNANSWERABLE)]
    size = min(len(group) for group in groups)
    random = np.random.default_rng(SEED)
    return [group[i] for group in groups for i in np.sort(random.permutation(len(group))[:size])]


@dataclass(frozen=True, slots=True)
class Curve:
    """Risk (the share of wrong ones among the answered) at every coverage (the share that is answered)."""

    coverage: NDArray[np.float64]
    risk: NDArray[np.float64]

    @property
    def area(self) -> float:
        """The mean risk over all coverages (AURC)."""
        return float(self.risk.mean())


def risk_coverage(results: Results) -> Curve | None:
    """The curve on equal parts, the surest question first; equally sure ones share their risk. None without data.

    Source of the method: El-Yaniv and Wiener, 2010.
    """
    trials = equal_parts(results)
    if not trials:
        return None
    confidence = np.asarray([trial.shown.confidence for trial in trials])
    wrong = np.asarray([not trial.first_right for trial in trials], dtype=float)
    # Within a tie the order is not the system's doing: each has the tie's mean.
    _, ties = np.unique(-confidence, return_inverse=True)
    means = np.bincount(ties, wrong) / np.bincount(ties)
    answered = np.arange(1, len(trials) + 1)
    return Curve(answered / len(trials), np.cumsum(means[np.sort(ties)]) / answered)


def working_point(results: Results) -> tuple[float, float] | None:
    """Coverage and risk on equal parts at the threshold in force; None when nothing is answered."""
    trials = equal_parts(results)
    answered = [trial for trial in trials if trial.shown.answered]
    if not answered:
        return None
    return len(answered) / len(trials), sum(not trial.first_right for trial in answered) / len(answered)


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """One bin of confidences: how many questions, their mean confidence, and how often the event came true."""

    n: int
    confidence: float
    right: float


def reliability(results: Results) -> list[ReliabilityBin]:
    """The bins that hold any question, on equal parts."""
    trials = equal_parts(results)
    numbers = bin_numbers([trial.shown.confidence for trial in trials]) if trials else np.empty(0)
    bins: list[ReliabilityBin] = []
    for number in range(BINS):
        held = [trial for trial, at in zip(trials, numbers, strict=True) if at == number]
        if held:
            confidence = sum(trial.shown.confidence for trial in held) / len(held)
            bins.append(ReliabilityBin(len(held), confidence, sum(trial.first_right for trial in held) / len(held)))
    return bins


def split_by(trials: Iterable[Trial], key: Callable[[Trial], str]) -> Mapping[str, list[Trial]]:
    """The trials by key, in the order in which the keys come; trials without one are left out."""
    parts: dict[str, list[Trial]] = {}
    for trial in trials:
        if name := key(trial):
            parts.setdefault(name, []).append(trial)
    return parts


def _share(trials: Sequence[Trial], is_hit: Callable[[Trial], bool]) -> Figure:
    return share([float(is_hit(trial)) for trial in trials], [trial.document for trial in trials])


def _auroc(positive: Sequence[Trial], negative: Sequence[Trial]) -> Figure:
    return auroc(
        [trial.shown.confidence for trial in positive],
        [trial.document for trial in positive],
        [trial.shown.confidence for trial in negative],
        [trial.document for trial in negative],
    )
