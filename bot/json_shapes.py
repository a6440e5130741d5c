"""The JSON that other programs read, as types; keys may be added here, never changed."""

from __future__ import annotations

from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,  # pydantic cannot read Python's own before 3.12
)

from pydantic import Field
from typing_extensions import TypedDict

Offset = Annotated[
    int,
    Field(
        ge=0,
        description="An index into the source's text as Python counts: in Unicode code points, from 0. "
        "JavaScript and Java count UTF-16 units, so that an emoji before it makes a difference there.",
    ),
]
Offsets = Annotated[
    list[int], Field(min_length=2, max_length=2, description="Where the words begin and end, counted as `start` is.")
]
Sha256 = Annotated[
    str, Field(pattern="^[0-9a-f]{64}$", description="The SHA-256 of the source's text in UTF-8, in hex.")
]


class SourceNameJson(TypedDict):
    """A document: its id, which edits do not change, its title, where it came from, and the hash of its text."""

    id: str
    title: str
    uri: str
    sha256: Sha256


class LabelJson(TypedDict):
    """Verbatim words of the document that tell what a quote is about, such as a heading or the name of a column."""

    kind: Literal["heading", "lead_in", "term", "row", "column", "code"]
    text: str
    start: Offset
    end: Offset
    explains: Offsets


class CutJson(TypedDict):
    """At which of its ends a quote is a part of a longer sentence."""

    start: bool
    end: bool


class CitationJson(TypedDict):
    """A quote: the words of the source from `start` up to `end`, and the place where they stand.

    `highlight` tells which of them answer. `number` is null where the quote is offered but answers nothing. `place`
    tells in words where they stand, and `about` in one line what the labels say.
    """

    number: int | None
    quote: str
    start: Offset
    end: Offset
    highlight: Offsets | None
    line: int
    page: int | None
    page_label: str | None
    heading: str | None
    link: str | None
    place: str
    about: str
    cut: CutJson
    labels: list[LabelJson]
    source: SourceNameJson


class ShortJson(TypedDict):
    """The answer in short: words of the quote of that citation."""

    citation: int | None
    text: str
    start: Offset
    end: Offset


class StatementJson(TypedDict):
    """One sentence of an answer, and the numbers of the citations that it rests on."""

    text: str
    citations: list[int]
    verdict: str


class LeftOutJson(TypedDict):
    """A statement of a chat model that is not shown, and why; its words stand there only where they were asked for."""

    verdict: str
    text: NotRequired[str]


class UsageJson(TypedDict):
    """The tokens that a chat model read and wrote for the answer."""

    calls: int
    input_tokens: int
    output_tokens: int


class AnswerJson(TypedDict):
    """An answer. Every `[n]` in `text` is the number of a citation, and every citation is used.

    `closest` is the closest sentence, where nothing was found; `on_topic` tells whether it is worth showing.
    `read_as` is a question that leaned on the conversation, as it was understood. `remark` says what went wrong with a
    chat model.
    """

    id: Any
    question: str
    status: Literal["answered", "not_found", "reply"]
    text: str
    short: ShortJson | None
    certainty: Literal["sure", "unsure"] | None
    confidence: Annotated[float, Field(ge=0, le=1)]
    mode: str
    citations: list[CitationJson]
    overview: bool
    documents: list[str]
    closest: CitationJson | None
    on_topic: bool
    timings_ms: dict[str, float]
    statements: list[StatementJson]
    left_out: list[LeftOutJson]
    read_as: str | None
    remark: str | None
    usage: UsageJson | None
    prompt_version: str | None


class PassageJson(TypedDict):
    """A passage: the words of the source from `start` up to `end`; `score` compares passages of one question."""

    text: str
    start: Offset
    end: Offset
    score: float
    source: SourceNameJson


class PassagesJson(TypedDict):
    """The passages that fit a question best, best first."""

    id: Any
    question: str
    passages: list[PassageJson]


class ErrorJson(TypedDict):
    """A question of a batch that could not be asked, and the sentence that says why."""

    id: Any
    question: str
    status: Literal["error"]
    error: str


class PlaceJson(TypedDict):
    """Where in the document, as people know it, the text from `start` up to `end` stands."""

    start: Offset
    end: Offset
    page: int | None
    page_label: str | None
    heading: str | None
    line: int | None
    link: str | None


class SourceJson(SourceNameJson):
    """A document with its text and its places."""

    collection: str
    language: str
    format: str
    date: str
    warnings: list[str]
    text: str
    places: list[PlaceJson]


class DocumentJson(SourceNameJson):
    """A document in the list of documents; what is unknown is empty."""

    chars: int
    chunks: int
    language: str
    format: str
    encoding: str
    outdated: bool
    collection: str
    date: str
    warnings: list[str]


class ProofJson(TypedDict):
    """Whether a quote stands in the library now; `reason` says why not, and `text` which words stand there.

    `source` and `collection` are null where the library has no source of that id.
    """

    verified: bool
    reason: str | None
    text: str | None
    start: Offset
    end: Offset
    source: SourceNameJson | None
    collection: str | None
