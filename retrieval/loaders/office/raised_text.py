"""Raised and lowered runs of a text, written so that they do not stick to the words before: m² is not m2."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from retrieval.loaders.markup.superscripts import subscript, superscript

if TYPE_CHECKING:
    from lxml import etree

# So much of what stands before shows how a run is written.
BEFORE_CHARACTERS = 20


def write_raised(runs: Iterable[tuple[etree._Element | None, int]]) -> None:
    """Change the raised and lowered runs of a line.

    Args:
        runs: The elements with the words, in order; the number is above 0 for raised, below 0 for lowered ones.
    """
    there = [(element, height) for element, height in runs if element is not None and element.text]
    before = ""
    for (element, height), (after, _) in pairwise([*there, (None, 0)]):
        if element is None or not element.text:
            continue
        words = element.text.strip()
        if words and height > 0:
            element.text = superscript(words, before, (after.text or "") if after is not None else "")
        elif words and height < 0:
            element.text = subscript(words, before)
        before = (before + element.text)[-BEFORE_CHARACTERS:]
