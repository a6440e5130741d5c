"""What a chat model writes -> claims: short statements, each followed by the numbers of the sentences it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.chat.prompts import NOTHING_FOUND

# A line that never ends is no statement, and an answer that never ends is no answer.
MAX_LINE_CHARACTERS = 1_000
MAX_LINES = 12
# "[1][3]", "[1, 3]", "[1-3]" and "[^1]" mean the same to models, and "(1)" at the end of a line.
BRACKETS = r"\[\^?\s*\d+(?:\s*[,;–-]\s*\^?\d+)*\s*\]"
PARENTHESES = r"\(\s*\d{1,2}(?:\s*,\s*\d{1,2})*\s*\)"
MARKS = re.compile(rf"(?:[\s,;]*{BRACKETS})+|(?:\s*{PARENTHESES})+(?=[\s.!?]*$)")
RANGE = re.compile(r"(\d+)(?:\s*[–-]\s*\^?(\d+))?")
BULLET = re.compile(r"^(?:[-*•–]|\d{1,2}[.)])\s+")
NO_STATEMENT = re.compile(r"```|#{1,6}\s|</?\w+>$")
SENTENCE_ENDS = ".!?…\"'”’»)"
LONGEST_RANGE = 10


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement as the chat model wrote it, and the numbers of sentences that it named."""

    text: str
    numbers: tuple[int, ...]


def read_claims(pieces: Iterable[str]) -> Iterator[Claim]:
    """The claims in a stream of text, each as soon as its line is complete; reads no further than it has to.

    A statement without numbers is a claim without numbers, which no check lets pass. The word for "nothing found",
    code fences, headings and tags are none. Nothing is read after twelve lines, or after a line that does not end.
    """
    for count, line in enumerate(_lines(pieces), start=1):
        yield from _claims(line)
        if count == MAX_LINES:
            return


def says_nothing_found(written: str) -> bool:
    """Whether a chat model wrote that the sentences do not answer, and nothing else."""
    return written.strip(" \n\r\t.*\"'`").upper() == NOTHING_FOUND


def _lines(pieces: Iterable[str]) -> Iterator[str]:
    """Lines with something in them, each when it is complete."""
    rest = ""
    for piece in pieces:
        rest += piece
        *whole, rest = re.split(r"[\r\n]+", rest)
        yield from (line for line in whole if line.strip())
        if len(rest) > MAX_LINE_CHARACTERS:
            return
    if rest.strip():
        yield rest


def _claims(line: str) -> Iterator[Claim]:
    """The statements of a line: each ends with its marks, and marks inside of a sentence belong to its statement."""
    line = BULLET.sub("", line.strip())
    if len(line) > MAX_LINE_CHARACTERS or NO_STATEMENT.match(line) or says_nothing_found(line):
        return
    text, numbers, begun = "", "", 0
    for marks in MARKS.finditer(line):
        text += line[begun : marks.start()]
        numbers += marks[0]
        begun = marks.end()
        if stop := re.match(r"\s*([.!?])(?=\s|$)", line[begun:]):
            text = text.rstrip() if text.rstrip().endswith(tuple(SENTENCE_ENDS)) else text + stop[1]
            begun += stop.end()
        if says_nothing_found(text):  # small models give numbers to that, too
            text, numbers = "", ""
        if text.strip(" ,;") and (text.rstrip()[-1] in SENTENCE_ENDS or not line[begun:].strip()):
            yield _claim(text, numbers)
            text, numbers = "", ""
    text += line[begun:]
    if text.strip(" ,;") and not says_nothing_found(text):
        yield _claim(text, numbers)


def _claim(text: str, marks: str) -> Claim:
    text = " ".join(text.split()).rstrip(" ,;")
    if text and text[-1] not in SENTENCE_ENDS:
        text += "."
    numbers: list[int] = []
    for first, last in RANGE.findall(marks):
        # No document has a million sentences in an answer's passages; longer digits only cost time.
        start, end = int(first[:6]), int((last or first)[:6])
        numbers += range(start, min(end, start + LONGEST_RANGE) + 1) if end >= start else (start, end)
    return Claim(text, tuple(dict.fromkeys(numbers)))
