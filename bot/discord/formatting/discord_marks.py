"""A message as it was typed -> its words: Discord's marks become names, and what only gives words a look goes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum


class MarkKind(StrEnum):
    """What a mark with an id stands for, by the sign that it begins with."""

    PERSON = "@"
    ROLE = "@&"
    CHANNEL = "#"


# Gives the name of what a mark stands for; None where it is not known, or nobody's to tell.
NameOf = Callable[[MarkKind, int], str | None]

# Discord's own pages of a server, as its English app calls them.
SERVER_PAGES = {"customize": "Channels & Roles", "browse": "Browse Channels", "guide": "Server Guide"}
TOKEN = re.compile(
    r"""
      \\(?P<escaped>[^0-9A-Za-z\s])
    | ```(?:[A-Za-z0-9_+.-]*\n)?(?P<block>.+?)```
    | (?P<ticks>`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)
    | <(?P<sign>@&|@|\#)!?(?P<id>[0-9]{1,20})>
    | </(?P<command>[^:<>\n]{1,100}):[0-9]{1,20}>
    | <a?:(?P<emoji>\w{1,32}):[0-9]{1,20}>
    | <t:(?P<moment>-?[0-9]{1,17})(?::(?P<style>[A-Za-z]))?>
    | <id:(?P<page>[a-z-]{1,40})(?::[0-9]{1,20})?>
    | \[(?P<link>[^\[\]\n]+)\]\(\s*<?[a-z][a-z0-9+.-]*://[^\s)>]+>?[^)\n]*\)
    | <(?P<address>https?://[^\s<>]+)>
    | (?P<bare>https?://[^\s<>|]+)
    | ^[ \t]*(?P<start>(?:>>>|>|\#{1,3}|-\#)[ \t]+)
    | (?P<mark>\*\*\*|\*\*|__|~~|\|\|)(?=\S)(?P<marked>.+?)(?<=\S)(?P=mark)(?![*_])
    | \*(?=[^\s*])(?P<starred>[^*\n]+?)(?<=\S)\*(?!\*)
    | (?<!\w)_(?=[^\s_])(?P<lined>[^\n]+?)(?<=[^\s_])_(?!\w)
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
# Whom a message is shouted to, before and after what it says.
SHOUTED_FIRST = re.compile(r"\A(?:\s*@(?:everyone|here)\b[\s,:;!.–—-]*)+")
SHOUTED_LAST = re.compile(r"(?:[\s,:;–—-]*@(?:everyone|here)\b[\s!.]*)+\Z")
SPACES = re.compile(r"[^\S\n]{2,}")


def plain_words(text: str, name_of: NameOf) -> str:
    """The words of a message as people read them.

    A channel, role, person, command or emoji is named, a moment is written as a date, and what is unknown goes. Bold
    words, spoilers, code, quotations, headings and masked links become their words; ``@everyone`` and ``@here`` go
    where they only say whom the message is for.

    Args:
        text: What was typed.
        name_of: Tells the names.
    """
    words = _replaced(text, name_of)
    words = SHOUTED_LAST.sub("", SHOUTED_FIRST.sub("", words))
    return SPACES.sub(" ", words).strip()


def marked_ids(text: str, kind: MarkKind) -> list[int]:
    """The ids of the people, roles or channels that a text marks, each once."""
    found = (mark for mark in TOKEN.finditer(text) if mark["sign"] == kind)
    return list(dict.fromkeys(int(mark["id"]) for mark in found))


def _replaced(text: str, name_of: NameOf) -> str:
    return TOKEN.sub(lambda found: _words(found, name_of), text)


def _words(found: re.Match[str], name_of: NameOf) -> str:
    parts = found.groupdict()
    for exact in ("escaped", "block", "code", "address", "bare"):
        if parts[exact] is not None:
            return str(parts[exact])
    for inner in ("link", "marked", "starred", "lined"):
        if parts[inner] is not None:
            return _replaced(parts[inner], name_of)
    if parts["sign"] is not None:
        name = name_of(MarkKind(parts["sign"]), int(parts["id"]))
        return " " if name is None else f"{parts['sign'][0]}{name}"
    if parts["command"] is not None:
        return f"/{parts['command']}"
    if parts["emoji"] is not None:
        return f":{parts['emoji']}:"
    if parts["moment"] is not None:
        return _date(int(parts["moment"]), parts["style"] or "f")
    return SERVER_PAGES.get(parts["page"] or "", "")


def _date(moment: int, style: str) -> str:
    """The moment as it is written everywhere; Discord shows it in the reader's own time."""
    try:
        date = datetime.fromtimestamp(moment, UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    if style in "dD":
        return f"{date:%Y-%m-%d}"
    return f"{date:%H:%M} UTC" if style in "tT" else f"{date:%Y-%m-%d %H:%M} UTC"
