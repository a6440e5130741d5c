"""A comment that somebody has made on a document, as a paragraph."""

from __future__ import annotations


def comment_text(words: str, author: str) -> str:
    """The words of a comment after what they are and, where that is known, whose."""
    return f"Comment by {author}: {words}" if author else f"Comment: {words}"
