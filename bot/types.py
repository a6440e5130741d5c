"""The types of a conversation: Question, Turn, Quote, Citation, Statement, Answer; all frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from retrieval import DEFAULT_COLLECTION, Span

# The one sentence of refusal; every face, and later every prompt, uses this constant.
NOT_FOUND_TEXT = "The document does not say."
# The mode of an answer that is made of the source's sentences and nothing else.
EXTRACTIVE = "extractive"
# More are noise beside the answer, unless somebody asks for more.
MAX_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question of a conversation and the text it was answered with."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, what was said before, and which collections are asked.

    ``text`` is what was typed; ``wording`` is the same without slips of the pen, where the chain found some. ``quotes``
    is how many quotes an answer may have at most.

    Raises:
        ValueError: If no quote is wanted.
    """

    text: str
    history: tuple[Turn, ...] = ()
    collections: tuple[str, ...] = (DEFAULT_COLLECTION,)
    wording: str | None = None
    quotes: int = MAX_QUOTES

    def __post_init__(self) -> None:
        if self.quotes < 1:
            raise ValueError("an answer needs at least one quote")


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words of a source: the slice ``span`` of the text whose UTF-8 bytes hash to ``sha256``.

    ``highlight`` tells which of these words answer, as offsets into the source as ``span`` is; None where none stand
    out.

    Raises:
        ValueError: If the highlight is not a part of the quote.
    """

    source_id: str
    sha256: str
    span: Span
    text: str
    highlight: Span | None = None

    def __post_init__(self) -> None:
        highlight = self.highlight
        if highlight is not None and not self.span.start <= highlight.start < highlight.end <= self.span.end:
            raise ValueError(f"the highlight {highlight} is not a part of the quote at {self.span}")


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote with its number in the answer and its place for people.

    ``number`` is None where the quote is offered but answers nothing. ``line`` counts from 1; ``page`` is None where
    the format has no pages.
    """

    number: int | None
    quote: Quote
    title: str
    uri: str
    line: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer and the numbers of the citations that it rests on."""

    text: str
    numbers: tuple[int, ...]


class Status(StrEnum):
    """Whether the documents answer the question."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a face shows.

    Every number in ``statements`` has a citation, and every citation is used. ``confidence`` lies in [0, 1] and is the
    raw one, also when the answer is a refusal. ``closest`` is set only when nothing was found. ``timings_ms`` do not
    count when answers are compared.

    Raises:
        ValueError: If numbers and citations do not match, the parts do not fit the status, or the confidence is none.
    """

    question: str
    status: Status
    confidence: float
    mode: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    closest: Citation | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        numbers = [citation.number for citation in self.citations]
        used = {number for statement in self.statements for number in statement.numbers}
        if numbers != list(range(1, len(numbers) + 1)) or used != set(numbers):
            raise ValueError("numbers and citations do not match")
        if (self.status is Status.ANSWERED) != bool(self.statements) or (self.statements and self.closest):
            raise ValueError(f"these parts do not make an answer that is {self.status}")
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"not a confidence: {self.confidence}")

    @property
    def text(self) -> str:
        """The statements, each followed by its marks ``[n]``, or the sentence of refusal."""
        if self.status is Status.NOT_FOUND:
            return NOT_FOUND_TEXT
        return " ".join(
            " ".join([statement.text, *(f"[{number}]" for number in statement.numbers)])
            for statement in self.statements
        )
