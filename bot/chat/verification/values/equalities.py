"""The same number in other words: 90 minutes and an hour and a half, a quarter and 25 percent, 9 pm and 21:00."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from bot.chat.verification.tokens import Token, listed, word_at
from bot.chat.verification.values.number_words import ORDINAL
from bot.chat.verification.values.values import PERCENT, UNITS, Value

TIMES = "times"
# What is measured, and in how many of its smallest unit; months and years differ in length.
_MEASURES = {
    "time": "second 1|minute 60|hour 3600|day 86400|week 604800|fortnight 1209600",
    "long time": "month 1|year 12|decades 120|centuries 1200",
    "length": "millimetre 1|centimetre 10|metre 1000|kilometre 1000000",
    "imperial length": "inch 1|foot 12|yard 36|mile 63360",
    "weight": "milligram 1|gram 1000|kilogram 1000000|tonne 1000000000",
    "volume": "millilitre 1|litre 1000",
    "power": "watt 1|kilowatt 1000|megawatt 1000000|gigawatt 1000000000",
    "energy": "kilowatthour 1|megawatthour 1000",
}
MEASURES = {
    unit: (kind, int(factor))
    for kind, units in _MEASURES.items()
    for unit, factor in (entry.split() for entry in units.split("|"))
}
# Words that say a number without being one.
FACTORS = {"twice": 2, "double": 2, "doubled": 2, "doubles": 2, "doubling": 2, "thrice": 3, "triple": 3, "tripled": 3,
           "quadrupled": 4}  # fmt: skip
COUNTS = {"both": 2, "couple": 2, "pair": 2, "twins": 2, "trio": 3, "score": 20, "once": 1, "single": 1, "sole": 1,
          "no": 0, "none": 0, "nobody": 0, "without": 0}  # fmt: skip
PERIODS = {
    "fortnight": (14, "day"), "decade": (10, "year"), "century": (100, "year"), "millennium": (1000, "year"),
    "daily": (1, "day"), "weekly": (1, "week"), "monthly": (1, "month"), "yearly": (1, "year"), "annual": (1, "year"),
    "annually": (1, "year"), "hourly": (1, "hour"),
}  # fmt: skip
CLOCK_WORDS = {"noon": ("12:00",), "midday": ("12:00",), "midnight": ("0:00", "24:00")}
SINGLE = listed("a an one per each every")
CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)")
# A number that is said to be rounded may be so much beside the exact one.
ROUNDED, BOUNDED = Fraction(1, 20), Fraction(1, 10)
ABOUT = listed("about around roughly approximately nearly almost some circa")
ABOVE, BELOW = listed("over above exceeding exceeds than least"), listed("under below than most")
MORE, LESS = frozenset({"more", "at", "over", "above"}), frozenset({"less", "fewer", "under", "below"})


def are_equal(number: Value, held: Value) -> bool:
    """Whether two numbers are one in different words; not whether they are written alike."""
    if _clock(number) is not None and _clock(number) == _clock(held):
        return True
    one, other = number.key, held.key
    if not isinstance(one, Fraction) or not isinstance(other, Fraction):
        return False
    if number.unit == PERCENT and not held.unit and other <= 1:
        return one / 100 == other
    if held.unit == PERCENT and not number.unit and one <= 1:
        return other / 100 == one
    measure, its = MEASURES.get(number.unit), MEASURES.get(held.unit)
    return bool(measure and its and measure[0] == its[0] and one * measure[1] == other * its[1])


def is_rounded(tokens: Sequence[Token], number: Value, held: Value) -> bool:
    """Whether a statement says itself that its number is about, above or below what a quote has: "nearly 5,000"."""
    if not isinstance(number.key, Fraction) or not isinstance(held.key, Fraction) or number.unit != held.unit:
        return False
    before, further = word_at(tokens, number.first - 1), word_at(tokens, number.first - 2)
    apart = held.key - number.key
    if before in ABOUT:
        return abs(apart) <= ROUNDED * held.key
    if before in ABOVE and (before != "than" or further in MORE):
        return 0 <= apart <= BOUNDED * held.key
    return before in BELOW and (before != "than" or further in LESS) and 0 <= -apart <= BOUNDED * held.key


def implied_numbers(tokens: Sequence[Token], numbers: Sequence[Value], days: Sequence[int]) -> Iterator[Value]:
    """What a quote says beside its numbers: "twice", "an hour", "a fortnight", "one in four", the day of a date.

    Args:
        tokens: The words of the quote.
        numbers: Its numbers.
        days: The days of its dates.
    """
    for index, token in enumerate(tokens):
        if token.word in FACTORS:
            factor = Fraction(FACTORS[token.word])
            yield from (Value(factor, token.text, index, index, TIMES), Value(factor, token.text, index, index))
            yield Value(1 / factor, token.text, index, index)
        elif token.word in COUNTS:
            yield Value(Fraction(COUNTS[token.word]), token.text, index, index)
        elif token.word in PERIODS:
            count, unit = PERIODS[token.word]
            yield Value(Fraction(count), token.text, index, index, unit)
        elif token.word in CLOCK_WORDS:
            yield from (Value(clock, token.text, index, index) for clock in CLOCK_WORDS[token.word])
        elif token.word in UNITS and word_at(tokens, index - 1) in SINGLE:
            and_half = [word_at(tokens, index + step) for step in (1, 2, 3)] == ["and", "a", "half"]
            yield Value(Fraction(3, 2) if and_half else Fraction(1), token.text, index, index, UNITS[token.word])
    for one, other in pairwise(numbers):
        between = [token.word for token in tokens[one.last + 1 : other.first]]
        is_share = between in (["in"], ["out", "of"])
        if is_share and isinstance(one.key, Fraction) and isinstance(other.key, Fraction) and other.key:
            yield Value(one.key / other.key, one.text, one.first, other.last)
    for number in numbers:
        if number.key == Fraction(1, 2) and not number.unit:
            yield Value(Fraction(2), number.text, number.first, number.last)
    for day in days:
        yield from (Value(Fraction(day), str(day), 0, 0, ORDINAL), Value(Fraction(day), str(day), 0, 0))


def _clock(value: Value) -> int | None:
    """The minutes since midnight that a time of day says."""
    written = str(value.key)
    if isinstance(value.key, Fraction):
        written = next(iter(value.text.split()), "")  # "9.30" may be half past nine
        if written.isdigit() and value.unit in ("am", "pm"):
            written += ":00"
    match = CLOCK.fullmatch(written)
    if match is None:
        return None
    hours, minutes = int(match[1]), int(match[2])
    if value.unit in ("am", "pm"):
        hours = hours % 12 + (12 if value.unit == "pm" else 0)
    return 60 * (hours % 24) + minutes
