"""What follows from the numbers and dates of one quote: shares, differences, products, lists, years told by others."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import MAXYEAR, MINYEAR, date, timedelta
from fractions import Fraction
from itertools import combinations, pairwise

from bot.chat.verification.tokens import Token, listed, word_at
from bot.chat.verification.values.counting_words import FACTORS, GROWTH, numbers_of_words
from bot.chat.verification.values.dates import DASHES, DAYS, YEAR, Date
from bot.chat.verification.values.equalities import DECADE, FOLD, TIMES
from bot.chat.verification.values.number_words import ORDINAL
from bot.chat.verification.values.time_words import find_durations, in_seconds, join_durations
from bot.chat.verification.values.values import PERCENT, Value

PART_OF = re.compile(r"in|(?:\w+ )?(?:out )?of(?: the| these| those| all)?")
WHOLE_OF = re.compile(r"(?:.* )?of (?:which|whom|them|these)(?: (?:a|an|only|just|about|nearly|over|some))*")
# What ends that which they begin.
ENDS = {"from": listed("to until till through"), "between": listed("and"), "by": listed("to")}
# How far a number stands from the one that it is a part or a multiple of.
NEAR = 3
POINTS = "percentagepoint"
# What a list counts: three states are not three weeks.
ITEM = "item"
YEARS = {"following year": 1, "next year": 1, "year after": 1, "year later": 1,
         "year before": -1, "year earlier": -1, "previous year": -1}  # fmt: skip
LATER = {"later": 1, "after": 1, "afterwards": 1, "earlier": -1, "before": -1, "previously": -1}
NEXT_DAYS = {"next day": 1, "following day": 1, "next morning": 1, "following morning": 1, "day after": 1,
             "next evening": 1, "following evening": 1, "day before": -1, "previous day": -1}  # fmt: skip
WEEK = list(dict.fromkeys(DAYS.values()))
PARTS_OF_WEEK = {"weekday": WEEK[:5], "weekdays": WEEK[:5], "weekend": WEEK[5:], "weekends": WEEK[5:]}
ROMAN = {"II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
QUARTERS = ("Q1", "Q2", "Q3", "Q4")
LONGEST_ITEM = 4
NOT_IN_ITEMS = listed("in on at to by from with for as was were is are has had that which who")
LABELS = listed("chapter part volume book section article phase type act title stage level class")
# Ratios that have a verb: "doubled".
FOLDS = frozenset(map(Fraction, GROWTH.values()))
# Of so many numbers each is held against each.
MOST_PAIRED = 12
SCORE = re.compile(r"(\d{1,3}):(\d)")
SHORT_YEAR = re.compile(r"\d\d")


def derived_values(tokens: Sequence[Token], numbers: Sequence[Value], found: Sequence[Value]) -> Iterator[Value]:
    """The numbers and dates that a quote says beside those that it writes.

    Args:
        tokens: The words of the quote.
        numbers: Its numbers, in order.
        found: Its dates, in order.
    """
    for rule in (_shares, _differences, _ratios, _scores, _products, _lists, _years, _ordinals, find_durations):
        yield from rule(tokens, numbers)
    yield from numbers_of_words(tokens)
    yield from _derived_dates(tokens, found)


def _derived_dates(tokens: Sequence[Token], found: Sequence[Value]) -> Iterator[Value]:
    """The days, and their years, that follow from the words and dates of a quote: "the next day", "on weekdays"."""
    for value in found:
        if isinstance(value.key, Date) and value.key.day is not None:  # "the 14th"
            yield _like(value, Fraction(value.key.day), ORDINAL)
    for index, token in enumerate(tokens):
        for day in PARTS_OF_WEEK.get(token.word, ()):
            yield Value(Date(weekday=day), token.text, index, index)
        shift = NEXT_DAYS.get(f"{token.word} {word_at(tokens, index + 1)}", 0)
        if not shift:
            continue
        for value in _nearest(found, index):
            moved = _moved(value.key, shift) if isinstance(value.key, Date) else None
            if moved is not None:
                yield Value(moved, token.text, index, index + 1)
            if moved is not None and moved.year is not None:  # the year of a date is read as a number as well
                yield Value(Fraction(moved.year), token.text, index, index + 1)


def _moved(key: Date, shift: int) -> Date | None:
    """The day ``shift`` days after a date with a month and a day."""
    if key.month is None or key.day is None or not MINYEAR < (key.year or 2001) < MAXYEAR:
        return None
    try:
        moved = date(key.year or 2001, key.month, key.day) + timedelta(days=shift)
    except ValueError:  # 31 June
        return None
    return Date(moved.year if key.year else None, moved.month, moved.day)


def _shares(tokens: Sequence[Token], numbers: Sequence[Value]) -> Iterator[Value]:
    """Of "66 of the 99", "one in four", "48, of which a dozen", "of the 52, 17": the share and the rest."""
    for one, other in pairwise(numbers):
        between = " ".join(token.word for token in tokens[one.last + 1 : other.first])
        if PART_OF.fullmatch(between):
            part, whole = one, other
        elif WHOLE_OF.fullmatch(between) or "of" in (word_at(tokens, one.first - 1), word_at(tokens, one.first - 2)):
            part, whole = other, one
        else:
            continue
        counts = _amount(part), _amount(whole)
        if counts[0] is None or counts[1] is None or not 1 <= counts[0] < counts[1]:
            continue
        if (part.unit and whole.unit and part.unit != whole.unit) or _is_year(part) or _is_year(whole):
            continue
        share = counts[0] / counts[1]
        yield _like(whole, counts[1] - counts[0], whole.unit)
        for ratio in (share, 1 - share):
            yield _like(part, ratio)
            yield from (_like(part, Fraction(round(ratio * 100 * scale), scale), PERCENT) for scale in (1, 10))


def _differences(tokens: Sequence[Token], numbers: Sequence[Value]) -> Iterator[Value]:
    """Of "from 40 to 52", "between 2012 and 2017", "by 300 to 1,500": what lies between, or what was before."""
    numbers = join_durations(tokens, numbers)
    for number, one in enumerate(numbers):
        begins = [word for step in (1, 2) if (word := word_at(tokens, one.first - step)) in ENDS]
        for other in numbers[number + 1 : number + 1 + NEAR] if begins else ():
            if ENDS[begins[0]].isdisjoint(word_at(tokens, other.first - step) for step in (1, 2)):
                continue
            sizes = _amount(one), _amount(other)
            if begins[0] != "by":
                yield from _between(one, other)
            elif sizes[0] is not None and sizes[1] is not None:
                yield from (_like(other, abs(sizes[1] + sign * sizes[0]), other.unit) for sign in (1, -1))
            break
        following = numbers[number + 1] if number + 1 < len(numbers) else None
        if following is not None and _is_year(one) and tokens[one.last].after in DASHES:
            yield from _years_between(one, following)


def _between(one: Value, other: Value) -> Iterator[Value]:
    spent = in_seconds(one), in_seconds(other)
    if spent[0] is not None and spent[1] is not None:
        yield _like(one, Fraction(abs(spent[1] - spent[0])), "second")
        return
    start, end = _amount(one), _amount(other)
    if start is None or end is None or (one.unit and other.unit and one.unit != other.unit):
        return
    unit = one.unit or other.unit
    if _is_year(one) and _is_year(other):
        unit = "year"
        if start % 10 == 0 and end - start in (9, 10):
            yield _like(one, start, DECADE)
    yield _like(one, abs(end - start), POINTS if unit == PERCENT else unit)
    if start and unit not in (PERCENT, "year"):
        yield _like(one, Fraction(round(abs(end - start) * 100 / start)), PERCENT)


def _years_between(one: Value, other: Value) -> Iterator[Value]:
    """Of "1939–1945" and "1939–45" the length, and of the latter the second year."""
    start, end = _amount(one), _amount(other)
    if start is not None and end is not None and SHORT_YEAR.fullmatch(other.text):
        end += start - start % 100
        yield _like(other, end)
    if start is not None and end is not None and (_is_year(other) or SHORT_YEAR.fullmatch(other.text)) and end > start:
        yield _like(one, end - start, "year")


def _ratios(tokens: Sequence[Token], numbers: Sequence[Value]) -> Iterator[Value]:
    """That of two numbers one is twice the other."""
    for one, other in combinations(numbers[:MOST_PAIRED], 2):
        sizes = _amount(one), _amount(other)
        if sizes[0] and sizes[1] and one.unit == other.unit:
            ratio = max(sizes[0] / sizes[1], sizes[1] / sizes[0])
            if ratio in FOLDS:
                yield _like(one, ratio, FOLD)


def _scores(tokens: Sequence[Token], numbers: Sequence[Value]) -> Iterator[Value]:
    """The ways to write a score: "2:0", "2-0" and "2 to 0"."""
    for one, other in pairwise(numbers):
        between = tokens[one.last].after
        is_pair = between in DASHES or (other.first - one.last == 2 and tokens[one.last + 1].word == "to")
        if is_pair and one.text.isdigit() and other.text.isdigit() and len(other.text) == 1:
            yield Value(f"{one.text}:{other.text}", one.text, one.first, other.last)
    for number in numbers:
        if (score := SCORE.fullmatch(str(number.key))) is not None:
            yield from (_like(number, Fraction(goals)) for goals in score.groups())


def _products(tokens: Sequence[Token], numbers: Sequence[Value]) -> Iterator[Value]:
    """Of "62 million, half of which", "eight dollars, twice that", "doubled to 40": the product, of a part the rest."""
    for factor, is_reached in _factors(tokens, numbers):
        size, place = _amount(factor), bisect_left(numbers, factor.first, key=lambda number: number.last)
        near = [
            number for number in numbers[place : place + NEAR + 1] if factor.last < number.first <= factor.last + NEAR
        ]
        for whole in near[:1] if is_reached else [*numbers[max(0, place - NEAR) : place], *near]:
            count = _amount(whole)
            if size is not None and count is not None and count > 1 and whole is not factor and not _is_year(whole):
                yield _like(whole, count * size, whole.unit)
                if size < 1:
                    yield _like(whole, count * (1 - size), whole.unit)


def _factors(tokens: Sequence[Token], numbers: Sequence[Value]) -> Iterator[tuple[Value, bool]]:
    """The parts and multiples of something else, each with whether a sum after it is what came of that."""
    yield from ((number, False) for number in numbers if _is_factor(number))
    for index, token in enumerate(tokens):
        if token.word in FACTORS or token.word in GROWTH:
            factor = Fraction((FACTORS | GROWTH)[token.word])
            is_reached = token.word in GROWTH and word_at(tokens, index + 1) == "to"
            if token.word == "halved":
                factor = 1 / factor
            yield Value(1 / factor if is_reached else factor, token.text, index, index), is_reached


def _is_factor(number: Value) -> bool:
    is_part = isinstance(number.key, Fraction) and 0 < number.key < 1
    in_words = not any(map(str.isdigit, number.text))
    return number.unit == TIMES or (is_part and in_words and not number.unit)


def _lists(tokens: Sequence[Token], _numbers: Sequence[Value]) -> Iterator[Value]:
    """How many a list names: "Austria, Hungary and Slovenia"."""
    for index, token in enumerate(tokens):
        if token.word != "and" or index + 1 == len(tokens):
            continue
        items, place, since = 2, index - 1, 1
        while place > 0 and since <= LONGEST_ITEM and not tokens[place].before.strip(" ,"):
            if "," in tokens[place].before:
                items, since = items + 1, 0
            place, since = place - 1, since + 1
            if tokens[place].word in NOT_IN_ITEMS:
                break
        names_two = tokens[index - 1].is_capitalised and any(
            after.is_capitalised for after in tokens[index + 1 : index + 3]
        )
        if items > 2 or names_two:
            yield Value(Fraction(items), token.text, index, index, ITEM)


def _years(tokens: Sequence[Token], numbers: Sequence[Value]) -> Iterator[Value]:
    """What "the following year" and "eight years later", and a year's decade, and the years of a century."""
    years = [number for number in numbers if _is_year(number)]
    shifts = [
        (index, YEARS[pair])
        for index, token in enumerate(tokens)
        if (pair := f"{token.word} {word_at(tokens, index + 1)}") in YEARS
    ]
    for number in numbers:
        size, direction = _amount(number), LATER.get(word_at(tokens, number.last + 1))
        if number.unit == "year" and size is not None and direction is not None:
            shifts.append((number.first, int(size) * direction))
    for index, shift in shifts:
        for year in _nearest(years, index):
            yield _like(year, (_amount(year) or 0) + Fraction(shift))
    for number in numbers:
        size = _amount(number)
        if size is None:
            continue
        if number.unit == ORDINAL and word_at(tokens, number.last + 1) in ("century", "centuries"):
            yield _like(number, 100 * (size - 1), DECADE)
        if number.unit == DECADE and size % 100 == 0:
            yield _like(number, size / 100 + 1, ORDINAL)
        if _is_year(number):
            yield _like(number, size - size % 10, DECADE)


def _ordinals(tokens: Sequence[Token], numbers: Sequence[Value]) -> Iterator[Value]:
    """As "Elena II" is the second, of "two surveys" there is a first and a second."""
    for index, token in enumerate(tokens):
        if token.text in QUARTERS:
            yield Value(Fraction(QUARTERS.index(token.text) + 1), token.text, index, index, ORDINAL)
        if token.text in ROMAN and word_at(tokens, index - 1) in LABELS:
            yield Value(Fraction(ROMAN[token.text]), token.text, index, index)
        if token.text in ROMAN and index and tokens[index - 1].is_capitalised:
            yield Value(Fraction(ROMAN[token.text]), token.text, index, index, ORDINAL)
    for number in numbers:
        following, size = word_at(tokens, number.last + 1), _amount(number)
        if size in (2, 3) and not number.unit and following.endswith("s"):
            yield from (_like(number, Fraction(place), ORDINAL) for place in range(1, int(size or 0) + 1))
        if number.unit == ORDINAL and size == 2 and following == "half":
            yield _like(number, Fraction(1), ORDINAL)


def _nearest(values: Sequence[Value], index: int) -> Sequence[Value]:
    """The last that ends before a token, or else the first: that which "later" is reckoned from."""
    place = bisect_left(values, index, key=lambda value: value.last)
    return values[place - 1 : place] if place else values[:1]


def _amount(value: Value) -> Fraction | None:
    return value.key if isinstance(value.key, Fraction) else None


def _is_year(value: Value) -> bool:
    return not value.unit and YEAR.fullmatch(value.text) is not None


def _like(value: Value, key: Fraction, unit: str = "") -> Value:
    return Value(key, value.text, value.first, value.last, unit)
