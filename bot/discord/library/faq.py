"""The FAQ of a server: what people have answered, as one Markdown document whose entries name who it was; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.discord.texts import Texts
from bot.safe_text import one_line
from retrieval.loaders.markdown_lines import LineKind, read_lines

# The name of its file; the title in it is what people read.
FAQ_FILE = "answered-questions.md"
MAX_QUESTION_CHARACTERS = 300
MAX_NAME_CHARACTERS = 60
ENTRY = "## "
ATX = re.compile(r" {0,3}#{1,6}(?:[^\S\r\n]+([^\r\n]*?))?(?:[^\S\r\n]+#+)?[^\S\r\n]*\Z")
UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*\Z")
BOLD = re.compile(r"\*\*(\S.*)\*\*\s*\Z")
BOLD_MARKS = re.compile(r"[*\\]+")
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

    Who answered is the heading, because a quote is told with the heading above it, and the question a line in bold
    below. Measured with 17 made entries and 45 questions, so the right one is quoted first for 44; with the question as
    the heading, and the name in bold below, for about 70 of 100.

    Args:
        document: The document as it is, or nothing.
        entry: What to add.
        title: The title of a new document.
        texts: The words around it.
    """
    before, sections = _sections(document or f"# {one_line(title)}\n\n")
    question = question_line(entry.question)
    name = " ".join(MARKS.sub(" ", one_line(entry.author)).split())[:MAX_NAME_CHARACTERS] or "?"
    author = texts.faq_answered_by.format(name=name, day=entry.day.isoformat())
    written = f"{ENTRY}{author}\n\n**{question}**\n\n{contained(entry.answer)}\n\n"
    kept = [written if _question_of(section) == question else section for section in sections]
    return before + "".join(kept if written in kept else [*kept, written])


def answer_in(document: str, question: str) -> str:
    """What the document answers to a question; empty where it does not."""
    wanted = question_line(question)
    found = next((section for section in _sections(document)[1] if _question_of(section) == wanted), "")
    return found.partition(f"**{wanted}**")[2].strip()


def question_line(question: str) -> str:
    """A question as it stands in bold above its answer."""
    return " ".join(BOLD_MARKS.sub(" ", one_line(question)).split())[:MAX_QUESTION_CHARACTERS].strip() or "?"


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


def _sections(document: str) -> tuple[str, list[str]]:
    """What stands before the first entry, and the entries, as written."""
    starts = [line.start for line in read_lines(document) if line.kind is LineKind.TEXT and line.text.startswith(ENTRY)]
    if not starts:
        return document, []
    pairs = zip(starts, [*starts[1:], len(document)], strict=True)
    return document[: starts[0]], [document[start:end] for start, end in pairs]


def _question_of(section: str) -> str:
    """The question of an entry: the line in bold below its heading; empty where somebody has written another one."""
    first, _, _ = section.partition("\n")[2].strip().partition("\n")
    bold = BOLD.fullmatch(first)
    return bold[1] if bold else ""
