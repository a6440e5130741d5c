"""What a chat model says, as Discord shows it: escaped words, and code fences that stay fences and are never cut."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.discord.formatting.discord_markdown import ELLIPSIS, escape, shorten_escaped, units
from bot.discord.formatting.quoted_words import FENCE, LANGUAGE
from bot.safe_text import visible
from bot.types import Statement

# As CommonMark has it: a fence ends at a line with at least as many backticks as began it, or with the text.
FENCED = re.compile(r"^ {0,3}(`{3,})([^`\n]*)\n(.*?)(?:^ {0,3}\1`*[ \t]*$\n?|\Z)", re.MULTILINE | re.DOTALL)
# A beginning shorter than this says nothing; then the statement is left out.
SHORTEST_BEGINNING_UNITS = 40


def render_statements(statements: Sequence[Statement]) -> str:
    """All the statements, each followed by its marks."""
    return _join([_render(_pieces(statement.text), statement.numbers) for statement in statements])


def cut_statements(statements: Sequence[Statement], limit: int) -> str:
    """As many whole statements as fit in ``limit`` units, and the beginning of the next one, which ends with "…"."""
    shown: list[str] = []
    for statement in statements:
        whole = _join([*shown, _render(_pieces(statement.text), statement.numbers)])
        if units(whole) > limit:
            beginning = _beginning(statement, limit - units(_join([*shown, ""])))
            return _join([*shown, beginning]) if beginning else _join(shown)
        shown = [whole]
    return _join(shown)


def _render(pieces: Sequence[str], numbers: Sequence[int]) -> str:
    return _join(["\n".join(pieces), *(f"[{number}]" for number in numbers)])


def _beginning(statement: Statement, limit: int) -> str:
    """As much of the statement as fits with its marks, or nothing."""
    limit -= units(_render([ELLIPSIS], statement.numbers)) + 1
    kept: list[str] = []
    for piece in _pieces(statement.text):
        room = limit - units("\n".join([*kept, ""]))
        if units(piece) > room:
            if not piece.startswith(FENCE) and room >= SHORTEST_BEGINNING_UNITS:
                return _render([*kept, shorten_escaped(piece, room)], statement.numbers)
            break
        kept.append(piece)
    return _render([*kept, ELLIPSIS], statement.numbers) if kept else ""


def _pieces(text: str) -> list[str]:
    """The text as Discord shows it, in pieces: escaped words, or a whole code fence."""
    text = visible(text).strip()
    pieces = []
    end = 0
    for match in FENCED.finditer(text):
        pieces += [escape(text[end : match.start()]).strip("\n"), _fence(match)]
        end = match.end()
    pieces.append(escape(text[end:]).strip("\n"))
    return [piece for piece in pieces if piece.strip()]


def _fence(match: re.Match[str]) -> str:
    """The fence as Discord knows it, which has three backticks; what it cannot hold is shown as escaped words."""
    code = match[3].removesuffix("\n")
    if FENCE in code or not code.strip("\n"):
        return escape(match[0]).strip("\n")
    language = match[2].strip()
    return f"{FENCE}{language if LANGUAGE.fullmatch(language) else ''}\n{code}\n{FENCE}"


def _join(parts: Sequence[str]) -> str:
    """The parts with spaces between them; a code fence has its lines to itself."""
    joined = ""
    for part in parts:
        if joined:
            joined += "\n" if joined.endswith(FENCE) or part.startswith(FENCE) else " "
        joined += part
    return joined
