"""What ``ask`` and ``search`` share: one question or many, and JSON that stands alone on standard output."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.cli.batch import run_batch
from bot.cli.options import FROM_STANDARD_INPUT
from bot.cli.terminal import json_alone, prepare
from retrieval import Library

ONLY_QUESTION = 1  # the id of a question that is asked alone: it is the first line


def print_json(
    text: str, library: Library, collections: Sequence[str], answer: Callable[[str, Any], Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """Print what ``answer`` makes of the question and its id, or of every line of standard input when it is ``-``.

    Returns:
        What was printed for a single question; None for many.

    Raises:
        RetrievalError: If the library cannot be used.
    """
    with json_alone() as write:
        prepare(library, collections)
        if text == FROM_STANDARD_INPUT:
            library.open_collections(collections)
            run_batch(answer, write)
            return None
        result = answer(text, ONLY_QUESTION)
        write(result)
        return result
