"""Which sentences say something to whoever reads them alone: prose, and no code, byline or row of a table."""

from __future__ import annotations

import re

from bot.extractive.selection.leaning import leans
from retrieval import Source, Span, split_sentences
from retrieval.text.patterns import late_pattern

END = late_pattern(r"[.!…。！؟۔][*_`\"'”’»)\]]*\Z")
NO_PROSE = late_pattern(
    r"\A\s*(?:\||#{1,6}\s|<|```|~~~|[({\[]|©|!\[|copyright\b|all rights reserved"
    r"|(?-i:[a-z]\w*:\s+[\"'>|]))|```|\A\W*\Z",  # 'description: "…"', before a text in Markdown
    re.IGNORECASE,
)
LIST_ITEM = late_pattern(r"\A\s*(?:[-*+•–]|\d{1,3}[.)]|>)\s")
# With what a sentence goes on from the one before it, whatever ``leans`` says.
GOING_ON = late_pattern(
    r"\W*(?:and|but|so|or|yet|however|therefore|thus|hence|also|instead|otherwise|for example|for instance|e|ma|però"
    r"|quindi|inoltre|per esempio|ad esempio)\b",
    re.IGNORECASE,
)
SPACELESS = late_pattern(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
FEWEST_WORDS = 6
FEWEST_CHARACTERS = 15  # in scripts without spaces


def find_prose(source: Source) -> list[Span]:
    """The sentences that are prose, in order; where there are none, items of lists, and else whatever has letters."""
    spans = split_sentences(source.text, source.language)
    prose = [span for span in spans if is_prose(source.slice(span))]
    return (
        [span for span in prose if not LIST_ITEM.match(source.slice(span))]
        or prose
        or [span for span in spans if any(character.isalnum() for character in source.slice(span))]
    )


def stands_alone(text: str) -> bool:
    """Whether whoever reads a sentence alone knows what it is about."""
    return not leans(text) and not GOING_ON.match(text)


def is_prose(text: str) -> bool:
    """Whether a sentence is a whole one, in words."""
    if NO_PROSE.search(text) or not END.search(text):
        return False
    return len(text.split()) >= FEWEST_WORDS or (bool(SPACELESS.search(text)) and len(text) >= FEWEST_CHARACTERS)
