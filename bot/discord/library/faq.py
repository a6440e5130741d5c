"""The FAQ of a server: what people have answered, as one Markdown document whose entries name who it was; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.discord.texts import Texts
from bot.render import one_line
from retrieval.loaders.markdown_lines import LineKind, read_lines

# The name of its file; the title in it is what people read.
FAQ_FILE = "answered-questions.md"
MAX_HEADING_CHARACTERS = 200
MAX_NAME_CHARACTERS = 60
ENTRY = "## "
ATX = re.compile(r" {0,3}#{1,6}(?:[^\S\r\n]+([^\r\n]*?))?(?:[^\S\r\n]+#+)?[^\S\r\n]*\Z")
UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*\Z")
BOLD = re.compile(r"\s*(\*\*|__)(\S.*?)\1[^\S\r\n]*\Z")
FENCE = re.compile(r"\s*(`{3,}|~{3,})")
MARKS = re.compile(r"[*_`~|<>\[\]\\#]+")


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """A question, what somebody answered, who, and on which day."""

    question: str
    answer: str
    author: str
    day: date


def with_entry(document: str, entry: FaqEntry, title: str, texts: Texts) -> str:
    """The document with an entry, in place of the one to the same question; all else stays as it is.

    Who answered stands in bold above the answer, so that every quote from it is told with that line; the full stop
    keeps it from announcing a list.

    Args:
        document: The document as it is, or nothing.
        entry: What to add.
        title: The title of a new document.
        texts: The words around it.
    """
    before, sections = _sections(document or f"# {one_line(title)}\n\n")
    heading = heading_of(entry.question)
    name = " ".join(MARKS.sub(" ", one_line(entry.author)).split())[:MAX_NAME_CHARACTERS] or "?"
    author = texts.faq_answered_by.format(name=name, day=entry.day.isoformat())
    written = f"{ENTRY}{heading}\n\n**{author}.**\n\n{contained(entry.answer)}\n\n"
    held = dict(sections)
    held[heading] = written
    return before + "".join(held.values())


def answer_in(document: str, question: str) -> str:
    """What the document answers to a question, without who it was; empty where it does not."""
    section = dict(_sections(document)[1]).get(heading_of(question), "")
    _, _, said = section.partition("\n")
    first, _, rest = said.strip().partition("\n")
    return (rest if BOLD.fullmatch(first) else said).strip()


def heading_of(question: str) -> str:
    """A question as the heading of its entry."""
    return one_line(question)[:MAX_HEADING_CHARACTERS].strip()


def contained(answer: str) -> str:
    """An answer as the body of an entry: no line of it begins or ends a part of the document.

    What would be a heading is a line of its own, without its marks; a fence that stays open is closed. Code stays as
    it is.
    """
    text = "\n".join(answer.strip("\n").splitlines()).rstrip()
    while (plain := "\n".join(_plain_lines(text))) != text:
        text = plain
    return text + _open_fence(text)


def _plain_lines(text: str) -> Iterator[str]:
    """The lines without what stands for structure; what a comment hides is seen in the next round."""
    above = ""
    for line in read_lines(text):
        words = line.text
        if line.kind is LineKind.TEXT:
            if (found := ATX.match(words)) is not None:
                words = found[1] or ""
            elif above.strip() and UNDERLINE.match(words):
                words = ""
            elif (bold := BOLD.fullmatch(words)) is not None:
                words = bold[2]
        elif line.kind is LineKind.COMMENT or (line.kind is LineKind.ADMONITION and not words.lstrip().startswith(">")):
            yield f"\\{words.lstrip()}"
            above = words
            continue
        yield words
        above = words


def _open_fence(text: str) -> str:
    """What closes the last block of code, if it is still open."""
    lines = list(read_lines(f"{text}\n{ENTRY}"))
    if lines[-1].kind is LineKind.TEXT:
        return ""
    opening = next(line for line in reversed(lines) if line.kind is LineKind.OPENING)
    mark = FENCE.match(opening.text)
    return f"\n{mark[1]}" if mark else ""


def _sections(document: str) -> tuple[str, list[tuple[str, str]]]:
    """What stands before the first entry, and each entry by its heading, as written."""
    starts = [line for line in read_lines(document) if line.kind is LineKind.TEXT and line.text.startswith(ENTRY)]
    if not starts:
        return document, []
    ends = [*(line.start for line in starts[1:]), len(document)]
    pairs = zip(starts, ends, strict=True)
    whole = [(line.text.removeprefix(ENTRY).strip(), document[line.start : end]) for line, end in pairs]
    return document[: starts[0].start], whole
