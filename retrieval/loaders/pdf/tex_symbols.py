"""Signs of TeX's mathematical fonts -> the signs that they show.

These fonts call their signs by names that only TeX knows. Where PDFium does not find a name, it gives the character
that has the same code in ASCII: "h" for "⟨", "0" for "′", ">" for "⊤", "X" for "∑".

Sources of the codes: D. E. Knuth, The TeXbook, appendix F; AMS, User's Guide to AMSFonts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from retrieval.loaders.pdf.composed_letters import NOTHING

# Of each family of fonts, the codes of letters, figures and signs that it does not have itself.
FAMILY = re.compile(rb"CMB?SY|CMEX|MSAM|MSBM")
SYMBOLS = str.maketrans("0123456789:<>?]`abcdefghijklmnopqrstuvwxyz", "′∞∈∋△▽/↦∀∃¬ℜ⊤⊥⊎⊢⊣⌊⌋⌈⌉{}⟨⟩|‖↕⇕\\≀√⨿∇∫⊔⊓⊑⊒§†‡")
SIGNS = {
    b"CMSY": SYMBOLS,
    b"CMBSY": SYMBOLS,
    b"CMEX": str.maketrans("FHIJKLMNOPQRSTUVWXYZ`apqrst!*+", "⨆∮∮⨀⨀⨁⨁⨂⨂∑∏∫⋃⋂⨄⋀⋁∑∏∫∐∐√√√√√)⟨⟩"),
    b"MSAM": str.maketrans("6>4<.&BCDE", "⩽⩾≼≽≲≳⊳⊲⊵⊴"),
    b"MSBM": str.maketrans("@?r", "∄∅∖"),
}
# A stroke through the sign after it.
STROKE, STRUCK = "/", {"=": "≠", "∈": "∉", "≡": "≢", "∼": "≁", "⊂": "⊄", "⊆": "⊈"}
# What pages with formulas have; and words that are nothing but text.
FORMULA = re.compile("[=<>+∈∀∃×·−≤≥α-ωΑ-Ω∞∪∩→∗∼|]")
WORD = re.compile(r"\S+")
TEXT = re.compile(r"\W*[^\W\d_]{5,}\W*")


def with_tex_symbols(text: str, font_of: Callable[[int], bytes]) -> str:
    """The text of a page with the signs of its formulas; ``font_of`` tells the name of the font of a character."""
    if not FORMULA.search(text):
        return text
    characters = list(text)
    for word in WORD.finditer(text):
        if TEXT.fullmatch(word[0]):
            continue
        for place in range(*word.span()):
            if characters[place].isascii() and (family := _family(font_of(place))):
                characters[place] = characters[place].translate(SIGNS[family])
                if characters[place] == STROKE and text[place] == "6":
                    _strike(characters, place)
    return "".join(characters)


def _strike(characters: list[str], place: int) -> None:
    following = characters[place + 1] if place + 1 < len(characters) else ""
    if following in STRUCK:
        characters[place], characters[place + 1] = STRUCK[following], NOTHING


@lru_cache(1000)
def _family(font: bytes) -> bytes:
    found = FAMILY.search(font)
    return found[0] if found else b""
