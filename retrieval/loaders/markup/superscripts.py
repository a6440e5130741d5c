"""Raised and lowered words, so that they do not stick to the word or number before: 10⁶ is not 106.

Digits become raised digits, which Unicode has; other words follow a ``^`` as they do in plain text everywhere. What is
raised by custom alone ("1st", "XVIIIe") stays as it is.
"""

from __future__ import annotations

import re

RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
HAS_RAISED = re.compile(r"[\d+\-−=()n]*[\d+\-−=n][\d+\-−=()n]*|i")
HAS_LOWERED = re.compile(r"[\d+\-−=()]+")
# The ends of ordinals and abbreviations: 1st, 2nde, 3ème, 1er, nº, Mme, Dr, ™.
BY_CUSTOM = re.compile(
    r"(?:st|nd|rd|th|nde?|[eè](?:r|re|s)?|[eè]mes?|i?ers?|i?[eè]res?|[oa]s?|me|mes|lles?|tte|gr|r|t|tm|sm|s|ts|de|ste)"
    r"|[®™℠©°′″*†‡§º'’]+",
    re.IGNORECASE,
)
BEFORE_CUSTOM = re.compile(r"(?:\d|\b[A-Z][a-z]?|\b[IVXLCDM]+|\b[nv])\Z")
# The bar of "¹/₂".
FRACTION = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹][/⁄]\Z")
ONE_WORD = re.compile(r"\w+")
# A longer one is a remark, not an exponent or mark.
MAX_CHARACTERS = 12


def superscript(text: str, before: str, after: str) -> str:
    """Raised words as they are written within a line.

    Args:
        text: The raised words.
        before: What stands before them on the line.
        after: What stands behind them.
    """
    if not text or not before or before[-1].isspace():
        # A note or a verse begins with its number.
        return f"{text} " if text[-1:].isalnum() and after[:1].isalnum() else text
    if HAS_RAISED.fullmatch(text):
        return text.translate(RAISED)
    if BY_CUSTOM.fullmatch(text) and (BEFORE_CUSTOM.search(before) or not text.isalnum()):
        return text
    if len(text) > MAX_CHARACTERS or " " in text:
        return f" {text}"
    return f"^{text}" if ONE_WORD.fullmatch(text) else f"^({text})"


def subscript(text: str, before: str) -> str:
    """Lowered words as they are written within a line; after a letter they are written beside it everywhere: H2O."""
    last = before[-1:]
    if HAS_LOWERED.fullmatch(text) and (last.isdigit() or FRACTION.search(before)):
        return text.translate(LOWERED)
    if not last or last.isspace() or not text or ONE_WORD.fullmatch(text):
        return f"_{text}" if last.isdigit() and text else text
    return f"_({text})" if len(text) <= MAX_CHARACTERS else f" {text}"
