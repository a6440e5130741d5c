"""The types of a conversation: Question, Turn, Statement, Answer; all frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.citations import Citation
from bot.notices import Trouble, notice_on
from bot.replies import Reply
from retrieval import ALL_SOURCES, DEFAULT_COLLECTION, SourceFilter
from retrieval.collection_names import check_collections

if TYPE_CHECKING:  # these take longer to load than an answer to become JSON
    from bot.json_shapes import AnswerJson, UsageJson

# The one sentence of refusal; every face, and later every prompt, uses this constant.
NOT_FOUND_TEXT = "The document does not say."
# The mode of an answer that is made of the source's sentences and nothing else.
EXTRACTIVE = "extractive"
# Verdicts of statements that are shown: the source's own words, and a chat model's that passed every check.
QUOTED = "quoted"
SUPPORTED = "supported"
# More are noise beside the answer, unless somebody asks for more.
MAX_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question of a conversation and the text it was answered with."""

    question: str
    answer: str


class Certainty(StrEnum):
    """Whether the answer is sure, or only the best that was found."""

    SURE = "sure"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, what was said before, and which collections to search.

    ``text`` is what was typed. ``wording`` is what was understood, where that differs: the same without typos, or a
    follow-up rewritten to stand on its own. ``quotes`` is the most quotes an answer may have; one that a chat model
    writes may have more, because each statement shows all that it rests on. ``overview`` is set where the passages are
    sentences that sum up a document or introduce a subject, and are quoted as they are: it says how sure that is.
    ``heard`` are answers whose sentences are not quoted again. ``sources`` limits which sources of the collections may
    be quoted.

    Raises:
        CollectionError: If no collection is named.
        TypeError: If the history holds anything but turns.
        ValueError: If no quote is wanted.
    """

    text: str
    history: tuple[Turn, ...] = ()
    collections: tuple[str, ...] = (DEFAULT_COLLECTION,)
    wording: str | None = None
    quotes: int = MAX_QUOTES
    overview: Certainty | None = None
    heard: tuple[str, ...] = ()
    sources: SourceFilter = ALL_SOURCES

    def __post_init__(self) -> None:
        check_collections(self.collections)
        if others := [turn for turn in self.history if not isinstance(turn, Turn)]:
            raise TypeError(
                f"`history` holds a {type(others[0]).__name__}; give Turn objects, or ask with a dict, whose history "
                "may be messages."
            )
        if self.quotes < 1:
            raise ValueError("an answer needs at least one quote")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer, the numbers of the citations that it rests on, and ``quoted`` or ``supported``."""

    text: str
    numbers: tuple[int, ...]
    verdict: str = QUOTED


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A statement of a chat model that is not shown, and the sentence that says why."""

    text: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What a chat model was given and wrote for an answer, in tokens, over all its calls."""

    calls: int
    input_tokens: int
    output_tokens: int

    @property
    def tokens(self) -> int:
        """All tokens, which is what a day's cap counts."""
        return self.input_tokens + self.output_tokens

    def to_json(self) -> UsageJson:
        """The tokens as ``ask --json`` prints them."""
        return {"calls": self.calls, "input_tokens": self.input_tokens, "output_tokens": self.output_tokens}

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.calls + other.calls, self.input_tokens + other.input_tokens, self.output_tokens + other.output_tokens
        )


@dataclass(frozen=True, slots=True)
class ResolvedQuestion:
    """A question as its conversation makes it understood, and the tokens that a chat model used to rewrite it.

    ``text`` is None if the question already stands on its own.
    """

    text: str | None
    usage: Usage | None = None


class Status(StrEnum):
    """Whether the documents answer the question, or it is small talk, for which nothing is searched."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a face shows.

    Every number in ``statements`` has a citation, and every citation is used. ``confidence`` lies in [0, 1] and is the
    raw value, also for a refusal. ``certainty`` is what people are told of it; it is None if nothing was found.
    ``has_short`` says whether the highlighted words of the first citation are the short answer, which only a sure
    answer has. ``closest`` is the closest sentence if nothing was found; ``on_topic`` says whether it is about what was
    asked, and so worth showing. ``read_as`` is the question as it was understood, if that took the conversation.
    ``trouble`` is what went wrong with a chat model, if anything did. ``left_out``, ``usage`` and ``prompt_version``
    are set if a chat model was asked. ``overview`` marks the answer to a question about a whole document, or about
    somebody or something; ``documents`` are the titles named before its quotes. ``reply`` is set only for small talk.
    ``timings_ms`` and ``usage`` are ignored when answers are compared.

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
    read_as: str | None = None
    trouble: Trouble | None = None
    left_out: tuple[LeftOut, ...] = ()
    usage: Usage | None = field(default=None, compare=False)
    prompt_version: str | None = None
    reply: Reply | None = None
    certainty: Certainty | None = None
    on_topic: bool = False
    has_short: bool = False
    overview: bool = False
    documents: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        numbers = [citation.number for citation in self.citations]
        used = {number for statement in self.statements for number in statement.numbers}
        if numbers != list(range(1, len(numbers) + 1)) or used != set(numbers):
            raise ValueError("numbers and citations do not match")
        if (
            (self.status is Status.ANSWERED) != bool(self.statements)
            or (self.status is Status.REPLY) != (self.reply is not None)
            or (self.status is not Status.NOT_FOUND and self.closest)
        ):
            raise ValueError(f"these parts do not make an answer that is {self.status}")
        if (self.status is Status.ANSWERED) != (self.certainty is not None):
            raise ValueError(f"an answer that is {self.status} cannot have the certainty {self.certainty}")
        if self.has_short and (self.certainty is not Certainty.SURE or not self.citations[0].quote.highlighted.strip()):
            raise ValueError("an answer that is not sure, or that highlights no words, has no short one")
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"not a confidence: {self.confidence}")

    @property
    def short(self) -> Citation | None:
        """The first citation, where the highlighted words of its quote are the answer in short."""
        return self.citations[0] if self.has_short else None

    @property
    def offered(self) -> Citation | None:
        """The closest sentence, where people should see it."""
        return self.closest if self.on_topic else None

    @property
    def text(self) -> str:
        """The statements, each followed by its marks ``[n]``; or the refusal, or the reply to small talk."""
        if self.reply is not None:
            return self.reply.text
        if self.status is Status.NOT_FOUND:
            return NOT_FOUND_TEXT
        return " ".join(
            " ".join([statement.text, *(f"[{number}]" for number in statement.numbers)])
            for statement in self.statements
        )

    @property
    def notice(self) -> str | None:
        """What went wrong with the chat model, and what is shown instead, in one sentence; None where nothing did."""
        return notice_on(self.trouble, quotes_alone=self.mode == EXTRACTIVE) if self.trouble else None

    def to_json(self, question_id: Any = None, *, explain: bool = False) -> AnswerJson:
        """The answer as ``ask --json`` prints it; keys may be added here, never changed.

        Args:
            question_id: Whatever tells this question from others; it comes back as it is.
            explain: Whether to tell the words, too, that a chat model wrote and no check let pass; else only their
                verdicts are told.
        """
        return {
            "id": question_id,
            "question": self.question,
            "status": self.status.value,
            "text": self.text,
            "short": self.short.short_to_json() if self.short else None,
            "certainty": self.certainty.value if self.certainty else None,
            "confidence": self.confidence,
            "mode": self.mode,
            "citations": [citation.to_json() for citation in self.citations],
            "overview": self.overview,
            "documents": list(self.documents),
            "closest": self.closest.to_json() if self.closest else None,
            "on_topic": self.on_topic,
            "timings_ms": dict(self.timings_ms),
            "statements": [
                {"text": statement.text, "citations": list(statement.numbers), "verdict": statement.verdict}
                for statement in self.statements
            ],
            "left_out": [
                {"verdict": one.verdict, "text": one.text} if explain else {"verdict": one.verdict}
                for one in self.left_out
            ],
            "read_as": self.read_as,
            "remark": self.notice,
            "usage": self.usage.to_json() if self.usage else None,
            "prompt_version": self.prompt_version,
        }
