"""The bot's own message -> what was asked and answered; the inverse of what ``answer_page`` writes.

A message is read by its structure and the name of its layout, never by the words of a language, which may change.
Escaped words never begin a line with ``-#`` and never hold three backticks, so that both are sure signs: what stands
as small print, and what stands in a code fence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.discord.formatting.answer_layout import WITH_QUESTION, AnswerLayout, ShownAnswer
from bot.discord.formatting.discord_markdown import SMALL, unescape
from bot.discord.formatting.legacy_wording import layout_by_wording
from bot.discord.formatting.quoted_words import FENCE, read_words
from bot.types import NOT_FOUND_TEXT

# A quote with its number; before it may stand the answer in short, in bold, and around it the marks of a cut.
QUOTED = re.compile(r"(?:\*\*(?:[^*\\]|\\.)+\*\* — )?(?:… )?“(.*)”(?: …)? (\[[0-9]+\])", re.DOTALL)
LEFT_OUT = re.compile(rf"{SMALL}\[[0-9]+\] ")
HEADLINE = re.compile(r"\*\*(.+)\*\*")


def read_answer(title: str | None, description: str | None, content: str, layout: str | None) -> ShownAnswer | None:
    """The question and the answer that a message of the bot's shows, or None where it shows none.

    A shortened question comes back as it was shortened. Places, small print and what was left out do not come back;
    a refusal is the one sentence, whatever the language.

    Args:
        title: The title of the message's embed.
        description: The description of the message's embed.
        content: The message's text.
        layout: Its name in a button's id; None where an older program has written the message.
    """
    form = WITH_QUESTION.get(layout, layout) if layout else None
    may_lack_question = layout is not None and form == layout
    if description and (title or may_lack_question):
        return _shown(title or None, description, form)
    if title or description:
        return None
    head, _, rest = content.partition("\n")
    headline = HEADLINE.fullmatch(head)
    if headline is None and not may_lack_question:
        return None
    question, shown = (headline[1], rest) if headline else (None, content)
    body, _, foot = shown.rstrip().rpartition("\n")
    if form == AnswerLayout.REFUSAL and shown.strip() and not foot.startswith(SMALL):
        return _shown(question, shown, form)  # there was nothing to say under it
    return _shown(question, body, form) if foot.startswith(SMALL) else None


def _shown(question: str | None, body: str, layout: str | None) -> ShownAnswer | None:
    answer = _answer(_segments(body.strip()), layout)
    return None if answer is None else ShownAnswer(None if question is None else unescape(question), answer)


def _answer(segments: list[tuple[str, str]], layout: str | None) -> str | None:
    """The words of the answer, with their marks but without quotation marks."""
    said, small = segments[0]
    match layout or layout_by_wording(said, small):
        case AnswerLayout.REFUSAL:
            return NOT_FOUND_TEXT
        case AnswerLayout.STATEMENTS:
            return _plain(said)
        case AnswerLayout.QUOTES:
            return _quotes(segments)
        case AnswerLayout.UNSURE | AnswerLayout.OVERVIEW:
            _, _, first = said.partition("\n")
            return _quotes([(first.strip(), small), *segments[1:]])
        case _:  # the layout of a newer program, which ran before this one
            return None


def _quotes(segments: list[tuple[str, str]]) -> str | None:
    *shown, (rest, _) = segments
    if rest or not shown:
        return None
    if len(shown) > 1 and not shown[-1][0]:
        shown.pop()  # the note on where the rest is, or the place of a quote that was left out
    quotes = []
    for quote, small in shown:
        if match := QUOTED.fullmatch(quote):
            quotes.append(f"{_quoted(match[1])} {match[2]}")
        elif quote or not LEFT_OUT.match(small):
            return None
    return " ".join(quotes)


def _quoted(shown: str) -> str:
    """The words between quotation marks, from which a block of code is a line apart."""
    shown = shown.removeprefix("\n") if shown.startswith(f"\n{FENCE}") else shown
    return read_words(shown.removesuffix("\n") if shown.endswith(f"{FENCE}\n") else shown)


def _segments(body: str) -> list[tuple[str, str]]:
    """Each line of small print with the text before it; the text after the last one has none."""
    segments = []
    text: list[str] = []
    for fenced, line in _lines(body):
        if not fenced and line.startswith(SMALL):
            segments.append(("\n".join(text).strip(), line))
            text = []
        else:
            text.append(line)
    return [*segments, ("\n".join(text).strip(), "")]


def _lines(body: str) -> Iterable[tuple[bool, str]]:
    """The lines, and whether each stands in a code fence."""
    fenced = False
    for line in body.split("\n"):
        if line.startswith(FENCE):
            fenced = not fenced
            yield True, line
        else:
            yield fenced, line


def _plain(said: str) -> str:
    """The words as they were before they were escaped; in a code fence they were not."""
    return "\n".join(line if fenced else unescape(line) for fenced, line in _lines(said))
