"""Whether two numbers say the same: 90 minutes and 1.5 hours, a quarter and 25 percent, 9 pm and 21:00."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from bot.chat.verification.tokens import Token, listed, word_at
from bot.chat.verification.values.time_words import hour_of_day
from bot.chat.verification.values.values import CLOCK_UNITS, HALVES_OF_DAY, PERCENT, Value

# How often, and how many times as much: "twice", "doubled".
TIMES, FOLD = "times", "fold"
DECADE = "decade"
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
CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)")
# A number that is said to be rounded may be so much beside the exact one.
ROUNDED, BOUNDED = Fraction(1, 20), Fraction(1, 10)
ABOUT = listed("about around roughly approximately nearly almost some circa")
ABOVE, BELOW = listed("over above exceeding exceeds than least"), listed("under below than most")
MORE, LESS = frozenset({"more", "at", "over", "above"}), frozenset({"less", "fewer", "under", "below"})


def are_equal(number: Value, held: Value) -> bool:
    """Whether two numbers are one in different words; not whether they are written alike."""
    clocks = _clock(number), _clock(held)
    if clocks[0] is not None and clocks[1] is not None:
        # "Half past nine" may be said of the evening.
        is_open = number.unit not in HALVES_OF_DAY and held.unit in HALVES_OF_DAY and clocks[0] < 13 * 60
        if clocks[0] == clocks[1] or (is_open and (clocks[0] - clocks[1]) % 720 == 0):
            return True
    one, other = number.key, held.key
    if not isinstance(one, Fraction) or not isinstance(other, Fraction):
        return False
    if DECADE == number.unit == held.unit:  # "the '90s"
        return one < 100 and other % 100 == one
    if FOLD in (number.unit, held.unit):
        return _is_fold(held, one) if number.unit == FOLD else number.unit == TIMES and one == other
    if "cent" in (number.unit, held.unit) and number.unit != held.unit:
        return _in_cents(number) == _in_cents(held)
    if number.unit == "degree" and held.unit == "fahrenheit":
        return one == other
    if number.unit == PERCENT and not held.unit and other <= 1:
        return one / 100 == other
    if held.unit == PERCENT and not number.unit and one <= 1:
        return other / 100 == one
    return is_same_measure(number, held)


def is_same_measure(number: Value, held: Value) -> bool:
    """Whether two numbers measure the same in two units: 90 minutes and an hour and a half."""
    measure, its = MEASURES.get(number.unit), MEASURES.get(held.unit)
    if not (measure and its and measure[0] == its[0]):
        return False
    one, other = number.key, held.key
    return isinstance(one, Fraction) and isinstance(other, Fraction) and one * measure[1] == other * its[1]


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


def _is_fold(held: Value, factor: Fraction) -> bool:
    """Whether a number says that something became ``factor`` times as much or as little."""
    if not isinstance(held.key, Fraction) or held.role or held.unit not in ("", TIMES, FOLD, PERCENT):
        return False
    if held.unit == PERCENT:  # it rose by, or fell by
        return held.key / 100 in (factor - 1, 1 - 1 / factor)
    return held.key in (factor, 1 / factor)


def _in_cents(value: Value) -> Fraction | None:
    factor = {"cent": 1, "dollar": 100, "euro": 100}.get(value.unit)
    return value.key * factor if factor and isinstance(value.key, Fraction) else None


def _clock(value: Value) -> int | None:
    """The minutes since midnight that a time of day says."""
    written = str(value.key)
    if isinstance(value.key, Fraction):
        if value.unit and value.unit not in CLOCK_UNITS:
            return None
        is_hour = value.unit in CLOCK_UNITS and value.key.denominator == 1
        # "9.30" may be half past nine.
        written = f"{value.key}:00" if is_hour else next(iter(value.text.split()), "")
    match = CLOCK.fullmatch(written)
    if match is None:
        return None
    return 60 * (hour_of_day(int(match[1]), value.unit) % 24) + int(match[2])
