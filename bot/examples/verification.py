"""Which of the questions that a document may answer it does answer, surely and from the right place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.errors import QuestionError
from bot.examples.example_candidates import OWN, TOPIC, ExampleCandidate, example_candidates
from bot.types import Answer, Certainty, Question, Status
from retrieval import Source

# A document that answers none of so many is not asked further.
MOST_TRIES = 12


def sure_questions(source: Source, question: Question, ask: Callable[[Question], Answer]) -> Iterator[str | None]:
    """Try the questions that a document may answer, one a step: yield each that it answers surely, and None for others.

    Args:
        source: The document.
        question: What all of them have in common: the collections and sources that are asked.
        ask: Answers a question.

    Raises:
        RetrievalError: If the library or the model cannot be used.
    """
    kinds: set[str] = set()
    tries = 0
    for candidate in example_candidates(source):
        if tries == MOST_TRIES:
            return
        if candidate.kind in kinds and candidate.kind not in (OWN, TOPIC):  # two examples ask for two things
            continue
        tries += 1
        if _is_answered(candidate, source, question, ask):
            kinds.add(candidate.kind)
            yield candidate.question
        else:
            yield None


def _is_answered(
    candidate: ExampleCandidate, source: Source, question: Question, ask: Callable[[Question], Answer]
) -> bool:
    """Whether the answer is sure, and its first quote stands where the question was made from."""
    try:
        answer = ask(replace(question, text=candidate.question))
    except QuestionError:
        return False
    if answer.status is not Status.ANSWERED or answer.certainty is not Certainty.SURE or not answer.citations:
        return False
    quote = answer.citations[0].quote
    return quote.sha256 == source.sha256 and quote.span.overlaps(candidate.answer)
