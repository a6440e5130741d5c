"""Answer -> blocks of plain text for people; pure: knows no terminal and no Discord."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.citations import Citation, Quote
from bot.types import EXTRACTIVE, NOT_FOUND_TEXT, Answer, Certainty, Statement, Status
from retrieval import LabelKind, Span
from retrieval.types import PATH_SEPARATOR

# What can reorder, hide or forge the text around it: direction controls, line separators and invisible tags.
HIDDEN = re.compile("[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]")
MAX_PAGE_LABEL_CHARACTERS = 20
MAX_HEADING_CHARACTERS = 80  # of a long path, the end tells most
# So many titles are named; lists of documents have a command of their own.
MAX_TITLES = 10
MAX_LABEL_CHARACTERS = 160
COLUMN_SEPARATOR = " | "
# Marks of Markdown around words or code.
EMPHASIS = re.compile(r"(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)|`")
ELLIPSIS = "…"
CLOSEST_INTRODUCTION = "The closest sentence:"
UNSURE_INTRODUCTION = "Not sure, but this may answer it:"
# What stands under the statements of a chat model, which were shown before it was known.
UNSURE_REMARK = "Not sure that this answers it."


class BlockKind(StrEnum):
    """What a block is, so that a face can give it its look."""

    READING = "reading"
    STATEMENT = "statement"
    LABEL = "label"
    QUOTE = "quote"
    PLACE = "place"
    DOCUMENTS = "documents"
    REFUSAL = "refusal"
    DOUBT = "doubt"
    REPLY = "reply"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Block:
    """One or more lines of an answer; ``strong`` are the parts of ``text`` that answer, where these are known."""

    kind: BlockKind
    text: str
    strong: tuple[Span, ...] = ()


def render_answer(answer: Answer) -> list[Block]:
    """Each quote once, in quotation marks, followed by its number and its place; or the refusal, or the reply.

    The titles of documents stand first, and what a chat model wrote before the quotes; a line on how the question was
    read comes before everything, and one on what went wrong last. Where the answer is not sure, a line says so.
    """
    if answer.reply is not None:
        return [Block(BlockKind.REPLY, answer.reply.text)]
    lines = [Block(BlockKind.READING, one_line(f"Read as: {answer.read_as}"))] if answer.read_as else []
    if answer.documents:
        lines.append(Block(BlockKind.DOCUMENTS, _documents(answer.documents)))
    if answer.status is Status.ANSWERED:
        if answer.mode != EXTRACTIVE:
            lines += [render_statement(statement) for statement in answer.statements]
        if answer.certainty is Certainty.UNSURE:
            remark = UNSURE_INTRODUCTION if answer.mode == EXTRACTIVE else UNSURE_REMARK
            lines.append(Block(BlockKind.DOUBT, remark))
        lines += [
            block
            for citation in answer.citations
            for block in render_citation(citation, short_line(citation.quote) if citation is answer.short else "")
        ]
    else:
        lines.append(Block(BlockKind.REFUSAL, NOT_FOUND_TEXT))
        if answer.offered is not None:
            lines += [Block(BlockKind.NOTICE, CLOSEST_INTRODUCTION), *render_citation(answer.offered)]
    return [*lines, Block(BlockKind.NOTICE, answer.notice)] if answer.notice else lines


def _documents(titles: Sequence[str]) -> str:
    """How many documents there are, and the titles of the first ones, one a line."""
    counted = "1 document" if len(titles) == 1 else f"{len(titles):,} documents"
    rest = [f"and {len(titles) - MAX_TITLES:,} more"] if len(titles) > MAX_TITLES else []
    return "\n- ".join([f"{counted}:", *map(one_line, titles[:MAX_TITLES]), *rest])


def render_statement(statement: Statement) -> Block:
    """What a chat model wrote, on one line with its marks."""
    marks = "".join(f" [{number}]" for number in statement.numbers)
    return Block(BlockKind.STATEMENT, one_line(statement.text) + marks)


def render_citation(citation: Citation, short: str = "") -> list[Block]:
    """The quote with its number, if it has one, and its place; before it what explains it, and the answer in short."""
    mark = "" if citation.number is None else f" [{citation.number}]"
    before, after = marks_of_cut(citation)
    opening = f"{short} — {before}“" if short else f"{before}“"
    words = answering_words(citation.quote)
    parts = [Span(0, len(short))] if short else []
    strong = (*parts, Span(len(opening) + words.start, len(opening) + words.end)) if words else ()
    labels = labels_of(citation)
    return [
        *([Block(BlockKind.LABEL, labels)] if labels else []),
        Block(BlockKind.QUOTE, f"{opening}{visible(citation.quote.text)}”{after}{mark}", strong),
        Block(BlockKind.PLACE, place_of(citation)),
    ]


def marks_of_cut(citation: Citation) -> tuple[str, str]:
    """What stands before and behind a quote, outside of its marks, where it is a part of a longer sentence."""
    return f"{ELLIPSIS} " * citation.cut.start, f" {ELLIPSIS}" * citation.cut.end


def labels_of(citation: Citation) -> str:
    """What the document itself says a quote is about, on one line: what leads to it, its term, its columns; or nothing.

    Headings are told with the place.
    """
    columns: dict[Span, list[str]] = {}
    told: dict[str, None] = {}
    for label in citation.labels:
        if label.kind is LabelKind.COLUMN:
            columns.setdefault(label.explains, []).append(_without_emphasis(label.words.text))
        elif label.kind is not LabelKind.HEADING:
            told[_without_emphasis(label.words.text)] = None
    names = COLUMN_SEPARATOR.join(dict.fromkeys(" ".join(words) for words in columns.values()))
    words = PATH_SEPARATOR.join(filter(None, [*told, names]))
    return words if len(words) <= MAX_LABEL_CHARACTERS else words[: MAX_LABEL_CHARACTERS - 1].rstrip() + "…"


def _without_emphasis(words: str) -> str:
    """The words of a label on one line; they stand outside the quotation marks, and need no marks of Markdown."""
    return one_line(EMPHASIS.sub("", words))


def place_of(citation: Citation) -> str:
    """Where a quote stands, for people: the document, and in it the page, or else the heading and the line.

    Where the line is none of the file, a heading says enough: "row 7", "slide 3", "Fees". A link to the place follows.
    """
    if citation.page is not None:
        page, label = citation.page, citation.page_label
        return f"{one_line(citation.title)}, page {page_number(page, label, '{label} ({page} in the file)')}"
    place = title_and_heading(citation.title, citation.heading)
    line = f"line {citation.line}" if tells_line(citation) else ""
    return ", ".join(filter(None, [place, line, one_line(citation.link or "")]))


def page_number(page: int, label: str | None, both: str) -> str:
    """The number of a page, and before it the one that the document prints where that is another.

    Args:
        page: Counted from 1.
        label: As the document prints it.
        both: How the two are told together, with ``{label}`` and ``{page}``.
    """
    if label in (None, str(page)):
        return str(page)
    return both.format(label=one_line(label or "")[:MAX_PAGE_LABEL_CHARACTERS], page=page)


def tells_line(citation: Citation) -> bool:
    """Whether the line helps to find a quote: it is one of the file, or there is nothing better."""
    return citation.is_line_of_file or not short_heading(citation.heading, citation.title)


def title_and_heading(title: str, heading: str | None) -> str:
    """A document's title and what is worth saying of a path of headings, on one line."""
    return PATH_SEPARATOR.join(filter(None, [one_line(title), short_heading(heading, title)]))


def short_heading(heading: str | None, title: str) -> str:
    """The innermost of a path of headings, as many as are short together; the document's title is none of them."""
    path = [one_line(part) for part in (heading or "").split(PATH_SEPARATOR)]
    if path[0] == one_line(title):
        path = path[1:]
    kept = path
    while len(kept) > 1 and len(PATH_SEPARATOR.join(kept)) > MAX_HEADING_CHARACTERS:
        kept = kept[1:]
    words = PATH_SEPARATOR.join(kept if kept == path else ["…", *kept])
    return words if len(words) <= MAX_HEADING_CHARACTERS else words[: MAX_HEADING_CHARACTERS - 1].rstrip() + "…"


def short_line(quote: Quote) -> str:
    """The words of a quote that answer, on one line."""
    return one_line(quote.highlighted)


def answering_words(quote: Quote) -> Span | None:
    """Where the words that answer stand in the ``visible`` quote, without the white space around them, if any do."""
    if quote.highlight is None:
        return None
    before, words = quote.text[: quote.highlight.start - quote.span.start], quote.highlighted
    # Trimmed first, so that no border falls inside of "\r\n", which is shown as one character.
    before += words[: len(words) - len(words.lstrip())]
    start = len(visible(before))
    return Span(start, start + len(visible(words.strip()))) if words.strip() else None


def visible(text: str) -> str:
    """The text as it is safe to show: control and direction characters as escapes, everything else as it stands."""
    shown = HIDDEN.sub(lambda match: _escape(match[0]), text.replace("\r\n", "\n"))
    return "".join(
        _escape(character) if unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t" else character
        for character in shown
    )


def one_line(text: str) -> str:
    """``visible`` text with its white space folded, for titles and names."""
    return visible(" ".join(text.split()))


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
