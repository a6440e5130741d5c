"""What the modules of the formats say when a file cannot be read; the caller puts the file's name for ``{name}``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from retrieval.errors import SourceError, SourceProblem

# As much text as the largest plain text file may hold, and far more than any book.
MAX_CHARACTERS = 50_000_000
EMPTY = "{name} is empty; there is nothing to index."
TOO_MUCH = "{name} unfolds into more than can be read safely; split it into smaller files, or save it as plain text."
PROTECTED = "{name} is protected by a password; save a copy without one and index that."
# A warning names so many things, and says how many more there are.
MOST_NAMED = 5


@contextmanager
def refusing_damage(kind: str) -> Iterator[None]:
    """Turn whatever a parser raises on a file that is broken, or made to break it, into one sentence.

    Args:
        kind: What the file was meant to be, for example ``PDF``.

    Raises:
        SourceError: For any exception within; one that is a ``SourceError`` already goes through unchanged.
    """
    try:
        yield
    except SourceError:
        raise
    except (MemoryError, RecursionError) as error:
        raise too_much() from error
    except Exception as error:
        raise SourceError(damaged(kind)) from error


def damaged(kind: str) -> str:
    """The sentence about a file that is broken, or not of the format that its name says."""
    return f"{{name}} is damaged or not really {kind} inside; open it in its own program, save it again and index that."


def listed(names: Sequence[object]) -> str:
    """Things as a warning names them: the first few, and how many more there are."""
    more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
    return ", ".join(map(str, names[:MOST_NAMED])) + more


def too_much() -> SourceError:
    """The error for a file that unfolds into more than can be read safely."""
    return SourceError(TOO_MUCH, SourceProblem.TOO_COMPLEX)


def protected() -> SourceError:
    """The error for a file that opens with a password only."""
    return SourceError(PROTECTED, SourceProblem.PROTECTED)


def empty() -> SourceError:
    """The error for a file without any text."""
    return SourceError(EMPTY, SourceProblem.EMPTY)
