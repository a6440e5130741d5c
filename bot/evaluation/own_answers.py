"""Somebody's own questions put to the product, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.evaluation.own_questions import OwnQuestion
from bot.evaluation.scoring import contains_answer
from bot.evaluation.system_under_test import Progress
from bot.pipeline import AnswerPipeline
from bot.types import Answer, Certainty, Question, Status
from retrieval import ALL_SOURCES, SourceFilter


class OwnOutcome(StrEnum):
    """Whether an answer is as it should be."""

    RIGHT = "right"
    REFUSED = "refused"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """A question, its answer, and whether one of the passages found had the expected words; asked of failures alone."""

    question: OwnQuestion
    answer: Answer
    is_found: bool = False

    @property
    def outcome(self) -> OwnOutcome:
        """What became of the question."""
        answered, expected = self.answer.status is Status.ANSWERED, self.question.answers
        if not expected:
            return OwnOutcome.WRONG if answered else OwnOutcome.RIGHT
        if not answered:
            return OwnOutcome.REFUSED
        quoted = any(contains_answer(citation.quote.text, expected) for citation in self.answer.citations)
        return OwnOutcome.RIGHT if quoted else OwnOutcome.WRONG

    @property
    def is_unsure(self) -> bool:
        """Whether the answer said that it is not sure."""
        return self.answer.certainty is Certainty.UNSURE


def ask_own_questions(
    questions: Sequence[OwnQuestion], pipeline: AnswerPipeline, collection: str, progress: Progress
) -> list[OwnAnswer]:
    """Ask each of the document that it names, or of all."""
    answers: list[OwnAnswer] = []
    for one in questions:
        sources = SourceFilter(frozenset({one.source.id})) if one.source else ALL_SOURCES
        asked = OwnAnswer(one, pipeline.answer(Question(one.text, collections=(collection,), sources=sources)))
        if one.answers and asked.outcome is not OwnOutcome.RIGHT:
            meant = pipeline.search.correct(one.text, collections=(collection,))
            passages = pipeline.search.passages(meant, collections=(collection,), sources=sources)
            found = any(contains_answer(passage.text, one.answers) for passage in passages)
            asked = OwnAnswer(one, asked.answer, found)
        answers.append(asked)
        progress(len(answers), len(questions))
    return answers


def share_of(figure: str, answers: Sequence[OwnAnswer]) -> float:
    """The share of a figure that can have a goal."""
    return count_of(figure, answers) / len(answers)


def count_of(figure: str, answers: Sequence[OwnAnswer]) -> int:
    """How many answers a figure counts; ``unsure`` ones are right or wrong as well."""
    return sum(one.is_unsure if figure == "unsure" else one.outcome == figure for one in answers)
