"""Questions -> measurements: each put to its own document, through the product's own retrieval."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence

import numpy as np

from bot.evaluation.case import Case
from bot.evaluation.cases import QuestionSet
from bot.evaluation.scoring import contains_answer
from bot.extractive.selection import QuestionAnalysis, Selector
from bot.training.selector_fit import Measurement
from retrieval import HybridRetriever, Indexer, Library

# How many questions of other documents are put to each, against all of its own, and how much these count together:
# they are easy to tell, and the confidence is about the others.
STRANGERS, STRANGERS_COUNT = 0.3, 0.3


def measure_questions(
    questions: QuestionSet, titles: Collection[str], library: Library, selector: Selector, seed: int
) -> list[Measurement]:
    """Index the documents with these titles and measure all questions about them.

    Answerable and unanswerable questions count equally much in all, whatever their number.

    Args:
        questions: Documents and questions.
        titles: The documents to measure.
        library: An empty library.
        selector: Measures the candidates; its own weights play no part.
        seed: Where the drawing of strangers starts.
    """
    rng = random.Random(seed)  # noqa: S311 (draws must be repeatable, not secret)
    retriever = HybridRetriever(library=library, k=library.settings.passages)
    chosen = [number for number, source in enumerate(questions.documents) if source.title in titles]
    rows: list[Measurement] = []
    for number in chosen:
        source = questions.documents[number]
        Indexer(library).add([source], source.id)
        own = [case for case in questions.cases if case.document == number]
        others = [case for case in questions.cases if case.document in chosen and case.document != number]
        strangers = rng.sample(others, min(len(others), int(STRANGERS * len(own))))
        rows += _measured(own, source.title, source.id, retriever, selector, 1.0)
        rows += _measured(strangers, source.title, source.id, retriever, selector, STRANGERS_COUNT)
    return list(_balanced(rows))


def _measured(
    cases: Sequence[Case], title: str, collection: str, retriever: HybridRetriever, selector: Selector, weight: float
) -> Iterator[Measurement]:
    for case in cases:
        passages = retriever.passages(case.question, collections=(collection,))
        analysis = QuestionAnalysis.of(case.question, {passage.source.language for passage in passages})
        weights = retriever.library.term_weights(sorted(analysis.terms), (collection,))
        candidates, read = selector.measure(analysis, passages, weights)
        answers = case.answers if weight == 1.0 else ()
        right = np.array([contains_answer(each.candidate.text, answers) for each in candidates])
        yield Measurement(title, analysis, read, weights, candidates, right, bool(answers), weight)


def _balanced(rows: Sequence[Measurement]) -> Iterator[Measurement]:
    """The rows with weights under which answerable and unanswerable questions are worth the same together."""
    worth = {
        answerable: sum(row.weight for row in rows if row.answerable is answerable and row.weight == 1.0)
        for answerable in (True, False)
    }
    for row in rows:
        if row.weight == 1.0 and not row.answerable:
            yield row.counting(worth[True] / max(1.0, worth[False]))
        else:
            yield row
