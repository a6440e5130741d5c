"""Discord's Markdown as HTML, as far as the bot and the people in the pictures write it."""

from __future__ import annotations

import math
import re
import time
from datetime import UTC, datetime
from html import escape

from tests.discord.fake.world import World

INLINE = re.compile(
    r"\\(?P<escaped>[^\w\s])"
    r"|`(?P<code>[^`\n]+)`"
    r"|\[(?P<label>[^\]\n]+)\]\(<?(?P<url>[^)>\s]+)>?\)"
    r"|<@!?(?P<user>\d+)>|<@&(?P<role>\d+)>|<#(?P<channel>\d+)>"
    r"|<t:(?P<moment>\d+)(?::(?P<style>\w))?>|</(?P<command>[^:>]+):\d+>"
    r"|<(?P<plain>https?://[^>\s]+)>|(?P<link>https?://[^\s<]*[^\s<.,:;!?)])"
    r"|(?P<mark>\*\*|__|~~|\|\||\*(?=\S)|(?<=\S)\*|(?<!\w)_|_(?!\w))"
)
TAGS = {
    "**": ("<b>", "</b>"),
    "__": ("<u>", "</u>"),
    "~~": ("<s>", "</s>"),
    "||": ('<span class="spoiler">', "</span>"),
    "*": ("<i>", "</i>"),
    "_": ("<i>", "</i>"),
}
LINES = (
    (re.compile(r"-# (.*)"), '<div class="small">{}</div>'),
    (re.compile(r"# (.*)"), '<div class="h1">{}</div>'),
    (re.compile(r"#{2,3} (.*)"), '<div class="h2">{}</div>'),
    (re.compile(r"> (.*)"), '<div class="quote">{}</div>'),
    (re.compile(r"[-*] (.*)"), '<div class="item">{}</div>'),
    (re.compile(r"(\d+\. .*)"), '<div class="item number">{}</div>'),
)
FENCE = re.compile(r"```(?:\w*\n)?(.*?)\n?```", re.DOTALL)
UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def to_html(text: str, world: World) -> str:
    """A whole text; ``world`` knows the names behind mentions."""
    parts = FENCE.split(text)
    return "".join(
        f"<pre>{escape(part)}</pre>" if index % 2 else _lines(part, world) for index, part in enumerate(parts)
    )


def _lines(text: str, world: World) -> str:
    shown = []
    for line in text.strip("\n").split("\n") if text.strip() else ():
        for pattern, frame in LINES:
            if found := pattern.fullmatch(line):
                shown.append(frame.format(_inline(found[1], world)))
                break
        else:
            shown.append(f'<div class="line">{_inline(line, world)}</div>')
    return "".join(shown)


def _inline(text: str, world: World) -> str:
    """One line: marks that have a partner, mentions by name, links, and everything else as it stands."""
    parts: list[str] = []
    opened: list[tuple[str, int]] = []  # which mark, and where among the parts it stands
    end = 0
    for found in INLINE.finditer(text):
        parts.append(escape(text[end : found.start()]))
        end = found.end()
        mark = found["mark"]
        if mark is None:
            parts.append(_element(found, world))
        elif (index := next((n for n, (one, _) in enumerate(opened) if one == mark), None)) is not None:
            parts[opened[index][1]], closing = TAGS[mark]
            parts.append(closing)
            del opened[index:]
        else:
            opened.append((mark, len(parts)))
            parts.append(escape(mark))
    return "".join([*parts, escape(text[end:])])


def _element(found: re.Match[str], world: World) -> str:
    if found["escaped"]:
        return escape(found["escaped"])
    if found["code"]:
        return f"<code>{escape(found['code'])}</code>"
    if found["label"]:
        return f"<a>{_inline(found['label'], world)}</a>"
    if address := found["plain"] or found["link"]:
        return f"<a>{escape(address)}</a>"
    if found["moment"]:
        return f'<span class="moment">{_moment(int(found["moment"]), found["style"] or "f")}</span>'
    return f'<span class="mention">{escape(_name(found, world))}</span>'


def _name(found: re.Match[str], world: World) -> str:
    if found["user"]:
        user = world.users.get(int(found["user"]))
        return f"@{user.name if user else 'unknown'}"
    if found["role"]:
        roles = {role.id: role.name for guild in world.guilds.values() for role in guild.roles.values()}
        return f"@{roles.get(int(found['role']), 'unknown')}"
    if found["channel"]:
        channel = world.channels.get(int(found["channel"]))
        return f"#{channel.name if channel else 'unknown'}"
    return f"/{found['command']}"


def _moment(seconds: int, style: str) -> str:
    """A moment as a date, or as it is told from now."""
    if style != "R":
        return f"{datetime.fromtimestamp(seconds, UTC):%d/%m/%Y}"
    left = seconds - time.time()
    unit, length = next((one for one in UNITS if abs(left) >= one[1]), UNITS[-1])
    count = max(1, math.floor(abs(left) / length))
    counted = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"in {counted}" if left > 0 else f"{counted} ago"
