"""What a vocabulary of small talk is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.replies import SmallTalk


@dataclass(frozen=True, slots=True)
class SmallTalkVocabulary:
    """The small talk of one language.

    Attributes:
        language: Its code (ISO 639-1); None for what is said in every language.
        phrases: What is said, by what it is; in lower case, with ``|`` between.
        lines: What is said back.
    """

    language: str | None
    phrases: Mapping[SmallTalk, str]
    lines: Mapping[SmallTalk, str]
