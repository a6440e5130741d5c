"""What every reader can do, and the one place where one is opened.

Another kind of reader is a class with these methods; ``open_reader`` says which one it is. Any published model for
extractive question answering is a ``PublishedReader`` already.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bot.extractive.reader.span_scores import SpanScores

if TYPE_CHECKING:
    from bot.extractive.reader.span_reader import SpanReader


class Reader(Protocol):
    """Finds the words of a text that answer a question; shared between threads.

    Every method raises a ``ReaderError`` where the reader's files are missing or altered.
    """

    @property
    def name(self) -> str:
        """What it is called in sentences for people."""
        ...

    @property
    def sha256(self) -> str:
        """The hash that tells its weights from all others."""
        ...

    @property
    def selector_weights(self) -> Path:
        """The selector's weights that were fitted with this reader, or the nearest there are."""
        ...

    def knows(self, language: str) -> bool:
        """Whether it learned to read a language (ISO 639-1)."""
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
def bundled_reader() -> SpanReader:
    """The reader that comes with the install."""
    from bot.extractive.reader.span_reader import SpanReader

    return SpanReader()


@cache
def open_reader(model: str | None = None) -> Reader:
    """The reader that the setting ``reader_model`` names; one for the whole process, so that it is loaded once.

    Args:
        model: A folder or a hub id, read by PyTorch; without it, the reader that comes with the install.
    """
    if model is None:
        return bundled_reader()
    from bot.extractive.reader.published_reader import PublishedReader

    return PublishedReader(model)
