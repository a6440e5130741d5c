"""Discord's Markdown: words are shown exactly as they are, and nothing in them acts; lengths as Discord counts."""

from __future__ import annotations

import re
import unicodedata

from bot.safe_text import visible

# Every match ends with a character that would act, and that a backslash before it makes a plain one. A masked link is
# broken at its bracket, because Discord reads past a backslash inside a link's name.
ACTIVE = re.compile(
    r"""
      [\\*_~|`<]                                    # emphasis, spoilers, code; mentions, timestamps, addresses in < >
    | ^[^\S\n]*[#>+-]                               # headings, block quotes, lists, small print
    | ^[^\S\n]*[0-9]+[.)]                           # numbered lists
    | @(?=everyone|here)
    | (?<=\])\(                                     # masked links
    | :(?=//|[^\s:]+:)                              # addresses; emoji by name
    | discord(?:app)?\.(?:com|gg|gift|io|me|new)/     # invitations, which Discord also knows without https
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
WHITE_SPACE = re.compile(r"\s+")
ELLIPSIS = "…"
# Small print, at the beginning of a line.
SMALL = "-# "
# A text is cut at the last white space, if that is not further from its end than this share of it.
LAST_PART = 0.25
JOINER = "\u200d"
SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")
# Longer heaps of accents than this are not a sign that anyone reads; they may be cut.
LONGEST_SIGN = 32


def escape(text: str) -> str:
    """The ``visible`` text with backslashes, so that Discord shows exactly these words and none of them acts."""
    return ACTIVE.sub(lambda match: f"{match[0][:-1]}\\{match[0][-1]}", visible(text))


def unescape(text: str) -> str:
    """The words that Discord shows for an escaped text."""
    return ESCAPE.sub(r"\1", text)


def units(text: str) -> int:
    """The length in UTF-16 code units, as Discord's clients count; never less than in code points."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, limit: int) -> str:
    """The escaped text in at most ``limit`` units; what is left out is marked with "…", at white space if possible."""
    return shorten_escaped(escape(text), limit)


def shorten_escaped(escaped: str, limit: int) -> str:
    """As ``shorten``, for a text that is escaped already."""
    if units(escaped) <= limit:
        return escaped
    if limit < units(ELLIPSIS):
        return ""
    end = _before_sign(escaped, _end_within(escaped, limit - units(ELLIPSIS)))
    spaces = [space.start() for space in WHITE_SPACE.finditer(escaped, int(end * (1 - LAST_PART)), end + 1)]
    return escaped[: spaces[-1] if spaces else end].rstrip() + ELLIPSIS


def shorten_start(escaped: str, limit: int) -> str:
    """The end of an escaped text in at most ``limit`` units, with "…" for what is left out before it."""
    if units(escaped) <= limit:
        return escaped
    if limit <= units(ELLIPSIS):
        return ""
    length = _end_within(escaped[::-1], limit - units(ELLIPSIS))
    start = len(escaped) - length
    # Further on rather than further back, so that the limit holds.
    start += _in_escape(escaped, start)
    space = WHITE_SPACE.search(escaped, start, start + int(length * LAST_PART))
    return ELLIPSIS + (escaped[space.end() :] if space else escaped[start:])


def _end_within(text: str, limit: int) -> int:
    """How many of the first characters have at most ``limit`` units together."""
    used = 0
    for index, character in enumerate(text):
        used += units(character)
        if used > limit:
            return index
    return len(text)


def _before_sign(escaped: str, end: int) -> int:
    """``end``, or a place before it that does not cut an escape, or what is drawn as one sign, in two."""
    place = next((place for place in range(end, max(0, end - LONGEST_SIGN), -1) if not _in_sign(escaped, place)), end)
    return place - _in_escape(escaped, place)


def _in_sign(text: str, place: int) -> bool:
    """Whether an accent, an emoji's variation or skin tone, or a joined emoji goes on after ``place``."""
    before, after = text[place - 1], text[place]
    return (
        unicodedata.category(after).startswith("M")
        or JOINER in (before, after)
        or SKIN_TONES[0] <= after <= SKIN_TONES[1]
    )


def _in_escape(escaped: str, place: int) -> bool:
    """Whether ``place`` lies between a backslash and the character that it makes plain."""
    backslashes = place - len(escaped[:place].rstrip("\\"))
    return backslashes % 2 == 1
