"""Links, mentions, markup and characters that nobody sees: a statement may hold only those that stand in its quotes."""

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
    r"|(?P<site>\b(?:[a-z0-9-]{2,}\.)+[a-z]{2,}\b(?:/\S*)?)"
    r"|(?P<emoji>:[a-z0-9_+-]*[a-z_][a-z0-9_+-]*:)"
    r"|(?P<emphasis>\*+|_{2,}|(?<!\w)_(?=\w)|~{2,}|\|{2,}|`+)"
    r"|(?P<block>^\s*(?:-#|\#{1,6}|>{1,3})(?=\s)|-\#)",
    re.IGNORECASE,
)
CLOSING = ".,;:!?'\")]}>…”’"
# They look like a full stop, and lead somewhere: "evil․com", "evil。com".
DOTS = str.maketrans("․。｡．", "....")
SEEN_CONTROLS = "\t\n\r"
# Characters that take no room of their own or mean nothing on every machine: controls, formats (joiners, marks of
# direction, tags), those of private use, and those that stand for none.
UNSEEN = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})
# Marks that choose between two looks of the character before, or fill a place with nothing.
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u115f\u1160\u3164\uffa0\u2800\u034f]")


def find_markup(text: str) -> set[str]:
    """Each piece of ``text`` that a face could show as anything but words, as it is and as what it looks like."""
    alike = unicodedata.normalize("NFKC", text).translate(DOTS)
    pieces = {_bare(match.group()) for form in (text, alike) for match in PIECES.finditer(form)}
    return pieces | {character for character in text if _is_unseen(character)}


def brings_markup(text: str, quotes: Sequence[str]) -> bool:
    """Whether ``text`` holds a piece of markup that stands in none of ``quotes``."""
    pieces = find_markup(text)
    return bool(pieces) and not pieces <= {piece for quote in quotes for piece in find_markup(quote)}


def _bare(piece: str) -> str:
    return piece.strip().rstrip(CLOSING) or piece.strip()


def _is_unseen(character: str) -> bool:
    if unicodedata.category(character) in UNSEEN:
        return character not in SEEN_CONTROLS
    return SELECTORS.match(character) is not None
