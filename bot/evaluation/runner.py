"""Putting every question to the product and to both baselines, in a library made for the purpose."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bot.evaluation.baselines import KeywordSentences, PlainPipeline
from bot.evaluation.case import Case
from bot.evaluation.cases import OFF_TOPIC, QuestionSet, title_key
from bot.evaluation.errors import EvaluationError
from bot.evaluation.intervals import SEED
from bot.evaluation.measures import Results
from bot.evaluation.scoring import MAX_PASSAGES, Group, SearchTrial, System, Trial, judge, rank_of_first_right
from bot.evaluation.span_accuracy import SpanTrial, judge_words
from bot.evaluation.system_under_test import Progress, RememberedEmbeddings, SystemUnderTest
from bot.evaluation.temporary_library import temporary_settings
from bot.extractive.selection import Thresholds
from bot.settings import Settings
from retrieval import Library, SentenceTransformerEmbeddings, Source, load_path, open_embedder
from retrieval.extras import has_extra
from retrieval.models.published_weights import BUNDLED_MODEL
from retrieval.version import VERSION

# How many questions are put to documents that they are not about, and how many answers are timed, at most.
OFF_DOCUMENT_QUESTIONS = 600
TIMED_QUESTIONS = 100

# Opens a stage of the work by its name and gives the function that is told how far it is.
Stage = Callable[[str], AbstractContextManager[Progress]]
Ask = tuple[Case, int, Group]


@dataclass(frozen=True, slots=True)
class Options:
    """What is measured: ``library`` are files that the timed library holds besides the documents."""

    timing: bool = True
    library: tuple[Path, ...] = ()
    trained_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it was measured."""

    cores: int
    platform: str
    python: str
    pullquote: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was asked, with which settings, and what came of it; the product's results come first."""

    questions: QuestionSet
    settings: Settings
    thresholds: Thresholds
    options: Options
    machine: Machine
    results: tuple[Results, ...]
    timed_chunks: int = 0
    longest_passage_words: int = 0

    @property
    def product(self) -> Results:
        """The results of Pullquote itself."""
        return self.results[0]

    @property
    def seen_in_training(self) -> float:
        """The share of the documents whose titles are among those that shipped weights were trained on."""
        trained = {title_key(title) for title in self.options.trained_on}
        seen = sum(title_key(source.title) in trained for source in self.questions.documents)
        return seen / len(self.questions.documents)


def library_files(folder: Path) -> tuple[Path, ...]:
    """The files of a folder that can be indexed.

    Raises:
        EvaluationError: If there is none.
    """
    suffixes = {".txt", ".text", ".md", ".markdown"}
    files = sorted(path for path in folder.glob("*") if path.is_file() and path.suffix.lower() in suffixes)
    if not files:
        raise EvaluationError(f"The folder {folder} holds no .txt or .md file; name one that holds documents.")
    return tuple(files)


def silent(label: str) -> AbstractContextManager[Progress]:
    """The stage of nobody who looks on."""
    del label
    return nullcontext(lambda done, total: None)


def run_evaluation(
    questions: QuestionSet, settings: Settings, options: Options | None = None, stage: Stage = silent
) -> Evaluation:
    """Ask everything; the library lies in a temporary folder, and nobody's own library is touched.

    Args:
        questions: What to ask.
        settings: The settings to measure; their ``home`` is not used.
        options: What is measured.
        stage: Told how far the work is.

    Raises:
        RetrievalError: If the temporary library or the model cannot be used.
        SourceError: If a file of the timed library cannot be read.
    """
    options = options or Options()
    library = [load_path(path) for path in options.library] if options.timing else []
    with temporary_settings(settings) as settings:
        embeddings = RememberedEmbeddings(Library(settings).embeddings)
        with stage("Indexing") as move:
            product = SystemUnderTest(settings, questions.documents, embeddings, move)
        try:
            return _evaluate(questions, settings, options, stage, product, library)
        finally:
            product.close()


def _evaluate(
    questions: QuestionSet,
    settings: Settings,
    options: Options,
    stage: Stage,
    product: SystemUnderTest,
    library: Sequence[Source],
) -> Evaluation:
    # What a user would write runs the weights as they were published; where they are not installed, the shipped ones.
    model = settings.embedding_model
    published = model != BUNDLED_MODEL or has_extra("train")
    plain = SentenceTransformerEmbeddings(model) if published else open_embedder(model)
    systems: list[System] = [
        product,
        PlainPipeline(questions.documents, RememberedEmbeddings(plain)),
        KeywordSentences(questions.documents),
    ]
    results: list[Results] = []
    longest = 0
    for system in systems:
        trials = _ask_all(system, asks(questions), stage)
        searches, words = _search_all(system, questions, stage)
        longest = words if system is product else longest
        results.append(Results(system.name, trials, searches, refuses=system is product))
    results[0] = replace(results[0], spans=_point_all(product, questions, stage))
    chunks = 0
    if options.timing:
        timed = _sample(questions.answerable or questions.cases, TIMED_QUESTIONS)
        with stage("Timing") as move:
            seconds, chunks = product.time_answers([case.question for case in timed], library, move)
        results[0] = replace(results[0], seconds=seconds, timed_documents=[case.document for case in timed])
    return Evaluation(questions, settings, product.thresholds, options, _machine(), tuple(results), chunks, longest)


def _ask_all(system: System, to_ask: Sequence[Ask], stage: Stage) -> list[Trial]:
    with stage(f"Asking {system.name}") as move:
        trials: list[Trial] = []
        for case, document, group in to_ask:
            trials.append(judge(case, document, group, system.ask(case.question, document)))
            move(len(trials), len(to_ask))
        return trials


def _point_all(product: SystemUnderTest, questions: QuestionSet, stage: Stage) -> list[SpanTrial]:
    """What the reader finds best for each answerable question."""
    answerable = questions.answerable
    with stage("Reading for the answers' words") as move:
        spans: list[SpanTrial] = []
        for case in answerable:
            spans.append(judge_words(case, product.best_words(case.question, case.document)))
            move(len(spans), len(answerable))
        return spans


def _search_all(system: System, questions: QuestionSet, stage: Stage) -> tuple[list[SearchTrial], int]:
    """What each answerable question finds, and the number of words of the longest passage found."""
    longest = 0
    answerable = questions.answerable
    with stage(f"Searching with {system.name}") as move:
        searches: list[SearchTrial] = []
        for case in answerable:
            passages = system.search(case.question, MAX_PASSAGES)
            searches.append(SearchTrial(case, rank_of_first_right(case, passages)))
            texts = [questions.documents[document].slice(span) for document, span in passages]
            longest = max(longest, *(len(text.split()) for text in texts))
            move(len(searches), len(answerable))
        return searches, longest


def asks(questions: QuestionSet) -> list[Ask]:
    """Which question is put to which document: each to its own, and a sample to documents they are not about."""
    own = [(case, case.document, _group(case)) for case in questions.cases]
    if len(questions.documents) < 2:
        return own
    random = np.random.default_rng(SEED)
    sample = _sample(questions.answerable, OFF_DOCUMENT_QUESTIONS)
    others = random.integers(0, len(questions.documents) - 1, len(sample))
    # One less than the number of documents, and past the case's own: any other, all equally likely.
    hosts = [int(other) + (other >= case.document) for case, other in zip(sample, others, strict=True)]
    return own + [(case, host, Group.OFF_DOCUMENT) for case, host in zip(sample, hosts, strict=True)]


def _group(case: Case) -> Group:
    if case.is_answerable:
        return Group.ANSWERABLE
    return Group.OFF_DOCUMENT if case.kind == OFF_TOPIC else Group.UNANSWERABLE


def _sample(cases: Sequence[Case], size: int) -> list[Case]:
    """At most ``size`` of the cases, drawn with a fixed seed."""
    order = np.random.default_rng(SEED).permutation(len(cases))[:size]
    return [cases[i] for i in order]


def _machine() -> Machine:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    system = f"{platform.system()} {platform.machine()}"
    return Machine(cores, system, platform.python_version(), VERSION)
