"""Passages -> the sentences in them that may answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval import Passage, Source, Span, sentences_within

HEADING = re.compile(r"#{1,6}\s")
CLOSING_MARKS = "*_`\"'”’»)]"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer.

    Attributes:
        source: The source it stands in.
        span: Where it stands there.
        passage: The best passage that holds it, as a number in the list of passages.
        neighbours: The sentence with the one before and the one after it, as far as the passage goes.
    """

    source: Source
    span: Span
    passage: int
    neighbours: Span

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.source.slice(self.span)


def find_candidates(passages: Sequence[Passage]) -> list[Candidate]:
    """Every sentence of the passages, once, in order of the passages.

    A heading names a subject and says nothing about it, a question asks and a row of dashes says nothing at all; such
    are looked at only where there is nothing else.
    """
    found: dict[tuple[str, str, Span], Candidate] = {}
    for number, passage in enumerate(passages):
        sentences = sentences_within(passage.source.text, passage.span, passage.source.language)
        for i, span in enumerate(sentences):
            near = Span(sentences[max(0, i - 1)].start, sentences[min(i + 1, len(sentences) - 1)].end)
            key = (passage.source.id, passage.source.sha256, span)
            found.setdefault(key, Candidate(passage.source, span, number, near))
    candidates = list(found.values())
    return [candidate for candidate in candidates if _says_something(candidate.text)] or candidates


def _says_something(words: str) -> bool:
    if HEADING.match(words) or words.rstrip(CLOSING_MARKS).endswith(("?", "？")):
        return False
    return any(character.isalnum() for character in words)
