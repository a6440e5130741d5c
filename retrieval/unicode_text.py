"""What of a text is words, and what can be written as UTF-8."""

from __future__ import annotations

from retrieval.errors import SourceError, SourceProblem


def decode_words(data: bytes, title: str) -> str:
    """The text of UTF-8.

    Raises:
        SourceError: If ``data`` is anything else, or has no words; the sentence names ``title``.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise SourceError(
            f"“{title}” is not UTF-8 text; use `load_bytes`, which tells encodings apart.", SourceProblem.NOT_UTF8
        ) from None
    if is_blank(text):
        raise SourceError(f"“{title}” is empty; there is nothing to index.", SourceProblem.EMPTY)
    return text


def is_blank(text: str) -> bool:
    """Whether nobody sees anything of a text."""
    return not any(character.isprintable() and not character.isspace() for character in text)


def is_unicode(text: str) -> bool:
    """Whether a text can be written as UTF-8: it has no half of a surrogate pair."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
