"""What a system showed for one question, and whether that was right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.evaluation.case import Case
from bot.types import Certainty
from retrieval import Span, split_sentences

# How many quotes of an answer count, and how many passages of a search.
MAX_SHOWN = 3
MAX_PASSAGES = 10
TELLING_WORDS = 5


class Group(StrEnum):
    """What is known about a question and the document that it was put to."""

    ANSWERABLE = "answerable"
    UNANSWERABLE = "unanswerable inside the topic"
    OFF_DOCUMENT = "off the document"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a system showed: its quotes (the closest one, where it refused), and how sure it was.

    ``exact`` counts the quotes that are the slice of the source which they say they are; ``certainty`` is None where
    nothing was found, and for systems that do not tell.
    """

    answered: bool
    confidence: float
    quotes: tuple[str, ...]
    exact: int = 0
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """One question put to one document; ``document`` differs from the case's own where it is off the document."""

    case: Case
    document: int
    group: Group
    shown: Shown
    first_right: bool
    any_right: bool


@dataclass(frozen=True, slots=True)
class SearchTrial:
    """Where the first right passage of a search over all documents stood, from 1; 0 when it was not among them."""

    case: Case
    rank: int


class System(Protocol):
    """Something that answers: the product, or a baseline. Documents go by their number in the question set."""

    @property
    def name(self) -> str:
        """The column's heading."""
        ...

    def ask(self, question: str, document: int) -> Shown:
        """Answer from one document."""
        ...

    def search(self, question: str, k: int) -> Sequence[tuple[int, Span]]:
        """The best ``k`` passages of all documents, best first: the document's number and the place in its text."""
        ...


def judge(case: Case, document: int, group: Group, shown: Shown) -> Trial:
    """Say whether what was shown is right; off its own document, or without an answer, nothing is."""
    right = [group is Group.ANSWERABLE and contains_answer(quote, case.answers) for quote in shown.quotes[:MAX_SHOWN]]
    return Trial(case, document, group, shown, bool(right) and right[0], any(right))


def contains_answer(quote: str, answers: Iterable[str]) -> bool:
    """Whether an answer stands in the quote, whatever the case of the letters and the white space between words.

    Of an answer of several sentences one is enough: no quote is as long as some of the answers that people marked.
    """
    held = folded(quote)
    return any(folded(part) in held for answer in answers for part in _parts(answer))


def rank_of_first_right(case: Case, passages: Sequence[tuple[int, Span]]) -> int:
    """The rank, from 1, of the first passage that covers a place of the answer; 0 when none does."""
    for rank, (document, span) in enumerate(passages, start=1):
        if document == case.document and any(
            span.start <= place.start and place.end <= span.end for place in case.places
        ):
            return rank
    return 0


def _parts(answer: str) -> list[str]:
    """The answer, and its sentences where it has several; what is shorter than ``TELLING_WORDS`` says too little."""
    sentences = [answer[sentence.start : sentence.end] for sentence in split_sentences(answer)]
    return [answer, *(sentence for sentence in sentences if len(sentence.split()) >= TELLING_WORDS)]


def folded(text: str) -> str:
    """The text as answers are compared: without case, with one space between words."""
    return " ".join(text.split()).casefold()
