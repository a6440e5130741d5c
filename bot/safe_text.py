"""Text of documents and people, made safe to show anywhere."""

from __future__ import annotations

import re
import unicodedata

# What can reorder, hide or forge the text around it: direction controls, line separators and invisible tags.
HIDDEN = re.compile("[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]")


def visible(text: str) -> str:
    """The text as it is safe to show: control and direction characters as escapes, everything else as it stands."""
    shown = HIDDEN.sub(lambda match: _escape(match[0]), text.replace("\r\n", "\n"))
    return "".join(
        _escape(character) if unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t" else character
        for character in shown
    )


def one_line(text: str) -> str:
    """``visible`` text with its white space folded, for titles and names."""
    return visible(" ".join(text.split()))


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
