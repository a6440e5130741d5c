"""What is sent to the server, as it is described and checked."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from bot.json_shapes import Offset, Sha256
from bot.types import MAX_QUOTES, Question, Turn
from retrieval import DEFAULT_COLLECTION
from retrieval.text.question_rules import MAX_QUESTION_CHARACTERS

MAX_PASSAGES = MAX_QUOTES_ASKED = 50
MAX_TURNS = 50
MAX_COLLECTIONS = 100


def _unicode(text: str) -> str:
    """JSON can hold half of a surrogate pair, which no text has and no answer could be sent with."""
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("it is not valid Unicode text")
    return text


Text = Annotated[str, AfterValidator(_unicode)]
Words = Annotated[
    str, Field(description=f"The question, in at most {MAX_QUESTION_CHARACTERS:,} characters.", examples=["Who?"])
]
Collections = Annotated[
    list[Text], Field(min_length=1, max_length=MAX_COLLECTIONS, description="The collections to ask together.")
]


class StrictBody(BaseModel):
    """A body in which nothing stands that is not known: a misspelt name is told, not passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TurnBody(StrictBody):
    """An earlier question of the conversation, and the text that it was answered with."""

    question: Text
    answer: Text


class AskBody(StrictBody):
    """A question, and the conversation that it may lean on.

    With `stream`, the answer comes as server-sent events. With `explain`, the words are told, too, that a chat model
    wrote and no check let pass.
    """

    question: Words
    collections: Collections = [DEFAULT_COLLECTION]
    quotes: Annotated[int, Field(ge=1, le=MAX_QUOTES_ASKED, description="The most quotes of the answer.")] = MAX_QUOTES
    history: Annotated[list[TurnBody], Field(max_length=MAX_TURNS, description="The turns before, oldest first.")] = []
    explain: bool = False
    stream: bool = False

    def asked(self) -> Question:
        """The question that this asks."""
        history = tuple(Turn(turn.question, turn.answer) for turn in self.history)
        return Question(self.question, history, tuple(dict.fromkeys(self.collections)), quotes=self.quotes)


class SearchBody(StrictBody):
    """A question whose passages are wanted, and how many (`k`); as many as the settings say, if not given."""

    question: Words
    k: Annotated[int | None, Field(ge=1, le=MAX_PASSAGES)] = None
    collections: Collections = [DEFAULT_COLLECTION]


class VerifyBody(StrictBody):
    """A quote: the words that stood in a source from `start` up to `end`, when its text had that hash."""

    source_id: str
    sha256: Sha256
    start: Offset
    end: Offset
    text: str
    collection: Annotated[str | None, Field(description="Where to look; in all collections, if not given.")] = None

    @model_validator(mode="after")
    def _runs_forwards(self) -> Self:
        if self.start > self.end:
            raise ValueError("the end stands before the start")
        return self
