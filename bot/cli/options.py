"""The options that commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.errors import QuestionError
from retrieval import DEFAULT_COLLECTION

FROM_STANDARD_INPUT = "-"
COLLECTION_HELP = f"The collection to use (default: {DEFAULT_COLLECTION})."

Collection = Annotated[str, typer.Option("--collection", metavar="NAME", help=COLLECTION_HELP, show_default=False)]
Collections = Annotated[
    list[str] | None,
    typer.Option(
        "--collection",
        metavar="NAME",
        help=f"A collection to ask; give it again to ask several together (default: {DEFAULT_COLLECTION}).",
        show_default=False,
    ),
]
Words = Annotated[list[str], typer.Argument(metavar="QUESTION", help="The question; with --json, - reads many.")]
Quotes = Annotated[
    int,
    typer.Option("--quotes", metavar="N", min=1, help="The most quotes an answer may have.", show_default=True),
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Show how sure the answer is, and the verdict on each statement.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]


def chosen(collections: list[str] | None) -> tuple[str, ...]:
    """The collections to ask, each once."""
    return tuple(dict.fromkeys(collections or [DEFAULT_COLLECTION]))


def asked(words: list[str], *, as_json: bool) -> str:
    """The question.

    Raises:
        QuestionError: If it cannot be asked, or if many are to be read but not as JSON.
    """
    text = " ".join(words)
    if text == FROM_STANDARD_INPUT and not as_json:
        raise QuestionError("Questions from standard input are answered as JSON; add --json.")
    return text
