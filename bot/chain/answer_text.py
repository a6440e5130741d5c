"""Answer -> its whole text, as ``pullquote ask`` prints it where it is piped, and in pieces as it grows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import takewhile

from bot.render import Block, BlockKind, render_answer
from bot.types import Answer

# What stands first in a text, and is only added to while the answer grows; the quotes follow when it is whole.
LEADING = {BlockKind.READING, BlockKind.DOCUMENTS, BlockKind.STATEMENT}


def text_of(answer: Answer) -> str:
    """The answer for people and for chat models: its statements, its quotes with their numbers, and their places."""
    return _joined(render_answer(answer))


def text_pieces(snapshots: Iterator[Answer]) -> Iterator[str]:
    """Pieces of the text of a growing answer, which make the whole text together."""
    text = _GrowingText()
    for snapshot in snapshots:
        yield from text.lead(snapshot)
    yield from text.rest()


async def text_pieces_async(snapshots: AsyncIterator[Answer]) -> AsyncIterator[str]:
    """As ``text_pieces``, of an answer that is waited for."""
    text = _GrowingText()
    async for snapshot in snapshots:
        for piece in text.lead(snapshot):
            yield piece
    for piece in text.rest():
        yield piece


class _GrowingText:
    """How much of a text was handed on."""

    def __init__(self) -> None:
        self._handed = 0
        self._blocks: list[Block] = []

    def lead(self, snapshot: Answer) -> Iterator[str]:
        """What the text surely goes on with."""
        self._blocks = render_answer(snapshot)
        yield from self._new(_joined(takewhile(lambda block: block.kind in LEADING, self._blocks)))

    def rest(self) -> Iterator[str]:
        """What the text of the last snapshot has besides."""
        yield from self._new(_joined(self._blocks))

    def _new(self, text: str) -> Iterator[str]:
        if piece := text[self._handed :]:
            self._handed = len(text)
            yield piece


def _joined(blocks: Iterable[Block]) -> str:
    return "\n".join(block.text for block in blocks)
