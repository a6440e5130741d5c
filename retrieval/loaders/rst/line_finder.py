"""The line of the file on which a block begins: what docutils says, made sure of by the words that stand there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils import nodes

WORD = re.compile(r"\w+")
# docutils counts lines in tables and directives from elsewhere; the words are near.
NEAR = 12
# Of a cell, or of a row that is made of several, the line is looked for from the one before on.
FORWARD = 400


class LineFinder:
    """Knows where the block before stood.

    Args:
        lines: The lines of the file.
    """

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._last = 1

    def find(self, node: nodes.Node, text: str, *, is_part: bool = False) -> int:
        """The line, counted from 1, on which the words of an element begin; the nearest guess where they do not.

        Args:
            node: The element.
            text: Its words.
            is_part: Whether they are only those of a part of it, of which docutils does not say where it stands.
        """
        around = _told(node if is_part else node.parent)
        own = None if is_part else node.line
        told = own or max(self._last, around)
        near = [told, *(told + sign * step for step in range(1, NEAR) for sign in (1, -1))]
        onward = range(max(self._last, around), max(self._last, around) + FORWARD)
        words = WORD.findall(text[:200])[:3]
        self._last = (
            self._first(near if own else onward, words)
            or self._first(near, words[:1])
            or self._first(onward, words)
            or min(told, len(self._lines))
        )
        return self._last

    def _first(self, candidates: Iterable[int], words: list[str]) -> int:
        """The first of the lines on which the words begin; 0 where there is none."""
        within = (line for line in candidates if 0 < line <= len(self._lines))
        return next((line for line in within if words and _begins(self._lines[line - 1], words)), 0)


def _told(node: nodes.Node | None) -> int:
    """What docutils says of an element, or of what it is in."""
    while node is not None and node.line is None:
        node = node.parent
    return int(node.line or 1) if node is not None else 1


def _begins(line: str, words: list[str]) -> bool:
    """Whether the words stand in the line, one after the other, as far as it goes."""
    found = WORD.findall(line)
    if words[0] not in found:
        return False
    following = found[found.index(words[0]) :]
    return len(words) == 1 or any(following[1:2] == [word] for word in words[1:]) or len(following) == 1
