"""Answer -> blocks of plain text for people; pure: knows no terminal and no Discord."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.citations import Citation, Quote
from bot.safe_text import one_line, visible
from bot.types import EXTRACTIVE, NOT_FOUND_TEXT, Answer, Certainty, Statement, Status
from retrieval import Span

# So many titles are named; lists of documents have a command of their own.
MAX_TITLES = 10
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
    return [
        *([Block(BlockKind.LABEL, citation.about)] if citation.about else []),
        Block(BlockKind.QUOTE, f"{opening}{visible(citation.quote.text)}”{after}{mark}", strong),
        Block(BlockKind.PLACE, citation.place),
    ]


def marks_of_cut(citation: Citation) -> tuple[str, str]:
    """What stands before and behind a quote, outside of its marks, where it is a part of a longer sentence."""
    return f"{ELLIPSIS} " * citation.cut.start, f" {ELLIPSIS}" * citation.cut.end


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
