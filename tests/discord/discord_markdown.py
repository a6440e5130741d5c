"""What Discord's clients make of a text, written down from how they behave: what acts, and which words remain."""

from __future__ import annotations

import re

PLAIN = re.compile(r"\\([^0-9A-Za-z\s])")
UNDERLINED = re.compile(rf"{PLAIN.pattern}|__(?P<words>(?:\\.|[^\\])+?)__(?!_)", re.DOTALL)
# A link without a preview; a URL in these brackets is shown without them.
LINK = re.compile(r"<(?P<link>https?://[^\s<>]+)>", re.IGNORECASE)
CODE = re.compile(r"(?P<ticks>`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)", re.DOTALL)
SHOWN = re.compile(rf"{PLAIN.pattern}|{LINK.pattern}|(?P<code>`[^`\n]+`)", re.IGNORECASE)
CODE_BLOCK = re.compile(r"```(?:[A-Za-z0-9_+.-]*\n)?.*?[^\n].*?```", re.DOTALL)
AROUND = {
    "bold": re.compile(r"\*\*((?:\\.|[^\\])+?)\*\*(?!\*)", re.DOTALL),
    "underline": re.compile(r"__((?:\\.|[^\\])+?)__(?!_)", re.DOTALL),
}
INLINE = {
    "italic": re.compile(r"\*(?!\s)(?:\\.|\*\*|[^*\\])+?\*(?!\*)|_(?:\\.|__|[^_\\])+?_(?![A-Za-z0-9_])", re.DOTALL),
    "strikethrough": re.compile(r"~~.+?~~", re.DOTALL),
    "spoiler": re.compile(r"\|\|.+?\|\|", re.DOTALL),
    "mention, timestamp or emoji": re.compile(r"<(?:@[!&]?|#|/|t:|a?:|id:)[^>]*>"),
    "everyone": re.compile(r"@(?:everyone|here)"),
    "address": re.compile(r"(?:https?|steam|discord)://[^\s<]|<[^: >]+:/[^ >]+>", re.IGNORECASE),
    "invitation": re.compile(r"discord(?:app)?\.(?:gg|com)/[A-Za-z0-9]", re.IGNORECASE),
    # Inside a link's name a backslash is a letter like any other.
    "masked link": re.compile(r"\[[^\n]*?\]\("),
    "emoji": re.compile(r":[\w+-]+:"),
}
AT_LINE_START = {
    "heading": re.compile(r"#{1,3}\s+\S"),
    "small print": re.compile(r"-# +[^\n]"),
    "block quote": re.compile(r">(?:>>)? "),
    "list": re.compile(r"(?:[*-]|[0-9]+\.) +\S"),
}


def active(text: str) -> list[str]:
    """The kinds of pieces of ``text`` that are not shown as the plain words that they are."""
    kinds: list[str] = []
    place = 0
    while place < len(text):
        if plain := PLAIN.match(text, place):
            place = plain.end()
            continue
        if block := CODE_BLOCK.match(text, place):
            kinds.append("code block")
            place = block.end()
            continue
        if link := LINK.match(text, place):
            kinds.append("invitation" if INLINE["invitation"].search(link["link"]) else "link")
            place = link.end()
            continue
        if code := CODE.match(text, place):
            kinds.append("code")
            place = code.end()
            continue
        if around := next(((kind, found) for kind in AROUND if (found := AROUND[kind].match(text, place))), None):
            kind, found = around
            kinds += [kind, *active(found[1])]
            place = found.end()
            continue
        if not text[:place].rpartition("\n")[2].strip():
            kinds += [kind for kind, rule in AT_LINE_START.items() if rule.match(text, place)]
        kinds += [kind for kind, rule in INLINE.items() if rule.match(text, place)]
        place += 1
    return kinds


def underlined(text: str) -> list[str]:
    """The escaped parts of ``text`` that stand underlined, in order; nothing else but bold may act in it."""
    return [found["words"] for found in UNDERLINED.finditer(text) if found["words"]]


def without_underlines(text: str) -> str:
    """The escaped ``text`` without the marks of what stands underlined in it."""
    return UNDERLINED.sub(lambda found: found["words"] or found[0], text)


def words(text: str) -> str:
    """The words that are shown for a text in which nothing acts but links and code, which keeps its marks."""
    return SHOWN.sub(lambda found: found["link"] or found["code"] or found[1], text)
