"""A page whose text is what people say to each other: its comments are no furniture there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from retrieval.loaders.markup.furniture import is_button, is_notice
from retrieval.loaders.markup.walk import MarkupBlock

if TYPE_CHECKING:
    from lxml import etree

HOLDERS = ("article", "div", "li", "td", "tr")
COMMENT = re.compile(r"comment", re.IGNORECASE)
# An article is longer than this; so is its beginning before a barrier.
MAX_OPENING_CHARACTERS = 1_500
# And what is said of it is so much longer than the opening of a discussion.
MIN_RATIO = 3


def discussed_blocks(
    root: etree._Element, blocks: Sequence[MarkupBlock], kept: Sequence[MarkupBlock]
) -> list[MarkupBlock]:
    """What is kept of a page, with its comments if they are nearly all that it has.

    Args:
        root: The page.
        blocks: All its blocks.
        kept: Those that are no furniture.
    """
    opening = sum(len(block.text) for block in kept)
    if opening > MAX_OPENING_CHARACTERS:
        return list(kept)
    within = {
        inner
        for holder in root.iter(*HOLDERS)
        if any(COMMENT.fullmatch(word) for word in holder.get("class", "").split())
        for inner in holder.iter()
    }
    said = [block for block in blocks if block.element in within and _is_said(block)]
    if sum(len(block.text) for block in said) < MIN_RATIO * opening:
        return list(kept)
    chosen = {id(block) for block in (*kept, *said)}
    return [block for block in blocks if id(block) in chosen]


def _is_said(block: MarkupBlock) -> bool:
    return not (block.links_only or is_button(block.text) or is_notice(block.text))
