"""A reader that says again what it has said of a text: fitting looks at the same sentences many times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.extractive.reader import Reader, SpanScores


class RememberedReader:
    """Another reader, asked about each question and text once.

    Args:
        reader: The reader.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._read: dict[tuple[str, str], SpanScores] = {}

    @property
    def name(self) -> str:
        """What it is called."""
        return self._reader.name

    @property
    def sha256(self) -> str:
        """The hash of its weights."""
        return self._reader.sha256

    @property
    def selector_weights(self) -> Path:
        """The selector's weights that belong to it."""
        return self._reader.selector_weights

    def knows(self, language: str) -> bool:
        """Whether it learned to read a language."""
        return self._reader.knows(language)

    def read(
        self, question: str, texts: Sequence[str], meanwhile: Callable[[], object] | None = None
    ) -> list[SpanScores]:
        """Read each text for an answer to ``question``."""
        new = [text for text in dict.fromkeys(texts) if (question, text) not in self._read]
        for text, scores in zip(new, self._reader.read(question, new, meanwhile), strict=True):
            self._read[question, text] = scores
        return [self._read[question, text] for text in texts]

    def load_all(self) -> None:
        """Load what many questions need now."""
        self._reader.load_all()

    def check(self) -> str:
        """Prove the reader's files."""
        return self._reader.check()

    def documents_trained_on(self) -> tuple[str, ...]:
        """The titles of the documents that it was made with."""
        return self._reader.documents_trained_on()
