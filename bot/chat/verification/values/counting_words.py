"""Words that say a number without being one: "twice", "both", "an hour", "a fortnight", "noon"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from bot.chat.verification.tokens import Token, listed, word_at
from bot.chat.verification.values.dates import DAYS
from bot.chat.verification.values.equalities import FOLD, TIMES
from bot.chat.verification.values.values import SPAN, UNITS, Value

# Said of a sum they tell how many times it is another one, and said of nothing how often: "twice".
FACTORS = {"twice": 2, "double": 2, "thrice": 3, "triple": 3}
# They tell no count of their own: "the price doubled" has no two of anything.
GROWTH = {"doubled": 2, "doubles": 2, "doubling": 2, "tripled": 3, "tripling": 3, "trebled": 3, "quadrupled": 4,
          "halved": 2}  # fmt: skip
COUNTS = {"both": 2, "couple": 2, "pair": 2, "twins": 2, "trio": 3, "score": 20, "once": 1, "single": 1, "sole": 1,
          "no": 0, "none": 0, "nobody": 0, "without": 0}  # fmt: skip
PERIODS = {
    "fortnight": (14, "day"), "decade": (10, "year"), "century": (100, "year"), "millennium": (1000, "year"),
    "daily": (1, "day"), "weekly": (1, "week"), "monthly": (1, "month"), "yearly": (1, "year"), "annual": (1, "year"),
    "annually": (1, "year"), "hourly": (1, "hour"),
}  # fmt: skip
CLOCK_WORDS = {"noon": ("12:00",), "midday": ("12:00",), "midnight": ("0:00", "24:00")}
SINGLE = listed("a an one per each every")
TIME = listed("minute hour day week month year")
# Units of speed tell of hours.
SPEEDS = dict.fromkeys(("kmh", "kph", "mph", "h"), "hour")
# "In a week" may be said of days that one has to count.
NOT_RATED = listed("in within after before of half than once until only about nearly over under")


def numbers_of_words(tokens: Sequence[Token]) -> Iterator[Value]:
    """The numbers that a quote says in words like "twice", "both", "an hour" and "a fortnight"."""
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
        unit = SPEEDS.get(token.word, UNITS.get(token.word, "week" if token.word in DAYS else ""))
        if unit in TIME:
            yield Value(Fraction(1), token.text, index, index, unit, SPAN)
        if token.word in UNITS and word_at(tokens, index - 1) in SINGLE:
            and_half = [word_at(tokens, index + step) for step in (1, 2, 3)] == ["and", "a", "half"]
            yield Value(Fraction(3, 2) if and_half else Fraction(1), token.text, index, index, UNITS[token.word])
    for growth in find_growths(tokens):
        yield growth
        yield Value(1 / Fraction(GROWTH[tokens[growth.first].word]), growth.text, growth.first, growth.last)


def find_growths(tokens: Sequence[Token]) -> Iterator[Value]:
    """How many times something became as much, or as little: "doubled", "halved"."""
    for index, token in enumerate(tokens):
        if token.word in GROWTH:
            yield Value(Fraction(GROWTH[token.word]), token.text, index, index, FOLD)


def find_spans(tokens: Sequence[Token], numbers: Sequence[Value]) -> Iterator[Value]:
    """The time that a statement says something is for or lasts: "$5 a week", "20 per hour", "for a month"."""
    first = min((number.last for number in numbers), default=len(tokens))
    taken = {place for number in numbers for place in range(number.first, number.last + 1)}
    for index in range(2, len(tokens)):
        unit, before = UNITS.get(tokens[index].word, ""), word_at(tokens, index - 2)
        is_one = unit in TIME and tokens[index - 1].word in ("a", "an", "per") and index not in taken
        is_rate = first < index - 1 and before not in NOT_RATED
        if (
            is_one
            and (is_rate or before == "for")
            and word_at(tokens, index + 1) not in ("later", "earlier", "ago", "and")
        ):
            yield Value(Fraction(1), f"{tokens[index - 1].text} {tokens[index].text}", index, index, unit, SPAN)
