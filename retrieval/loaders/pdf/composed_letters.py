"""Accents that are drawn apart from their letters -> letters with accents.

TeX's first fonts have no "è": the accent and the letter are two characters, drawn over each other. In the text of the
file they stand side by side ("`e"), or the accent of a capital far behind its letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

Box = tuple[float, float, float, float]

ABOVE = {
    "`": "\u0300", "´": "\u0301", "ˆ": "\u0302", "^": "\u0302", "˜": "\u0303", "~": "\u0303", "¯": "\u0304",
    "˘": "\u0306", "˙": "\u0307", "¨": "\u0308", "˚": "\u030a", "˝": "\u030b", "ˇ": "\u030c",
}  # fmt: skip
BELOW = {"¸": "\u0327", "˛": "\u0328"}
ACCENTS = ABOVE | BELOW
ACCENT = re.compile("[" + re.escape("".join(ACCENTS)) + "]")
DOTLESS = str.maketrans("ıȷ", "ij")
# It takes the place of an accent that has gone into its letter, so that no other character moves.
NOTHING = "\u2060"
# So far before and after it is looked for the letter of an accent that stands apart.
BEFORE, AFTER = 200, 40


def composed(text: str, box_of: Callable[[int], Box]) -> str:
    """The text of a page with accents in their letters; ``box_of`` tells where the ink of a character is."""
    characters = list(text)
    for match in ACCENT.finditer(text):
        place = match.start()
        letter = next((one for one in _near(text, place) if _belongs(text[place], box_of(place), box_of(one))), None)
        if letter is not None:
            _compose(characters, place, letter)
    return "".join(characters)


def _near(text: str, place: int) -> Iterator[int]:
    """The letters to which an accent may belong, the likeliest first."""
    beside = [one for one in (place + 1, place - 1) if 0 <= one < len(text) and text[one].isalpha()]
    yield from beside
    if not text[max(place - 1, 0) : place].strip() and not text[place + 1 : place + 2].strip():
        around = (*range(place - 2, max(place - BEFORE, 0) - 1, -1), *range(place + 2, min(place + AFTER, len(text))))
        yield from (one for one in around if text[one].isalpha())


def _belongs(accent: str, mark: Box, letter: Box) -> bool:
    """Whether an accent stands right above or below a letter."""
    left, bottom, right, top = letter
    height, middle = top - bottom, (mark[0] + mark[2]) / 2
    if not left - 0.1 * height < middle < right + 0.1 * height:
        return False
    if accent in BELOW:
        return bottom - 0.5 * height < mark[3] < bottom + 0.4 * height
    return bottom + 0.6 * height < mark[1] < top + 0.5 * height


def _compose(characters: list[str], place: int, letter: int) -> None:
    plain = characters[letter].translate(DOTLESS)
    accent = ACCENTS[characters[place]]
    whole = unicodedata.normalize("NFC", plain + accent)
    if len(whole) == 1:
        alone = not "".join(characters[max(place - 1, 0) : place + 2 : 2]).strip()
        characters[letter], characters[place] = whole, " " if alone else NOTHING
    elif abs(letter - place) == 1:  # "p̄" is a letter and a sign
        characters[min(letter, place)], characters[max(letter, place)] = plain, accent
