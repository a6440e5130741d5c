"""What is said back to small talk."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SmallTalk(StrEnum):
    """What is said to a bot and asks nothing of the documents."""

    GREETING = "greeting"
    THANKS = "thanks"
    PRAISE = "praise"
    FAREWELL = "farewell"
    COMPLAINT = "complaint"
    HELP = "help"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said back to small talk: to which kind of it, in which language, and the line.

    ``language`` (ISO 639-1) is None where the words are those of every language; then the line is English, and a face
    that speaks another one says it in that.
    """

    to: SmallTalk
    language: str | None
    text: str
