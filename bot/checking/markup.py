"""Links, mentions and markup: a statement may hold only those that stand in its quotes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

PIECES = re.compile(
    r"(?P<image>!?\[[^\]\n]*\]\s*[(\[][^)\]\n]*[)\]]?)"
    r"|(?P<link>\b[a-z][a-z0-9+.-]*://\S+|\b(?:www\.|mailto:|javascript:|data:)\S+)"
    r"|(?P<address>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<mention><[@#:/!][^>\s]*>?|<a:\w+:\d+>|@\s?\w[\w.-]*)"
    r"|(?P<tag></?[a-z!][^>]*>?)"
    r"|(?P<fence>`{3,}|~{3,})"
    r"|(?P<site>\b(?:[a-z0-9-]+\.)+(?:com|org|net|info|biz|edu|gov|io|gg|me|co|ly|tv|app|dev|xyz|site|online|link|shop"
    r"|top|ru|cn|de|fr|it|uk|eu|us|kz)\b(?:/\S*)?|\b(?:[a-z0-9-]+\.)+[a-z]{2,}/\S+)",
    re.IGNORECASE,
)
CLOSING = ".,;:!?'\")]}>…”’"
SEEN_CONTROLS = "\t\n\r"
TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def find_markup(text: str) -> list[str]:
    """Each piece of ``text`` that a face could show as anything but words."""
    pieces = [match.group().rstrip(CLOSING) or match.group() for match in PIECES.finditer(text)]
    return pieces + [character for character in text if _is_control(character)]


def first_foreign(text: str, quotes: Sequence[str]) -> str | None:
    """The first piece of markup in ``text`` that stands in none of ``quotes``."""
    pieces = find_markup(text)
    if not pieces:
        return None
    held = {piece for quote in quotes for piece in find_markup(quote)}
    return next((piece for piece in pieces if piece not in held), None)


def _is_control(character: str) -> bool:
    """Whether it is a control character, or one that turns the direction of the text around."""
    if unicodedata.category(character) == "Cc":
        return character not in SEEN_CONTROLS
    return unicodedata.bidirectional(character) in TURNING
