"""What a worker answers -> text, or a picture, or the refusal; with care, for it has read what strangers wrote."""

from __future__ import annotations

from typing import Any

from retrieval.errors import SourceError, SourceProblem
from retrieval.loaders.extraction import Extracted
from retrieval.structure import structure_from_json

PNG = b"\x89PNG\r\n\x1a\n"
BROKEN_DOWN = (
    "{name} brought down what reads it, so it may be damaged; open it in its own program, save it again and index that."
)


def answered_text(facts: dict[str, Any], content: bytes) -> Extracted:
    """What a worker answered, taken apart with care: it has read what strangers wrote.

    Raises:
        SourceError: If it is a refusal, or does not hold together.
    """
    _check_refusal(facts)
    try:
        text = content.decode("utf-8")
        places, labels = structure_from_json(facts["structure"])
        extracted = Extracted(
            text,
            str(facts["title"]),
            places,
            str(facts["encoding"]),
            labels,
            str(facts["date"]),
            tuple(map(str, facts["warnings"])),
            facts["words_in"],
        )
        extracted.check()
    except (ValueError, KeyError, TypeError, AttributeError):
        raise crashed() from None
    return extracted


def _check_refusal(facts: dict[str, Any]) -> None:
    """Raise what a worker refuses a file with, if it does."""
    try:
        if "refusal" in facts:
            raise SourceError(str(facts["refusal"]), SourceProblem(facts["problem"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise crashed() from None


def answered_picture(facts: dict[str, Any], content: bytes) -> bytes:
    """The picture that a worker answered.

    Raises:
        SourceError: If it is a refusal, or no picture.
    """
    _check_refusal(facts)
    if not content.startswith(PNG):
        raise crashed()
    return content


def crashed() -> SourceError:
    """The error for a file over which a worker broke down."""
    return SourceError(BROKEN_DOWN, SourceProblem.TOO_COMPLEX)
