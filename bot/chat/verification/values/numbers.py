"""The numbers of a text: "1,500", "eight thousand", "$7 million", "5 %", "81-year-old", "the third"."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Sequence
from dataclasses import replace
from fractions import Fraction

from bot.chat.verification.tokens import Token, listed, word_at
from bot.chat.verification.values.equalities import DECADE, FOLD, TIMES, are_equal
from bot.chat.verification.values.number_words import ORDINAL, PLURAL, SCALES, read_words
from bot.chat.verification.values.time_words import read_time
from bot.chat.verification.values.values import (
    CLOCK_UNITS,
    LABEL,
    MONEY,
    PERCENT,
    SIGNS,
    SPAN,
    THINGS,
    UNITS,
    Value,
    words_of,
)

THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
# "1.000.000" and "1.000,50", which are so written in most of Europe.
POINTED_THOUSANDS = re.compile(r"\d{1,3}(?:(?:\.\d{3}){2,}|(?:\.\d{3})+(?=,))(?:,\d+)?")
DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
# Longer ones are compared as they are written.
MOST_DIGITS = 30
SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
# "7m" may be metres where no money is meant.
MONEY_SCALES = ("m", "b")
ORDINAL_ENDINGS = ("st", "nd", "rd", "th")
PLURAL_NOUN = re.compile(r"\w{2,}[^\Wsui]s")
LABELS = listed("no number section chapter room route page article rule paragraph figure table platform version")
# These are told for days, months or years, and for a sum.
SPANS = listed("nights evenings mornings seasons winters summers springs terms bucks instalments installments times")
MEASURED = frozenset(UNITS.values()) - {TIMES}
FRACTION_STROKES = ("⁄", "/")
# "2019/20" is a season.
LEAST_YEAR = 1000
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
    if SPAN in (number.role, held.role):
        return number.role == SPAN and (number.unit == held.unit or are_equal(number, held))
    if _count_others(number, held) or _count_others(held, number):
        return False
    if number.key != held.key or FOLD in (number.unit, held.unit):
        return are_equal(number, held)
    if number.unit == held.unit:
        return True
    if STRICT & {number.unit, held.unit} or number.unit in MONEY:
        return False
    return not number.unit or not held.unit or are_equal(number, held)


def _count_others(number: Value, other: Value) -> bool:
    """Whether one counts things and the other none: "six books" and "six weeks", "five ships" and "No. 5"."""
    return number.role == THINGS and (other.role == LABEL or (other.unit in MEASURED and not number.unit))


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
    if isinstance(key, Fraction) and word_at(tokens, index - 1) == "minus" and not token.before.strip():
        key = -key
    value = _with_unit(tokens, Value(key, "", index, last, unit))
    below = [word_at(tokens, value.last + step) for step in (1, 2)] == ["below", "zero"]
    if below and isinstance(key, Fraction):
        return replace(value, key=-abs(key), text=words_of(tokens, value.first, value.last + 2), last=value.last + 2)
    return value


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
        if isinstance(divisor, Fraction) and divisor and value < LEAST_YEAR:
            return value / divisor, index + 1, ""
        if (part := _part_after(tokens, index)) and value.denominator == 1:
            return value + part, index + 2, ""
        if following.before == "" and following.word in ORDINAL_ENDINGS:
            return value, index + 1, ORDINAL
        if following.before in ("", "'") and following.word == "s":
            return value, index + 1, DECADE
    return value, index, ""


def _part_after(tokens: Sequence[Token], index: int) -> Fraction:
    """The fraction of a mixed number, or nought: "3½", "3 1/2"."""
    if index + 2 >= len(tokens) or tokens[index + 1].before != " " or tokens[index + 2].before not in FRACTION_STROKES:
        return Fraction(0)
    part, whole = _value_of(tokens[index + 1].word), _value_of(tokens[index + 2].word)
    is_part = isinstance(part, Fraction) and isinstance(whole, Fraction) and 0 < part < whole
    return Fraction(part) / Fraction(whole) if is_part else Fraction(0)


def _value_of(written: str) -> Fraction | str:
    if len(written) > MOST_DIGITS:
        return written
    if THOUSANDS.fullmatch(written):
        written = written.replace(",", "")
    elif POINTED_THOUSANDS.fullmatch(written):
        written = written.replace(".", "").replace(",", ".")
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
    first = value.first
    code = UNITS.get(word_at(tokens, first - 1), "")
    if not unit and code in MONEY and tokens[first - 1].is_acronym and not tokens[first].before.strip():  # "EUR 5"
        first, unit = first - 1, code
    role = "" if unit else _role(tokens, value.key, first, last)
    return Value(value.key, words_of(tokens, first, last), first, last, unit, role)


def _role(tokens: Sequence[Token], key: Hashable, first: int, last: int) -> str:
    """Whether a number without a unit counts things or is the label of one."""
    before, is_written_out = word_at(tokens, first - 1), not tokens[first].text[0].isdigit()
    if tokens[first].before.strip() == "§" or (before in LABELS and not (before == "no" and is_written_out)):
        return LABEL
    noun = tokens[last + 1] if last + 1 < len(tokens) and not tokens[last].after.strip(" -") else None
    if noun is None or key == 1 or noun.possessive or not noun.text.islower() or noun.word in SPANS:
        return ""
    return THINGS if PLURAL_NOUN.fullmatch(noun.word) else ""


def _unit_after(tokens: Sequence[Token], first: int, last: int) -> tuple[str, int]:
    """The unit of the number from ``first`` to ``last``, and the last token with its unit."""
    sign, after = tokens[first].before.rstrip()[-1:], tokens[last].after.lstrip()
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
        whole = word_at(tokens, last + 3)  # "three quarters of an hour"
        if following == "of" and second in ("a", "an") and whole in UNITS:
            return UNITS[whole], last + 3
    return "", last


def _share_units(tokens: Sequence[Token], found: Sequence[Value]) -> list[Value]:
    """In "between 3 and 5 percent" both numbers are percentages, and in "$10–20" both are dollars."""
    shared = list(found)
    for number in range(len(found) - 1):
        value, following = found[number], found[number + 1]
        between = " ".join(token.word for token in tokens[value.last + 1 : following.first])
        is_range = between in ("to", "and", "or") or (not between and tokens[value.last].after.strip() in ("-", "–"))
        value, is_clock = shared[number], following.unit in CLOCK_UNITS
        if is_clock and not _comes_before(value, following):  # "9–5 p.m."
            continue
        if not following.unit and is_range and tokens[value.first].before.rstrip()[-1:] in SIGNS:
            shared[number + 1] = replace(following, unit=value.unit)
        if not value.unit and following.unit not in ("", ORDINAL, DECADE) and is_range:
            shared[number] = replace(value, unit=following.unit)
    return shared


def _comes_before(one: Value, other: Value) -> bool:
    return isinstance(one.key, Fraction) and isinstance(other.key, Fraction) and one.key < other.key
