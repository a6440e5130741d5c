"""The bot's own message -> what was asked and answered; the inverse of what ``page`` writes.

Escaped words never begin a line with ``-#`` and never hold three backticks, so that both are sure signs: what stands
as small print, and what stands in a code fence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.discord.formatting.answer_page import SMALL
from bot.discord.formatting.markdown import unescape
from bot.discord.formatting.statements import FENCE
from bot.discord.texts import LANGUAGES
from bot.types import NOT_FOUND_TEXT, Turn

QUOTED = re.compile(r"“(.*)” (\[[0-9]+\])", re.DOTALL)
LEFT_OUT = re.compile(rf"{SMALL}\[[0-9]+\] ")
HEADLINE = re.compile(r"\*\*(.+)\*\*")
REFUSALS = frozenset(texts.not_found for texts in LANGUAGES.values())
QUOTES_HEADINGS = frozenset(SMALL + texts.quotes_heading for texts in LANGUAGES.values())
NOTES = frozenset(SMALL + note for texts in LANGUAGES.values() for note in (texts.rest_attached, texts.rest_left_out))


def read_turn(title: str | None, description: str | None, content: str) -> Turn | None:
    """The question and the answer that a message of the bot's shows, or None where it shows none.

    A shortened question comes back as it was shortened. Places, small print and what was left out do not come back;
    a refusal is the one sentence, whatever the language.

    Args:
        title: The title of the message's embed.
        description: The description of the message's embed.
        content: The message's text.
    """
    if title and description:
        return _turn(title, description)
    head, _, rest = content.partition("\n")
    headline = HEADLINE.fullmatch(head)
    body, _, foot = rest.rstrip().rpartition("\n")
    if headline is None or not foot.startswith(SMALL):
        return None
    return _turn(headline[1], body)


def _turn(question: str, body: str) -> Turn | None:
    answer = _answer(_segments(body.strip()))
    return None if answer is None else Turn(unescape(question), answer)


def _answer(segments: list[tuple[str, str]]) -> str | None:
    """The words of the answer, with their marks but without quotation marks."""
    said, small = segments[0]
    if said in REFUSALS:
        return NOT_FOUND_TEXT
    if small in QUOTES_HEADINGS | NOTES:
        return _plain(said)
    quotes = []
    for quote, small in segments:
        match = QUOTED.fullmatch(quote)
        if match and small:
            quotes.append(f"{unescape(match[1])} {match[2]}")
        elif quote or not (small in NOTES or LEFT_OUT.match(small) or not small):
            return None
    return " ".join(quotes) if any(small for _, small in segments) else None


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
