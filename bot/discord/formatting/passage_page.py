"""A quote in its paragraph, in bold, its answer underlined -> one message that fits Discord's limits."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.discord.formatting.answer_page import ANSWERED, DESCRIPTION_UNITS, PROBLEM, TITLE_UNITS
from bot.discord.formatting.attachments import PASSAGE_FILE, passage_file
from bot.discord.formatting.discord_markdown import escape, shorten, shorten_escaped, shorten_start, units
from bot.discord.texts import Texts
from bot.render import answering_words, one_line, short_heading, visible
from bot.types import Quote
from retrieval import Span

__all__ = ["PASSAGE_FILE", "PassagePage", "changed_page", "passage_page", "removed_page"]

# How much of a paragraph is shown on each side of its quote, and how far its end is looked for.
SIDE_UNITS = 1_000
WINDOW_CHARACTERS = 4_000
BOLD, UNDERLINE = "**", "__"
# One character of the visible text, as it stands when escaped.
CHARACTER = re.compile(r"\\?.", re.DOTALL)
BLANK_LINE = re.compile(r"(?>\r\n|\r|\n)(?:[^\S\r\n]*(?>\r\n|\r|\n))+")


@dataclass(frozen=True, slots=True)
class PassagePage:
    """A quote in its paragraph as an embed; all but the footer is escaped, because Discord shows a footer as it is."""

    title: str
    description: str
    footer: str
    colour: int
    attachment: str | None


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
    """
    span = quote.span
    paragraph = _paragraph(source_text, span)
    before, after = source_text[paragraph.start : span.start], source_text[span.end : paragraph.end]
    where = _place(line, page, texts, short_heading(heading, title))
    footer = _footer(where, index, count, texts.passage_still_there, texts)
    bold = _bold(quote.text, answering_words(quote))
    if units(bold) > DESCRIPTION_UNITS:  # the line under the words is worth less than the words
        bold = _bold(quote.text, None)
    room = DESCRIPTION_UNITS - units(bold)
    if room < 0:
        whole = source_text[paragraph.start : paragraph.end]
        file = passage_file(title, texts.small_print([escape(where)]), quote.text, whole, texts)
        return PassagePage(_title(title), texts.passage_too_long, footer, ANSWERED, file)
    side = min(SIDE_UNITS, room // 2)
    description = shorten_start(escape(before), side) + bold + shorten_escaped(escape(after), side)
    return PassagePage(_title(title), description.strip(), footer, ANSWERED, None)


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


def _bold(text: str, underlined: Span | None) -> str:
    """The exact words in bold, and a part of the ``visible`` ones underlined, too."""
    if underlined is None:
        return _marked(escape(text), BOLD)
    shown, escaped = visible(text), CHARACTER.findall(escape(text))
    before, after = escaped[: underlined.start], escaped[underlined.end :]
    # Escaped as a part of the whole, because what acts may reach over the border, and by itself, as a beginning.
    alone = CHARACTER.findall(escape(shown[underlined.start : underlined.end]))
    both = zip(escaped[underlined.start : underlined.end], alone, strict=True)
    words = "".join(max(pair, key=len) for pair in both)
    return _marked("".join([*before, _marked(words, UNDERLINE), *after]), BOLD)


def _marked(escaped: str, mark: str) -> str:
    """The escaped text between marks; line by line and without the white space around each, as all clients read it."""
    return "\n".join(_marked_line(line, mark) for line in escaped.split("\n"))


def _marked_line(line: str, mark: str) -> str:
    words = line.strip()
    return line.replace(words, f"{mark}{words}{mark}") if words else line
