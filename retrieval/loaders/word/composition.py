"""The page that a word processor's file was read into -> its text, with the notes and comments after it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from retrieval.loaders.comments import comment_text
from retrieval.loaders.composer import Composer, sensible_title
from retrieval.loaders.extraction import Extracted
from retrieval.loaders.markup.walk import markup_blocks

if TYPE_CHECKING:
    from lxml import etree

# Fewer words than this, or a smaller share, are not worth a warning.
MANY_WORDS = 30
NOTABLE_SHARE = 0.3
NOT_READ = (
    "{{name}}: {lost} of {words_in} words are not read, because they are hidden, a table of contents or placeholders "
    "of a form; show in its own program what is missing, save it and index it again."
)


def composed(
    page: etree._Element,
    beside: Iterable[etree._Element],
    *,
    titles: Iterable[str],
    day: str,
    words_in: int,
    warnings: Iterable[str] = (),
) -> Extracted:
    """The whole document.

    Args:
        page: Its text.
        beside: Its notes and comments, a page each.
        titles: What may be its title, the best first.
        day: The day that it gives as its own.
        words_in: How many words its text holds, those that are left out among them.
        warnings: What else is not read.
    """
    composer = Composer()
    kept = 0
    for block in markup_blocks(page):
        composer.add(block)
        kept += len(block.text.split())
    for one in beside:
        # The last heading above says nothing about a note.
        composer.begin_part()
        for block in markup_blocks(one):
            composer.add(block)
    title = next(filter(None, map(sensible_title, titles)), "")
    return composer.extracted(title, date=day, warnings=[*_omission(words_in, kept), *warnings], words_in=words_in)


def comment_page(page: etree._Element, author: str) -> etree._Element:
    """A comment as one paragraph that says what it is and who wrote it.

    Args:
        page: The comment.
        author: Who wrote it, where that is known.
    """
    from lxml import etree

    made = etree.Element("p")
    first, *others = [block.text for block in markup_blocks(page)] or [""]
    made.text = comment_text(first, author.strip()) if first else None
    for words in others:
        etree.SubElement(made, "br").tail = words
    return made


def _omission(words_in: int, kept: int) -> tuple[str, ...]:
    """A warning if much of a text is not read."""
    lost = words_in - kept
    if lost < MANY_WORDS or lost < NOTABLE_SHARE * words_in:
        return ()
    return (NOT_READ.format(lost=f"{lost:,}", words_in=f"{words_in:,}"),)
