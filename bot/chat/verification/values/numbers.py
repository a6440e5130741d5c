"""The numbers of a text: "1,500", "eight thousand", "$7 million", "5 %", "81-year-old", "the third"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from fractions import Fraction

from bot.chat.verification.tokens import Token, word_at
from bot.chat.verification.values.equalities import are_equal
from bot.chat.verification.values.number_words import ORDINAL, PLURAL, SCALES, read_words
from bot.chat.verification.values.time_words import read_time
from bot.chat.verification.values.values import MONEY, PERCENT, SIGNS, UNITS, Value, words_of

THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
# Longer ones are compared as they are written.
MOST_DIGITS = 30
SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
# "7m" may be metres where no money is meant.
MONEY_SCALES = ("m", "b")
ORDINAL_ENDINGS = ("st", "nd", "rd", "th")
DECADE = "decade"
FRACTION_STROKES = ("⁄", "/")
# With one of these a number is another number than without; days or metres may be told by what stands around it.
STRICT = frozenset({PERCENT, ORDINAL, PLURAL, DECADE})


def find_numbers(tokens: Sequence[Token], dated: Collection[int] = ()) -> list[Value]:
    """The numbers of a text, in order; the tokens in ``dated`` belong to dates."""
    found: list[Value] = []
    index = 0
    while index < len(tokens):
        value = None if index in dated else _read(tokens, index)
        if value is not None:
            found.append(value)
            index = value.last
        index += 1
    return _share_units(tokens, found)


def is_held(number: Value, held: Value) -> bool:
    """Whether ``held``, of a quote, is the number ``number`` of a statement."""
    if number.key != held.key:
        return are_equal(number, held)
    if number.unit == held.unit:
        return True
    if STRICT & {number.unit, held.unit} or number.unit in MONEY:
        return False
    return not number.unit or not held.unit or are_equal(number, held)


def _read(tokens: Sequence[Token], index: int) -> Value | None:
    if (time := read_time(tokens, index)) is not None:
        return time
    token = tokens[index]
    read = _read_figures(tokens, index) if token.word[0].isdigit() else read_words(tokens, index)
    if read is None:
        return None
    key, last, unit = read
    if isinstance(key, Fraction) and not unit and token.word[0].isdigit():
        key, last = _scaled(tokens, index, key, last)
    return _with_unit(tokens, Value(key, "", index, last, unit))


def _read_figures(tokens: Sequence[Token], index: int) -> tuple[Fraction | str, int, str]:
    before = tokens[index].before
    value = _value_of(tokens[index].word)
    if not isinstance(value, Fraction):
        return value, index, ""
    if before.endswith("-") and (before[-2:-1].isspace() or (index == 0 and before == "-")):
        value = -value
    if index + 1 < len(tokens):
        following = tokens[index + 1]
        divisor = _value_of(following.word) if following.before in FRACTION_STROKES else ""
        if isinstance(divisor, Fraction) and divisor:
            return value / divisor, index + 1, ""
        if following.before == "" and following.word in ORDINAL_ENDINGS:
            return value, index + 1, ORDINAL
        if following.before in ("", "'") and following.word == "s":
            return value, index + 1, DECADE
    return value, index, ""


def _value_of(written: str) -> Fraction | str:
    if len(written) > MOST_DIGITS:
        return written
    if THOUSANDS.fullmatch(written):
        written = written.replace(",", "")
    elif DECIMAL_COMMA.fullmatch(written):
        written = written.replace(",", ".")
    try:
        return Fraction(written)
    except ValueError:  # "3.11.2", "10:30"
        return written


def _scaled(tokens: Sequence[Token], index: int, key: Fraction, last: int) -> tuple[Fraction, int]:
    """The number with the "million" or "bn" after it."""
    if last + 1 == len(tokens):
        return key, last
    following = tokens[last + 1]
    if following.word in SCALES and not following.before.strip(" -"):
        return key * SCALES[following.word], last + 1
    is_money = tokens[index].before[-1:] in SIGNS
    if following.before == "" and following.word in SHORT_SCALES and (is_money or following.word not in MONEY_SCALES):
        return key * SHORT_SCALES[following.word], last + 1
    return key, last


def _with_unit(tokens: Sequence[Token], value: Value) -> Value:
    """The number with what it counts."""
    last, unit = value.last, value.unit
    if not unit:
        unit, last = _unit_after(tokens, value.first, last)
    return replace(value, text=words_of(tokens, value.first, last), last=last, unit=unit)


def _unit_after(tokens: Sequence[Token], first: int, last: int) -> tuple[str, int]:
    """The unit of the number from ``first`` to ``last``, and the last token with its unit."""
    sign, after = tokens[first].before[-1:], tokens[last].after.lstrip()
    following = word_at(tokens, last + 1)
    if sign in SIGNS:
        return SIGNS[sign], last
    if after[:1] in SIGNS:
        return SIGNS[after[0]], last
    if after[:1] == "%":
        return PERCENT, last
    if not tokens[last].after.strip(" -"):
        second = word_at(tokens, last + 2)  # "megawatt hours", "percentage points", "per cent"
        if second and following + second in UNITS:
            return UNITS[following + second], last + 2
        if following in UNITS:
            return UNITS[following], last + 1
    return "", last


def _share_units(tokens: Sequence[Token], found: Sequence[Value]) -> list[Value]:
    """In "between 3 and 5 percent" both numbers are percentages."""
    shared = list(found)
    for number in range(len(found) - 1):
        value, following = found[number], found[number + 1]
        between = " ".join(token.word for token in tokens[value.last + 1 : following.first])
        is_range = between in ("to", "and", "or") or (not between and tokens[value.last].after.strip() in ("-", "–"))
        if not value.unit and following.unit not in ("", ORDINAL, DECADE) and is_range:
            shared[number] = replace(value, unit=following.unit)
    return shared
