"""What tells, in a document of any format, that some of its words explain others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from retrieval.types import Label, LabelKind, Span

# Each is kept in memory; what stands beyond the last of them is read without any.
MAX_LABELS = 100_000
# More words than this are a text of their own.
MAX_WORDS_CHARACTERS = 300
CLOSING = r"[\s*_\"'”’»)\]]*\Z"
ANNOUNCED = re.compile(rf"(?:[:：]|\b(?:following|below)\b[^.!?:]*[.!?]?|[^\s.!?;,…。！？]){CLOSING}", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?…][\"'”’)*_]*\s+(?=\S)|[。！？]|\n\s*\n")
# Deeper than every real heading: a paragraph that is nothing but bold.
BOLD_LEVEL = 7
# What tells that a name is one and not the first words of a sentence, in it or after it.
NAME_END = re.compile(r"[.:：?!]\s*\Z")
AFTER_NAME = re.compile(r"[ \t]*[:：]\s*|\.?[ \t]+[–—-]+[ \t]+|[ \t]*[–—][ \t]*")
MAX_NAME_CHARACTERS = 120
# What stands around a name, and is none of it.
NAME_ENDS = " \t\r\n*_`.:：–—-"


class SectionHeading(NamedTuple):
    """A heading from ``start`` to ``end``; without ``words`` it only ends the sections above it, or all at level 0."""

    start: int
    end: int
    level: int
    words: Span | None


def section_labels(headings: Iterable[SectionHeading], end: int) -> Iterator[Label]:
    """A label for each section of a text: its heading, to all that stands below it, the deeper headings included.

    What is only written in bold as a heading would be is a term.

    Args:
        headings: In the order of the text.
        end: Where the text ends.
    """
    above: list[SectionHeading] = []
    for heading in [*headings, SectionHeading(end, end, 0, None)]:
        while above and above[-1].level >= heading.level:
            last = above.pop()
            if last.words and last.end < heading.start:
                kind = LabelKind.TERM if last.level == BOLD_LEVEL else LabelKind.HEADING
                yield Label(kind, last.words, Span(last.end, heading.start))
        above.append(heading)


def announcement(text: str, span: Span) -> Span | None:
    """The last sentence of a paragraph that leads to what follows it: it has no full stop, or says so; else None."""
    words = last_sentence(text, span)
    if len(words) > MAX_WORDS_CHARACTERS:
        return None
    return words if ANNOUNCED.search(text, words.start, words.end) else None


def last_sentence(text: str, span: Span) -> Span:
    """The last sentence of a paragraph."""
    ends = [end.end() for end in SENTENCE_END.finditer(text, span.start, span.end)]
    return trimmed(text, Span(ends[-1] if ends else span.start, span.end))


def name_and_told(text: str, written: Span, after: int, end: int) -> tuple[Span, Span | None] | None:
    """The name with which a paragraph begins, and what is told of it, if anything follows; None where it is no name.

    Args:
        text: The whole text.
        written: The name as it is written, in bold or as code.
        after: Where its marks end.
        end: Where the paragraph ends.
    """
    name = trimmed(text, written, NAME_ENDS)
    if not 0 < len(name) <= MAX_NAME_CHARACTERS:
        return None
    if after == end:
        return name, None
    sign = AFTER_NAME.match(text, after, end)
    if not sign and not NAME_END.search(text, written.start, written.end):
        return None
    told = trimmed(text, Span(sign.end() if sign else after, end))
    return (name, told) if len(told) else None


def trimmed(text: str, span: Span, ends: str | None = None) -> Span:
    """The span without the characters ``ends`` at its borders; white space if not given."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip(ends))
    return Span(start, max(start, span.start + len(words.rstrip(ends))))
