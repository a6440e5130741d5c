"""What does not fit in a message, as a Markdown file: every quote stands in it character by character."""

from __future__ import annotations

import re

from bot.citations import Citation
from bot.discord.formatting.discord_markdown import escape, shorten
from bot.discord.formatting.quoted_words import linked
from bot.discord.formatting.statements import render_statements
from bot.discord.texts import Texts
from bot.places import page_number, short_heading
from bot.render import MAX_TITLES, marks_of_cut, short_line
from bot.safe_text import one_line
from bot.types import EXTRACTIVE, Answer, Certainty, Status
from retrieval.types import PATH_SEPARATOR

ANSWER_FILE = "answer.md"
PASSAGE_FILE = "passage.md"
# As much of a source's title as stands under a quote.
TITLE_UNITS = 120
BACKTICKS = re.compile("`{3,}")


def answer_file(answer: Answer, texts: Texts, small_print: str) -> str:
    """The whole answer."""
    blocks = [f"# {escape(one_line(answer.question))}"]
    doubts = [doubt(answer, texts)] if doubt(answer, texts) else []
    if answer.status is Status.NOT_FOUND:
        blocks.append(texts.not_found)
    elif answer.mode != EXTRACTIVE:
        blocks += [render_statements(answer.statements), *doubts, f"## {texts.quotes_heading}"]
    else:  # an extractive answer says nothing that is not quoted below
        blocks += [line for line in (documents_line(answer, texts), *doubts) if line]
    if answer.short is not None:
        blocks.append(f"**{escape(short_line(answer.short.quote))}** [{answer.short.number}]")
    for citation in answer.citations:
        blocks += [f"[{citation.number}] {place_and_labels(citation, texts)}", *_quoted(citation)]
    if answer.offered is not None:
        blocks += [texts.closest, place_and_labels(answer.offered, texts), *_quoted(answer.offered)]
    return "\n\n".join([*blocks, "---", small_print]) + "\n"


def _quoted(citation: Citation) -> list[str]:
    """The quote exactly as it is, and around it what tells that it is a part of a longer sentence."""
    before, after = map(str.strip, marks_of_cut(citation))
    return [*filter(None, [before]), verbatim(citation.quote.text), *filter(None, [after])]


def passage_file(title: str, place_line: str, quote: str, paragraph: str, texts: Texts) -> str:
    """A quote and the paragraph around it."""
    blocks = [
        f"# {escape(one_line(title))}",
        place_line,
        f"## {texts.passage_quote_heading}",
        verbatim(quote),
        f"## {texts.passage_paragraph_heading}",
        verbatim(paragraph),
    ]
    return "\n\n".join(blocks) + "\n"


def documents_line(answer: Answer, texts: Texts) -> str:
    """How many documents an overview is about, and the titles of the first ones; empty where none are named."""
    if not answer.documents:
        return ""
    titles = [shorten(one_line(title), TITLE_UNITS) for title in answer.documents[:MAX_TITLES]]
    rest = ["…"] if len(answer.documents) > MAX_TITLES else []
    return f"{texts.documents(len(answer.documents))}: {' · '.join([*titles, *rest])}"


def doubt(answer: Answer, texts: Texts) -> str:
    """What stands over quotes, and under what a chat model wrote, where the answer is not sure; else nothing."""
    if answer.certainty is not Certainty.UNSURE:
        return ""
    return texts.unsure if answer.mode == EXTRACTIVE else texts.unsure_remark


def place(citation: Citation, texts: Texts) -> str:
    """The source's title and the page, or the heading and the line where there are no pages; escaped.

    The heading of a message leads to it, for those who see its channel.
    """
    title = shorten(one_line(citation.title), TITLE_UNITS)
    if citation.page is not None:
        page = escape(page_number(citation.page, citation.page_label, texts.page_number))
        return texts.place_page.format(title=title, page=page)
    heading = escape(short_heading(citation.heading, citation.title))
    if heading:
        title = f"{title}{PATH_SEPARATOR}{linked(heading, citation.link)}"
    return texts.place_line.format(title=title, line=citation.line) if citation.tells_line else title


def place_and_labels(citation: Citation, texts: Texts) -> str:
    """The place, and what explains the quote; escaped."""
    return " · ".join(filter(None, [place(citation, texts), escape(citation.about)]))


def verbatim(text: str) -> str:
    """The text exactly as it is, in a fence that is longer than any in it."""
    longest = max((len(run) for run in BACKTICKS.findall(text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}text\n{text}\n{fence}"
