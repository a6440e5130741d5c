"""Numbers in letters, as lists have them: "iv", "ab"."""

from __future__ import annotations

LATIN = "abcdefghijklmnopqrstuvwxyz"
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """The number in small Roman numerals; nothing for one that is not positive."""
    written = ""
    for value, letters in ROMAN:
        count, number = divmod(max(number, 0), value)
        written += letters * count
    return written


def in_letters(number: int, alphabet: str = LATIN) -> str:
    """The number as columns of a spreadsheet are named: after "z" comes "aa", then "ab"; nothing below 1."""
    written = ""
    while number > 0:
        number, letter = divmod(number - 1, len(alphabet))
        written = alphabet[letter] + written
    return written
