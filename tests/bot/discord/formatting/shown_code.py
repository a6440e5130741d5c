"""Quotes with code compared with what is shown of them: fences are Discord's own, and blank lines around them go."""

from __future__ import annotations

import re

from bot.types import Answer
from tests.discord.discord_markdown import words

FENCE = re.compile(r"(?:`{3,}|~{3,})[^\s`\[]*")


def as_quoted(text: str) -> str:
    """The text as it is, or without its fences and its white space where it has any."""
    return " ".join(FENCE.sub(" ", text).split()) if FENCE.search(text) else text


def compared(answer: Answer, text: str) -> str:
    """The text as it is compared: white space counts unless the answer quotes code, whose lines are Discord's."""
    has_code = any(citation.code for citation in (*answer.citations, *filter(None, [answer.offered])))
    return " ".join(as_quoted(text).split()) if has_code else as_quoted(text)


def words_of(shown: str) -> str:
    """The words of what Discord is given; in a fence they stand as they are."""
    lines: list[str] = []
    fenced = False
    for line in shown.split("\n"):
        fenced ^= line.startswith("```")
        lines.append(line if fenced or line.startswith("```") else words(line))
    return "\n".join(lines)


def parts_between(body: str, small: re.Pattern[str]) -> list[str]:
    """What stands between the lines of small print; in a fence there are none."""
    parts, fenced = [[""]], False
    for line in body.split("\n"):
        fenced ^= line.startswith("```")
        if small.fullmatch(line) and not fenced:
            parts.append([])
        else:
            parts[-1].append(line)
    return ["\n".join(part) for part in parts]
