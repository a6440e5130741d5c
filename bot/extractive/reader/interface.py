"""What every reader can do, and the one place where one is opened.

Another reader is a class with these methods and a folder with its files; ``open_reader`` says which one it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from bot.extractive.reader.span_scores import SpanScores


class Reader(Protocol):
    """Finds the words of a text that answer a question; shared between threads.

    Every method raises a ``ReaderError`` where the reader's files are missing or altered.
    """

    @property
    def selector_weights(self) -> Path:
        """The selector's weights that were fitted with this reader; they fit the scores of no other."""
        ...

    def read(
        self, question: str, texts: Sequence[str], meanwhile: Callable[[], object] | None = None
    ) -> list[SpanScores]:
        """Read each text for an answer to ``question``; scores in the order of the texts.

        Args:
            question: The question.
            texts: The texts; the scores of one do not depend on the others.
            meanwhile: What a processor may do that has nothing to read while another still reads.
        """
        ...

    def load_all(self) -> None:
        """Load what many questions need now, so that none of them waits for it."""

    def check(self) -> str:
        """Prove the reader's files, and tell in a few words what was found."""
        ...

    def documents_trained_on(self) -> tuple[str, ...]:
        """The titles of the documents that reader and selector were made with."""
        ...


@cache
def open_reader() -> Reader:
    """The reader that comes with the install; one for the whole process, so that it is loaded once."""
    from bot.extractive.reader.span_reader import SpanReader

    return SpanReader()
