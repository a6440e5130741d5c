"""What stands beside the text of a word processor's file: comments, and how much of the text is not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def marked_comment(page: etree._Element, author: str) -> etree._Element:
    """A comment as one paragraph that says what it is and who wrote it.

    Args:
        page: The comment.
        author: Who wrote it, where that is known.
    """
    from lxml import etree

    made = etree.Element("p")
    blocks = list(markup_blocks(page))
    last = None
    for place, block in enumerate(blocks):
        if place:
            last = etree.SubElement(made, "br")
            last.tail = block.text
        else:
            made.text = (f"Comment by {author.strip()}: " if author.strip() else "Comment: ") + block.text
    return made


def omission(words_in: int, kept: int) -> tuple[str, ...]:
    """A warning if much of a text is not read.

    Args:
        words_in: How many words it holds.
        kept: How many of them are read.
    """
    lost = words_in - kept
    if lost < MANY_WORDS or lost < NOTABLE_SHARE * words_in:
        return ()
    return (NOT_READ.format(lost=f"{lost:,}", words_in=f"{words_in:,}"),)
