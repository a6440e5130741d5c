"""Questions -> measurements: each put to its own document, through the product's own retrieval."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.evaluation.case import Case
from bot.evaluation.cases import QuestionSet
from bot.evaluation.scoring import Group, contains_answer
from bot.extractive.selection import QuestionAnalysis, Selector
from bot.extractive.selection.features import Measured
from bot.extractive.words import WordSelector
from retrieval import HybridRetriever, Indexer, Library, Passage

# Where the drawing of strangers starts.
SEED = 5
# How many questions of other documents are put to each, against all of its own, and how much these count together:
# they are easy to tell, and the confidence is about the others.
STRANGERS, STRANGERS_COUNT = 0.3, 0.3
# No question counts for more than so many, however few there are of its kind.
MOST_COUNT = 3.0


@dataclass(frozen=True, slots=True)
class Measurement:
    """A question with its candidates measured.

    Attributes:
        kind: The kind of document.
        document: The document that was asked.
        group: What is known of the question and the document.
        analysis: The question.
        passages: What was retrieved.
        read: Those of them that were read.
        weights: How rare each of the question's terms is.
        candidates: The sentences.
        right: Which of them answer; none of them when the document does not.
        weight: How much the question counts.
    """

    kind: str
    document: str
    group: Group
    analysis: QuestionAnalysis
    passages: Sequence[Passage]
    read: Sequence[Passage]
    weights: Mapping[str, float]
    candidates: Sequence[Measured]
    right: NDArray[np.bool_]
    weight: float = 1.0

    @property
    def is_answerable(self) -> bool:
        """Whether the document answers."""
        return self.group is Group.ANSWERABLE

    def counting(self, weight: float) -> Measurement:
        """The same with another weight."""
        return replace(self, weight=weight)


def measure_questions(
    kinds: Mapping[str, QuestionSet],
    library: Library,
    selector: Selector | WordSelector,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Measurement]:
    """Index every document alone and measure all questions about it, and some about other documents.

    These are of other kinds where there are several: what is asked of one policy is often answered by the next. All
    kinds count equally, and in each the answerable and the unanswerable questions do, whatever their number, within
    ``MOST_COUNT``.

    Args:
        kinds: Documents and questions, by the name of their kind.
        library: An empty library.
        selector: Measures the candidates; its own weights play no part.
        progress: Told how many documents are done, and how many there are.
    """
    rng = random.Random(SEED)  # noqa: S311 (draws must be repeatable, not secret)
    retriever = HybridRetriever(library=library, k=library.settings.passages)
    total = sum(len(questions.documents) for questions in kinds.values())
    rows: list[Measurement] = []
    done = 0
    for kind, questions in kinds.items():
        for number, source in enumerate(questions.documents):
            collection = f"{kind} {number}"
            Indexer(library).add([source], collection)
            own = [case for case in questions.cases if case.document == number]
            others = _others(kinds, kind, number)
            strangers = rng.sample(others, min(len(others), round(STRANGERS * len(own))))
            asked = [(case, Group.ANSWERABLE if case.is_answerable else Group.UNANSWERABLE) for case in own]
            for case, group in (*asked, *((case, Group.OFF_DOCUMENT) for case in strangers)):
                if row := _measure(case, kind, source.title, group, collection, retriever, selector):
                    rows.append(row)
            done += 1
            progress(done, total)
    return list(_balanced(rows))


def _others(kinds: Mapping[str, QuestionSet], kind: str, document: int) -> list[Case]:
    """The answerable questions about documents of other kinds, or where there are none, about others of this one."""
    if len(kinds) == 1:
        return [case for case in kinds[kind].answerable if case.document != document]
    return [case for other, questions in kinds.items() if other != kind for case in questions.answerable]


def _measure(
    case: Case,
    kind: str,
    title: str,
    group: Group,
    collection: str,
    retriever: HybridRetriever,
    selector: Selector | WordSelector,
) -> Measurement | None:
    """One question; None where the document has no sentence to show."""
    passages = retriever.passages(case.question, collections=(collection,))
    analysis = QuestionAnalysis.of(case.question, {passage.source.language for passage in passages})
    weights = retriever.library.term_weights(sorted(analysis.terms), (collection,))
    candidates, read = selector.measure(analysis, passages, weights)
    if not candidates:
        return None
    answers = case.answers if group is Group.ANSWERABLE else ()
    right = np.array([contains_answer(each.candidate.text, answers) for each in candidates])
    return Measurement(kind, title, group, analysis, passages, read, weights, candidates, right)


def _balanced(rows: Sequence[Measurement]) -> Iterator[Measurement]:
    """The rows with weights under which all kinds are worth the same, and answerable and unanswerable ones in each."""
    counts = Counter((row.kind, row.group) for row in rows)
    answerable = {kind: counts[kind, Group.ANSWERABLE] for kind in dict.fromkeys(row.kind for row in rows)}
    mean = sum(answerable.values()) / len(answerable) if answerable else 0.0
    for row in rows:
        if row.group is Group.OFF_DOCUMENT:
            worth = STRANGERS_COUNT * mean / max(1, answerable[row.kind])
        else:
            worth = mean / counts[row.kind, row.group]
        yield row.counting(min(MOST_COUNT, worth))
