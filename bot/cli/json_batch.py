"""What ``ask`` and ``search`` share: one question or many, and JSON that stands alone on standard output."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.cli.batch import run_batch
from bot.cli.terminal import json_alone, prepare
from bot.errors import QuestionError
from retrieval import Library, check_question

FROM_STANDARD_INPUT = "-"
ONLY_QUESTION = 1  # the id of a question that is asked alone: it is the first line


def prepare_question(text: str, library: Library, collections: Sequence[str]) -> None:
    """Refuse what cannot be asked, then make sure that there is a library to ask.

    Raises:
        QuestionError: If the question cannot be asked, or if many are to be read but not as JSON.
        RetrievalError: If the library cannot be used.
    """
    if text == FROM_STANDARD_INPUT:
        raise QuestionError("Questions from standard input are answered as JSON; add --json.")
    check_question(text)
    prepare(library, collections)


def print_json(
    text: str, library: Library, collections: Sequence[str], answer: Callable[[str, Any], Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """Print what ``answer`` makes of the question and its id, or of every line of standard input when it is ``-``.

    Returns:
        What was printed for a single question; None for many.

    Raises:
        QuestionError: If the single question cannot be asked.
        RetrievalError: If the library cannot be used.
    """
    with json_alone() as write:
        if text == FROM_STANDARD_INPUT:
            prepare(library, collections)
            library.open_collections(collections)
            run_batch(answer, write)
            return None
        prepare_question(text, library, collections)
        result = answer(text, ONLY_QUESTION)
        write(result)
        return result
