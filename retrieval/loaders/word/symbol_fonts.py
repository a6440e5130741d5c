"""Fonts that draw signs where others have letters: which character is meant.

Source of the method: the encodings of Symbol as Adobe published it, and of Wingdings as it is mapped in Unicode 7. Only
the signs are here that stand in texts: Greek letters, operators, arrows, marks and boxes.
"""

from __future__ import annotations

# A font of signs has its characters here, or where others have Latin letters.
PRIVATE_USE = range(0xF000, 0xF100)

SYMBOL = dict(zip(
    [*range(0x21, 0x7F), *range(0xA0, 0xD8 + 8)],
    "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…|—↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓",
    strict=True,
)) | {0xE0: "◊", 0xE1: "⟨", 0xE2: "®", 0xE3: "©", 0xE4: "™", 0xE5: "∑", 0xF1: "⟩", 0xF2: "∫"}  # fmt: skip
WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x4C: "☹", 0x51: "✈", 0x52: "☼", 0x54: "❄", 0x6C: "●",
    0x6E: "■", 0x6F: "☐", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "☐",
    0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE7: "←", 0xE8: "➔", 0xE9: "↑", 0xEA: "↓",
    0xEF: "⇦", 0xF0: "⇨", 0xF3: "⇔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x81 + number: chr(ord("①") + number) for number in range(10)},
    **{0x8C + number: chr(ord("❶") + number) for number in range(10)},
}  # fmt: skip
FONTS: dict[str, dict[int, str]] = {
    "symbol": SYMBOL,
    "wingdings": WINGDINGS,
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐"},
    "webdings": {0x61: "✓", 0x63: "☐", 0x72: "✗"},
}


def sign(code: int, font: str) -> str:
    """The character with that code in a font of signs; empty where none is known.

    Args:
        code: As the document has it.
        font: The font's name.
    """
    return FONTS.get(font.lower(), {}).get(code - PRIVATE_USE.start if code in PRIVATE_USE else code, "")


def in_font(words: str, font: str) -> str:
    """Words as they look in that font; one of signs has characters of its own beside those of Latin."""
    if font.lower() not in FONTS:
        return words
    return "".join(sign(ord(one), font) if ord(one) in PRIVATE_USE else one for one in words)
