"""A quote in its paragraph, in bold, its answer underlined -> one message that fits Discord's limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.citations import Quote
from bot.discord.formatting.answer_page import ANSWERED, DESCRIPTION_UNITS, PROBLEM, TITLE_UNITS
from bot.discord.formatting.attachments import PASSAGE_FILE, passage_file
from bot.discord.formatting.discord_markdown import escape, shorten, shorten_escaped, shorten_start, units
from bot.discord.formatting.quoted_words import (
    CHARACTER,
    FENCE,
    UNDERLINE,
    ShownKind,
    ShownPart,
    join_shown,
    message_link,
    show_words,
    shown_parts,
)
from bot.discord.texts import Texts
from bot.places import short_heading
from bot.render import answering_words
from bot.safe_text import one_line, visible
from retrieval import CodeBlock, Span

__all__ = ["PASSAGE_FILE", "PassagePage", "changed_page", "passage_page", "removed_page"]

# How much of a paragraph is shown on each side of its quote, and how far its end is looked for.
SIDE_UNITS = 1_000
WINDOW_CHARACTERS = 4_000
BOLD = "**"
BLANK_LINE = re.compile(r"(?>\r\n|\r|\n)(?:[^\S\r\n]*(?>\r\n|\r|\n))+")

# Finds the blocks of code in a part of a source.
CodeFinder = Callable[[Span], Sequence[CodeBlock]]


def no_code(span: Span) -> Sequence[CodeBlock]:
    """Where nothing is known of the source but its text."""
    return ()


@dataclass(frozen=True, slots=True)
class PassagePage:
    """A quote in its paragraph as an embed; all but the footer is escaped, because Discord shows a footer as it is."""

    title: str
    description: str
    footer: str
    colour: int
    attachment: str | None
    url: str | None = None  # where the title leads


def passage_page(
    source_text: str,
    quote: Quote,
    *,
    title: str,
    line: int | None,
    page: int | str | None,
    index: int,
    count: int,
    texts: Texts,
    heading: str | None = None,
    code: CodeFinder = no_code,
    link: str | None = None,
) -> PassagePage:
    """The quote, in bold, in its paragraph, with the words that answer underlined.

    Args:
        source_text: The whole text of the source.
        quote: What was quoted from it; it must have been proven at this moment.
        title: The source's title.
        line: The line on which the quote begins, from 1; None where it would tell nothing.
        page: The page, as it is told, where the format has pages.
        index: Which of the answer's quotes this is, from 1.
        count: How many quotes the answer has.
        texts: The words around it.
        heading: The path of headings above it, where the format has any.
        code: Finds the blocks of code in a part of the source.
        link: A web address that leads to the place.
    """
    span = quote.span
    paragraph = _paragraph(source_text, span)
    before, after = Span(paragraph.start, span.start), Span(span.end, paragraph.end)
    where = _place(line, page, texts, short_heading(heading, title))
    footer = _footer(where, index, count, texts.passage_still_there, texts)
    url = message_link(link)
    blocks = _moved(code(span), span)
    bold = _bold(quote.text, answering_words(quote), blocks)
    if units(bold) > DESCRIPTION_UNITS:  # the line under the words is worth less than the words
        bold = _bold(quote.text, None, blocks)
    room = DESCRIPTION_UNITS - units(bold)
    if room < 0:
        whole = source_text[paragraph.start : paragraph.end]
        file = passage_file(title, texts.small_print([escape(where)]), quote.text, whole, texts)
        return PassagePage(_title(title), texts.passage_too_long, footer, ANSWERED, file, url)
    side = min(SIDE_UNITS, room // 2)
    first = _beside(source_text[before.start : before.end], _moved(code(before), before), side, shorten_start)
    last = _beside(source_text[after.start : after.end], _moved(code(after), after), side, shorten_escaped)
    description = _together([first, bold, last])
    return PassagePage(_title(title), description.strip(), footer, ANSWERED, None, url)


def changed_page(
    *, title: str, line: int | None, page: int | str | None, index: int, count: int, texts: Texts
) -> PassagePage:
    """What is shown when the document has changed since: that it has, and no quotation."""
    footer = _footer(_place(line, page, texts), index, count, texts.passage_changed_remark, texts)
    return PassagePage(_title(title), texts.passage_changed, footer, PROBLEM, None)


def removed_page(index: int, count: int, texts: Texts) -> PassagePage:
    """What is shown of a document that is gone, or not for whoever looks; which one it was, they are not told."""
    return PassagePage(
        "", texts.passage_removed, _footer("", index, count, texts.passage_removed_remark, texts), PROBLEM, None
    )


def _title(title: str) -> str:
    return shorten(one_line(title), TITLE_UNITS)


def _footer(where: str, index: int, count: int, remark: str, texts: Texts) -> str:
    """Which quote this is, if there are several, where it stands, and whether it still does."""
    counter = [texts.passage_counter.format(index=index, count=count)] if count > 1 else []
    return texts.small_print([*counter, *([where] if where else []), remark])


def _place(line: int | None, page: int | str | None, texts: Texts, heading: str = "") -> str:
    if page is not None:
        return texts.passage_page.format(page=page)
    where = "" if line is None else texts.passage_line.format(line=line)
    return ", ".join(filter(None, (heading, where)))


def _paragraph(text: str, span: Span) -> Span:
    """The lines around ``span`` up to the next blank ones, or as far as is looked."""
    start, end = max(0, span.start - WINDOW_CHARACTERS), min(len(text), span.end + WINDOW_CHARACTERS)
    for blank in BLANK_LINE.finditer(text, start, span.start):
        start = blank.end()
    blank_after = BLANK_LINE.search(text, span.end, end)
    return Span(start, blank_after.start() if blank_after else end)


def _moved(blocks: Sequence[CodeBlock], part: Span) -> list[CodeBlock]:
    """The blocks as offsets into the words of a part of the source."""
    return [block._replace(span=block.span.moved(-part.start)) for block in blocks]


def _beside(words: str, blocks: Sequence[CodeBlock], limit: int, cut: Callable[[str, int], str]) -> str:
    """What stands beside the quote in its paragraph; what does not fit is cut, and code that is cut is no block."""
    whole = show_words(words, blocks)
    return whole if units(whole) <= limit else cut(escape(words), limit)


def _together(parts: Sequence[str]) -> str:
    """The parts of a paragraph; where one begins or ends with a block of code, the other one is a line apart."""
    together = ""
    for part in filter(None, parts):
        if together and (part.startswith(FENCE) or together.endswith(FENCE)):
            together = together.rstrip("\n") + "\n" + part.lstrip("\n")
        else:
            together += part
    return together


def _bold(text: str, underlined: Span | None, blocks: Sequence[CodeBlock]) -> str:
    """The exact words in bold, and a part of the ``visible`` ones underlined, too; blocks of code are neither."""
    parts: list[tuple[bool, str]] = []
    pieces = shown_parts(text, blocks, underlined)
    for is_block, together in groupby(pieces, key=lambda piece: piece.kind is ShownKind.BLOCK):
        if is_block:
            parts += [(True, piece.text) for piece in together]
        else:
            parts.append((False, _marked(_underlined(text, list(together), underlined), BOLD)))
    return join_shown(parts)


def _underlined(text: str, pieces: Sequence[ShownPart], span: Span | None) -> str:
    """Words, links and code, those at ``span`` of the ``visible`` text underlined."""
    if span is None:
        return "".join(piece.text for piece in pieces)
    # Escaped as a part of the whole, because what acts may reach over the border, and by itself, as a beginning.
    alone = CHARACTER.findall(escape(visible(text)[span.start : span.end]))
    before, words, after = "", "", ""
    for piece in pieces:
        if piece.kind is not ShownKind.WORDS:
            shown = [(piece.span.start, piece.text)]
        else:
            shown = list(enumerate(piece.shown, start=piece.span.start))
        for place, sign in shown:
            if place < span.start:
                before += sign
            elif place >= span.end:
                after += sign
            else:
                words += max(sign, alone[place - span.start], key=len)
    return before + _marked(words, UNDERLINE) + after


def _marked(escaped: str, mark: str) -> str:
    """The escaped text between marks; line by line and without the white space around each, as all clients read it."""
    return "\n".join(_marked_line(line, mark) for line in escaped.split("\n"))


def _marked_line(line: str, mark: str) -> str:
    words = line.strip()
    return line.replace(words, f"{mark}{words}{mark}") if words else line
