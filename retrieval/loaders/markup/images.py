"""A picture within a sentence is read by its description: "The value is <img alt="x">." has a hole without it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

# Small pictures that stand for one character.
CHARACTERS = re.compile(r"(?:^|[\s_-])(?:emojis?|twemoji|smiley|wp-smiley|emoticon)(?:$|[\s_-])", re.IGNORECASE)
# A longer description tells of a picture, and is no part of a sentence.
MAX_CHARACTERS = 40
# What programs write for want of a description.
NO_DESCRIPTION = re.compile(
    r".*\.(?:png|jpe?g|gif|svg|webp|bmp)\Z|(?:an?\s)?(?:image|img|photo|picture|icon|logo|avatar|thumbnail|spacer|bild|foto)"
    r"\b.*",
    re.IGNORECASE,
)
# After one of these no sentence goes on.
SENTENCE_END = (".", "!", "?", "…", ":", ";", "\0", "。", "！", "？", "”", "»")
GOES_ON = re.compile(r"[\s]*[a-zß-öø-ÿ,;.:!?)=+<>≤≥\d%’'-]")


def image_words(image: etree._Element, before: str) -> str:
    """The words that a picture stands for, or nothing if it stands beside the text and not in it.

    Args:
        image: The element.
        before: What stands before it in its paragraph.
    """
    description = " ".join(image.get("alt", "").split())
    if not description or len(description) > MAX_CHARACTERS or NO_DESCRIPTION.fullmatch(description):
        return ""
    if CHARACTERS.search(image.get("class", "")):
        return description
    after, written = image.tail or "", before.rstrip(" \t\r\n")
    if not written:
        return description if GOES_ON.match(after) else ""
    return "" if written.endswith(SENTENCE_END) else description
