"""What can go wrong, as a tree; each error's message is the sentence that a person sees, remedy included.

    PullquoteError
    ├── SettingsError            a setting cannot be read, or an argument does not fit
    ├── QuestionError            the question cannot be asked as it is
    └── RetrievalError
        ├── SourceError          a file cannot become a source
        ├── UnknownSourceError   no source has that id
        ├── CollectionError      a collection is unknown, empty or badly named
        ├── ModelError           the embedding model is missing or altered
        ├── IndexMismatchError   the index was made with another model or chunker
        ├── DamagedLibraryError  the library on disk cannot be trusted
        ├── StorageError         the data folder cannot be written
        └── LibraryBusyError     somebody else is changing the library (retryable)

"Not in the document" is an answer, not an error.
"""

from __future__ import annotations

from copy import copy
from enum import StrEnum
from typing import ClassVar, Self


class PullquoteError(Exception):
    """The root: its message is one plain sentence for people; ``retryable`` says whether trying again may help."""

    retryable: ClassVar[bool] = False


class SettingsError(PullquoteError):
    """A setting cannot be read, or an argument that stands for one does not fit."""


class QuestionProblem(StrEnum):
    """Why a question cannot be asked, for faces that say it in another language."""

    BLANK = "blank"
    TOO_LONG = "too_long"
    CHARACTERS = "characters"
    FORM = "form"


class QuestionError(PullquoteError):
    """The question cannot be asked as it is; ``problem`` says why in one word."""

    def __init__(self, sentence: str, problem: QuestionProblem = QuestionProblem.CHARACTERS) -> None:
        super().__init__(sentence)
        self.problem = problem


class RetrievalError(PullquoteError):
    """Something between a document and its passages went wrong."""


class SourceProblem(StrEnum):
    """Why a file cannot become a source, for faces that say it in another language."""

    UNREADABLE = "unreadable"
    FORMAT = "format"
    TOO_LARGE = "too_large"
    BINARY = "binary"
    NOT_UTF8 = "not_utf8"
    EMPTY = "empty"
    NO_TEXT = "no_text"
    PROTECTED = "protected"
    TOO_COMPLEX = "too_complex"


class SourceError(RetrievalError):
    """A file cannot become a source; ``problem`` says why in one word.

    ``limit_bytes`` is how large a file may be, where this one is larger.
    """

    def __init__(
        self, sentence: str, problem: SourceProblem = SourceProblem.UNREADABLE, *, limit_bytes: int = 0
    ) -> None:
        super().__init__(sentence)
        self.problem = problem
        self.limit_bytes = limit_bytes

    def named(self, name: str) -> Self:
        """The same error, of its own kind, with the file's name where its sentence has ``{name}``."""
        error = copy(self)
        error.args = (str(self).replace("{name}", name),)
        return error


class UnknownSourceError(RetrievalError):
    """No source has the given id."""


class CollectionError(RetrievalError):
    """A collection is unknown, empty or badly named."""


class ModelError(RetrievalError):
    """The embedding model is missing, altered or cannot be loaded."""


class IndexMismatchError(RetrievalError):
    """The index was made with another embedding model or another chunker, or by a newer version of Pullquote."""


class DamagedLibraryError(RetrievalError):
    """What lies on disk cannot be trusted."""


class ArchiveError(RetrievalError):
    """A file that should hold an exported library cannot be written, is none, or is damaged."""


class StorageError(RetrievalError):
    """The data folder cannot be written."""


class LibraryBusyError(RetrievalError):
    """Another process is changing the library."""

    retryable: ClassVar[bool] = True
